//! The layering check: imports go down only, and no files import each other in a circle.
//!
//! Reads the sources of every package of the workspace and judges them by `rules`. It looks at imports and paths alone;
//! that a name exists is the compiler's business.

mod circles;
mod graph;
mod rules;
mod source;
mod tokens;

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::metadata::{Metadata, Package};
use crate::project::Project;

/// A sentence for each import that must not be.
pub(crate) fn faults(project: &Project) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for package in Metadata::load(project)?.packages {
        check(project, &package, &mut faults)?;
    }
    Ok(faults)
}

fn check(project: &Project, package: &Package, faults: &mut Vec<String>) -> Result<()> {
    let folder = relative(project, package.folder()?);
    faults.extend(rules::dependencies(
        &folder,
        package.dependencies.iter().map(|one| one.name.as_str()),
    ));
    let mut targets: Vec<graph::Target> = package
        .targets
        .iter()
        .filter(|target| target.is_library() || target.is_program())
        .map(|target| graph::Target {
            root: relative(project, &target.src_path),
            library: target.is_library().then(|| target.name.replace('-', "_")),
        })
        .collect();
    // A program imports the library of its package, which has to be known by then.
    targets.sort_by_key(|target| target.library.is_none());
    let graph = graph::graph(&Folder(&project.root), &targets)?;
    faults.extend(rules::circles(&graph));
    // The widget is the package in the project's own folder.
    if folder.is_empty() {
        faults.extend(rules::floors(&graph));
        for file in &graph.files {
            let text = fs::read_to_string(project.root.join(file))?;
            faults.extend(rules::reserved(file, &text));
        }
    }
    Ok(())
}

/// A path inside the project's folder, with `/` between folders on every system.
fn relative(project: &Project, path: &Path) -> String {
    let inside = path.strip_prefix(&project.root).unwrap_or(path);
    let segments = inside.iter().map(|segment| segment.to_string_lossy());
    segments.collect::<Vec<_>>().join("/")
}

struct Folder<'a>(&'a Path);

impl graph::Files for Folder<'_> {
    fn read(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.0.join(file)).ok()
    }
}
