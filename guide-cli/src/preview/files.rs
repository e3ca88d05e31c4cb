//! Reads files of a folder for HTTP, and nothing outside of it.

use std::fs;
use std::path::{Component, Path};

/// The media type and the content of a file; `None` if it does not exist or is outside of the folder.
pub(super) fn read(folder: &Path, path: &str) -> Option<(&'static str, Vec<u8>)> {
    let relative = Path::new(path);
    let is_inside = relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let file = folder.join(relative);
    if !is_inside || !file.is_file() {
        return None;
    }
    Some((media_type(relative), fs::read(file).ok()?))
}

/// Browsers run WebAssembly and modules only with the right media type.
fn media_type(path: &Path) -> &'static str {
    let extension = path.extension().and_then(|extension| extension.to_str());
    match extension.unwrap_or_default() {
        "js" | "mjs" => "text/javascript",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "css" => "text/css",
        "html" => "text/html; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_outside_of_the_folder_are_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("widget");
        fs::create_dir(&inside).unwrap();
        fs::write(folder.path().join("secret"), "s").unwrap();
        fs::write(inside.join("a.wasm"), "w").unwrap();
        assert_eq!(
            read(&inside, "a.wasm"),
            Some(("application/wasm", b"w".to_vec()))
        );
        for path in [
            "../secret",
            "/etc/passwd",
            "x/../../secret",
            "",
            ".",
            "b.js",
        ] {
            assert_eq!(read(&inside, path), None, "{path}");
        }
    }
}
