//! Reads a folder of guides, or single guides with the index of their folder, for every subcommand. What cannot be
//! read is reported and skipped.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use guide::{Guide, Index};
use json::{Diagnostics, Value};

use crate::file;
use crate::finding::{Finding, Findings};

/// The file name of the index.
pub(crate) const INDEX: &str = "index.json";

/// A guide that was read.
#[derive(Debug)]
pub(crate) struct Document {
    /// The path of the file, for messages.
    pub(crate) file: String,
    /// The file name without `.json`.
    pub(crate) stem: String,
    pub(crate) value: Value,
    pub(crate) guide: Guide,
    pub(crate) diagnostics: Diagnostics,
}

/// An index that was read.
#[derive(Debug)]
pub(crate) struct IndexFile {
    pub(crate) file: String,
    pub(crate) value: Value,
    pub(crate) index: Index,
    pub(crate) diagnostics: Diagnostics,
}

/// The guides and the index of one folder.
#[derive(Debug)]
pub(crate) struct Collection {
    pub(crate) folder: PathBuf,
    pub(crate) index: Option<IndexFile>,
    pub(crate) documents: Vec<Document>,
    /// File names without `.json` of everything in the folder that may be a guide.
    pub(crate) stems: BTreeSet<String>,
    /// Whether the whole folder was requested, and not single files.
    pub(crate) is_whole_folder: bool,
    /// Whether the index was requested.
    pub(crate) includes_index: bool,
    /// A finding for each file that could not be read.
    pub(crate) unreadable: Vec<Finding>,
}

impl Collection {
    /// Reads a folder, or one guide in it.
    pub(crate) fn open(path: &Path) -> Self {
        if path.is_dir() {
            Self::read_folder(path)
        } else {
            Self::read_files(folder_of(path), &[path.to_owned()])
        }
    }

    /// Reads folders and guides; guides of the same folder become one collection.
    pub(crate) fn open_all(paths: &[PathBuf]) -> Vec<Self> {
        let mut all = Vec::new();
        let mut files: Vec<(PathBuf, Vec<PathBuf>)> = Vec::new();
        for path in paths {
            if path.is_dir() {
                all.push(Self::read_folder(path));
                continue;
            }
            let folder = folder_of(path);
            match files.iter_mut().find(|(known, _)| *known == folder) {
                Some((_, files)) => files.push(path.clone()),
                None => files.push((folder, vec![path.clone()])),
            }
        }
        let files = files.into_iter();
        all.extend(files.map(|(folder, files)| Self::read_files(folder, &files)));
        all
    }

    fn read_folder(folder: &Path) -> Self {
        let mut all = Self::empty(folder.to_owned(), true);
        all.includes_index = true;
        let index = folder.join(INDEX);
        // A broken symbolic link must be reported, too.
        if index.exists() || index.is_symlink() {
            all.read_index(&index);
        } else {
            let remedy = format!("Write it with: guide index {}", folder.display());
            let mut findings = Findings::new(index.display().to_string());
            findings.error(
                "",
                "there is no index, and the widget lists nothing without it",
                remedy,
            );
            all.unreadable.extend(findings.into_vec());
        }
        for stem in all.stems.clone() {
            all.read_guide(&folder.join(format!("{stem}.json")));
        }
        all
    }

    fn read_files(folder: PathBuf, files: &[PathBuf]) -> Self {
        let mut all = Self::empty(folder, false);
        let index = all.folder.join(INDEX);
        all.includes_index = files
            .iter()
            .any(|file| file.file_name() == index.file_name());
        if index.exists() || all.includes_index {
            all.read_index(&index);
        }
        for path in files {
            if path.file_name() != index.file_name() {
                all.read_guide(path);
            }
        }
        all
    }

    fn empty(folder: PathBuf, is_whole_folder: bool) -> Self {
        let stems = stems(&folder);
        Self {
            folder,
            index: None,
            documents: Vec::new(),
            stems,
            is_whole_folder,
            includes_index: false,
            unreadable: Vec::new(),
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
            Err(error) => {
                let mut findings = Findings::new(path.display().to_string());
                findings.error("", error.problem, error.remedy);
                self.unreadable.extend(findings.into_vec());
                None
            }
        }
    }

    /// The offices of the index.
    pub(crate) fn offices(&self) -> &[guide::Office] {
        self.index
            .as_ref()
            .map_or(&[], |index| index.index.offices.as_slice())
    }

    /// Every id by which a guide can be referred to.
    pub(crate) fn ids(&self) -> BTreeSet<&str> {
        let listed = self.index.iter().flat_map(|index| &index.index.guides);
        let files = self.stems.iter().map(String::as_str);
        files.chain(listed.map(|entry| entry.id.as_str())).collect()
    }
}

/// The folder of a file.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// File names without `.json` of everything in a folder that may be a guide.
fn stems(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name != INDEX && !name.ends_with(".schema.json") && !name.starts_with('.'))
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect()
}
