//! Where things are: the project's folder, cargo's target folder, the cache shared by all clones.
//! Knows paths and names only; it runs nothing.

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
    /// Holds `Cargo.toml`, `src/embed.js`, `style/`, `locales/`.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
    /// Tools, version by version, shared by every clone of this user.
    pub(crate) cache: PathBuf,
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

    /// The release build, or the quick one that is never published.
    pub(crate) fn dist(&self, dev: bool) -> PathBuf {
        self.root.join(if dev { "dist-dev" } else { "dist" })
    }

    /// The sandbox's binary, as `cargo build --profile native` leaves it.
    pub(crate) fn sandbox(&self) -> PathBuf {
        self.target
            .join("native")
            .join(format!("sandbox{}", env::consts::EXE_SUFFIX))
    }

    /// The version that the lock file holds of a crate.
    pub(crate) fn locked_version(&self, name: &str) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let text = read(&path)?;
        locked_version(&text, name)
            .with_context(|| format!("{} does not name the crate {name}", path.display()))
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

fn locked_version(lock: &str, name: &str) -> Option<String> {
    let wanted = format!("name = \"{name}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == wanted)?;
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.strip_suffix('"')?.to_owned())
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

/// A short name for contents: FNV-1a, 64 bit. It keeps caches honest and guards nothing.
pub(crate) fn hash(parts: &[&[u8]]) -> String {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|part| part.iter()) {
        state = (state ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{state:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_crate_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").unwrap(), "0.2.130");
        assert_eq!(locked_version(lock, "leptos"), None);
    }

    #[test]
    fn a_hash_depends_on_every_byte_and_on_nothing_else() {
        assert_eq!(hash(&[b"front", b"door"]), hash(&[b"frontdoor"]));
        assert_ne!(hash(&[b"frontdoor"]), hash(&[b"frontdoos"]));
        assert_eq!(hash(&[]).len(), 16);
    }
}
