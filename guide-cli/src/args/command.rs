//! What the command line asks for, as types that cannot be wrong.

use std::path::PathBuf;

use jiff::civil::Date;

/// A subcommand with its arguments.
#[derive(Debug)]
pub(crate) enum Command {
    New(NewArgs),
    /// `new --csv`.
    Import(ImportArgs),
    Check(CheckArgs),
    Preview(Box<PreviewArgs>),
    Export(ExportArgs),
    /// The folder of the guides.
    Index(PathBuf),
    Schema(DocumentKind),
    Help,
}

#[derive(Debug)]
pub(crate) struct NewArgs {
    /// A valid id, and not `index`.
    pub(crate) id: String,
    pub(crate) folder: PathBuf,
    /// Valid language tags, at least one. The guide is written in the first one first.
    pub(crate) languages: Vec<String>,
    /// Overwrite an existing guide.
    pub(crate) force: bool,
}

#[derive(Debug)]
pub(crate) struct ImportArgs {
    /// The CSV file.
    pub(crate) table: PathBuf,
    pub(crate) folder: PathBuf,
    /// Overwrite existing guides.
    pub(crate) force: bool,
}

#[derive(Debug)]
pub(crate) struct CheckArgs {
    /// Folders and guides; empty for the current folder.
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) services: Option<PathBuf>,
    /// The city's own jargon list.
    pub(crate) jargon: Option<PathBuf>,
    pub(crate) today: Date,
    /// Print JSON instead of text.
    pub(crate) json: bool,
}

#[derive(Debug)]
pub(crate) struct PreviewArgs {
    /// A folder or a guide.
    pub(crate) path: PathBuf,
    pub(crate) port: u16,
    /// The folder with `frontdoor.js`.
    pub(crate) widget: PathBuf,
}

#[derive(Debug)]
pub(crate) struct ExportArgs {
    /// A folder or a guide.
    pub(crate) path: PathBuf,
    /// Where to write; `None` for the folder of the guides.
    pub(crate) out: Option<PathBuf>,
}

/// The documents that have a JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DocumentKind {
    Guide,
    Index,
}
