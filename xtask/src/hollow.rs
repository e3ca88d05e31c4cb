//! Takes out of the wasm what nothing can call.
//!
//! server_fn, which leptos brings along, has streams in it, and the crate of the streams exports its classes.
//! Because they are exported, the compiler keeps all that they call; once the exports are gone, wasm-opt keeps it
//! too, because the table of functions names it. No function of ours uses a stream, so the bodies are emptied:
//! whoever came there would trap (docs/decisions/0013-what-nothing-can-call.md has the bytes).

use std::collections::HashSet;

use anyhow::{Context, Result};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use crate::names::{Reader, put_bytes, put_number};

const CODE: u8 = 10;
/// No locals, `unreachable`, `end`.
const EMPTY: [u8; 3] = [0, 0x00, 0x0b];

/// The wasm with empty bodies in place of the functions whose name contains one of these words.
pub(crate) fn empty(wasm: &[u8], words: &[&str]) -> Result<Vec<u8>> {
    let (imported, hollow) = named(wasm, words)?;
    let (header, mut rest) = wasm.split_at_checked(8).context("the wasm has no header")?;
    let mut out = header.to_vec();
    while let Some((&id, after)) = rest.split_first() {
        let mut reader = Reader(after);
        let length = reader.number()?;
        let body = reader.bytes(length)?;
        out.push(id);
        match id {
            CODE => put_bytes(&mut out, &code(body, imported, &hollow)?),
            _ => put_bytes(&mut out, body),
        }
        rest = reader.0;
    }
    Ok(out)
}

fn code(body: &[u8], imported: usize, hollow: &HashSet<usize>) -> Result<Vec<u8>> {
    let mut reader = Reader(body);
    let count = reader.number()?;
    let mut out = Vec::new();
    put_number(&mut out, count);
    for index in imported..imported + count {
        let length = reader.number()?;
        let function = reader.bytes(length)?;
        let is_hollow = hollow.contains(&index);
        put_bytes(&mut out, if is_hollow { &EMPTY } else { function });
    }
    Ok(out)
}

/// How many functions are imported, and the indices of those whose name contains one of the words.
fn named(wasm: &[u8], words: &[&str]) -> Result<(usize, HashSet<usize>)> {
    let mut imported = 0;
    let mut found = HashSet::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CustomSection(section) => {
                let Some(KnownCustom::Name(section)) = Some(section.as_known()) else {
                    continue;
                };
                for name in section {
                    if let Name::Function(map) = name? {
                        for naming in map {
                            let naming = naming?;
                            // A symbol ends with the crate that a generic function was first compiled for, be it
                            // anybody's; the name that people read does not.
                            let name = format!("{:#}", rustc_demangle::demangle(naming.name));
                            if words.iter().any(|word| name.contains(word)) {
                                found.insert(usize::try_from(naming.index)?);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    Ok((imported, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(id: u8, body: &[u8]) -> Vec<u8> {
        let mut out = vec![id];
        put_bytes(&mut out, body);
        out
    }

    /// One imported function and two of its own, `a::f::<i32>` and `streams::g`, which answer 7.
    fn wasm() -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend(section(1, &[1, 0x60, 0, 1, 0x7f]));
        wasm.extend(section(2, &[1, 1, b'm', 1, b'i', 0, 0]));
        wasm.extend(section(3, &[2, 0, 0]));
        wasm.extend(section(
            CODE,
            &[2, 4, 0, 0x41, 7, 0x0b, 4, 0, 0x41, 7, 0x0b],
        ));
        let mut names = vec![4];
        names.extend_from_slice(b"name");
        let mut map = vec![2];
        // Of the first only the instantiating crate is `streams`.
        for (index, name) in [
            (1, "_RINvCs1_1a1flECs2_7streams"),
            (2, "_RNvCs2_7streams1g"),
        ] {
            map.push(index);
            put_bytes(&mut map, name.as_bytes());
        }
        names.push(1);
        put_bytes(&mut names, &map);
        wasm.extend(section(0, &names));
        wasm
    }

    #[test]
    fn the_named_function_is_empty_and_all_else_stays() {
        let wasm = wasm();
        assert_eq!(empty(&wasm, &["nothing"]).unwrap(), wasm);
        let found = empty(&wasm, &["streams"]).unwrap();
        let bodies: Vec<Vec<u8>> = Parser::new(0)
            .parse_all(&found)
            .filter_map(|payload| match payload.unwrap() {
                Payload::CodeSectionEntry(body) => Some(body.as_bytes().to_vec()),
                _ => None,
            })
            .collect();
        assert_eq!(bodies, [vec![0, 0x41, 7, 0x0b], EMPTY.to_vec()]);
    }

    #[test]
    fn half_a_wasm_is_refused() {
        let wasm = wasm();
        assert!(empty(&wasm[..wasm.len() - 3], &["streams"]).is_err());
        assert!(empty(&[], &["streams"]).is_err());
    }
}
