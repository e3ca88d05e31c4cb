//! From the wasm to `dist/`: names with hashes, minified JavaScript and CSS, texts, schemas, the sample page.
//!
//! Every name in `dist/` except the entry's changes with its contents, and every reference is relative, so any static
//! server can serve the folder from any path and cache everything but the entry forever.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::glue::{self, Glue};
use crate::progress::{Running, Step, say};
use crate::project::{Mode, Project, VERSION, files, fresh_folder, hash, read, write};
use crate::tools::Tools;
use crate::wasm::{self, WasmOutput};
use crate::wasm_file::WasmFile;
use crate::{locales, pack, reorder, shorten_imports};

/// The oldest browsers that have everything the widget needs: container queries came last.
const BROWSERS: &str = "--target=chrome105,firefox110,safari16";

/// The name of every wasm module, by which `src/embed/element.js` knows a trap of the widget.
const MODULE: &str = "front-door";

/// JSON Schemas that are published with the widget, with the package that holds each. A test in that package fails when
/// a schema does not describe what is read.
const SCHEMAS: [(&str, &str); 3] = [
    ("core", "frontdoor.schema.json"),
    ("guide", "guide.schema.json"),
    ("guide", "guide-index.schema.json"),
];

/// A finished `dist/`.
pub(crate) struct Build {
    pub(crate) mode: Mode,
    pub(crate) dist: PathBuf,
    pub(crate) artifacts: Vec<Artifact>,
    pub(crate) wasm: WasmOutput,
}

impl Build {
    /// Copies what browsers fetch to a folder that has a page already: trunk's own, which reloads itself.
    pub(crate) fn copy_beside_the_page(&self, folder: &Path) -> Result<()> {
        for artifact in &self.artifacts {
            let to = folder.join(&artifact.file);
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::copy(self.dist.join(&artifact.file), &to)
                .with_context(|| format!("cannot write {}", to.display()))?;
        }
        Ok(())
    }
}

/// One file of `dist/` that a browser fetches.
pub(crate) struct Artifact {
    /// Its path inside `dist/`.
    pub(crate) file: String,
    pub(crate) kind: Kind,
}

/// When a browser fetches an artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// With the page: the one script that a webmaster names.
    Entry,
    /// For the first view.
    Script,
    /// For the first view.
    Wasm,
    /// When the widget asks for the chunk of this name.
    Chunk(String),
    /// A JavaScript module of its own, when the widget asks for it.
    Module,
    /// When a resident reads this language.
    Locale,
}

/// Compiles the widget while the programs for this machine are compiled, and bundles it.
pub(crate) fn build(
    project: &Project,
    tools: &Tools,
    mode: Mode,
    programs: Running,
) -> Result<Build> {
    let compiled = wasm::compile(project, mode)?;
    programs.finish()?;
    bundle(project, tools, mode, &compiled)
}

/// Bundles the widget that `wasm::compile` gave.
pub(crate) fn bundle(
    project: &Project,
    tools: &Tools,
    mode: Mode,
    compiled: &Path,
) -> Result<Build> {
    let wasm = wasm::process(project, tools, mode, compiled)?;
    let dist = project.dist(mode);
    // Put in place at the end, so that a server never sees half a build.
    let unfinished = dist.with_file_name("dist-unfinished");
    fresh_folder(&unfinished)?;
    let mut bundle = Bundle {
        project,
        tools,
        dist: unfinished.clone(),
        stage: project.widget_target(mode).join("bundle"),
        artifacts: Vec::new(),
    };
    fresh_folder(&bundle.stage)?;
    let (main, glue) = bundle.main(&wasm, mode)?;
    let names = Names {
        wasm: main,
        app: String::new(),
        locales: bundle.locales()?,
    };
    bundle.style()?;
    let own = bundle.modules()?;
    let app = bundle.app(&wasm, mode, &(own + &glue), &names.wasm)?;
    if mode == Mode::Release {
        bundle.compare()?;
    }
    bundle.entry(&Names { app, ..names })?;
    bundle.page(mode)?;
    bundle.schemas()?;
    let artifacts = bundle.artifacts;
    fresh_folder(&dist)?;
    fs::remove_dir(&dist)?;
    fs::rename(&unfinished, &dist)
        .with_context(|| format!("cannot put {} in place", dist.display()))?;
    say(format!("the widget is in {}", dist.display()));
    Ok(Build {
        mode,
        dist,
        artifacts,
        wasm,
    })
}

/// Where the entry finds the other files, relative to itself.
struct Names {
    app: String,
    wasm: String,
    locales: String,
}

struct Bundle<'a> {
    project: &'a Project,
    tools: &'a Tools,
    dist: PathBuf,
    stage: PathBuf,
    artifacts: Vec<Artifact>,
}

impl Bundle<'_> {
    /// The wasm of the first view: its name, and the glue that fits it.
    fn main(&mut self, output: &WasmOutput, mode: Mode) -> Result<(String, String)> {
        let path = &output.main;
        let wasm = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let glue = read(&output.glue)?;
        let (wasm, glue) = match mode {
            Mode::Release => shorten_imports::shorten(&wasm, &glue)?,
            Mode::Plain | Mode::Dev | Mode::Gallery => (wasm, glue),
        };
        let name = |hash| format!("app-{hash}_bg.wasm");
        Ok((self.wasm(mode, &wasm, name, Kind::Wasm)?, glue))
    }

    /// A wasm, in the published build taken apart so that it compresses better. What it was is kept for `compare`.
    fn wasm(
        &mut self,
        mode: Mode,
        wasm: &[u8],
        name: impl Fn(String) -> String,
        kind: Kind,
    ) -> Result<String> {
        let wasm = &WasmFile::parse(wasm)?.named(MODULE)?;
        if mode != Mode::Release {
            return self.put(name(hash(&[wasm])), wasm, kind);
        }
        let wasm = &reorder::reorder(wasm)?;
        let packed = pack::pack(wasm)?;
        let name = name(hash(&[&packed]));
        write(&self.stage.join(&name), wasm)?;
        self.put(name, &packed, kind)
    }

    /// Fails if the widget would put a wasm together in another way than it was.
    fn compare(&self) -> Result<()> {
        const SCRIPT: &str = "
            const fs = require('fs'), [unpack, dist, stage, ...names] = process.argv.slice(1);
            import(`data:text/javascript;base64,${fs.readFileSync(unpack).toString('base64')}`).then(({ unpack }) => {
                for (const name of names) {
                    const [packed, wasm] = [dist, stage].map((folder) => fs.readFileSync(`${folder}/${name}`));
                    if (!wasm.equals(unpack(packed))) throw new Error(`${name} is not the same after it was taken apart`);
                }
            });";
        let is_wasm = |artifact: &&Artifact| matches!(artifact.kind, Kind::Wasm | Kind::Chunk(_));
        let names = self.artifacts.iter().filter(is_wasm);
        let mut command = Command::new("node");
        command
            .args(["-e", SCRIPT])
            .arg(self.stage.join("unpack.js"))
            .args([&self.dist, &self.stage])
            .args(names.map(|artifact| &artifact.file));
        Step::new("putting the wasm together again").run(&mut command)
    }

    fn put(&mut self, name: String, bytes: &[u8], kind: Kind) -> Result<String> {
        write(&self.dist.join(&name), bytes)?;
        self.artifacts.push(Artifact {
            file: name.clone(),
            kind,
        });
        Ok(name)
    }

    /// The JavaScript modules that are fetched only when they are needed, and the lines of glue by which the wasm asks
    /// for one by its name (`platform::lazy_module`), starts a request early and sends events to the page.
    fn modules(&mut self) -> Result<String> {
        let mut known = Vec::new();
        for path in files(&self.project.root.join("src/js"), "js")? {
            let stem = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let mut command = self.tools.esbuild();
            command
                .arg(&path)
                .args(["--bundle", "--format=esm", "--minify", BROWSERS])
                .arg("--loader:.css=text")
                // The packages that a module imports are in the cache of tools and not in the project.
                .env("NODE_PATH", &self.tools.node_modules);
            let script = Step::new(&format!("bundling the module {stem}")).read(&mut command)?;
            let name = format!("{stem}-{}.js", hash(&[&script]));
            known.push((stem, self.put(name, &script, Kind::Module)?));
        }
        let names: Vec<String> = known
            .iter()
            .map(|(stem, name)| format!("{stem}: \"./{name}\""))
            .collect();
        // The wasm imports these functions by name, see `platform`.
        Ok(format!(
            "const parts = {{ __proto__: null, {} }};\n\
             // A module that could not be loaded stays so under its address.\n\
             const tries = {{ __proto__: null }};\n\
             const frontDoorPart = (name) => {{\n\
                 const url = new URL(parts[name], import.meta.url);\n\
                 if (tries[name]) url.search = tries[name];\n\
                 const part = import(url);\n\
                 part.catch(() => tries[name] = -~tries[name]);\n\
                 return part;\n\
             }};\n\
             const frontDoorAsk = (url) => {{\n\
                 const answer = fetch(url, {{ headers: {{ accept: \"application/json\" }}, \
             signal: AbortSignal.timeout?.(1e4) }});\n\
                 answer.catch(() => 0); // a failure is reported to the code that awaits the answer\n\
                 return answer;\n\
             }};\n\
             const frontDoorTell = (root, name, detail) => root.getRootNode().host?.dispatchEvent(\
                 new CustomEvent(`front-door:${{name}}`, {{ bubbles: true, \
             detail: {{ version: 1, ...JSON.parse(detail) }} }}));\n",
            names.join(", ")
        ))
    }

    /// The glue and the chunk loader become one module, so that a second import of it under another query, after a trap,
    /// has a wasm of its own and loads chunks into that one.
    fn app(&mut self, output: &WasmOutput, mode: Mode, glue: &str, wasm: &str) -> Result<String> {
        let mut files = Vec::new();
        for chunk in &output.chunks {
            let path = output.chunk(chunk);
            let bytes = fs::read(&path).with_context(|| format!("cannot read {path:?}"))?;
            let name = |hash| format!("{}-{hash}.wasm", chunk.name);
            files.push(self.wasm(mode, &bytes, name, Kind::Chunk(chunk.name.clone()))?);
        }
        let files = files.iter().map(String::as_str);
        let loader = glue::loader(output.chunks.iter().zip(files));
        let bound = Glue::read(glue, wasm)?;
        let entry = self.stage.join("entry.js");
        let text = glue::without_namespaces(&bound.text, &loader)?;
        write(&self.stage.join("app.js"), text)?;
        write(&self.stage.join("__wasm_split.js"), loader)?;
        for name in ["chunk.js", "unpack.js"] {
            let own = read(&self.project.root.join("src/embed").join(name))?;
            write(&self.stage.join(name), own)?;
        }
        write(&entry, bound.entry())?;
        let mut command = self.tools.esbuild();
        command
            .arg(entry)
            .args(["--bundle", "--format=esm", "--minify", BROWSERS])
            .arg("--loader:.css=text")
            // wasm-bindgen writes an import of two functions twice, which does no harm.
            .arg("--log-override:duplicate-object-key=silent");
        let script = Step::new("bundling the glue").read(&mut command)?;
        let name = format!("app-{}.js", hash(&[&script]));
        self.put(name, &script, Kind::Script)
    }

    /// The files of the style sheet in the order of their names, as one text for the glue's entry to export: a request
    /// less, and the two compress better together.
    fn style(&self) -> Result<()> {
        let mut sheet = String::new();
        for path in files(&self.project.root.join("style"), "css")? {
            sheet.push_str(&read(&path)?);
            sheet.push('\n');
        }
        let whole = self.stage.join("whole.css");
        write(&whole, sheet)?;
        let mut command = self.tools.esbuild();
        command.arg(&whole).args(["--minify", BROWSERS]);
        let sheet = Step::new("minifying the style sheet").read(&mut command)?;
        write(&self.stage.join(glue::STYLE), sheet)
    }

    fn locales(&mut self) -> Result<String> {
        let languages = locales::compact(&self.project.root.join("locales"))?;
        let contents: Vec<&[u8]> = languages.iter().map(|(_, text)| text.as_bytes()).collect();
        let folder = format!("locales-{}", hash(&contents));
        fresh_folder(&self.dist.join(&folder))?;
        for (language, text) in &languages {
            let name = format!("{folder}/{language}.json");
            self.put(name, text.as_bytes(), Kind::Locale)?;
        }
        Ok(folder)
    }

    /// The element and its failures, as one module. Its one dynamic import reads a name that is given here, and so stays
    /// as it is.
    fn entry(&mut self, names: &Names) -> Result<()> {
        let mut command = self.tools.esbuild();
        command
            .arg(self.project.root.join("src/embed/element.js"))
            .args([
                "--bundle",
                "--format=esm",
                "--minify",
                "--charset=utf8",
                BROWSERS,
            ]);
        for (constant, value) in [
            ("__APP__", format!("./{}", names.app)),
            ("__WASM__", format!("./{}", names.wasm)),
            ("__LOCALES__", format!("./{}/", names.locales)),
            ("__VERSION__", VERSION.to_owned()),
        ] {
            command.arg(format!("--define:{constant}={value:?}"));
        }
        let script = Step::new("bundling the entry").read(&mut command)?;
        self.put("frontdoor.js".to_owned(), &script, Kind::Entry)?;
        Ok(())
    }

    /// The sample page as a webmaster would write it: without the lines that only trunk reads. Or the page of the
    /// gallery.
    fn page(&self, mode: Mode) -> Result<()> {
        if mode == Mode::Gallery {
            return write(&self.dist.join("index.html"), include_str!("gallery.html"));
        }
        let path = self.project.root.join("index.html");
        if !path.is_file() {
            say("there is no index.html: no sample page was made");
            return Ok(());
        }
        let page: String = read(&path)?
            .lines()
            .filter(|line| !line.contains("data-trunk"))
            .flat_map(|line| [line, "\n"])
            .collect();
        write(&self.dist.join("index.html"), page)
    }

    fn schemas(&self) -> Result<()> {
        for (package, file) in SCHEMAS {
            let path = self.project.root.join(package).join(file);
            let schema = read(&path).with_context(|| {
                format!("the schema {package}/{file} is part of the repository and has to be there")
            })?;
            write(&self.dist.join(file), schema)?;
        }
        Ok(())
    }
}
