//! From the widget's Rust to small WebAssembly: compile, split into chunks, bind to JavaScript, shrink.
//!
//! Trunk has no step between cargo and wasm-bindgen, where the split has to happen, so the pipeline is our own. Knows
//! nothing of the names that files get in the end: that is the task of `bundle`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::budgets::{self, Budgets};
use crate::progress::{Step, say};
use crate::project::{Mode, Project, files, fresh_folder, hash, write};
use crate::stub_unused;
use crate::tools::Tools;

/// The stem that the splitter and wasm-bindgen give their files.
pub(crate) const STEM: &str = "app";

/// Crates that other crates bring along and nothing of ours uses.
const UNUSED: [&str; 1] = ["wasm_streams"];

/// What the pipeline produces for `bundle`.
pub(crate) struct WasmOutput {
    /// Generated JavaScript that starts the wasm.
    pub(crate) glue: PathBuf,
    /// The chunks as the splitter wrote them, with the names of their functions.
    pub(crate) split: PathBuf,
    /// The wasm of the first view.
    pub(crate) main: PathBuf,
    /// The main wasm before it was shrunk, with the names of its functions.
    pub(crate) named: PathBuf,
    /// The wasm that is fetched later.
    pub(crate) chunks: Vec<Chunk>,
}

/// One wasm file that is fetched after the first view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chunk {
    /// The name under which the widget asks for it; also its file's, without ".wasm".
    pub(crate) name: String,
    /// The chunk that is always loaded before it.
    pub(crate) after: Option<String>,
}

/// Splits, binds and shrinks what `compile` gave, unless it has not changed since the last time.
pub(crate) fn process(
    project: &Project,
    tools: &Tools,
    mode: Mode,
    compiled: &Path,
) -> Result<WasmOutput> {
    let mut chunks = chunks(&Budgets::load(project)?);
    if mode == Mode::Gallery {
        // It has no journeys that lead from one chunk to another.
        chunks.iter_mut().for_each(|chunk| chunk.after = None);
    }
    let stage = project.widget_target(mode).join(match mode {
        Mode::Release | Mode::Plain => "stage",
        Mode::Dev => "stage-dev",
        Mode::Gallery => "stage-gallery",
    });
    let stamp = stage.join("stamp");
    let after: Vec<String> = chunks
        .iter()
        .filter_map(|chunk| Some(format!("{}={}", chunk.name, chunk.after.as_ref()?)))
        .collect();
    let key = hash(&[
        &fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?,
        &fs::read(&tools.wasm_tools)
            .with_context(|| format!("cannot read {}", tools.wasm_tools.display()))?,
        tools.node_modules.as_os_str().as_encoded_bytes(),
        after.concat().as_bytes(),
        include_bytes!("wasm.rs"),
        include_bytes!("stub_unused.rs"),
    ]);
    let split = stage.join("split");
    let glue = stage.join("glue");
    let small = stage.join("small");
    let bound = glue.join(format!("{STEM}_bg.wasm"));
    if fs::read_to_string(&stamp).is_ok_and(|old| old == key) {
        say("the wasm has not changed since it was last split and shrunk");
    } else {
        for folder in [&split, &glue, &small] {
            fresh_folder(folder)?;
        }
        Step::new("splitting the wasm into chunks")
            .run(tool(tools, "split", compiled, &split).args(&after))?;
        if mode != Mode::Gallery {
            ensure_known(&split, &chunks)?;
        }
        let main = wasm(&split, STEM);
        Step::new("binding the wasm to JavaScript").run(&mut tool(tools, "bind", &main, &glue))?;
        if mode == Mode::Release {
            let whole =
                fs::read(&bound).with_context(|| format!("cannot read {}", bound.display()))?;
            write(&bound, stub_unused::stub(&whole, &UNUSED)?)?;
        }
        let mut wasms = vec![(bound.clone(), wasm(&small, STEM))];
        for chunk in &chunks {
            if mode == Mode::Gallery && !wasm(&split, &chunk.name).is_file() {
                continue;
            }
            wasms.push((wasm(&split, &chunk.name), wasm(&small, &chunk.name)));
        }
        if mode.is_quick() {
            for (from, to) in wasms {
                copy(&from, &to)?;
            }
        } else {
            let commands = wasms
                .iter()
                .map(|(from, to)| shrink(tools, mode, from, to))
                .collect();
            Step::new("shrinking the wasm").run_all(commands)?;
        }
        write(&stamp, key)?;
    }
    if mode == Mode::Gallery {
        chunks.retain(|chunk| wasm(&small, &chunk.name).is_file());
    }
    Ok(WasmOutput {
        glue: glue.join(format!("{STEM}.js")),
        main: wasm(&small, STEM),
        named: bound,
        chunks,
        split,
    })
}

impl WasmOutput {
    /// The file of a chunk.
    pub(crate) fn chunk(&self, chunk: &Chunk) -> PathBuf {
        self.main.with_file_name(format!("{}.wasm", chunk.name))
    }
}

/// What makes the standard library small: no texts, tables or formatting that only a panic message would use. A panic
/// is a trap with or without them, which `src/embed` reports to the webmaster
/// (docs/decisions/0003-standard-library-for-size.md has the bytes).
const SMALL_STD: &str =
    " -Zlocation-detail=none -Zfmt-debug=none -Zunstable-options -Cpanic=immediate-abort";

/// Compiles the widget, and gives the wasm. The split needs relocations, which no other build does.
pub(crate) fn compile(project: &Project, mode: Mode) -> Result<PathBuf> {
    let target = project.widget_target(mode);
    let mut flags = "-Clink-args=--emit-relocs".to_owned();
    let mut command = Command::new("cargo");
    command
        .current_dir(&project.root)
        .args(["build", "--package", "frontdoor", "--bin", "frontdoor"])
        .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(&target)
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    match mode {
        Mode::Release => {
            flags.push_str(SMALL_STD);
            command
                .arg("--release")
                .args(["-Zbuild-std=std,panic_abort"])
                .args(["-Zbuild-std-features=optimize_for_size"])
                // These options are not stable yet: a compiler that changes one refuses it with a message. `--plain`
                // builds without them.
                .env("RUSTC_BOOTSTRAP", "1");
        }
        Mode::Plain => {
            command.arg("--release").env_remove("RUSTC_BOOTSTRAP");
        }
        Mode::Dev | Mode::Gallery => {
            command.env("CARGO_PROFILE_DEV_DEBUG", "0");
        }
    }
    if mode == Mode::Gallery {
        command.args(["--features", "gallery"]);
    }
    command.env("RUSTFLAGS", flags);
    let what = match mode {
        Mode::Release => "compiling the widget",
        Mode::Plain => "compiling the widget with stable options",
        Mode::Dev => "compiling the widget without optimisation",
        Mode::Gallery => "compiling the gallery",
    };
    Step::new(what).run(&mut command)?;
    let folder = if mode.is_quick() { "debug" } else { "release" };
    Ok(target
        .join("wasm32-unknown-unknown")
        .join(folder)
        .join("frontdoor.wasm"))
}

/// The call of `xtask/wasm-tools`.
fn tool(tools: &Tools, verb: &str, input: &Path, folder: &Path) -> Command {
    let mut command = Command::new(&tools.wasm_tools);
    command.arg(verb).arg(input).arg(folder).arg(STEM);
    command
}

/// Shrinks one wasm file.
pub(crate) fn shrink(tools: &Tools, mode: Mode, from: &Path, to: &Path) -> Command {
    let mut command = tools.wasm_opt();
    command.arg(from).arg("-o").arg(to).arg("-Oz");
    if mode == Mode::Release {
        // The classes of server_fn's streams are exported, so nothing else may drop them.
        command.args(["--remove-exports=*intounderlying*", "-Oz"]);
    }
    command.args(["--strip-producers", "--strip-target-features"]);
    command
}

/// The chunks that have a limit, in the order of their names.
fn chunks(limits: &Budgets) -> Vec<Chunk> {
    let chunk = |(name, limit): (&String, &budgets::Chunk)| Chunk {
        name: name.clone(),
        after: limit.after.clone(),
    };
    limits.chunks.iter().map(chunk).collect()
}

/// Every chunk of the code is in `budgets.toml`, and every one there in the code.
fn ensure_known(split: &Path, chunks: &[Chunk]) -> Result<()> {
    let mut names: Vec<String> = files(split, "wasm")?
        .iter()
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != STEM)
        .collect();
    let missing = chunks.iter().find(|chunk| !names.contains(&chunk.name));
    if let Some(Chunk { name, .. }) = missing {
        bail!("budgets.toml has a limit for the chunk {name}, which does not exist");
    }
    names.retain(|name| chunks.iter().all(|chunk| chunk.name != *name));
    ensure!(
        names.is_empty(),
        "budgets.toml has no limit for {}",
        names.join(", ")
    );
    Ok(())
}

fn wasm(folder: &Path, stem: &str) -> PathBuf {
    folder.join(format!("{stem}.wasm"))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {} to {to:?}", from.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_that_is_unknown_or_missing_is_named() {
        let folder = std::env::temp_dir().join(format!("frontdoor-chunks-{}", std::process::id()));
        fresh_folder(&folder).unwrap();
        for name in [STEM, "request"] {
            write(&wasm(&folder, name), "").unwrap();
        }
        let check = |names: &[&str]| {
            let chunks: Vec<Chunk> = names
                .iter()
                .map(|&name| Chunk {
                    name: name.into(),
                    after: None,
                })
                .collect();
            ensure_known(&folder, &chunks).map_err(|error| error.to_string())
        };
        assert_eq!(check(&["request"]), Ok(()));
        assert!(check(&[]).unwrap_err().contains("no limit for request"));
        assert!(
            check(&["request", "status"])
                .unwrap_err()
                .contains("status")
        );
        fs::remove_dir_all(&folder).unwrap();
    }
}
