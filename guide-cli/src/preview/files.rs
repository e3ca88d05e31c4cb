//! Files of a folder over HTTP, and nothing outside of it.

use std::fs;
use std::path::{Component, Path};

/// The kind and the bytes of a file; None if there is none, or it lies elsewhere.
pub(super) fn read(folder: &Path, path: &str) -> Option<(&'static str, Vec<u8>)> {
    let inside = Path::new(path);
    let is_plain = inside
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let file = folder.join(inside);
    if !is_plain || !file.is_file() {
        return None;
    }
    Some((kind(inside), fs::read(file).ok()?))
}

/// WebAssembly and modules run only if they are sent as what they are.
fn kind(path: &Path) -> &'static str {
    let end = path.extension().and_then(|end| end.to_str());
    match end.unwrap_or_default() {
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
    fn nothing_outside_the_folder_is_sent() {
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
