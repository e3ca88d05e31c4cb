//! From parts to `dist/`: names with hashes, minified JavaScript and CSS, words, schema, sample page.
//!
//! Every name in `dist/` but the entry's changes with its contents, and every reference is relative,
//! so any static server can serve the folder from any path and cache all but the entry for ever.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::glue::{self, Glue};
use crate::progress::{Step, say};
use crate::project::{Project, VERSION, files, fresh_folder, hash, read, write};
use crate::tools::Tools;
use crate::wasm::{self, Parts};
use crate::{locales, names};

/// The oldest browsers that have all the widget needs: container queries came last.
const BROWSERS: &str = "--target=chrome105,firefox110,safari16";

/// A finished `dist/`.
pub(crate) struct Build {
    pub(crate) dist: PathBuf,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) parts: Parts,
}

impl Build {
    /// Copies what browsers fetch to a folder that has a page already: trunk's own, which reloads.
    pub(crate) fn copy_beside_the_page(&self, folder: &Path) -> Result<()> {
        for piece in &self.pieces {
            let to = folder.join(&piece.file);
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::copy(self.dist.join(&piece.file), &to)
                .with_context(|| format!("cannot write {}", to.display()))?;
        }
        Ok(())
    }
}

/// One file of `dist/` that a browser fetches.
pub(crate) struct Piece {
    /// Its path inside `dist/`.
    pub(crate) file: String,
    pub(crate) kind: Kind,
}

/// When a browser fetches a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// With the page: the one script that a webmaster names.
    Entry,
    /// For the first view.
    Script,
    /// For the first view.
    Wasm,
    /// For the first view.
    Style,
    /// When one of these journeys is opened.
    Journey(Vec<String>),
    /// JavaScript of its own, when a journey comes to need it.
    Part,
    /// When a resident reads this language.
    Words,
}

/// Builds the widget into `dist/`, or `dist-dev/` when it has to be quick.
pub(crate) fn build(project: &Project, tools: &Tools, dev: bool) -> Result<Build> {
    let parts = wasm::build(project, tools, dev)?;
    let dist = project.dist(dev);
    // Put in place at the end, so that a server never sees half a build.
    let unfinished = dist.with_file_name("dist-unfinished");
    fresh_folder(&unfinished)?;
    let mut bundle = Bundle {
        project,
        tools,
        dist: unfinished.clone(),
        stage: project.target.join("widget").join("bundle"),
        pieces: Vec::new(),
    };
    fresh_folder(&bundle.stage)?;
    let (main, glue) = bundle.main(&parts, dev)?;
    let names = Names {
        wasm: main,
        app: String::new(),
        style: bundle.style()?,
        words: bundle.words()?,
    };
    let own = bundle.parts()?;
    let app = bundle.app(&parts, &(own + &glue), &names.wasm)?;
    bundle.entry(&Names { app, ..names })?;
    bundle.page()?;
    if !dev {
        bundle.schema()?;
    }
    let pieces = bundle.pieces;
    fresh_folder(&dist)?;
    fs::remove_dir(&dist)?;
    fs::rename(&unfinished, &dist)
        .with_context(|| format!("cannot put {} in place", dist.display()))?;
    say(format!("the widget is in {}", dist.display()));
    Ok(Build {
        dist,
        pieces,
        parts,
    })
}

/// Where the entry finds the rest, relative to itself.
struct Names {
    app: String,
    wasm: String,
    style: String,
    words: String,
}

struct Bundle<'a> {
    project: &'a Project,
    tools: &'a Tools,
    dist: PathBuf,
    stage: PathBuf,
    pieces: Vec<Piece>,
}

impl Bundle<'_> {
    /// The wasm of the first view: its name, and the glue that fits it.
    fn main(&mut self, parts: &Parts, dev: bool) -> Result<(String, String)> {
        let path = &parts.main;
        let wasm = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let glue = read(&parts.glue)?;
        let (wasm, glue) = match dev {
            true => (wasm, glue),
            false => names::shorten(&wasm, &glue)?,
        };
        let name = format!("app-{}_bg.wasm", hash(&[&wasm]));
        Ok((self.put(name, &wasm, Kind::Wasm)?, glue))
    }

    fn put(&mut self, name: String, bytes: &[u8], kind: Kind) -> Result<String> {
        write(&self.dist.join(&name), bytes)?;
        self.pieces.push(Piece {
            file: name.clone(),
            kind,
        });
        Ok(name)
    }

    /// The JavaScript that is fetched only when a journey needs it, and the lines of glue by which the
    /// wasm asks for it by name, and for an answer ahead of time (`platform::part`).
    fn parts(&mut self) -> Result<String> {
        let mut known = Vec::new();
        for path in files(&self.project.root.join("src/parts"), "js")? {
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
                // What parts are made of is in the tools' cache and not in the project.
                .env("NODE_PATH", &self.tools.node_modules);
            let script = Step::new(&format!("bundling the part {stem}")).read(&mut command)?;
            let name = format!("{stem}-{}.js", hash(&[&script]));
            known.push((stem, self.put(name, &script, Kind::Part)?));
        }
        let names: Vec<String> = known
            .iter()
            .map(|(stem, name)| format!("{stem}: \"./{name}\""))
            .collect();
        Ok(format!(
            "const parts = {{ __proto__: null, {} }};\n\
             const frontDoorPart = (name) => import(new URL(parts[name], import.meta.url));\n\
             const frontDoorAsk = (url) => {{\n\
                 const answer = fetch(url, {{ headers: {{ accept: \"application/json\" }}, \
             signal: AbortSignal.timeout?.(1e4) }});\n\
                 answer.catch(() => 0); // whoever takes the answer hears of it\n\
                 return answer;\n\
             }};\n\
             const frontDoorTell = (root, name, detail) => root.getRootNode().host?.dispatchEvent(\
                 new CustomEvent(`front-door:${{name}}`, {{ bubbles: true, \
             detail: {{ version: 1, ...JSON.parse(detail) }} }}));\n",
            names.join(", ")
        ))
    }

    /// The glue and the chunk loader become one module, so that a second import of it under another
    /// query, after a trap, has its own wasm and loads chunks into that one.
    fn app(&mut self, parts: &Parts, glue: &str, wasm: &str) -> Result<String> {
        let mut loader = read(&parts.loader)?;
        for chunk in &parts.chunks {
            let path = parts.chunk(chunk);
            let bytes = fs::read(&path).with_context(|| format!("cannot read {path:?}"))?;
            let name = format!("{}-{}.wasm", chunk.name(), hash(&[&bytes]));
            let name = self.put(name, &bytes, Kind::Journey(chunk.journeys.clone()))?;
            loader = glue::replace(
                &loader,
                &format!("./{}.wasm", chunk.stem),
                &format!("./{name}"),
            )?;
        }
        let bound = Glue::read(glue, wasm)?;
        let entry = self.stage.join("entry.js");
        let text = glue::without_namespaces(&bound.text, &loader)?;
        write(&self.stage.join("app.js"), text)?;
        write(
            &self.stage.join("__wasm_split.js"),
            glue::tolerant(&loader)?,
        )?;
        write(&entry, bound.entry())?;
        let mut command = self.tools.esbuild();
        command
            .arg(entry)
            .args(["--bundle", "--format=esm", "--minify", BROWSERS])
            // wasm-bindgen writes an import of two functions twice; that is no news to anyone.
            .arg("--log-override:duplicate-object-key=silent");
        let script = Step::new("bundling the glue").read(&mut command)?;
        let name = format!("app-{}.js", hash(&[&script]));
        self.put(name, &script, Kind::Script)
    }

    /// The parts of the style sheet in the order of their names.
    fn style(&mut self) -> Result<String> {
        let mut sheet = String::new();
        for path in files(&self.project.root.join("style"), "css")? {
            sheet.push_str(&read(&path)?);
            sheet.push('\n');
        }
        let whole = self.stage.join("frontdoor.css");
        write(&whole, sheet)?;
        let mut command = self.tools.esbuild();
        command.arg(&whole).args(["--minify", BROWSERS]);
        let sheet = Step::new("minifying the style sheet").read(&mut command)?;
        let name = format!("frontdoor-{}.css", hash(&[&sheet]));
        self.put(name, &sheet, Kind::Style)
    }

    fn words(&mut self) -> Result<String> {
        let languages = locales::compact(&self.project.root.join("locales"))?;
        let contents: Vec<&[u8]> = languages.iter().map(|(_, text)| text.as_bytes()).collect();
        let folder = format!("locales-{}", hash(&contents));
        fresh_folder(&self.dist.join(&folder))?;
        for (language, text) in &languages {
            let name = format!("{folder}/{language}.json");
            self.put(name, text.as_bytes(), Kind::Words)?;
        }
        Ok(folder)
    }

    /// Not bundled: its one import has to stay dynamic, and reads a name given here.
    fn entry(&mut self, names: &Names) -> Result<()> {
        let mut command = self.tools.esbuild();
        command.arg(self.project.root.join("src/embed.js")).args([
            "--format=esm",
            "--minify",
            BROWSERS,
        ]);
        for (constant, value) in [
            ("__APP__", format!("./{}", names.app)),
            ("__WASM__", format!("./{}", names.wasm)),
            ("__CSS__", format!("./{}", names.style)),
            ("__LOCALES__", format!("./{}/", names.words)),
            ("__VERSION__", VERSION.to_owned()),
        ] {
            command.arg(format!("--define:{constant}={value:?}"));
        }
        let script = Step::new("minifying the entry").read(&mut command)?;
        self.put("frontdoor.js".to_owned(), &script, Kind::Entry)?;
        Ok(())
    }

    /// The sample page as a webmaster would write it: without the lines that only trunk reads.
    fn page(&self) -> Result<()> {
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

    /// The JSON Schema of `frontdoor.json`, printed by the type that reads it.
    fn schema(&self) -> Result<()> {
        if !self.project.root.join("examples/schema.rs").is_file() {
            say("there is no example `schema`: frontdoor.schema.json was left out");
            return Ok(());
        }
        let example = |verb| {
            let mut command = Command::new("cargo");
            command
                .current_dir(&self.project.root)
                .args([verb, "--quiet", "--profile", "native"])
                .args(["--package", "frontdoor", "--example", "schema"])
                .args(["--features", "schema"]);
            command
        };
        Step::new("compiling what writes the schema").run(&mut example("build"))?;
        let schema = Step::new("writing the schema of frontdoor.json").read(&mut example("run"))?;
        write(&self.dist.join("frontdoor.schema.json"), schema)?;
        self.guide_schema("guide", "guide.schema.json")?;
        self.guide_schema("index", "guide-index.schema.json")
    }

    /// The JSON Schema of guides, printed by the command for those who write them.
    fn guide_schema(&self, of: &str, file: &str) -> Result<()> {
        let mut command = Command::new("cargo");
        command
            .current_dir(&self.project.root)
            .args([
                "run",
                "--quiet",
                "--profile",
                "native",
                "--package",
                "guide",
            ])
            .args(["--", "schema", of]);
        let schema = Step::new(&format!("writing {file}")).read(&mut command)?;
        write(&self.dist.join(file), schema)
    }
}
