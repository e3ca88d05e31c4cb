//! What a person sees while a step runs: what it is, how long it has taken, the child's last line.
//!
//! Progress goes to standard error, results to standard output, so that a table can be piped.
//! A failure names the command, its last lines and what to do next.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

const KEPT_LINES: usize = 30;
const TERMINAL_EVERY: Duration = Duration::from_millis(200);
const LOG_EVERY: Duration = Duration::from_secs(30);

/// Says one thing that was done or found.
pub(crate) fn say(text: impl AsRef<str>) {
    eprintln!("  {}", text.as_ref());
}

/// Opens a group of steps.
pub(crate) fn heading(text: &str) {
    eprintln!("\n{text}");
}

/// One child process, told to a person.
pub(crate) struct Step<'a> {
    what: &'a str,
    hint: &'a str,
}

impl<'a> Step<'a> {
    /// `what` reads well before "took 3 s": "compiling the widget".
    pub(crate) fn new(what: &'a str) -> Self {
        Self { what, hint: "" }
    }

    /// What to do when this step fails.
    pub(crate) fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Runs the command, keeping its output back unless it fails.
    pub(crate) fn run(self, command: &mut Command) -> Result<()> {
        let started = Instant::now();
        let (mut child, lines) = spawn(command)?;
        let mut display = Display::new(self.what, started);
        let mut tail = Tail::default();
        loop {
            match lines.recv_timeout(TERMINAL_EVERY) {
                Ok(line) => tail.push(line.text),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            display.refresh(tail.last());
        }
        let status = child.wait()?;
        display.finish(status.success());
        self.judge(command, status, &tail)
    }

    /// Runs the command and lets every line through; `each` sees them too.
    /// True when the command succeeded: for tests and lints, whose output is the result.
    pub(crate) fn show(self, command: &mut Command, mut each: impl FnMut(&str)) -> Result<bool> {
        let started = Instant::now();
        eprintln!("  {} …", self.what);
        let (mut child, lines) = spawn(command)?;
        for line in lines {
            each(&line.text);
            if line.is_error {
                eprintln!("{}", line.text);
            } else {
                println!("{}", line.text);
            }
        }
        let status = child.wait()?;
        let seconds = started.elapsed().as_secs_f64();
        eprintln!("{} {} ({seconds:.1} s)", mark(status.success()), self.what);
        if !status.success() && !self.hint.is_empty() {
            eprintln!("  {}", self.hint);
        }
        Ok(status.success())
    }

    /// Runs a quick command and gives its standard output, or the failure told as in `run`.
    pub(crate) fn read(self, command: &mut Command) -> Result<Vec<u8>> {
        let output = command
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("could not start {command:?}"))?;
        let mut tail = Tail::default();
        for line in String::from_utf8_lossy(&output.stderr).lines() {
            tail.push(line.to_owned());
        }
        self.judge(command, output.status, &tail)?;
        Ok(output.stdout)
    }

    fn judge(&self, command: &Command, status: ExitStatus, tail: &Tail) -> Result<()> {
        if status.success() {
            return Ok(());
        }
        let mut text = format!("{} failed ({status})\n  command: {command:?}", self.what);
        if !tail.0.is_empty() {
            text.push_str("\n  its last lines:");
            for line in &tail.0 {
                text.push_str("\n    ");
                text.push_str(line);
            }
        }
        if !self.hint.is_empty() {
            text.push_str("\n  what to do: ");
            text.push_str(self.hint);
        }
        bail!(text)
    }
}

struct Line {
    text: String,
    is_error: bool,
}

fn spawn(command: &mut Command) -> Result<(std::process::Child, Receiver<Line>)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start {command:?}"))?;
    let (sender, lines) = mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        forward(stdout, false, sender.clone());
    }
    if let Some(stderr) = child.stderr.take() {
        forward(stderr, true, sender);
    }
    Ok((child, lines))
}

fn forward(pipe: impl Read + Send + 'static, is_error: bool, sender: Sender<Line>) {
    thread::spawn(move || {
        for raw in BufReader::new(pipe).split(b'\n') {
            let Ok(raw) = raw else { return };
            let text = String::from_utf8_lossy(&raw).trim_end().to_owned();
            if sender.send(Line { text, is_error }).is_err() {
                return;
            }
        }
    });
}

#[derive(Default)]
struct Tail(VecDeque<String>);

impl Tail {
    fn push(&mut self, line: String) {
        if line.trim().is_empty() {
            return;
        }
        if self.0.len() == KEPT_LINES {
            self.0.pop_front();
        }
        self.0.push_back(line);
    }

    fn last(&self) -> &str {
        self.0.back().map_or("", |line| line.trim())
    }
}

/// On a terminal one line that changes; in a log a line now and then, so that it stays readable.
struct Display<'a> {
    what: &'a str,
    started: Instant,
    terminal: bool,
    next: Instant,
}

impl<'a> Display<'a> {
    fn new(what: &'a str, started: Instant) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let every = if terminal { TERMINAL_EVERY } else { LOG_EVERY };
        Self {
            what,
            started,
            terminal,
            next: started + every,
        }
    }

    fn refresh(&mut self, last: &str) {
        let now = Instant::now();
        if now < self.next {
            return;
        }
        let seconds = self.started.elapsed().as_secs();
        let last: String = last.chars().take(60).collect();
        if self.terminal {
            eprint!("\r\x1b[2K  {} … {seconds} s  {last}", self.what);
            // A lost progress line is no reason to stop the work.
            let _ = std::io::stderr().flush();
            self.next = now + TERMINAL_EVERY;
        } else {
            eprintln!("  {} … {seconds} s  {last}", self.what);
            self.next = now + LOG_EVERY;
        }
    }

    fn finish(&self, success: bool) {
        let start = if self.terminal { "\r\x1b[2K" } else { "" };
        let seconds = self.started.elapsed().as_secs_f64();
        eprintln!("{start}{} {} ({seconds:.1} s)", mark(success), self.what);
    }
}

fn mark(success: bool) -> char {
    if success { '✓' } else { '✗' }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_its_last_lines_and_what_to_do() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo all is lost >&2; exit 3"]);
        let error = Step::new("trying").hint("Try harder.").run(&mut command);
        let text = error.unwrap_err().to_string();
        for part in ["trying failed", "\"sh\"", "all is lost", "Try harder."] {
            assert!(text.contains(part), "{part:?} is missing in {text}");
        }
    }

    #[test]
    fn only_the_last_lines_are_kept() {
        let mut tail = Tail::default();
        for number in 0..100 {
            tail.push(number.to_string());
        }
        assert_eq!(tail.0.len(), KEPT_LINES);
        assert_eq!(tail.last(), "99");
    }
}
