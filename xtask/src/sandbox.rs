//! The sample city's endpoint as a child process: built, started, stopped.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::progress::Step;
use crate::project::Project;

const PATIENCE: Duration = Duration::from_secs(20);

/// A child that ends when this value does.
pub(crate) struct Running {
    pub(crate) child: Child,
    /// What the child said about where it listens.
    pub(crate) said: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Builds the sandbox, and gives the path of its program.
pub(crate) fn build(project: &Project) -> Result<PathBuf> {
    let mut command = Command::new("cargo");
    command.current_dir(&project.root).args([
        "build",
        "--package",
        "sandbox",
        "--profile",
        "native",
    ]);
    Step::new("compiling the sandbox")
        .hint("The sandbox holds SQLite's C code: it needs a C compiler, named `cc` or by CC.")
        .run(&mut command)?;
    Ok(project.sandbox())
}

/// Starts the sandbox and waits until it listens; `said` is its base URL.
pub(crate) fn start(
    program: &Path,
    port: u16,
    database: &Path,
    site: Option<&Path>,
) -> Result<Running> {
    let mut command = Command::new(program);
    command.arg("--port").arg(port.to_string());
    command.arg("--database").arg(database);
    if let Some(site) = site {
        command.arg("--site").arg(site);
    }
    listen(&mut command, |line| {
        line.strip_prefix("sandbox: ").map(str::to_owned)
    })
}

/// Starts a child and waits for the line on its standard output that says where it listens.
/// Later lines go to the standard error.
pub(crate) fn listen(
    command: &mut Command,
    address: impl Fn(&str) -> Option<String> + Send + 'static,
) -> Result<Running> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start {command:?}"))?;
    let stdout = child.stdout.take();
    let mut running = Running {
        child,
        said: String::new(),
    };
    let stdout = stdout.context("a child has no standard output")?;
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
        if let Some(said) = lines.by_ref().find_map(|line| address(line.trim())) {
            // Nobody waits any more when the patience ran out first.
            let _ = sender.send(said);
        }
        lines.for_each(|line| eprintln!("  {line}"));
    });
    match receiver.recv_timeout(PATIENCE) {
        Ok(said) => {
            running.said = said;
            Ok(running)
        }
        Err(_) => bail!("{command:?} ended, or did not say where it listens"),
    }
}
