//! Splits wasm into chunks and binds it to JavaScript: a program of its own, because its libraries take a minute to
//! compile and most commands of `cargo xtask` do without them.
//!
//! Knows nothing of the project: it is told which file to read and which folder to write to.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use wasm_bindgen_cli_support::Bindgen;

const USAGE: &str = "\
wasm-tools split INPUT.wasm FOLDER STEM   one wasm for each journey, and the JavaScript that loads them
wasm-tools bind INPUT.wasm FOLDER STEM    the JavaScript glue, and the wasm that fits it";

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
    let [verb, input, folder, stem] = arguments.as_slice() else {
        bail!("{USAGE}");
    };
    let (input, folder) = (Path::new(input), Path::new(folder));
    let stem = stem.to_str().context("the stem is not Unicode")?;
    match verb.to_str() {
        Some("split") => split(input, folder, stem),
        Some("bind") => bind(input, folder, stem),
        _ => bail!("{USAGE}"),
    }
}

fn split(input: &Path, folder: &Path, stem: &str) -> Result<()> {
    let wasm = fs::read(input).with_context(|| format!("cannot read {}", input.display()))?;
    let main = folder.join(format!("{stem}.wasm"));
    let module = format!("./{stem}.js");
    let mut options = wasm_split_cli_support::Options::new(&wasm);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &module;
    match wasm_split_cli_support::transform(options) {
        Ok(_) => Ok(()),
        Err(error) => Err(anyhow!("{error:?}")),
    }
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
