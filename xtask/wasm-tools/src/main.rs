//! Splits wasm into chunks and binds it to JavaScript: a program of its own, because its libraries take a minute to
//! compile and most commands of `cargo xtask` do without them.
//!
//! Knows nothing of the project: it is told which file to read and which folder to write to.

mod gather;
mod part;

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::gather::gather;

const USAGE: &str = "\
wasm-tools split INPUT.wasm FOLDER STEM [LATER=EARLIER]...   the first view as STEM.wasm, and a wasm for each name
wasm-tools bind INPUT.wasm FOLDER STEM                       the JavaScript glue, and the wasm that fits it";

fn main() -> ExitCode {
    match run(env::args_os().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Vec<OsString>) -> Result<()> {
    let [verb, input, folder, stem, more @ ..] = arguments.as_slice() else {
        bail!("{USAGE}");
    };
    let (input, folder) = (Path::new(input), Path::new(folder));
    let stem = stem.to_str().context("the stem is not Unicode")?;
    match verb.to_str() {
        Some("split") => split(input, folder, stem, &pairs(more)?),
        Some("bind") if more.is_empty() => bind(input, folder, stem),
        _ => bail!("{USAGE}"),
    }
}

/// Which name is always loaded before another.
fn pairs(arguments: &[OsString]) -> Result<BTreeMap<String, String>> {
    let pairs = arguments.iter().map(|argument| {
        let (later, earlier) = argument.to_str()?.split_once('=')?;
        Some((later.to_owned(), earlier.to_owned()))
    });
    pairs.collect::<Option<_>>().context(USAGE)
}

fn split(input: &Path, folder: &Path, stem: &str, after: &BTreeMap<String, String>) -> Result<()> {
    let wasm = fs::read(input).with_context(|| format!("cannot read {}", input.display()))?;
    let main = folder.join(format!("{stem}.wasm"));
    let module = format!("./{stem}.js");
    let mut options = wasm_split_cli_support::Options::new(&wasm);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &module;
    let split = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("{error:?}"))?;
    gather(&wasm, &main, folder, &split.prefetch_map, after)
}

fn bind(input: &Path, folder: &Path, stem: &str) -> Result<()> {
    Bindgen::new()
        .input_path(input)
        .web(true)?
        .out_name(stem)
        .typescript(false)
        // As the command line has it: the glue names the wasm beside it.
        .omit_default_module_path(false)
        // The chunks link against exports and names that wasm-bindgen would otherwise clean away.
        .keep_lld_exports(true)
        .demangle(false)
        .generate(folder)
}
