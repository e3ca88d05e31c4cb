//! Other people's software works with the endpoint: two GeoReport clients from PyPI.
//!
//! They are installed once, in fixed versions, into the project's folder in the user's cache.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "an unexpected value fails the test"
)]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{BASE, Folder, Sandbox};

const REQUIREMENTS: &str = include_str!("python/requirements.txt");
/// The number is increased when the layout of the folder changes.
const FOLDER: &str = "python-clients-1";

#[test]
fn civicbot_and_georeport_read_and_write_through_the_endpoint() {
    let python = installed();
    let folder = Folder::new();
    let sandbox = Sandbox::start(
        &folder,
        &[
            "--api-key",
            "open-sesame",
            "--jurisdiction",
            "riverton.example",
            "--token-delay",
            "500",
        ],
    );
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/clients.py");
    let output = run(
        Command::new(python)
            .arg(script)
            .arg(format!("{}{BASE}", sandbox.origin))
            // A proxy cannot reach the port of this test.
            .env("NO_PROXY", "127.0.0.1")
            .env("PYTHONDONTWRITEBYTECODE", "1"),
        "the clients did not work with the endpoint",
    );
    assert!(
        output.contains("checks through civicbot and georeport"),
        "{output}"
    );
    println!("{}", output.trim());
}

/// The Python interpreter that has the clients. If it cannot be installed, the test fails with the
/// reason: this test proves that other clients can use the endpoint, so it must not be skipped
/// silently.
fn installed() -> PathBuf {
    let folder = cache().join(FOLDER);
    std::fs::create_dir_all(&folder).unwrap();
    let lock = std::fs::File::create(folder.join("lock")).unwrap();
    // Concurrent test runs must not install into the same folder at once.
    lock.lock().unwrap();
    let python = folder.join("venv/bin/python");
    let done = folder.join("requirements.txt");
    if std::fs::read_to_string(&done).is_ok_and(|text| text == REQUIREMENTS) && python.is_file() {
        return python;
    }
    let _ = std::fs::remove_dir_all(folder.join("venv"));
    run(
        Command::new("python3")
            .args(["-m", "venv"])
            .arg(folder.join("venv")),
        "python3 with its venv module is required to test other people's clients. \
         On Debian and Ubuntu: apt install python3-venv",
    );
    let wanted = folder.join("wanted.txt");
    std::fs::write(&wanted, REQUIREMENTS).unwrap();
    run(
        Command::new(&python)
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ])
            .args(["--only-binary", ":all:", "--requirement"])
            .arg(&wanted),
        "pip could not install the clients; is the network available?",
    );
    std::fs::rename(&wanted, &done).unwrap();
    python
}

fn cache() -> PathBuf {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if let Some(folder) = named("FRONTDOOR_CACHE") {
        return folder.into();
    }
    let base = named("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || std::env::home_dir().expect("unknown home folder: set FRONTDOOR_CACHE");
    base.unwrap_or_else(|| home().join(".cache"))
        .join("frontdoor")
}

/// Runs the command and returns its output; a failure shows the `hint`.
fn run(command: &mut Command, hint: &str) -> String {
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => panic!("{hint}\n{command:?}: {error}"),
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success(),
        "{hint}\n{command:?}: {}\n{}{}",
        output.status,
        text(&output.stdout),
        text(&output.stderr)
    );
    text(&output.stdout)
}
