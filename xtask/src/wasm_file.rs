//! The binary form of WebAssembly: sections, names and function bodies, as far as this project reads and rewrites them.
//!
//! Written by hand because a published parser takes longer to compile than all of xtask. Knows nothing of what the
//! bytes are for.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};

/// Identifiers of sections.
pub(crate) const CUSTOM: u8 = 0;
pub(crate) const IMPORTS: u8 = 2;
pub(crate) const FUNCTIONS: u8 = 3;
pub(crate) const EXPORTS: u8 = 7;
pub(crate) const START: u8 = 8;
pub(crate) const ELEMENTS: u8 = 9;
pub(crate) const CODE: u8 = 10;
pub(crate) const DATA: u8 = 11;

/// The magic number and the version.
pub(crate) const HEADER: usize = 8;

/// One section without its identifier and its length.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Section<'a> {
    pub(crate) id: u8,
    pub(crate) body: &'a [u8],
}

/// A wasm file taken apart into sections.
#[derive(Debug)]
pub(crate) struct WasmFile<'a> {
    header: &'a [u8],
    pub(crate) sections: Vec<Section<'a>>,
}

impl<'a> WasmFile<'a> {
    pub(crate) fn parse(wasm: &'a [u8]) -> Result<Self> {
        let (header, rest) = wasm
            .split_at_checked(HEADER)
            .context("the wasm has no header")?;
        let mut reader = Reader(rest);
        let mut sections = Vec::new();
        while !reader.0.is_empty() {
            let id = reader.byte()?;
            let body = reader.vector()?;
            sections.push(Section { id, body });
        }
        Ok(Self { header, sections })
    }

    fn section(&self, id: u8) -> Option<&'a [u8]> {
        let found = self.sections.iter().find(|section| section.id == id);
        found.map(|section| section.body)
    }

    /// The file again, with each section's body as `edit` gives it.
    pub(crate) fn edited(
        &self,
        mut edit: impl FnMut(Section<'a>) -> Result<Vec<u8>>,
    ) -> Result<Vec<u8>> {
        let mut wasm = self.header.to_vec();
        for section in &self.sections {
            wasm.push(section.id);
            put_vector(&mut wasm, &edit(*section)?);
        }
        Ok(wasm)
    }

    /// The file with a name for the module at its end, unless it has names. Browsers show it in the stack of an error.
    pub(crate) fn named(&self, module: &str) -> Result<Vec<u8>> {
        let mut wasm = self.edited(|section| Ok(section.body.to_vec()))?;
        let is_name = |section: &Section| {
            section.id == CUSTOM && Reader(section.body).name().is_ok_and(|name| name == "name")
        };
        if !self.sections.iter().any(is_name) {
            let (mut body, mut name) = (Vec::new(), Vec::new());
            put_vector(&mut name, module.as_bytes());
            put_vector(&mut body, b"name");
            body.push(0);
            put_vector(&mut body, &name);
            wasm.push(CUSTOM);
            put_vector(&mut wasm, &body);
        }
        Ok(wasm)
    }

    /// How many functions are imported: the functions with a body are numbered from there.
    pub(crate) fn imported_functions(&self) -> Result<usize> {
        let Some(body) = self.section(IMPORTS) else {
            return Ok(0);
        };
        let mut reader = Reader(body);
        let mut functions = 0;
        for _ in 0..reader.number()? {
            if let Kind::Function(_) = reader.import()?.kind {
                functions += 1;
            }
        }
        Ok(functions)
    }

    /// The bodies of functions, each without its length.
    pub(crate) fn bodies(&self) -> Result<Vec<&'a [u8]>> {
        let Some(body) = self.section(CODE) else {
            return Ok(Vec::new());
        };
        let mut reader = Reader(body);
        let count = reader.number()?;
        (0..count).map(|_| reader.vector()).collect()
    }

    /// The names of functions by their number, from the custom section `name`.
    pub(crate) fn function_names(&self) -> Result<HashMap<usize, &'a str>> {
        const FUNCTIONS: u8 = 1;
        let mut names = HashMap::new();
        for section in self.sections.iter().filter(|section| section.id == CUSTOM) {
            let mut reader = Reader(section.body);
            if reader.name()? != "name" {
                continue;
            }
            while !reader.0.is_empty() {
                let id = reader.byte()?;
                let mut inside = Reader(reader.vector()?);
                if id == FUNCTIONS {
                    for _ in 0..inside.number()? {
                        let number = inside.number()?;
                        names.insert(number, inside.name()?);
                    }
                }
            }
        }
        Ok(names)
    }
}

/// One entry of the import section.
pub(crate) struct Import<'a> {
    pub(crate) module: &'a str,
    pub(crate) name: &'a str,
    pub(crate) kind: Kind,
}

pub(crate) enum Kind {
    /// With the number of its type.
    Function(usize),
    Other,
}

/// Bytes that are read from the front.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn byte(&mut self) -> Result<u8> {
        self.bytes(1)?
            .first()
            .copied()
            .context("the wasm ends early")
    }

    /// So many bytes.
    pub(crate) fn bytes(&mut self, length: usize) -> Result<&'a [u8]> {
        let (bytes, rest) = self
            .0
            .split_at_checked(length)
            .context("the wasm ends early")?;
        self.0 = rest;
        Ok(bytes)
    }

    /// Bytes with their length before them.
    pub(crate) fn vector(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        self.bytes(length)
    }

    pub(crate) fn name(&mut self) -> Result<&'a str> {
        Ok(str::from_utf8(self.vector()?)?)
    }

    /// An unsigned number in LEB128.
    pub(crate) fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        bail!("the wasm holds a number that is too long")
    }

    pub(crate) fn import(&mut self) -> Result<Import<'a>> {
        let module = self.name()?;
        let name = self.name()?;
        let kind = match self.byte()? {
            0 => Kind::Function(self.number()?),
            1 => {
                self.byte()?;
                self.limits()?;
                Kind::Other
            }
            2 => {
                self.limits()?;
                Kind::Other
            }
            // A global has a type and says whether it changes; a tag an attribute and a type.
            3 | 4 => {
                self.bytes(2)?;
                Kind::Other
            }
            kind => bail!("the wasm imports {name}, which is of the unknown kind {kind}"),
        };
        Ok(Import { module, name, kind })
    }

    fn limits(&mut self) -> Result<()> {
        let has_maximum = self.byte()? & 1 == 1;
        self.number()?;
        if has_maximum {
            self.number()?;
        }
        Ok(())
    }
}

/// Writes an unsigned number in LEB128.
pub(crate) fn put_number(to: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        to.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

/// Writes bytes with their length before them.
pub(crate) fn put_vector(to: &mut Vec<u8>, bytes: &[u8]) {
    put_number(to, bytes.len());
    to.extend_from_slice(bytes);
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    /// A section as it is in a file.
    pub(crate) fn section(id: u8, body: &[u8]) -> Vec<u8> {
        let mut out = vec![id];
        put_vector(&mut out, body);
        out
    }

    /// A file of sections.
    pub(crate) fn file(sections: &[Vec<u8>]) -> Vec<u8> {
        let mut out = b"\0asm\x01\0\0\0".to_vec();
        out.extend(sections.concat());
        out
    }

    /// The custom section that names functions.
    pub(crate) fn names(functions: &[(u8, &str)]) -> Vec<u8> {
        let mut map = vec![u8::try_from(functions.len()).unwrap()];
        for (number, name) in functions {
            map.push(*number);
            put_vector(&mut map, name.as_bytes());
        }
        let mut body = Vec::new();
        put_vector(&mut body, b"name");
        body.push(1);
        put_vector(&mut body, &map);
        section(CUSTOM, &body)
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{file, names, section};
    use super::*;

    /// A table, a memory with a maximum, a global, and the function `m.f`; two functions with bodies.
    fn wasm() -> Vec<u8> {
        let imports = [
            b"\x04".to_vec(),
            b"\x01m\x01t\x01\x70\x00\x05".to_vec(),
            b"\x01m\x01m\x02\x01\x01\x80\x02".to_vec(),
            b"\x01m\x01g\x03\x7f\x00".to_vec(),
            b"\x01m\x01f\x00\x00".to_vec(),
        ];
        file(&[
            section(IMPORTS, &imports.concat()),
            section(CODE, b"\x02\x02\x00\x0b\x03\x00\x01\x0b"),
            names(&[(0, "imported"), (1, "first")]),
        ])
    }

    #[test]
    fn functions_are_counted_listed_and_named() {
        let wasm = wasm();
        let file = WasmFile::parse(&wasm).unwrap();
        assert_eq!(file.imported_functions().unwrap(), 1);
        assert_eq!(file.bodies().unwrap(), [&b"\x00\x0b"[..], b"\x00\x01\x0b"]);
        let names = file.function_names().unwrap();
        assert_eq!(names.get(&1), Some(&"first"));
        assert_eq!(names.get(&2), None);
    }

    #[test]
    fn a_file_that_is_not_edited_stays_as_it_is() {
        let wasm = wasm();
        let file = WasmFile::parse(&wasm).unwrap();
        let same = file.edited(|section| Ok(section.body.to_vec())).unwrap();
        assert_eq!(same, wasm);
    }

    #[test]
    fn a_file_that_ends_early_is_refused() {
        let wasm = wasm();
        assert!(WasmFile::parse(&wasm[..wasm.len() - 3]).is_err());
        assert!(WasmFile::parse(b"\0as").is_err());
    }
}
