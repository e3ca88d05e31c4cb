//! One file for each name under which the widget asks for code.
//!
//! The splitter makes a file for every set of names that share functions. Here the files are put together again: a name
//! gets all that it needs and that the name it is opened after has not brought along. A function that two names share,
//! and neither leads to the other, comes twice: both copies have the same places in the table and the memory, so it does
//! not matter which one is loaded last. For that nothing in a chunk may be variable data; it moves to the main wasm.
//!
//! Files call each other's functions through the table. Calls inside one file become direct, and places in the table that
//! nobody calls any more are left out, so that wasm-opt can inline and drop their functions.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::io;
use std::path::Path;

use crate::part::{Part, Variables};
use anyhow::{Context, Result, ensure};
use wasm_encoder::reencode::{Error as ReencodeError, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataCountSection, DataSection, ElementSection, Elements,
    FunctionSection, ImportSection, Module, NameMap, NameSection, RawSection,
};
use wasmparser::{Parser, Payload};

/// More places of the table than this that are not needed, in a row, are cheaper left out than filled.
const GAP: usize = 8;

/// Puts the splitter's files in `folder` together as `NAME.wasm`. `parts` has the stems of the files that each name needs;
/// `after` the name that is always loaded before another.
pub(crate) fn gather(
    compiled: &[u8],
    main: &Path,
    folder: &Path,
    parts: &HashMap<String, Vec<String>>,
    after: &BTreeMap<String, String>,
) -> Result<()> {
    let mut loaded = BTreeMap::new();
    for stem in parts.values().flatten() {
        if !loaded.contains_key(stem.as_str()) {
            let path = folder.join(format!("{stem}.wasm"));
            let bytes =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            fs::remove_file(&path)?;
            let part = Part::read(bytes).with_context(|| format!("in {}", path.display()))?;
            loaded.insert(stem.as_str(), part);
        }
    }
    let mut files: BTreeMap<&str, Vec<&Part>> = BTreeMap::new();
    for (name, stems) in parts {
        let mut there: HashSet<&String> = HashSet::new();
        let mut before = after.get(name);
        while let Some(earlier) = before {
            there.extend(
                parts
                    .get(earlier)
                    .with_context(|| format!("there is no {earlier}"))?,
            );
            before = after.get(earlier);
        }
        let own: BTreeSet<&String> = stems.iter().filter(|stem| !there.contains(stem)).collect();
        let own = own.iter().filter_map(|stem| loaded.get(stem.as_str()));
        files.insert(name, own.collect());
    }
    // Places that the compiled program itself names, by the names of their functions: not for calls between files.
    let pointed_at = Part::pointed_at(compiled)?;
    let mut called: HashSet<u32> = Part::calls(&fs::read(main)?)?;
    for parts in files.values() {
        let own = places(parts);
        let calls = parts.iter().flat_map(|part| part.shims());
        called.extend(calls.filter(|place| !own.contains_key(place)));
    }
    let is_needed = |place: u32, name: Option<&String>| {
        called.contains(&place) || name.is_none_or(|name| pointed_at.contains(name))
    };
    for (name, parts) in &files {
        let whole = join(parts, &is_needed).with_context(|| format!("in {name}"))?;
        fs::write(folder.join(format!("{name}.wasm")), whole)?;
    }
    let mut variables = Variables::new();
    for part in loaded.values() {
        variables.extend(part.variables.clone());
    }
    fs::write(main, initialize(&fs::read(main)?, &variables)?)?;
    Ok(())
}

/// Where in the table the functions of these parts are: the part, and the function's number in it.
fn places(parts: &[&Part]) -> HashMap<u32, (usize, u32)> {
    let mut places = HashMap::new();
    for (number, part) in parts.iter().enumerate() {
        for &(place, function) in &part.table {
            places.insert(place, (number, function));
        }
    }
    places
}

/// Renumbers the functions that one part calls.
struct Renumber<'a>(&'a [u32]);

impl Reencode for Renumber<'_> {
    type Error = io::Error;

    fn function_index(&mut self, function: u32) -> Result<u32, ReencodeError<Self::Error>> {
        let new = self.0.get(function as usize).copied();
        new.ok_or_else(|| unknown("a function that is not there"))
    }

    fn data_index(&mut self, _: u32) -> Result<u32, ReencodeError<Self::Error>> {
        Err(unknown("a segment of data"))
    }
}

fn unknown(what: &str) -> ReencodeError<io::Error> {
    ReencodeError::UserError(io::Error::other(format!("code of a chunk names {what}")))
}

fn join(parts: &[&Part], is_needed: &dyn Fn(u32, Option<&String>) -> bool) -> Result<Vec<u8>> {
    let own = places(parts);
    // The new number of each function of each part. Functions of this very file are called as they are; calls through
    // the table to the same place are one function.
    let mut numbers: Vec<Vec<u32>> = parts
        .iter()
        .map(|part| vec![u32::MAX; part.functions.len()])
        .collect();
    let mut shims = HashMap::new();
    let (mut kept, mut is_kept) = (Vec::new(), HashSet::new());
    for (of_part, part) in parts.iter().enumerate() {
        for (function, &(of_type, calls)) in part.functions.iter().enumerate() {
            let next = kept.len() as u32;
            let number = match calls {
                Some(place) if own.contains_key(&place) => continue,
                Some(place) => *shims.entry(place).or_insert(next),
                None => next,
            };
            if number == next {
                kept.push(of_type);
                is_kept.insert((of_part, function));
            }
            *slot(&mut numbers, of_part, function)? = number;
        }
    }
    for (of_part, part) in parts.iter().enumerate() {
        for (function, &(_, calls)) in part.functions.iter().enumerate() {
            let target = calls.and_then(|place| own.get(&place));
            if let Some(&(target_part, target)) = target {
                let number = *slot(&mut numbers, target_part, target as usize)?;
                ensure!(
                    number != u32::MAX,
                    "a call in the table leads to another call"
                );
                *slot(&mut numbers, of_part, function)? = number;
            }
        }
    }

    let mut module = Module::new();
    let (mut imports, mut imported) = (ImportSection::new(), HashSet::new());
    let (mut types_section, mut features) = (None, None);
    let mut code = CodeSection::new();
    let mut name_map = NameMap::new();
    for (of_part, part) in parts.iter().enumerate() {
        let mut renumber = Renumber(numbers.get(of_part).context("a part has no numbers")?);
        let mut function = 0;
        for payload in Parser::new(0).parse_all(&part.bytes) {
            match payload? {
                Payload::TypeSection(types) => {
                    // The splitter gives every file all types, which keep their numbers.
                    let range = types.range();
                    let bytes = bytes_of(&part.bytes, range)?.to_vec();
                    match &types_section {
                        None => types_section = Some(bytes),
                        Some(same) => ensure!(*same == bytes, "the types are not the same"),
                    }
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import?;
                        if imported.insert(import.name) {
                            renumber.parse_import(&mut imports, import)?;
                        }
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    if is_kept.contains(&(of_part, function)) {
                        renumber.parse_function_body(&mut code, body)?;
                        let number = code.len() - 1;
                        if let Some(name) = part.names.get(&(function as u32)) {
                            name_map.append(number, name);
                        }
                    }
                    function += 1;
                }
                Payload::CustomSection(section) if section.name() == "target_features" => {
                    features = Some(section.data());
                }
                _ => {}
            }
        }
    }
    module.section(&RawSection {
        id: 1,
        data: &types_section.context("there are no types")?,
    });
    module.section(&imports);
    let mut functions = FunctionSection::new();
    for of_type in &kept {
        functions.function(*of_type);
    }
    module.section(&functions);

    let mut table = BTreeMap::new();
    for (of_part, part) in parts.iter().enumerate() {
        for &(place, function) in &part.table {
            if is_needed(place, part.names.get(&function)) {
                table.insert(place, *slot(&mut numbers, of_part, function as usize)?);
            }
        }
    }
    let mut elements = ElementSection::new();
    for (start, run) in runs(&table, |place| own.contains_key(&place)) {
        elements.active(
            None,
            &ConstExpr::i32_const(start.cast_signed()),
            Elements::Functions(run.into()),
        );
    }
    module.section(&elements);
    module.section(&code);
    let mut data = DataSection::new();
    for (address, bytes) in parts.iter().flat_map(|part| &part.constants) {
        data.active(
            0,
            &ConstExpr::i32_const(address.cast_signed()),
            bytes.iter().copied(),
        );
    }
    module.section(&data);
    let mut names = NameSection::new();
    names.functions(&name_map);
    module.section(&names);
    module.section(&CustomSection {
        name: "target_features".into(),
        data: features
            .context("it is not known which features of wasm are used")?
            .into(),
    });
    Ok(module.finish())
}

fn slot(numbers: &mut [Vec<u32>], part: usize, function: usize) -> Result<&mut u32> {
    let slot = numbers
        .get_mut(part)
        .and_then(|part| part.get_mut(function));
    slot.context("a place in the table has no function")
}

/// Rows of places. One that is not needed has the function of the place before it, if the place is this file's own:
/// others would lose theirs.
fn runs(table: &BTreeMap<u32, u32>, is_own: impl Fn(u32) -> bool) -> Vec<(u32, Vec<u32>)> {
    let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
    for (&place, &function) in table {
        if let Some((start, run)) = runs.last_mut() {
            let free = *start + run.len() as u32..place;
            if free.len() <= GAP && free.clone().all(&is_own) {
                let filler = run.last().copied().unwrap_or(function);
                run.extend(free.map(|_| filler));
                run.push(function);
                continue;
            }
        }
        runs.push((place, vec![function]));
    }
    runs
}

fn bytes_of(wasm: &[u8], range: std::ops::Range<u64>) -> Result<&[u8]> {
    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
    wasm.get(range).context("a section ends early")
}

/// The main wasm with more data.
fn initialize(main: &[u8], variables: &Variables) -> Result<Vec<u8>> {
    let mut module = Module::new();
    let mut copied = wasm_encoder::reencode::RoundtripReencoder;
    for payload in Parser::new(0).parse_all(main) {
        match payload? {
            Payload::DataCountSection { count, .. } => {
                module.section(&DataCountSection {
                    count: count + variables.len() as u32,
                });
            }
            Payload::DataSection(section) => {
                let mut data = DataSection::new();
                copied.parse_data_section(&mut data, section)?;
                for (address, bytes) in variables {
                    let address = ConstExpr::i32_const(address.cast_signed());
                    data.active(0, &address, bytes.iter().copied());
                }
                module.section(&data);
            }
            other => {
                if let Some((id, range)) = other.as_section() {
                    let data = bytes_of(main, range)?;
                    module.section(&RawSection { id, data });
                }
            }
        }
    }
    Ok(module.finish())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::part::table;
    use wasm_encoder::{Function, ValType};
    use wasmparser::Operator;

    const ADDRESS: i32 = 0x10_0000;

    /// A file as the splitter writes it: one type, `() -> i32`, functions with a place in the table or none, and data in
    /// segments of these names.
    fn file(first_place: i32, functions: &[(&str, Function)], data: &[(&str, &[u8])]) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = wasm_encoder::TypeSection::new();
        types.ty().function([], [ValType::I32]);
        module.section(&types);
        let mut section = FunctionSection::new();
        let mut code = CodeSection::new();
        let mut names = NameMap::new();
        for (number, (name, function)) in (0..).zip(functions) {
            section.function(0);
            code.function(function);
            names.append(number, name);
        }
        module.section(&section);
        let mut elements = ElementSection::new();
        let in_table = functions.iter().filter(|(name, _)| !name.contains("shim"));
        let numbers: Vec<u32> = (0..in_table.count() as u32).collect();
        let place = ConstExpr::i32_const(first_place);
        elements.active(None, &place, Elements::Functions(numbers.into()));
        module.section(&elements);
        module.section(&code);
        let mut section = DataSection::new();
        let mut segments = NameMap::new();
        for (number, (name, bytes)) in (0u32..).zip(data) {
            let address = ConstExpr::i32_const(ADDRESS + 16 * number.cast_signed());
            section.active(0, &address, bytes.iter().copied());
            segments.append(number, name);
        }
        module.section(&section);
        let mut section = NameSection::new();
        section.functions(&names);
        section.data(&segments);
        module.section(&section);
        module.section(&CustomSection {
            name: "target_features".into(),
            data: (&[0]).into(),
        });
        module.finish()
    }

    fn gives(number: i32) -> Function {
        let mut function = Function::new([]);
        function.instructions().i32_const(number).end();
        function
    }

    fn calls(function: u32) -> Function {
        let mut caller = Function::new([]);
        caller
            .instructions()
            .call(function)
            .drop()
            .i32_const(0)
            .end();
        caller
    }

    fn calls_place(place: i32) -> Function {
        let mut shim = Function::new([]);
        shim.instructions()
            .i32_const(place)
            .call_indirect(0, 0)
            .end();
        shim
    }

    /// The functions that each function calls, and the places in the table.
    fn read(wasm: &[u8]) -> (Vec<Vec<u32>>, Vec<(u32, u32)>) {
        let (mut called, mut places) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.unwrap() {
                Payload::CodeSectionEntry(body) => {
                    let operators = body.get_operators_reader().unwrap();
                    let calls = operators.into_iter().filter_map(|operator| match operator {
                        Ok(Operator::Call { function_index }) => Some(function_index),
                        _ => None,
                    });
                    called.push(calls.collect());
                }
                Payload::ElementSection(elements) => places = table(elements).unwrap(),
                _ => {}
            }
        }
        (called, places)
    }

    #[test]
    fn a_call_within_a_file_is_direct_and_its_place_in_the_table_goes() {
        let shared = Part::read(file(5, &[("shared", gives(7)), ("kept", gives(8))], &[])).unwrap();
        let own = file(9, &[("own", calls(1)), ("a shim", calls_place(5))], &[]);
        let own = Part::read(own).unwrap();
        let joined = join(&[&shared, &own], &|place, _| place != 5).unwrap();
        let (called, places) = read(&joined);
        assert_eq!(called, [vec![], vec![], vec![0]]);
        // The place that is not needed is before the first that is.
        assert_eq!(places.first(), Some(&(6, 1)));
        assert_eq!(places.last(), Some(&(9, 2)));
    }

    #[test]
    fn a_call_to_another_file_stays_and_is_there_once() {
        let part = |name| {
            let functions = [(name, calls(1)), ("a shim", calls_place(3))];
            Part::read(file(9, &functions, &[])).unwrap()
        };
        let joined = join(&[&part("one"), &part("other")], &|_, _| true).unwrap();
        assert_eq!(read(&joined).0, [vec![1], vec![], vec![1]]);
        assert_eq!(Part::calls(&joined).unwrap(), HashSet::from([3]));
    }

    #[test]
    fn constants_stay_and_variables_move_to_the_main_wasm() {
        let data = [
            (".rodata", &b"text"[..]),
            (".data", b"1234"),
            (".bss", b"\0\0"),
        ];
        let part = Part::read(file(1, &[("own", gives(1))], &data)).unwrap();
        let address = ADDRESS.cast_unsigned();
        assert_eq!(part.constants, [(address, b"text".to_vec())]);
        assert_eq!(
            part.variables,
            Variables::from([(address + 16, b"1234".to_vec())])
        );
        let main = file(1, &[("main", gives(1))], &[(".rodata", b"own")]);
        let main = initialize(&main, &part.variables).unwrap();
        assert!(main.windows(4).any(|bytes| bytes == b"1234"));
    }

    #[test]
    fn only_a_short_gap_of_its_own_is_filled() {
        let table = BTreeMap::from([(1, 10), (3, 11), (5, 12), (40, 13)]);
        assert_eq!(
            runs(&table, |place| place != 4),
            [(1, vec![10, 10, 11]), (5, vec![12]), (40, vec![13])]
        );
    }
}
