//! The sample city's endpoint as a child process: started and stopped.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// How long a child may take to say where it listens.
const START_TIMEOUT: Duration = Duration::from_secs(20);

/// A child process that is ended when this value is dropped.
pub(crate) struct Running {
    pub(crate) child: Child,
    /// The address at which the child listens.
    pub(crate) address: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already, which is no error.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts the sandbox and waits until it listens; `address` is its base URL.
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

/// Starts a child and waits for the line of its standard output that says where it listens. Later lines go to the
/// standard error.
pub(crate) fn listen(
    command: &mut Command,
    read_address: impl Fn(&str) -> Option<String> + Send + 'static,
) -> Result<Running> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start {command:?}"))?;
    let stdout = child.stdout.take();
    let mut running = Running {
        child,
        address: String::new(),
    };
    let stdout = stdout.context("a child has no standard output")?;
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
        if let Some(address) = lines.by_ref().find_map(|line| read_address(line.trim())) {
            // The receiver is gone when the time was up first.
            let _ = sender.send(address);
        }
        lines.for_each(|line| eprintln!("  {line}"));
    });
    match receiver.recv_timeout(START_TIMEOUT) {
        Ok(address) => {
            running.address = address;
            Ok(running)
        }
        Err(_) => bail!("{command:?} ended, or did not say where it listens"),
    }
}
