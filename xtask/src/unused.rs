//! Dependencies that no code names.
//!
//! A search for the crate's name in the package's Rust files: it takes no time and no tool, where the
//! published checkers take minutes to install. What is wanted for its features alone is listed with
//! its package, under `package.metadata.frontdoor.unnamed`.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::progress::Step;
use crate::project::{Project, read};

/// A sentence for each dependency that no code of its package names.
pub(crate) fn find(project: &Project) -> Result<Vec<String>> {
    let mut command = Command::new("cargo");
    command
        .current_dir(&project.root)
        .args(["metadata", "--no-deps", "--format-version", "1"]);
    let told = Step::new("asking cargo for the packages").read(&mut command)?;
    let told: Value = serde_json::from_slice(&told)?;
    let mut faults = Vec::new();
    for package in list(&told, "packages") {
        let (Some(name), Some(manifest)) = (text(package, "name"), text(package, "manifest_path"))
        else {
            continue;
        };
        let folder = Path::new(manifest)
            .parent()
            .with_context(|| format!("{manifest} is in no folder"))?;
        let mut code = String::new();
        gather(folder, &mut code)?;
        let unnamed = package.pointer("/metadata/frontdoor/unnamed");
        let unnamed = unnamed.and_then(Value::as_array);
        for dependency in list(package, "dependencies") {
            let excused = unnamed.is_some_and(|names| {
                names
                    .iter()
                    .any(|name| name.as_str() == text(dependency, "name"))
            });
            let known_as = text(dependency, "rename").or_else(|| text(dependency, "name"));
            if let Some(known_as) = known_as.filter(|known_as| !excused && !names(&code, known_as))
            {
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

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    let found = value.get(name).and_then(Value::as_array);
    found.into_iter().flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
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
