//! The JavaScript that wasm-bindgen and the splitter generate, and the few edits it needs.
//!
//! Every edit fails when it does not find what it changes: a new version of a tool must break the build here, with a
//! message, and not the widget in a browser.

use anyhow::{Result, ensure};

use crate::wasm::Chunk;

/// The name of the style sheet, next to the glue.
pub(crate) const STYLE: &str = "style.css";

/// Generated glue, ready for bundling.
pub(crate) struct Glue {
    pub(crate) text: String,
    /// The functions and classes that Rust exports to JavaScript.
    exports: Vec<String>,
}

impl Glue {
    /// Takes the glue as wasm-bindgen wrote it, and the name of the wasm in `dist/`.
    pub(crate) fn read(text: &str, wasm: &str) -> Result<Self> {
        let text = replace(text, "'app_bg.wasm'", &format!("'./{wasm}'"))?;
        let exports = text
            .lines()
            .filter_map(|line| {
                let rest = line
                    .strip_prefix("export function ")
                    .or_else(|| line.strip_prefix("export class "))?;
                let name = rest
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next()?;
                // Classes of server_fn, which are not exported from the wasm any more.
                (!name.starts_with("IntoUnderlying")).then(|| name.to_owned())
            })
            .collect();
        // Assignments to a class count as its use, and would keep a class that nothing else uses.
        let text = text
            .lines()
            .filter(|line| !line.starts_with("if (Symbol.dispose) IntoUnderlying"))
            .flat_map(|line| [line, "\n"])
            .collect();
        Ok(Self { text, exports })
    }

    /// A module that exports what the entry needs, so that the bundler can drop the rest.
    pub(crate) fn entry(&self) -> String {
        let mut names = vec!["default".to_owned()];
        names.extend(self.exports.iter().cloned());
        format!(
            "export {{ {} }} from \"./app.js\";\n\
             export {{ unpack }} from \"./unpack.js\";\n\
             export {{ default as style }} from \"./{STYLE}\";\n\
             export {{ ahead }} from \"./__wasm_split.js\";\n",
            names.join(", ")
        )
    }
}

/// The attributes of a tag that lead straight to a chunk, in their order: the attribute, its value if only that one does,
/// and the chunk. The first route is chosen in `src/mount.rs`; this only asks for its file early.
const STRAIGHT: [(&str, Option<&str>, &str); 6] = [
    ("request", None, "status"),
    ("guide", None, "guides"),
    ("service", None, "request"),
    ("view", Some("report"), "request"),
    ("view", Some("guides"), "guides"),
    ("view", Some("status"), "status"),
];

/// The module that the wasm imports its loaders of chunks from: a line for each chunk, as `src/embed/chunk.js` loads it.
pub(crate) fn loader<'a>(chunks: impl Iterator<Item = (&'a Chunk, &'a str)>) -> String {
    let mut loader = "import { part, telling } from \"./chunk.js\";\n".to_owned();
    let mut names = Vec::new();
    for (Chunk { name, after }, file) in chunks {
        let after = after.iter().map(|after| format!(", () => {after}()"));
        let after: String = after.collect();
        loader += &format!(
            "const {name} = part(\"./{file}\"{after});\n\
             export const __wasm_split_load_{name} = telling({name});\n"
        );
        names.push(name.as_str());
    }
    loader += "export function ahead(tag) {\n";
    let known = STRAIGHT
        .iter()
        .filter(|(_, _, chunk)| names.contains(chunk));
    for (attribute, value, chunk) in known {
        let value = value.map(|value| format!(" === \"{value}\""));
        let value = value.unwrap_or_default();
        loader += &format!("if (tag.{attribute}{value}) return {chunk}.ahead();\n");
    }
    loader + "}\n"
}

/// Imports the loader's functions by name instead of as a namespace: the bundler turns a namespace into an object with
/// `for … in`, which fails on pages whose old libraries add to `Object.prototype`.
pub(crate) fn without_namespaces(glue: &str, loader: &str) -> Result<String> {
    const FROM: &str = " from \"./__wasm_split.js\"";
    let names: Vec<&str> = loader
        .lines()
        .filter_map(|line| {
            line.strip_prefix("export const ")?
                .split_whitespace()
                .next()
        })
        .collect();
    let names = names.join(", ");
    let mut head = format!("import {{ {names} }}{FROM};\n");
    let mut rest = String::new();
    for line in glue.lines() {
        let namespace = line.strip_suffix(';').unwrap_or(line);
        let namespace = namespace
            .strip_suffix(FROM)
            .and_then(|line| line.strip_prefix("import * as "));
        match namespace {
            Some(name) => head += &format!("const {name} = {{ __proto__: null, {names} }};\n"),
            None => rest += &format!("{line}\n"),
        }
    }
    ensure!(
        names.is_empty() || head.contains("const "),
        "the generated JavaScript does not import the chunk loader as a namespace"
    );
    Ok(if names.is_empty() { rest } else { head + &rest })
}

/// Replaces every occurrence, and fails when there is none.
pub(crate) fn replace(text: &str, from: &str, to: &str) -> Result<String> {
    ensure!(
        text.contains(from),
        "the generated JavaScript does not contain {from:?}: a tool writes it in a form that \
         xtask does not know; compare the versions in xtask/wasm-tools/Cargo.toml"
    );
    Ok(text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "\
export class IntoUnderlyingSink {
}
if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = 1;

export function mount(el) {
}
        module_or_path = new URL('app_bg.wasm', import.meta.url);
export { initSync, __wbg_init as default };
";

    #[test]
    fn the_entry_exports_what_rust_exports_except_streams() {
        let glue = Glue::read(GLUE, "app-0_bg.wasm").unwrap();
        let entry = glue.entry();
        let first = entry.lines().next();
        assert_eq!(first, Some("export { default, mount } from \"./app.js\";"));
        assert!(glue.text.contains("new URL('./app-0_bg.wasm'"));
        assert!(!glue.text.contains("Symbol.dispose"));
    }

    #[test]
    fn the_loader_is_imported_by_name() {
        let glue = "import * as import1 from \"./__wasm_split.js\"\nlet wasm;\n";
        let loader = "export const load_a = 1;\nexport const load_b = 2;\n";
        assert_eq!(
            without_namespaces(glue, loader).unwrap(),
            "import { load_a, load_b } from \"./__wasm_split.js\";\n\
             const import1 = { __proto__: null, load_a, load_b };\nlet wasm;\n"
        );
        assert!(without_namespaces("let wasm;", loader).is_err());
    }

    #[test]
    fn a_chunk_is_loaded_after_another() {
        let chunks = [("a", None), ("b", Some("a"))].map(|(name, after)| Chunk {
            name: name.to_owned(),
            after: after.map(str::to_owned),
        });
        let loader = super::loader(chunks.iter().zip(["a-0.wasm", "b-1.wasm"]));
        assert_eq!(
            loader.lines().nth(3),
            Some("const b = part(\"./b-1.wasm\", () => a());")
        );
        assert!(loader.contains("export const __wasm_split_load_a = telling(a);"));
        let status = Chunk {
            name: "status".to_owned(),
            after: None,
        };
        let loader = super::loader([(&status, "status-2.wasm")].into_iter());
        assert!(loader.contains("if (tag.request) return status.ahead();"));
        assert!(loader.contains("if (tag.view === \"status\") return status.ahead();"));
        assert!(!loader.contains("tag.guide"));
    }

    #[test]
    fn an_unknown_form_of_glue_breaks_the_build() {
        assert!(Glue::read("export {};", "app-0_bg.wasm").is_err());
    }
}
