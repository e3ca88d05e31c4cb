//! From the widget's Rust to small WebAssembly: compile, split by journey, bind to JavaScript, shrink.
//!
//! Trunk has no step between cargo and wasm-bindgen, where the split has to happen, so the pipeline
//! is ours. Knows nothing of the names files get in the end: that is `bundle`'s part.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::hollow;
use crate::progress::{Step, say};
use crate::project::{Project, fresh_folder, hash, read, write};
use crate::tools::Tools;

/// The stem that wasm-split-cli and wasm-bindgen give their files.
pub(crate) const STEM: &str = "app";

/// Crates that come along and are used by nothing of ours.
const UNUSED: [&str; 1] = ["wasm_streams"];

/// What the pipeline leaves behind for bundling.
pub(crate) struct Parts {
    /// Generated JavaScript that starts the wasm.
    pub(crate) glue: PathBuf,
    /// Generated JavaScript that fetches chunks; the glue imports it.
    pub(crate) loader: PathBuf,
    /// The wasm of the first view.
    pub(crate) main: PathBuf,
    /// The main wasm before it was shrunk, with the names of its functions.
    pub(crate) named: PathBuf,
    /// The wasm of each journey, and of what several journeys share.
    pub(crate) chunks: Vec<Chunk>,
}

/// One wasm file that is fetched after the first view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chunk {
    /// File name as the generated loader knows it, without ".wasm".
    pub(crate) stem: String,
    /// The journeys that need it: one for a journey's own chunk, several for a shared one.
    pub(crate) journeys: Vec<String>,
}

impl Chunk {
    /// The name a person knows it by.
    pub(crate) fn name(&self) -> &str {
        self.stem.strip_prefix("split_").unwrap_or("shared")
    }
}

/// Runs the whole pipeline, or only as much of it as has changed.
pub(crate) fn build(project: &Project, tools: &Tools, dev: bool) -> Result<Parts> {
    let compiled = compile(project, dev)?;
    let stage = project
        .target
        .join("widget")
        .join(if dev { "stage-dev" } else { "stage" });
    let stamp = stage.join("stamp");
    let key = hash(&[
        &fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?,
        tools.fingerprint().as_bytes(),
        include_bytes!("wasm.rs"),
        include_bytes!("hollow.rs"),
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
        split_by_journey(tools, &compiled, &split)?;
        bind(tools, &split, &glue)?;
        let whole = fs::read(&bound).with_context(|| format!("cannot read {}", bound.display()))?;
        write(&bound, hollow::empty(&whole, &UNUSED)?)?;
        let chunks = chunks(&split)?;
        if dev {
            for chunk in &chunks {
                copy(&wasm(&split, &chunk.stem), &wasm(&small, &chunk.stem))?;
            }
            copy(&bound, &wasm(&small, STEM))?;
        } else {
            shrink(
                tools,
                "shrinking the wasm",
                &bound,
                &wasm(&small, STEM),
                false,
            )?;
            for chunk in &chunks {
                let what = format!("shrinking the chunk {}", chunk.name());
                let (from, to) = (wasm(&split, &chunk.stem), wasm(&small, &chunk.stem));
                shrink(tools, &what, &from, &to, false)?;
            }
        }
        write(&stamp, key)?;
    }
    Ok(Parts {
        glue: glue.join(format!("{STEM}.js")),
        loader: split.join("__wasm_split.js"),
        main: wasm(&small, STEM),
        named: bound,
        chunks: chunks(&split)?,
    })
}

impl Parts {
    /// The file of a chunk.
    pub(crate) fn chunk(&self, chunk: &Chunk) -> PathBuf {
        self.main.with_file_name(format!("{}.wasm", chunk.stem))
    }
}

/// What makes the standard library small: none of the texts, tables and formatting that only a panic
/// message would use. A panic is a trap with or without them, and `embed.js` says so to the webmaster
/// (docs/decisions/0003-standard-library-for-size.md has the bytes).
const SMALL_STD: &str =
    " -Zlocation-detail=none -Zfmt-debug=none -Zunstable-options -Cpanic=immediate-abort";

/// The split needs relocations, which no other build wants: a target folder of its own keeps this
/// build and the others from undoing each other's work.
fn compile(project: &Project, dev: bool) -> Result<PathBuf> {
    let target = project.target.join("widget");
    let mut flags = "-Clink-args=--emit-relocs".to_owned();
    let mut command = Command::new("cargo");
    command
        .current_dir(&project.root)
        .args(["build", "--package", "frontdoor", "--bin", "frontdoor"])
        .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(&target)
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    if dev {
        // Without optimisation the wasm grows past what browsers compile quickly.
        command
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
    } else {
        flags.push_str(SMALL_STD);
        command
            .arg("--release")
            .args(["-Zbuild-std=std,panic_abort"])
            .args(["-Zbuild-std-features=optimize_for_size"])
            // These flags are not stable yet; a change in them breaks this build in words.
            .env("RUSTC_BOOTSTRAP", "1");
    }
    command.env("RUSTFLAGS", flags);
    Step::new("compiling the widget").run(&mut command)?;
    let folder = if dev { "debug" } else { "release" };
    Ok(target
        .join("wasm32-unknown-unknown")
        .join(folder)
        .join("frontdoor.wasm"))
}

fn split_by_journey(tools: &Tools, compiled: &Path, split: &Path) -> Result<()> {
    let mut command = Command::new(&tools.wasm_split);
    command.arg(compiled).arg(split).args(["--out-name", STEM]);
    Step::new("splitting the wasm by journey").run(&mut command)
}

fn bind(tools: &Tools, split: &Path, glue: &Path) -> Result<()> {
    let mut command = Command::new(&tools.wasm_bindgen);
    command
        .arg(wasm(split, STEM))
        .args(["--target", "web", "--no-typescript", "--out-name", STEM])
        // The chunks link against exports and names that wasm-bindgen would clean away.
        .args(["--keep-lld-exports", "--no-demangle", "--out-dir"])
        .arg(glue);
    Step::new("binding the wasm to JavaScript").run(&mut command)
}

/// Shrinks one wasm file; `named` keeps the names of functions, for finding out what the bytes are.
pub(crate) fn shrink(tools: &Tools, what: &str, from: &Path, to: &Path, named: bool) -> Result<()> {
    let mut command = tools.wasm_opt();
    command.arg(from).arg("-o").arg(to).arg("-Oz");
    // The classes of server_fn's streams are exported, so nothing else may drop them.
    command.args(["--remove-exports=*intounderlying*", "-Oz"]);
    command.arg("--strip-producers");
    if named {
        command.arg("-g");
    }
    Step::new(what).run(&mut command)
}

fn chunks(split: &Path) -> Result<Vec<Chunk>> {
    let loader = read(&split.join("__wasm_split.js"))?;
    chunks_of(&loader).context("wasm-split-cli wrote a loader in a form unknown to xtask")
}

/// Reads which chunks there are and who needs them from the loader that wasm-split-cli wrote:
/// a comment with the journeys stands before each shared chunk.
fn chunks_of(loader: &str) -> Option<Vec<Chunk>> {
    let mut chunks = Vec::new();
    let mut journeys = Vec::new();
    for line in loader.lines() {
        if let Some(comment) = line.strip_prefix("/* ") {
            let comment = comment.strip_suffix(" */")?;
            journeys = comment.split(", ").map(str::to_owned).collect();
        }
        let Some((_, rest)) = line.split_once("fetch(new URL(\"./") else {
            continue;
        };
        let (stem, _) = rest.split_once(".wasm\"")?;
        let journeys = match stem.strip_prefix("split_") {
            Some(journey) => vec![journey.to_owned()],
            None => std::mem::take(&mut journeys),
        };
        chunks.push(Chunk {
            stem: stem.to_owned(),
            journeys,
        });
    }
    Some(chunks)
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
    fn a_shared_chunk_names_the_journeys_that_need_it() {
        let loader = "\
/* report, status */
const __chunk_3 = makeLoad(() => {
    const src = fetch(new URL(\"./chunk_3.wasm\", import.meta.url));
}, []);
export const __wasm_split_load_status = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL(\"./split_status.wasm\", import.meta.url));
}, [__chunk_3]));
";
        let found = chunks_of(loader).unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|chunk| (chunk.name(), chunk.journeys.join(" ")))
            .collect();
        assert_eq!(
            told,
            [
                ("shared", "report status".to_owned()),
                ("status", "status".to_owned())
            ]
        );
    }
}
