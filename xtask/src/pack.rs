//! Takes a wasm apart, so that it compresses better: all instructions, then all numbers that follow one kind of
//! instruction, and so on. `src/embed/unpack.js` puts it together again, byte by byte, and the build compares.
//!
//! The result is a wasm too, empty but for a section without meaning: servers and tools treat it as what its name says.
//! Why, and what it saves: docs/decisions/0018-what-is-alike-lies-together.md.

use std::collections::BTreeMap;

use anyhow::{Result, bail, ensure};

use crate::wasm_file::{CODE, CUSTOM, HEADER, Reader, put_number, put_vector};

/// Streams, by number. Those below hold what follows an instruction: its first value by its code, its second at
/// `SECOND` more.
const SECOND: usize = 256;
const CODES: usize = 512;
const LOCALS: usize = 513;
/// What is before the functions, and after them.
const BEFORE: usize = 514;
const AFTER: usize = 515;

/// Three bytes, in LEB128, are enough for the length of a function.
const LONGEST_FUNCTION: usize = 1 << 21;

/// The name of the section that holds everything.
const NAME: &[u8] = b"p";

/// The wasm taken apart.
pub(crate) fn pack(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut streams = Streams::default();
    let mut reader = Reader(wasm.get(HEADER..).unwrap_or_default());
    let (mut start, mut end) = (wasm.len(), wasm.len());
    while !reader.0.is_empty() {
        let id = reader.byte()?;
        let mut body = Reader(reader.vector()?);
        if id == CODE {
            let count = body.number()?;
            end = wasm.len() - reader.0.len();
            start = end - body.0.len();
            for _ in 0..count {
                let function = body.vector()?;
                ensure!(function.len() < LONGEST_FUNCTION, "a function is too long");
                streams.function(function)?;
            }
        }
    }
    streams.put(BEFORE, wasm.get(HEADER..start).unwrap_or_default());
    streams.put(AFTER, wasm.get(end..).unwrap_or_default());

    let mut packed = Vec::new();
    put_vector(&mut packed, NAME);
    put_number(&mut packed, wasm.len());
    put_number(&mut packed, streams.0.len());
    let mut last = 0;
    for (stream, bytes) in &streams.0 {
        put_number(&mut packed, stream - last);
        put_number(&mut packed, bytes.len());
        last = *stream;
    }
    packed.extend(streams.0.into_values().flatten());
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

    /// Puts one number, as it is written, and gives its value.
    fn number(&mut self, stream: usize, reader: &mut Reader) -> Result<usize> {
        let before = reader.0;
        while reader.byte()? & 0x80 != 0 {}
        let written = before
            .get(..before.len() - reader.0.len())
            .unwrap_or_default();
        self.put(stream, written);
        // Values that are counted are short; of the others some are longer than a number can be, and not asked for.
        Ok(Reader(written).number().unwrap_or(usize::MAX))
    }

    fn function(&mut self, body: &[u8]) -> Result<()> {
        let mut reader = Reader(body);
        for _ in 0..2 * self.number(LOCALS, &mut reader)? {
            self.number(LOCALS, &mut reader)?;
        }
        while !reader.0.is_empty() {
            let code = reader.byte()?;
            self.put(CODES, &[code]);
            let stream = usize::from(code);
            match code {
                0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => {}
                0x02..=0x04 | 0x0c | 0x0d | 0x10 | 0x20..=0x26 | 0x3f..=0x42 | 0xd0 | 0xd2 => {
                    self.number(stream, &mut reader)?;
                }
                0x11 | 0x1c | 0x28..=0x3e => {
                    self.number(stream, &mut reader)?;
                    self.number(stream + SECOND, &mut reader)?;
                }
                // Targets, and the last of them.
                0x0e => {
                    for _ in 0..=self.number(stream, &mut reader)? {
                        self.number(stream, &mut reader)?;
                    }
                }
                0x43 => self.put(stream, reader.bytes(4)?),
                0x44 => self.put(stream, reader.bytes(8)?),
                0xfc => {
                    let values = match self.number(stream, &mut reader)? {
                        0..=7 => 0,
                        9 | 11 | 15 | 16 => 1,
                        10 => 2,
                        other => bail!("the wasm has the instruction fc {other}, which is unknown"),
                    };
                    for _ in 0..values {
                        self.number(stream + SECOND, &mut reader)?;
                    }
                }
                other => bail!("the wasm has the instruction {other:x}, which is unknown"),
            }
        }
        Ok(())
    }
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
