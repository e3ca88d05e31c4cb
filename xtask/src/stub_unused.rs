//! Empties functions in the wasm that nothing can call.
//!
//! leptos brings server_fn, and server_fn the streams of wasm-streams, whose classes are exported to JavaScript. The
//! compiler keeps what an exported class calls; once the exports are gone, wasm-opt keeps it too, because the table of
//! functions names it. No code of ours uses a stream, so the bodies are replaced by a trap
//! (docs/decisions/0013-what-nothing-can-call.md has the bytes).

use anyhow::Result;

use crate::wasm_file::{CODE, WasmFile, put_number, put_vector};

/// No locals, `unreachable`, `end`.
const TRAP: [u8; 3] = [0, 0x00, 0x0b];

/// The wasm with a trap as the body of every function whose readable name contains one of these words.
pub(crate) fn stub(wasm: &[u8], words: &[&str]) -> Result<Vec<u8>> {
    let file = WasmFile::parse(wasm)?;
    let imported = file.imported_functions()?;
    let names = file.function_names()?;
    // A symbol ends with the crate that a generic function was first compiled for, whichever that is; the readable
    // name does not.
    let is_unused = |number: &usize| {
        names.get(number).is_some_and(|symbol| {
            let name = format!("{:#}", rustc_demangle::demangle(symbol));
            words.iter().any(|word| name.contains(word))
        })
    };
    let bodies = file.bodies()?;
    file.edited(|section| {
        if section.id != CODE {
            return Ok(section.body.to_vec());
        }
        let mut code = Vec::new();
        put_number(&mut code, bodies.len());
        for (number, body) in (imported..).zip(&bodies) {
            put_vector(&mut code, if is_unused(&number) { &TRAP } else { body });
        }
        Ok(code)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wasm_file::testing::{file, names, section};

    /// One imported function and two of its own, `a::f::<i32>` and `streams::g`, which return 7.
    fn wasm() -> Vec<u8> {
        file(&[
            section(1, &[1, 0x60, 0, 1, 0x7f]),
            section(2, &[1, 1, b'm', 1, b'i', 0, 0]),
            section(3, &[2, 0, 0]),
            section(CODE, &[2, 4, 0, 0x41, 7, 0x0b, 4, 0, 0x41, 7, 0x0b]),
            // Of the first only the instantiating crate is `streams`.
            names(&[
                (1, "_RINvCs1_1a1flECs2_7streams"),
                (2, "_RNvCs2_7streams1g"),
            ]),
        ])
    }

    #[test]
    fn a_named_function_becomes_a_trap_and_all_else_stays() {
        let wasm = wasm();
        assert_eq!(stub(&wasm, &["nothing"]).unwrap(), wasm);
        let stubbed = stub(&wasm, &["streams"]).unwrap();
        let file = WasmFile::parse(&stubbed).unwrap();
        assert_eq!(
            file.bodies().unwrap(),
            [&[0, 0x41, 7, 0x0b][..], TRAP.as_slice()]
        );
    }
}
