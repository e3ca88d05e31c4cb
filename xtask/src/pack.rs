//! Takes a wasm apart, so that it compresses better: all instructions, then all numbers that follow one kind of
//! instruction, and so on. `src/embed/unpack.js` puts it together again, byte by byte, and the build compares.
//!
//! The result is a wasm too, empty but for a section without meaning: servers and tools treat it as what its name says.
//! Why, and what it saves: docs/decisions/0018-what-is-alike-lies-together.md.

use std::collections::BTreeMap;

use anyhow::{Result, bail, ensure};

use crate::wasm_file::{CODE, CUSTOM, ELEMENTS, HEADER, Reader, put_number, put_vector};

/// Streams, by number. Those below hold what follows an instruction: its first value by its code, its second at
/// `SECOND` more.
const SECOND: usize = 256;
const CODES: usize = 512;
const LOCALS: usize = 513;
/// What is before the table's functions, between them and all functions, and after these.
const BEFORE: usize = 514;
const BETWEEN: usize = 515;
const AFTER: usize = 516;
/// The table: where in it functions are, and each function's distance from the one before it.
const PLACES: usize = 517;
const DISTANCES: usize = 518;
const END: usize = 519;

/// Three bytes, in LEB128, are enough for the length of a function.
const LONGEST_FUNCTION: usize = 1 << 21;

/// The name of the section that holds everything.
const NAME: &[u8] = b"p";

/// The wasm taken apart.
pub(crate) fn pack(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut streams = Streams::default();
    let mut reader = Reader(wasm.get(HEADER..).unwrap_or_default());
    let (mut stream, mut start) = (BEFORE, HEADER);
    while !reader.0.is_empty() {
        let id = reader.byte()?;
        let mut body = Reader(reader.vector()?);
        let end = wasm.len() - reader.0.len();
        if id == ELEMENTS {
            streams.put(
                stream,
                wasm.get(start..end - body.0.len()).unwrap_or_default(),
            );
            streams.table(&segments(body.0)?);
            (stream, start) = (BETWEEN, end);
        }
        if id == CODE {
            let count = body.number()?;
            streams.put(
                stream,
                wasm.get(start..end - body.0.len()).unwrap_or_default(),
            );
            for _ in 0..count {
                let function = body.vector()?;
                ensure!(function.len() < LONGEST_FUNCTION, "a function is too long");
                walk(function, &mut |value, bytes| {
                    streams.put(value.stream(), bytes);
                    Ok(())
                })?;
            }
            (stream, start) = (AFTER, end);
        }
    }
    streams.put(stream, wasm.get(start..).unwrap_or_default());

    let mut packed = Vec::new();
    put_vector(&mut packed, NAME);
    put_number(&mut packed, wasm.len());
    put_number(&mut packed, streams.0.len());
    // In this order brotli is a little better than in the other.
    let mut last = END;
    for (stream, bytes) in streams.0.iter().rev() {
        put_number(&mut packed, last - stream);
        put_number(&mut packed, bytes.len());
        last = *stream;
    }
    packed.extend(streams.0.into_values().rev().flatten());
    let mut file = wasm.get(..HEADER).unwrap_or_default().to_vec();
    file.push(CUSTOM);
    put_vector(&mut file, &packed);
    Ok(file)
}

#[derive(Default)]
struct Streams(BTreeMap<usize, Vec<u8>>);

impl Streams {
    fn put(&mut self, stream: usize, bytes: &[u8]) {
        self.0.entry(stream).or_default().extend(bytes);
    }

    fn number(&mut self, stream: usize, number: usize) {
        put_number(self.0.entry(stream).or_default(), number);
    }

    fn table(&mut self, segments: &[Segment]) {
        self.number(PLACES, segments.len());
        let mut next: usize = 0;
        for segment in segments {
            self.put(PLACES, segment.head);
            self.number(PLACES, segment.functions.len());
            for &function in &segment.functions {
                // Forward in even numbers, back in odd ones.
                let distance = match function.checked_sub(next) {
                    Some(forward) => 2 * forward,
                    None => 2 * (next - function) - 1,
                };
                self.number(DISTANCES, distance);
                next = function + 1;
            }
        }
    }
}

/// Functions in a row of the table.
pub(crate) struct Segment<'a> {
    /// Where the row begins, as it is written.
    pub(crate) head: &'a [u8],
    pub(crate) functions: Vec<usize>,
}

/// The rows of the section of elements. Rows of empty places are left out: a table is empty from the start.
pub(crate) fn segments(body: &[u8]) -> Result<Vec<Segment<'_>>> {
    let mut reader = Reader(body);
    let mut segments = Vec::new();
    for _ in 0..reader.number()? {
        let before = reader.0;
        // With functions by their numbers, or by expressions.
        let kind = reader.number()?;
        ensure!(
            kind == 0 || kind == 4,
            "functions are put in the table in an unknown way"
        );
        ensure!(
            reader.byte()? == 0x41,
            "a place in the table is no constant"
        );
        reader.number()?;
        ensure!(
            reader.byte()? == 0x0b,
            "a place in the table is no constant"
        );
        let head = before
            .get(..before.len() - reader.0.len())
            .unwrap_or_default();
        let count = reader.number()?;
        if kind == 0 {
            let functions = (0..count).map(|_| reader.number()).collect::<Result<_>>()?;
            segments.push(Segment { head, functions });
        } else {
            for _ in 0..count {
                let is_empty = reader.bytes(3)? == [0xd0, 0x70, 0x0b];
                ensure!(is_empty, "the table is filled with an unknown expression");
            }
        }
    }
    segments.retain(|segment| !segment.functions.is_empty());
    Ok(segments)
}

/// What a piece of a function's code is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value {
    /// How many local variables there are, and their types.
    Locals,
    /// An instruction.
    Code,
    /// A value that follows an instruction.
    After { code: u8, is_second: bool },
}

impl Value {
    fn stream(self) -> usize {
        match self {
            Self::Locals => LOCALS,
            Self::Code => CODES,
            Self::After { code, is_second } => {
                usize::from(code) + if is_second { SECOND } else { 0 }
            }
        }
    }
}

/// Takes a number as it is written from the front of the code, and gives its value.
fn take(
    reader: &mut Reader,
    value: Value,
    each: &mut dyn FnMut(Value, &[u8]) -> Result<()>,
) -> Result<usize> {
    let before = reader.0;
    while reader.byte()? & 0x80 != 0 {}
    let written = before
        .get(..before.len() - reader.0.len())
        .unwrap_or_default();
    each(value, written)?;
    // What is counted is short; constants may be longer than a number, and nobody asks for their value.
    Ok(Reader(written).number().unwrap_or(usize::MAX))
}

/// Calls `each` with every piece of a function's code, in order.
pub(crate) fn walk(body: &[u8], each: &mut dyn FnMut(Value, &[u8]) -> Result<()>) -> Result<()> {
    let mut reader = Reader(body);
    for _ in 0..2 * take(&mut reader, Value::Locals, each)? {
        take(&mut reader, Value::Locals, each)?;
    }
    while !reader.0.is_empty() {
        let code = reader.byte()?;
        each(Value::Code, &[code])?;
        let first = Value::After {
            code,
            is_second: false,
        };
        let second = Value::After {
            code,
            is_second: true,
        };
        match code {
            0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => {}
            0x02..=0x04 | 0x0c | 0x0d | 0x10 | 0x20..=0x26 | 0x3f..=0x42 | 0xd0 | 0xd2 => {
                take(&mut reader, first, each)?;
            }
            0x11 | 0x1c | 0x28..=0x3e => {
                take(&mut reader, first, each)?;
                take(&mut reader, second, each)?;
            }
            // Targets, and the last of them.
            0x0e => {
                for _ in 0..=take(&mut reader, first, each)? {
                    take(&mut reader, first, each)?;
                }
            }
            0x43 => each(first, reader.bytes(4)?)?,
            0x44 => each(first, reader.bytes(8)?)?,
            0xfc => {
                let values = match take(&mut reader, first, each)? {
                    0..=7 => 0,
                    9 | 11 | 15 | 16 => 1,
                    10 => 2,
                    other => bail!("the wasm has the instruction fc {other}, which is unknown"),
                };
                for _ in 0..values {
                    take(&mut reader, second, each)?;
                }
            }
            other => bail!("the wasm has the instruction {other:x}, which is unknown"),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wasm_file::testing::{file, section};
    use std::path::Path;
    use std::process::Command;

    /// A function of every length of number and every kind of instruction that is known.
    fn wasm() -> Vec<u8> {
        let every: &[u8] = &[
            2, 1, 0x7f, 2, 0x7e, // locals
            0x02, 0x40, 0x03, 0x40, 0x41, 0x80, 0x80, 0x40, 0x0d, 0, 0x0b, 0x0b, //
            0x20, 0, 0x0e, 2, 0, 1, 0, 0x28, 2, 0x90, 1, 0x44, 1, 2, 3, 4, 5, 6, 7, 8, //
            0x43, 1, 2, 3, 4, 0xfc, 2, 0xfc, 10, 0, 0, 0xfc, 11, 0, 0xfc, 16, 0, //
            0x11, 1, 0, 0x1a, 0x0f, 0x0b,
        ];
        let long: Vec<u8> = [0]
            .into_iter()
            .chain([0x41, 1, 0x1a].repeat(200))
            .chain([0x0b])
            .collect();
        let mut code = vec![3, every.len() as u8];
        code.extend(every);
        put_vector(&mut code, &long);
        put_vector(&mut code, &[0, 0x0b]);
        file(&[
            section(1, &[1, 0x60, 0, 0]),
            section(3, &[3, 0, 0, 0]),
            section(
                ELEMENTS,
                &[
                    2, 0, 0x41, 1, 0x0b, 3, 2, 1, 2, 0, 0x41, 0x90, 1, 0x0b, 1, 0,
                ],
            ),
            section(CODE, &code),
            section(11, &[0]),
        ])
    }

    #[test]
    fn the_widget_puts_together_what_was_taken_apart() {
        let unpack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/embed/unpack.js");
        let script = format!(
            "import({:?}).then(({{ unpack }}) => console.log([...unpack(Uint8Array.from(process.argv[1].split(',')))].join()))",
            format!(
                "data:text/javascript,{}",
                escaped(&crate::project::read(&unpack).unwrap())
            ),
        );
        let joined = |bytes: &[u8]| {
            let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
            numbers.join(",")
        };
        let wasm = wasm();
        let packed = pack(&wasm).unwrap();
        assert_ne!(packed, wasm);
        // What was never taken apart stays.
        for bytes in [&packed, &wasm] {
            let output = Command::new("node")
                .args(["-e", &script, &joined(bytes)])
                .output()
                .unwrap();
            let found = String::from_utf8_lossy(&output.stdout).into_owned();
            assert_eq!(found.trim(), joined(&wasm), "{output:?}");
        }
    }

    /// A text in a URL.
    fn escaped(text: &str) -> String {
        text.bytes().map(|byte| format!("%{byte:02x}")).collect()
    }

    #[test]
    fn an_instruction_that_is_not_known_breaks_the_build() {
        for body in [
            &[0, 0x06, 0x0b][..],
            &[0, 0xfd, 0x0b],
            &[0, 0xfc, 12, 0, 0, 0x0b],
        ] {
            let mut code = vec![1];
            put_vector(&mut code, body);
            let error = pack(&file(&[section(CODE, &code)])).unwrap_err();
            assert!(error.to_string().contains("unknown"), "{error}");
        }
    }
}
