//! The programs and tests of the workspace that run on this machine, built by one call of cargo each.
//!
//! Features of shared dependencies are the union over all packages of one call, so every further call with other
//! packages compiles some of them again.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::progress::{Running, Step};
use crate::project::Project;

/// The sample city's endpoint.
pub(crate) const SANDBOX: &str = "sandbox";
/// What splits and binds the wasm.
pub(crate) const WASM_TOOLS: &str = "wasm-tools";

const C_COMPILER: &str = "If a C compiler is missing, install one as `cc` or name it in CC: the sandbox contains SQLite.";

/// Starts building packages that hold one program each.
pub(crate) fn start(project: &Project, packages: &[&str]) -> Result<Running<'static>> {
    let mut command = cargo(project, "build");
    for package in packages {
        command.args(["--package", package]);
    }
    Step::new("compiling the programs for this machine")
        .hint(C_COMPILER)
        .start(&mut command)
}

/// Starts building all tests and, with them, the programs that have tests.
pub(crate) fn start_tests(project: &Project) -> Result<Running<'static>> {
    let mut command = cargo(project, "test");
    command.args(["--no-run", "--workspace"]);
    command.arg("--message-format=json-render-diagnostics");
    Step::new("compiling the programs and tests for this machine")
        .hint(C_COMPILER)
        .start(&mut command)
}

/// The examples in the documentation, as a command.
pub(crate) fn doc_tests(project: &Project) -> Command {
    let mut command = cargo(project, "test");
    command.args(["--doc", "--workspace", "--no-fail-fast"]);
    command
}

fn cargo(project: &Project, verb: &str) -> Command {
    let mut command = Command::new("cargo");
    command
        .current_dir(&project.root)
        .args([verb, "--profile", "native"]);
    command
}

/// A program that runs tests.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TestProgram {
    /// What is tested: the file it starts with, relative to the project's folder.
    pub(crate) name: String,
    /// The folder of its package, in which it runs.
    pub(crate) folder: PathBuf,
    executable: PathBuf,
}

impl TestProgram {
    /// Runs the tests whose names contain the filter, or all.
    pub(crate) fn command(&self, filter: Option<&str>) -> Command {
        let mut command = Command::new(&self.executable);
        command
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .args(filter);
        command
    }
}

/// What cargo reports of something it has built.
#[derive(Deserialize)]
struct Message {
    reason: String,
    manifest_path: Option<PathBuf>,
    target: Option<Target>,
    profile: Option<Profile>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    src_path: PathBuf,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

/// The test programs in the output of `start_tests`.
pub(crate) fn test_programs(project: &Project, output: &[String]) -> Result<Vec<TestProgram>> {
    let messages = output.iter().map(|line| {
        serde_json::from_str::<Message>(line)
            .with_context(|| format!("cargo reports in an unknown form: {line}"))
    });
    let mut programs = Vec::new();
    for message in messages {
        let message = message?;
        if message.reason != "compiler-artifact" || !message.profile.is_some_and(|it| it.test) {
            continue;
        }
        let (Some(manifest), Some(target), Some(executable)) =
            (message.manifest_path, message.target, message.executable)
        else {
            continue;
        };
        let source = target.src_path.strip_prefix(&project.root);
        programs.push(TestProgram {
            name: source.unwrap_or(&target.src_path).display().to_string(),
            folder: manifest.parent().map(Path::to_path_buf).unwrap_or_default(),
            executable,
        });
    }
    programs.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(programs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_runs_tests_is_taken_from_cargos_report() {
        let artifact = |test: bool, executable: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","package_id":"a","manifest_path":"/p/a/Cargo.toml",
                "target":{{"kind":["test"],"src_path":"/p/a/tests/b.rs"}},"profile":{{"test":{test}}},
                "executable":{executable}}}"#
            )
        };
        let output = [
            artifact(false, "null"),
            artifact(false, r#""/t/a""#),
            artifact(true, "null"),
            artifact(true, r#""/t/b""#),
            r#"{"reason":"build-finished","success":true}"#.to_owned(),
        ];
        let project = Project {
            root: "/p".into(),
            target: "/t".into(),
            cache: "/c".into(),
        };
        let expected = TestProgram {
            name: "a/tests/b.rs".into(),
            folder: "/p/a".into(),
            executable: "/t/b".into(),
        };
        assert_eq!(test_programs(&project, &output).unwrap(), [expected]);
        assert!(test_programs(&project, &["warning".to_owned()]).is_err());
    }
}
