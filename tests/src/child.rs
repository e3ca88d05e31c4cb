//! A program that runs beside the tests and ends with them, even when they are killed.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

const PATIENCE: Duration = Duration::from_secs(30);

/// Runs the program until its own standard input ends, which happens when this process lets
/// go of it or dies, then ends the whole group: a driver leaves its browsers behind otherwise.
/// A browser that is ending still writes into its folder, so that is removed in several goes.
const GUARD: &str = r#"
trap : TERM
"$@" </dev/null &
cat >/dev/null
kill -TERM 0
wait
for go in 1 2 3 4 5; do rm -rf "$0" 2>/dev/null && break; sleep 0.2; done
"#;

/// A running program.
pub(crate) struct Running {
    guard: Child,
    /// What it said about where it listens.
    pub(crate) said: String,
}

impl Running {
    /// Starts a program and waits for the line in which it says where it listens.
    /// `folder` is removed after its end.
    pub(crate) fn start<A: AsRef<OsStr>>(
        folder: &Path,
        program: &Path,
        arguments: impl IntoIterator<Item = A>,
        find: fn(&str) -> Option<String>,
    ) -> Result<Self> {
        let mut guard = Command::new("sh")
            .arg("-c")
            .arg(GUARD)
            .arg(folder)
            .arg(program)
            .args(arguments)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let output = guard.stdout.take().context("a child without output")?;
        let (tell, told) = mpsc::channel();
        // The thread reads on after that line: a full pipe would stop the program.
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(place) = find(&line) {
                    // Nobody listens any more after the first.
                    let _ = tell.send(place);
                }
            }
        });
        let mut running = Self {
            guard,
            said: String::new(),
        };
        match told.recv_timeout(PATIENCE) {
            Ok(said) => running.said = said,
            Err(_) => bail!("{} does not say where it listens", program.display()),
        }
        Ok(running)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        // It has ended by itself, or does so now.
        let _ = self.guard.wait();
    }
}
