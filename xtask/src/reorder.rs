//! Gives the functions of a wasm an order in which the lists of functions are short: those in the table in the order of the
//! table, the others by type. Places of the table that are empty anyway are not listed.
//!
//! What the functions do is not changed, nor what calls them from outside: those names are exported.

use std::collections::HashSet;

use anyhow::{Context, Result, ensure};

use crate::pack::{self, Value};
use crate::wasm_file::{
    CODE, ELEMENTS, EXPORTS, FUNCTIONS, Reader, START, WasmFile, put_number, put_vector,
};

/// So many functions with the lowest numbers keep them: wasm-opt gives them to those that are called most, and they are
/// one byte long.
const SHORT: usize = 128;

/// The wasm with its functions in another order.
pub(crate) fn reorder(wasm: &[u8]) -> Result<Vec<u8>> {
    let file = WasmFile::parse(wasm)?;
    let imported = file.imported_functions()?;
    let bodies = file.bodies()?;
    let mut types = Vec::new();
    let mut segments = Vec::new();
    for section in &file.sections {
        match section.id {
            FUNCTIONS => types = numbers(section.body)?,
            ELEMENTS => segments = pack::segments(section.body)?,
            _ => {}
        }
    }
    ensure!(types.len() == bodies.len(), "a function has no type");

    let total = imported + bodies.len();
    let mut order: Vec<usize> = (0..imported.max(SHORT).min(total)).collect();
    let mut placed: HashSet<usize> = order.iter().copied().collect();
    for function in segments.iter().flat_map(|segment| &segment.functions) {
        if placed.insert(*function) {
            order.push(*function);
        }
    }
    let mut others: Vec<usize> = (0..total)
        .filter(|function| !placed.contains(function))
        .collect();
    others.sort_by_key(|function| types.get(function - imported));
    order.extend(others);
    let mut new = vec![0; total];
    for (number, function) in order.iter().enumerate() {
        *new.get_mut(*function)
            .context("there is no such function")? = number;
    }
    let renamed = |function: usize| {
        new.get(function)
            .copied()
            .context("there is no such function")
    };
    let own = order
        .iter()
        .skip(imported)
        .map(|function| function - imported);

    file.edited(|section| {
        let mut edited = Vec::new();
        match section.id {
            FUNCTIONS => {
                put_number(&mut edited, types.len());
                for function in own.clone() {
                    put_number(&mut edited, *types.get(function).context("no type")?);
                }
            }
            EXPORTS => {
                let mut reader = Reader(section.body);
                let count = reader.number()?;
                put_number(&mut edited, count);
                for _ in 0..count {
                    put_vector(&mut edited, reader.vector()?);
                    let kind = reader.byte()?;
                    edited.push(kind);
                    let number = reader.number()?;
                    put_number(
                        &mut edited,
                        if kind == 0 { renamed(number)? } else { number },
                    );
                }
            }
            START => put_number(&mut edited, renamed(Reader(section.body).number()?)?),
            ELEMENTS => {
                put_number(&mut edited, segments.len());
                for segment in &segments {
                    edited.extend(segment.head);
                    put_number(&mut edited, segment.functions.len());
                    for function in &segment.functions {
                        put_number(&mut edited, renamed(*function)?);
                    }
                }
            }
            CODE => {
                put_number(&mut edited, bodies.len());
                for function in own.clone() {
                    let body = bodies.get(function).context("no body")?;
                    let mut changed = Vec::new();
                    pack::walk(body, &mut |value, bytes| {
                        match value {
                            Value::After {
                                code: 0x10 | 0xd2, ..
                            } => {
                                put_number(&mut changed, renamed(Reader(bytes).number()?)?);
                            }
                            _ => changed.extend(bytes),
                        }
                        Ok(())
                    })?;
                    put_vector(&mut edited, &changed);
                }
            }
            _ => edited.extend(section.body),
        }
        Ok(edited)
    })
}

fn numbers(body: &[u8]) -> Result<Vec<usize>> {
    let mut reader = Reader(body);
    let count = reader.number()?;
    (0..count).map(|_| reader.number()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wasm_file::testing::{file, section};

    #[test]
    fn functions_follow_the_table_and_calls_follow_them() {
        let count = SHORT as u8 + 4;
        let mut types = Vec::new();
        put_number(&mut types, usize::from(count));
        // The last but two has another type.
        types.extend((0..count).map(|number| u8::from(number == count - 3)));
        let mut code = Vec::new();
        put_number(&mut code, usize::from(count));
        for number in 0..count {
            // Each is told by the constant in it; the first calls the last.
            let mut body = vec![0];
            if number == 0 {
                body.extend([0x10, (count - 1) | 0x80, 1]);
            }
            body.extend([0x41, number & 63, 0x1a, 0x0b]);
            put_vector(&mut code, &body);
        }
        let last = [(count - 1) | 0x80, 1];
        let one_before = [(count - 2) | 0x80, 1];
        let elements = [
            &[2, 0, 0x41, 1, 0x0b, 2][..],
            &last,
            &one_before,
            // Empty places.
            &[4, 0x41, 3, 0x0b, 1, 0xd0, 0x70, 0x0b],
        ];
        let exports = [&[1, 1, b'e', 0][..], &last].concat();
        let wasm = file(&[
            section(FUNCTIONS, &types),
            section(EXPORTS, &exports),
            section(ELEMENTS, &elements.concat()),
            section(CODE, &code),
        ]);
        let edited = reorder(&wasm).unwrap();
        let found = WasmFile::parse(&edited).unwrap();
        let body = |id| {
            found
                .sections
                .iter()
                .find(|section| section.id == id)
                .unwrap()
                .body
        };
        let first_free = SHORT as u8;
        let renamed = [first_free | 0x80, 1];
        assert_eq!(body(EXPORTS), [&[1, 1, b'e', 0][..], &renamed].concat());
        assert_eq!(
            body(ELEMENTS),
            [
                &[1, 0, 0x41, 1, 0x0b, 2][..],
                &renamed,
                &[(first_free + 1) | 0x80, 1]
            ]
            .concat()
        );
        // The last function is the first of those in the table; the one of another type comes last.
        let bodies = found.bodies().unwrap();
        assert_eq!(bodies[0][..4], [0, 0x10, renamed[0], 1]);
        assert_eq!(bodies[SHORT][2], (count - 1) & 63);
        assert_eq!(body(FUNCTIONS).last(), Some(&1));
        assert_eq!(bodies.len(), usize::from(count));
    }
}
