//! Where things are: the project's folder, cargo's target folder, the cache that all clones share. Knows paths and names
//! only and runs nothing.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::progress::say;

/// The release of the widget; the workspace gives xtask the same version.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The folders that every command works on.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    /// Holds `Cargo.toml`, `src/`, `style/`, `locales/`.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
    /// Tools, version by version, shared by every clone of this user.
    pub(crate) cache: PathBuf,
}

/// The builds of the widget.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    /// As small as it gets: what is published.
    #[default]
    Release,
    /// Larger, with nothing that a later compiler may refuse: no unstable options, no edits of the wasm by the names of
    /// its functions.
    Plain,
    /// Quick to build after a change; never published.
    Dev,
    /// As `Dev`, and shows the parts of the interface in place of the first view.
    Gallery,
}

impl Mode {
    /// Built by cargo's profile `dev`, and not shrunk.
    pub(crate) fn is_quick(self) -> bool {
        matches!(self, Mode::Dev | Mode::Gallery)
    }
}

impl Project {
    /// The project this xtask belongs to, or another folder laid out in the same way.
    pub(crate) fn find(other: Option<PathBuf>) -> Result<Self> {
        let root = match other {
            Some(root) => fs::canonicalize(&root)
                .with_context(|| format!("there is no folder {}", root.display()))?,
            None => {
                let own = env::var_os("CARGO_MANIFEST_DIR")
                    .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
                own.parent().map_or_else(|| own.clone(), Path::to_path_buf)
            }
        };
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => env::current_dir()?.join(folder),
            None => root.join("target"),
        };
        Ok(Self {
            root,
            target,
            cache: cache_folder()?,
        })
    }

    /// The folder of a finished build.
    pub(crate) fn dist(&self, mode: Mode) -> PathBuf {
        self.root.join(match mode {
            Mode::Release => "dist",
            Mode::Plain => "dist-plain",
            Mode::Dev => "dist-dev",
            Mode::Gallery => "dist-gallery",
        })
    }

    /// Cargo's target folder for the widget, apart from that of everything else and from that of a build with other
    /// options: what one of them compiles, the other would compile again.
    pub(crate) fn widget_target(&self, mode: Mode) -> PathBuf {
        self.target.join(match mode {
            Mode::Release | Mode::Dev | Mode::Gallery => "widget",
            Mode::Plain => "widget-plain",
        })
    }

    /// A program of the workspace, where cargo leaves it when it builds with the profile `native`.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.target
            .join("native")
            .join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// Held while tools are installed: two runs at once would build the same tool twice.
    pub(crate) fn lock(&self) -> Result<File> {
        fs::create_dir_all(&self.cache)
            .with_context(|| format!("cannot create {}", self.cache.display()))?;
        let path = self.cache.join("lock");
        let file = File::create(&path).with_context(|| format!("cannot write {path:?}"))?;
        if file.try_lock().is_err() {
            say("another run is installing tools; waiting for it");
            file.lock()
                .with_context(|| format!("cannot lock {path:?}"))?;
        }
        Ok(file)
    }
}

fn cache_folder() -> Result<PathBuf> {
    let base = match env::var_os("XDG_CACHE_HOME").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => env::home_dir()
            .context("no home folder is known: set XDG_CACHE_HOME to a folder for the tools")?
            .join(".cache"),
    };
    Ok(base.join("frontdoor"))
}

/// Reads a text file, naming it when that fails.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file, naming it when that fails.
pub(crate) fn write(path: &Path, contents: impl AsRef<[u8]>) -> Result<()> {
    fs::write(path, contents).with_context(|| format!("cannot write {}", path.display()))
}

/// An empty folder at this path, whatever was there before.
pub(crate) fn fresh_folder(path: &Path) -> Result<()> {
    if path.exists() {
        fs::remove_dir_all(path).with_context(|| format!("cannot empty {}", path.display()))?;
    }
    fs::create_dir_all(path).with_context(|| format!("cannot create {}", path.display()))
}

/// The files of a folder in the order of their names; none when there is no such folder.
pub(crate) fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A short name for contents: FNV-1a, 64 bit. It tells versions apart and is no protection against forgery.
pub(crate) fn hash(parts: &[&[u8]]) -> String {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in *part {
            state = (state ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{state:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_depends_on_every_byte_and_on_nothing_else() {
        assert_eq!(hash(&[b"front", b"door"]), hash(&[b"frontdoor"]));
        assert_ne!(hash(&[b"frontdoor"]), hash(&[b"frontdoos"]));
        assert_eq!(hash(&[]).len(), 16);
    }
}
