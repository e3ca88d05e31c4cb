//! A folder of guides, or single ones with the index beside them: read once, for every verb.
//! What cannot be read is told and left out, so that the rest can be looked at.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use guide::{Guide, Index};
use json::Diagnostics;
use json::Value;

use super::file;
use super::finding::{Finding, Notes};

/// The name of the file that lists a folder's guides.
pub(crate) const INDEX: &str = "index.json";

/// A guide's file.
#[derive(Debug)]
pub(crate) struct Document {
    /// The file as it is named in messages.
    pub(crate) file: String,
    /// The file's name without `.json`.
    pub(crate) stem: String,
    pub(crate) value: Value,
    pub(crate) guide: Guide,
    pub(crate) diagnostics: Diagnostics,
}

/// The index.
#[derive(Debug)]
pub(crate) struct IndexFile {
    pub(crate) file: String,
    pub(crate) value: Value,
    pub(crate) index: Index,
    pub(crate) diagnostics: Diagnostics,
}

/// What there is in one folder.
#[derive(Debug)]
pub(crate) struct Collection {
    pub(crate) folder: PathBuf,
    pub(crate) index: Option<IndexFile>,
    pub(crate) documents: Vec<Document>,
    /// Names of all files in the folder that may be guides, without `.json`.
    pub(crate) stems: BTreeSet<String>,
    /// All of the folder was asked for, not single files.
    pub(crate) is_whole: bool,
    /// The index was asked for.
    pub(crate) with_index: bool,
    /// What could not be read.
    pub(crate) faults: Vec<Finding>,
}

impl Collection {
    /// A folder, or one guide in it.
    pub(crate) fn open(path: &Path) -> Self {
        if path.is_dir() {
            Self::whole(path)
        } else {
            Self::some(folder_of(path), &[path.to_owned()])
        }
    }

    /// All that was named, folder by folder.
    pub(crate) fn open_all(paths: &[PathBuf]) -> Vec<Self> {
        let mut all = Vec::new();
        let mut files: Vec<(PathBuf, Vec<PathBuf>)> = Vec::new();
        for path in paths {
            if path.is_dir() {
                all.push(Self::whole(path));
                continue;
            }
            let folder = folder_of(path);
            match files.iter_mut().find(|(known, _)| *known == folder) {
                Some((_, files)) => files.push(path.clone()),
                None => files.push((folder, vec![path.clone()])),
            }
        }
        let some = files
            .into_iter()
            .map(|(folder, files)| Self::some(folder, &files));
        all.extend(some);
        all
    }

    fn whole(folder: &Path) -> Self {
        let mut all = Self::empty(folder.to_owned(), true);
        all.with_index = true;
        let index = folder.join(INDEX);
        // A link to nowhere is told, too.
        if index.exists() || index.is_symlink() {
            all.read_index(&index);
        } else {
            let remedy = format!("Write it with: guide index {}", folder.display());
            let mut notes = Notes::on(index.display().to_string());
            notes.error(
                "",
                "there is no index, and the widget lists nothing without it",
                remedy,
            );
            all.faults.extend(notes.into_findings());
        }
        for stem in all.stems.clone() {
            all.read_guide(&folder.join(format!("{stem}.json")));
        }
        all
    }

    fn some(folder: PathBuf, files: &[PathBuf]) -> Self {
        let mut all = Self::empty(folder, false);
        let index = all.folder.join(INDEX);
        all.with_index = files
            .iter()
            .any(|file| file.file_name() == index.file_name());
        if index.exists() || all.with_index {
            all.read_index(&index);
        }
        for path in files {
            if path.file_name() != index.file_name() {
                all.read_guide(path);
            }
        }
        all
    }

    fn empty(folder: PathBuf, is_whole: bool) -> Self {
        let stems = stems(&folder);
        Self {
            folder,
            index: None,
            documents: Vec::new(),
            stems,
            is_whole,
            with_index: false,
            faults: Vec::new(),
        }
    }

    fn read_index(&mut self, path: &Path) {
        if let Some(value) = self.read_value(path) {
            let (index, diagnostics) = json::read(&value, Index::read);
            self.index = Some(IndexFile {
                file: path.display().to_string(),
                value,
                index,
                diagnostics,
            });
        }
    }

    fn read_guide(&mut self, path: &Path) {
        if let Some(value) = self.read_value(path) {
            let (guide, diagnostics) = json::read(&value, Guide::read);
            let stem = path.file_stem().unwrap_or_default();
            self.documents.push(Document {
                file: path.display().to_string(),
                stem: stem.to_string_lossy().into_owned(),
                value,
                guide,
                diagnostics,
            });
        }
    }

    fn read_value(&mut self, path: &Path) -> Option<Value> {
        match file::read_json(path) {
            Ok(value) => Some(value),
            Err(fault) => {
                let mut notes = Notes::on(path.display().to_string());
                notes.error("", fault.wrong, fault.remedy);
                self.faults.extend(notes.into_findings());
                None
            }
        }
    }

    /// The offices that guides name by their ids.
    pub(crate) fn offices(&self) -> &[guide::Office] {
        self.index
            .as_ref()
            .map_or(&[], |index| index.index.offices.as_slice())
    }

    /// Every id by which a guide may be named.
    pub(crate) fn ids(&self) -> BTreeSet<&str> {
        let listed = self.index.iter().flat_map(|index| &index.index.guides);
        let files = self.stems.iter().map(String::as_str);
        files.chain(listed.map(|entry| entry.id.as_str())).collect()
    }
}

/// The folder that a file stands in.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Names of the files in a folder that may be guides.
fn stems(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name != INDEX && !name.ends_with(".schema.json") && !name.starts_with('.'))
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect()
}
