//! The verbs of the command line, one module each, and what they share.

mod check;
mod collection;
mod date;
mod export;
mod file;
mod finding;
mod index;
mod json;
mod names;
mod near;
mod new;
pub(crate) mod options;
mod place;
mod preview;
mod reading;
mod schema;
mod services;
mod table;
mod texts;

use std::io::Write as _;
use std::process::ExitCode;

use options::Command;

/// The exit code for a command line that cannot be right.
pub(crate) const USAGE: u8 = 2;

/// Does what was asked for and says how it went.
pub(crate) fn run(command: Command) -> ExitCode {
    let done = match command {
        Command::Help => return print(options::HELP),
        Command::Schema(of) => return print(&schema::text(of)),
        Command::Check(options) => return check::run(&options),
        Command::New(options) => new::run(&options),
        Command::Import(options) => table::run(&options),
        Command::Index(folder) => index::run(&folder),
        Command::Export(options) => export::run(&options),
        Command::Preview(options) => preview::run(*options),
    };
    match done {
        Ok(said) => print(&said),
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Prints for people and pipes; a pipe that was closed is no failure.
fn print(text: &str) -> ExitCode {
    let _ = writeln!(std::io::stdout(), "{text}");
    ExitCode::SUCCESS
}
