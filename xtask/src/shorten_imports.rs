//! Short names where the wasm and its glue meet.
//!
//! wasm-bindgen names each import after its function and a hash, and each closure after its symbol: in the wasm and
//! again in the glue. Hashes do not compress, and only the two files read them; short names save about 2 KB of brotli
//! for a small app and 5 KB for a large one.

use std::collections::BTreeMap;

use anyhow::{Result, bail, ensure};

use crate::wasm_file::{EXPORTS, IMPORTS, Kind, Reader, WasmFile, put_number, put_vector};

/// The module that the wasm imports the functions of its glue from.
const MODULE: &str = "./app_bg.js";

/// The wasm and the glue with short names on both sides.
pub(crate) fn shorten(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let mut names = BTreeMap::new();
    let short = WasmFile::parse(wasm)?.edited(|section| match section.id {
        IMPORTS => imports(section.body, &mut names),
        EXPORTS => exports(section.body, &mut names),
        _ => Ok(section.body.to_vec()),
    })?;
    Ok((short, rename(&without_unused(glue, &names), &names)?))
}

/// The glue without the functions that the shrunk wasm no longer imports.
fn without_unused(glue: &str, names: &Names) -> String {
    let mut kept = String::with_capacity(glue.len());
    let mut is_skipped = false;
    for line in glue.split_inclusive('\n') {
        let inside = line.strip_prefix("        ").unwrap_or_default();
        if let Some((name, _)) = inside.split_once(": function(") {
            is_skipped = name.starts_with("__wb") && !names.contains_key(name);
        }
        if !is_skipped {
            kept.push_str(line);
        }
        if inside.trim_end() == "}," {
            is_skipped = false;
        }
    }
    kept
}

/// What is renamed, by its name in the glue.
type Names = BTreeMap<String, Renamed>;

enum Renamed {
    Import(String),
    Export(String),
}

fn imports(body: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut reader = Reader(body);
    let mut short = Vec::new();
    let count = reader.number()?;
    put_number(&mut short, count);
    for _ in 0..count {
        let import = reader.import()?;
        let (module, name) = (import.module, import.name);
        let Kind::Function(of_type) = import.kind else {
            bail!("the wasm imports {name}, which is no function");
        };
        let is_glue = module == MODULE;
        let new = if is_glue {
            letters(names.len())
        } else {
            name.to_owned()
        };
        let module = if is_glue { "w" } else { module };
        put_vector(&mut short, module.as_bytes());
        put_vector(&mut short, new.as_bytes());
        short.push(0);
        put_number(&mut short, of_type);
        if is_glue {
            names.insert(name.to_owned(), Renamed::Import(new));
        }
    }
    Ok(short)
}

/// Of the exports only symbols are renamed: the entry and the chunk loader know the others.
fn exports(body: &[u8], names: &mut Names) -> Result<Vec<u8>> {
    let mut reader = Reader(body);
    let mut short = Vec::new();
    let count = reader.number()?;
    put_number(&mut short, count);
    for _ in 0..count {
        let name = reader.name()?;
        let symbol = name.starts_with("_ZN") || name.starts_with("_R");
        let new = if symbol {
            format!("_{}", letters(names.len()))
        } else {
            name.to_owned()
        };
        put_vector(&mut short, new.as_bytes());
        short.push(reader.byte()?);
        put_number(&mut short, reader.number()?);
        if symbol {
            names.insert(name.to_owned(), Renamed::Export(new));
        }
    }
    Ok(short)
}

fn rename(glue: &str, names: &Names) -> Result<String> {
    let mut text = glue.to_owned();
    let mut replace = |from: String, to: String| {
        ensure!(text.contains(&from), "the glue does not hold {from:?}");
        text = text.replace(&from, &to);
        Ok(())
    };
    replace(format!("\"{MODULE}\": "), "\"w\": ".to_owned())?;
    for (name, new) in names {
        match new {
            Renamed::Import(new) => {
                replace(format!(" {name}: function("), format!(" {new}: function("))?
            }
            // The parenthesis keeps apart names of which one starts with the other.
            Renamed::Export(new) => replace(format!("wasm.{name}("), format!("wasm.{new}("))?,
        }
    }
    Ok(text)
}

/// a to z, then aa, ab and on.
fn letters(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        if number < 26 {
            return name;
        }
        number = number / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(id: u8, entries: &[(&[&str], &[u8])]) -> Vec<u8> {
        let mut body = Vec::new();
        put_number(&mut body, entries.len());
        for (names, rest) in entries {
            for name in *names {
                put_vector(&mut body, name.as_bytes());
            }
            body.extend_from_slice(rest);
        }
        let mut section = vec![id];
        put_vector(&mut section, &body);
        section
    }

    #[test]
    fn both_sides_get_the_same_short_names_and_all_else_stays() {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.extend(section(
            IMPORTS,
            &[
                (&[MODULE, "__wbg_now_0123456789abcdef"], &[0, 5]),
                (&["./__wasm_split.js", "__wasm_split_load_report"], &[0, 6]),
            ],
        ));
        wasm.extend(section(
            EXPORTS,
            &[(&["mount"], &[0, 7]), (&["_ZN1aE"], &[0, 0x80, 1])],
        ));
        let glue = "
        __wbg_now_0123456789abcdef: function() {
        },
        __wbg_gone_0123456789abcdef: function() {
            return {
            };
        },
        \"./app_bg.js\": import0,
    wasm._ZN1aE(arg0);
    wasm.mount(el);
";
        let (short, glue) = shorten(&wasm, glue).unwrap();
        let mut expected = b"\0asm\x01\0\0\0".to_vec();
        expected.extend(section(
            IMPORTS,
            &[
                (&["w", "a"], &[0, 5]),
                (&["./__wasm_split.js", "__wasm_split_load_report"], &[0, 6]),
            ],
        ));
        expected.extend(section(
            EXPORTS,
            &[(&["mount"], &[0, 7]), (&["_b"], &[0, 0x80, 1])],
        ));
        assert_eq!(short, expected);
        let expected = "
        a: function() {
        },
        \"w\": import0,
    wasm._b(arg0);
    wasm.mount(el);
";
        assert_eq!(glue, expected);
    }

    #[test]
    fn short_names_do_not_repeat() {
        let names: std::collections::BTreeSet<_> = (0..2000).map(letters).collect();
        assert_eq!(names.len(), 2000);
    }
}
