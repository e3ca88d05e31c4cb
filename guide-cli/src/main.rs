//! The `guide` command, for those who write a city's guides: start, import, check, preview, export.
//!
//! It works on the folder of documents that the widget fetches and keeps nothing anywhere else. One
//! module for each verb; the others are what the verbs share.

mod check;
mod collection;
mod date;
mod export;
mod file;
mod finding;
mod index;
mod names;
mod near;
mod new;
mod options;
mod output_json;
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
const USAGE: u8 = 2;

fn main() -> ExitCode {
    match options::read(std::env::args_os()) {
        Ok(command) => run(command),
        Err(problem) => {
            eprintln!("guide: {problem}\n\n{}", options::HELP);
            ExitCode::from(USAGE)
        }
    }
}

/// Runs a command and prints its result.
fn run(command: Command) -> ExitCode {
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

/// Prints to standard output; a closed pipe is no failure.
fn print(text: &str) -> ExitCode {
    let _ = writeln!(std::io::stdout(), "{text}");
    ExitCode::SUCCESS
}
