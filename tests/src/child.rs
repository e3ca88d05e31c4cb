//! A program that runs beside the tests and ends with them, even if the tests are killed.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// How long a program may take to print where it listens.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// Runs the program until the shell's own standard input ends, which happens when this process
/// drops it or dies. Then ends the whole process group, because a driver does not end its browsers.
/// A browser that is ending still writes into its folder, so the folder is removed in several tries.
const GUARD: &str = r#"
trap : TERM
"$@" </dev/null &
cat >/dev/null
kill -TERM 0
wait
for try in 1 2 3 4 5; do rm -rf "$0" 2>/dev/null && break; sleep 0.2; done
"#;

/// A running program. It ends when this value is dropped.
pub(crate) struct ChildProcess {
    guard: Child,
    /// Where it listens, as it printed it.
    pub(crate) address: String,
}

impl ChildProcess {
    /// Starts a program and waits for the line in which it prints where it listens; `find` extracts
    /// the address from that line. `folder` is removed when the program has ended.
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
        let (sender, receiver) = mpsc::channel();
        // The thread keeps reading after that line: a full pipe would block the program.
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(address) = find(&line) {
                    // Only the first address is received.
                    let _ = sender.send(address);
                }
            }
        });
        let mut child = Self {
            guard,
            address: String::new(),
        };
        match receiver.recv_timeout(START_TIMEOUT) {
            Ok(address) => child.address = address,
            Err(_) => bail!("{} does not print where it listens", program.display()),
        }
        Ok(child)
    }
}

impl Drop for ChildProcess {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        // Any exit status is fine.
        let _ = self.guard.wait();
    }
}
