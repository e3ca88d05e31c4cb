//! A file of the splitter, read: its functions, its places in the table, and its data.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{DataKind, ElementItems, ElementKind, Name, Operator, Parser, Payload, TypeRef};

/// What the main wasm has to initialize in place of the chunks, by address.
pub(crate) type Variables = BTreeMap<u32, Vec<u8>>;

/// A file of the splitter, as far as it is put into another.
pub(crate) struct Part {
    pub(crate) bytes: Vec<u8>,
    /// By number, for there are no imported functions: the type, and the place in the table that a function does
    /// nothing but call.
    pub(crate) functions: Vec<(u32, Option<u32>)>,
    pub(crate) names: HashMap<u32, String>,
    /// Place in the table, and the function there.
    pub(crate) table: Vec<(u32, u32)>,
    /// Address, and constant data there.
    pub(crate) constants: Vec<(u32, Vec<u8>)>,
    pub(crate) variables: Variables,
}

impl Part {
    pub(crate) fn read(bytes: Vec<u8>) -> Result<Self> {
        let mut part = Self {
            bytes: Vec::new(),
            functions: Vec::new(),
            names: function_names(&bytes)?,
            table: Vec::new(),
            constants: Vec::new(),
            variables: Variables::new(),
        };
        let mut types = Vec::new();
        let mut segments = Vec::new();
        let mut segment_names = HashMap::new();
        for payload in Parser::new(0).parse_all(&bytes) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        if let TypeRef::Func(_) = import?.ty {
                            bail!(
                                "a chunk imports a function, where the splitter calls through the table"
                            );
                        }
                    }
                }
                Payload::FunctionSection(functions) => {
                    types = functions.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::CodeSectionEntry(body) => {
                    let number = part.functions.len();
                    let of_type = types.get(number).context("a function has no type")?;
                    part.functions.push((*of_type, only_calls(&body)?));
                }
                Payload::ElementSection(elements) => part.table = table(elements)?,
                Payload::DataSection(data) => {
                    for segment in data {
                        let segment = segment?;
                        segments.push((address(&segment.kind)?, segment.data.to_vec()));
                    }
                }
                Payload::CustomSection(section) => {
                    if let wasmparser::KnownCustom::Name(names) = section.as_known() {
                        for name in names {
                            if let Name::Data(map) = name? {
                                for entry in map {
                                    let entry = entry?;
                                    segment_names.insert(entry.index, entry.name.to_owned());
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        for (number, (address, data)) in (0..).zip(segments) {
            match segment_names.get(&number).map(String::as_str) {
                Some(".rodata") => part.constants.push((address, data)),
                Some(".data") => drop(part.variables.insert(address, data)),
                // Memory is zero from the start.
                Some(".bss") => ensure!(data.iter().all(|&byte| byte == 0), ".bss is not empty"),
                other => bail!("a chunk has data of the unknown kind {other:?}"),
            }
        }
        part.constants.retain(|(_, data)| !data.is_empty());
        part.variables.retain(|_, data| !data.is_empty());
        part.bytes = bytes;
        Ok(part)
    }

    /// The places in the table that functions do nothing but call.
    pub(crate) fn shims(&self) -> impl Iterator<Item = u32> + '_ {
        self.functions.iter().filter_map(|&(_, place)| place)
    }

    /// The places in the table that functions of the main wasm do nothing but call.
    pub(crate) fn calls(main: &[u8]) -> Result<HashSet<u32>> {
        let mut calls = HashSet::new();
        for payload in Parser::new(0).parse_all(main) {
            if let Payload::CodeSectionEntry(body) = payload? {
                calls.extend(only_calls(&body)?);
            }
        }
        Ok(calls)
    }

    /// The names of functions that the compiled program has pointers to.
    pub(crate) fn pointed_at(compiled: &[u8]) -> Result<HashSet<String>> {
        let names = function_names(compiled)?;
        for payload in Parser::new(0).parse_all(compiled) {
            if let Payload::ElementSection(elements) = payload? {
                let functions = table(elements)?.into_iter();
                return Ok(functions
                    .filter_map(|(_, function)| names.get(&function).cloned())
                    .collect());
            }
        }
        Ok(HashSet::new())
    }
}

fn function_names(wasm: &[u8]) -> Result<HashMap<u32, String>> {
    let mut names = HashMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CustomSection(section) = payload?
            && let wasmparser::KnownCustom::Name(subsections) = section.as_known()
        {
            for subsection in subsections {
                if let Name::Function(map) = subsection? {
                    for entry in map {
                        let entry = entry?;
                        names.insert(entry.index, entry.name.to_owned());
                    }
                }
            }
        }
    }
    Ok(names)
}

/// The places in the table that a section fills, and the functions there.
pub(crate) fn table(elements: wasmparser::ElementSectionReader) -> Result<Vec<(u32, u32)>> {
    let mut table = Vec::new();
    for element in elements {
        let element = element?;
        let ElementKind::Active { offset_expr, .. } = &element.kind else {
            bail!("functions are put in the table at a time that is not known");
        };
        if let ElementItems::Functions(functions) = element.items {
            for (place, function) in (constant(offset_expr)?..).zip(functions) {
                table.push((place, function?));
            }
        }
    }
    Ok(table)
}

fn address(kind: &DataKind) -> Result<u32> {
    match kind {
        DataKind::Active { offset_expr, .. } => constant(offset_expr),
        DataKind::Passive => bail!("data has no address"),
    }
}

fn constant(expression: &wasmparser::ConstExpr) -> Result<u32> {
    match expression.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        other => bail!("an address is no constant: {other:?}"),
    }
}

/// The place in the table, if a function passes all that it gets to the function there, and gives what that one gives.
fn only_calls(body: &wasmparser::FunctionBody) -> Result<Option<u32>> {
    if body.get_locals_reader()?.get_count() > 0 {
        return Ok(None);
    }
    let mut operators = body.get_operators_reader()?;
    let mut passed = 0;
    let place = loop {
        match operators.read()? {
            Operator::LocalGet { local_index } if local_index == passed => passed += 1,
            Operator::I32Const { value } => break value.cast_unsigned(),
            _ => return Ok(None),
        }
    };
    let calls = matches!(
        operators.read()?,
        Operator::CallIndirect { table_index: 0, .. }
    );
    let ends = calls && matches!(operators.read()?, Operator::End);
    Ok((ends && operators.eof()).then_some(place))
}
