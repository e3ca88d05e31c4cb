//! Software that is not ours works with the endpoint: two GeoReport clients from PyPI.
//!
//! They are installed once, pinned, into the project's folder in the user's cache.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it did not expect has failed"
)]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{BASE, Folder, Sandbox};

const REQUIREMENTS: &str = include_str!("python/requirements.txt");
/// Counted up when what is in the folder changes its shape.
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
    let said = run(
        Command::new(python)
            .arg(script)
            .arg(format!("{}{BASE}", sandbox.origin))
            // A proxy of this machine has no way to the test's own port.
            .env("NO_PROXY", "127.0.0.1")
            .env("PYTHONDONTWRITEBYTECODE", "1"),
        "the clients did not work with the endpoint",
    );
    assert!(
        said.contains("checks through civicbot and georeport"),
        "{said}"
    );
    println!("{}", said.trim());
}

/// The Python that has the clients. Whatever is missing fails with a sentence: this test is the
/// proof that others can use the endpoint, so it is never left out in silence.
fn installed() -> PathBuf {
    let folder = cache().join(FOLDER);
    std::fs::create_dir_all(&folder).unwrap();
    let lock = std::fs::File::create(folder.join("lock")).unwrap();
    // Two test runs at once must not install over each other.
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
        "python3 with its venv module is needed to try other people's clients. \
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
        "pip could not install the clients; is the network there?",
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
    let home = || std::env::home_dir().expect("no home folder is known: set FRONTDOOR_CACHE");
    base.unwrap_or_else(|| home().join(".cache"))
        .join("frontdoor")
}

fn run(command: &mut Command, cure: &str) -> String {
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => panic!("{cure}\n{command:?}: {error}"),
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success(),
        "{cure}\n{command:?}: {}\n{}{}",
        output.status,
        text(&output.stdout),
        text(&output.stderr)
    );
    text(&output.stdout)
}
