//! Dependencies that no code names.
//!
//! A text search for the crate's name in the package's Rust files: it takes no time and no tool, whereas the published
//! checkers take minutes to install. A dependency that is needed for its features alone is listed in its package under
//! `package.metadata.frontdoor.unnamed`.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::metadata::Metadata;
use crate::project::{Project, read};

/// A sentence for each dependency that no code of its package names.
pub(crate) fn find(project: &Project) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for package in Metadata::load(project)?.packages {
        let mut code = String::new();
        gather(package.folder()?, &mut code)?;
        for dependency in &package.dependencies {
            let known_as = dependency.rename.as_ref().unwrap_or(&dependency.name);
            let is_excused = package.unnamed().contains(&dependency.name);
            if !is_excused && !names(&code, known_as) {
                let name = &package.name;
                faults.push(format!("{name}: no code names the dependency {known_as}"));
            }
        }
    }
    Ok(faults)
}

/// All Rust of a package, without that of packages inside its folder.
fn gather(folder: &Path, code: &mut String) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if path.is_dir() {
            let other = path.join("Cargo.toml").is_file() || path.join("CACHEDIR.TAG").is_file();
            if !hidden && !other {
                gather(&path, code)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            code.push_str(&read(&path)?);
        }
    }
    Ok(())
}

/// Whether code outside of comments uses a path that starts with the crate, or imports it by name.
fn names(code: &str, dependency: &str) -> bool {
    let name = dependency.replace('-', "_");
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .any(|line| {
            line.match_indices(&name).any(|(start, _)| {
                let (before, rest) = line.split_at(start);
                let after = rest.strip_prefix(name.as_str()).unwrap_or_default();
                let whole = !before.ends_with(in_word) && !after.starts_with(in_word);
                let path = after.trim_start().starts_with("::");
                let import = before.trim_end().ends_with(['{', ',']) || before.contains("use ");
                whole && (path || import)
            })
        })
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_dependency_is_named_by_a_path_or_an_import() {
        for code in [
            "let out = serde_json::to_string(&value);",
            "use serde_json as json;",
            "use {anyhow, serde_json};",
            "#[derive(serde_json::Derive)]",
        ] {
            assert!(names(code, "serde-json"), "{code}");
        }
    }

    #[test]
    fn a_comment_or_a_longer_word_names_nothing() {
        for code in [
            "// serde_json::to_string would be slower",
            "let my_serde_json = 1;",
            "use serde_json_core::de;",
            "let text = \"serde_json\";",
        ] {
            assert!(!names(code, "serde_json"), "{code}");
        }
    }
}
