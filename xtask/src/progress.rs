//! What a person sees while a step runs: its name, how long it has taken, the child's last line.
//!
//! Progress goes to standard error, results to standard output, so that a table can be piped. A failure names the
//! command, its last lines and what to do next. Every step is timed; `print_times` lists them at the end.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How many of a failed command's last lines are shown.
const TAIL_LINES: usize = 30;
/// How often the progress line changes on a terminal.
const TERMINAL_INTERVAL: Duration = Duration::from_millis(200);
/// How often a progress line is added to a log.
const LOG_INTERVAL: Duration = Duration::from_secs(30);
/// Shorter steps are left out of the table of times.
const SHORTEST_LISTED: Duration = Duration::from_secs(1);

/// The finished steps of this process with their times.
static TIMES: Mutex<Vec<(String, Duration)>> = Mutex::new(Vec::new());

/// Prints what was done or found.
pub(crate) fn say(text: impl AsRef<str>) {
    eprintln!("  {}", text.as_ref());
}

/// Prints the heading of a group of steps.
pub(crate) fn heading(text: &str) {
    eprintln!("\n{text}");
}

/// Prints the steps so far that took longer than a second, in the order in which they ended, and the time since the
/// process `started`. Steps that ran side by side add up to more than that.
pub(crate) fn print_times(started: Instant) {
    heading("Times in seconds");
    let times = TIMES.lock().unwrap_or_else(PoisonError::into_inner);
    for (what, took) in times.iter().filter(|(_, took)| *took >= SHORTEST_LISTED) {
        eprintln!("{:>8.1}  {what}", took.as_secs_f64());
    }
    eprintln!("{:>8.1}  in all", started.elapsed().as_secs_f64());
}

fn record(what: &str, took: Duration) {
    let mut times = TIMES.lock().unwrap_or_else(PoisonError::into_inner);
    times.push((what.to_owned(), took));
}

/// One child process, reported to a person.
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

    /// Runs the command; its output is shown only when it fails.
    pub(crate) fn run(self, command: &mut Command) -> Result<()> {
        self.start(command)?.finish().map(drop)
    }

    /// Starts the command beside what this process does next. Nothing is shown of it until it is waited for.
    pub(crate) fn start(self, command: &mut Command) -> Result<Running<'a>> {
        let started = Instant::now();
        let (child, lines) = spawn(command)?;
        Ok(Running {
            step: self,
            command: format!("{command:?}"),
            started,
            child,
            lines,
        })
    }

    /// Runs the command and lets every line through; `each` sees them too. True when the command succeeded: for tests
    /// and lints, whose output is the result.
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
        finished(self.what, started.elapsed(), status.success(), "");
        if !status.success() && !self.hint.is_empty() {
            eprintln!("  {}", self.hint);
        }
        Ok(status.success())
    }

    /// Runs a quick command and gives its standard output; a failure is reported as by `run`.
    pub(crate) fn read(self, command: &mut Command) -> Result<Vec<u8>> {
        let output = command
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("could not start {command:?}"))?;
        let mut tail = Tail::default();
        for line in String::from_utf8_lossy(&output.stderr).lines() {
            tail.push(line);
        }
        self.judge(&format!("{command:?}"), output.status, &tail)?;
        Ok(output.stdout)
    }

    /// Runs quick commands side by side, one for each core.
    pub(crate) fn run_all(self, commands: Vec<Command>) -> Result<()> {
        let started = Instant::now();
        let mut display = Display::new(self.what, started);
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let all = commands.len();
        let waiting = Mutex::new(commands.into_iter());
        let take = || {
            let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.next()
        };
        let (sender, done) = mpsc::channel();
        let result = thread::scope(|scope| {
            for _ in 0..workers {
                let (sender, step, take) = (sender.clone(), &self, &take);
                scope.spawn(move || {
                    while let Some(mut command) = take() {
                        let output = Step::new(step.what).hint(step.hint).read(&mut command);
                        let failed = output.is_err();
                        if sender.send(output.map(drop)).is_err() || failed {
                            return;
                        }
                    }
                });
            }
            drop(sender);
            let mut count = 0;
            for result in done {
                result?;
                count += 1;
                display.refresh(&format!("{count} of {all}"));
            }
            Ok(())
        });
        display.finish(Instant::now(), result.is_ok());
        result
    }

    fn judge(&self, command: &str, status: ExitStatus, tail: &Tail) -> Result<()> {
        if status.success() {
            return Ok(());
        }
        let mut text = format!("{} failed ({status})\n  command: {command}", self.what);
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

/// A step that was started and has not been waited for. It is ended when this value is dropped.
pub(crate) struct Running<'a> {
    step: Step<'a>,
    command: String,
    started: Instant,
    child: Child,
    lines: Receiver<Line>,
}

impl Running<'_> {
    /// Waits for the command, and gives the lines of its standard output.
    pub(crate) fn finish(mut self) -> Result<Vec<String>> {
        let mut display = Display::new(self.step.what, self.started);
        let mut tail = Tail::default();
        let mut output = Vec::new();
        // The command may have ended before it was waited for.
        let mut ended = self.started;
        loop {
            match self.lines.recv_timeout(TERMINAL_INTERVAL) {
                Ok(line) => {
                    ended = line.at;
                    // A message in JSON is for a program.
                    if !line.text.starts_with('{') {
                        tail.push(&line.text);
                    }
                    if !line.is_error && !line.text.is_empty() {
                        output.push(line.text);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            display.refresh(tail.last());
        }
        let status = self.child.wait()?;
        display.finish(ended, status.success());
        self.step.judge(&self.command, status, &tail)?;
        Ok(output)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        // After `finish` there is nothing left to end, and that is no error.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Line {
    text: String,
    is_error: bool,
    at: Instant,
}

fn spawn(command: &mut Command) -> Result<(Child, Receiver<Line>)> {
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
    let send = move |text: String| {
        let at = Instant::now();
        sender.send(Line { text, is_error, at }).is_ok()
    };
    thread::spawn(move || {
        for raw in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
            let text = String::from_utf8_lossy(&raw).trim_end().to_owned();
            if !send(text) {
                return;
            }
        }
        // An empty line for the time of the end.
        send(String::new());
    });
}

#[derive(Default)]
struct Tail(VecDeque<String>);

impl Tail {
    fn push(&mut self, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        if self.0.len() == TAIL_LINES {
            self.0.pop_front();
        }
        self.0.push_back(line.to_owned());
    }

    fn last(&self) -> &str {
        self.0.back().map_or("", |line| line.trim())
    }
}

/// On a terminal one line that changes; in a log a line now and then, so that it stays readable.
struct Display<'a> {
    what: &'a str,
    started: Instant,
    is_terminal: bool,
    next: Instant,
}

impl<'a> Display<'a> {
    fn new(what: &'a str, started: Instant) -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        let interval = if is_terminal {
            TERMINAL_INTERVAL
        } else {
            LOG_INTERVAL
        };
        Self {
            what,
            started,
            is_terminal,
            next: Instant::now() + interval,
        }
    }

    fn refresh(&mut self, last: &str) {
        let now = Instant::now();
        if now < self.next {
            return;
        }
        let seconds = self.started.elapsed().as_secs();
        let last: String = last.chars().take(60).collect();
        if self.is_terminal {
            eprint!("\r\x1b[2K  {} … {seconds} s  {last}", self.what);
            // A lost progress line is no reason to stop the work.
            let _ = std::io::stderr().flush();
            self.next = now + TERMINAL_INTERVAL;
        } else {
            eprintln!("  {} … {seconds} s  {last}", self.what);
            self.next = now + LOG_INTERVAL;
        }
    }

    fn finish(&self, ended: Instant, success: bool) {
        let start = if self.is_terminal { "\r\x1b[2K" } else { "" };
        finished(self.what, ended - self.started, success, start);
    }
}

/// Prints and records the end of a step.
fn finished(what: &str, took: Duration, success: bool, start_of_line: &str) {
    record(what, took);
    let (mark, seconds) = (if success { '✓' } else { '✗' }, took.as_secs_f64());
    eprintln!("{start_of_line}{mark} {what} ({seconds:.1} s)");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_failure_names_the_command_its_last_lines_and_what_to_do() {
        let step = || Step::new("trying").hint("Try harder.");
        let script = "echo all is lost >&2; exit 3";
        for error in [
            step().run(&mut shell(script)),
            step().run_all(vec![shell("true"), shell(script)]),
            step().read(&mut shell(script)).map(drop),
        ] {
            let text = error.unwrap_err().to_string();
            for part in ["trying failed", "\"sh\"", "all is lost", "Try harder."] {
                assert!(text.contains(part), "{part:?} is missing in {text}");
            }
        }
    }

    #[test]
    fn a_started_step_gives_its_standard_output_when_it_has_ended() {
        let running = Step::new("printing").start(&mut shell("echo a; echo b >&2; echo c"));
        assert_eq!(running.unwrap().finish().unwrap(), ["a", "c"]);
    }

    #[test]
    fn only_the_last_lines_of_a_command_are_kept() {
        let mut tail = Tail::default();
        for number in 0..100 {
            tail.push(&number.to_string());
        }
        assert_eq!(tail.0.len(), TAIL_LINES);
        assert_eq!(tail.last(), "99");
    }
}
