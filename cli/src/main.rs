//! The `frontdoor` command for those who run a city's page: `words` counts the words of the city's residents,
//! `words-eval` measures the search. It uses the same search as the widget.

mod args;
mod count;
mod endpoint;
mod eval;
mod file;
mod requests;
mod spelled;
mod tables;
mod words;
mod xml;

use std::io::Write as _;
use std::process::ExitCode;

use args::Command;

/// The exit code for invalid arguments.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let now = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC);
    let command = match args::parse(std::env::args_os(), now.date()) {
        Ok(command) => command,
        Err(problem) => {
            eprintln!("frontdoor: {problem}\n\n{}", args::HELP);
            return ExitCode::from(USAGE);
        }
    };
    let result = match command {
        Command::Help => Ok(args::HELP.to_owned()),
        Command::Words(args) => words::run(&args),
        Command::Eval(args) => eval::run(&args),
    };
    match result {
        Ok(message) => {
            // A closed pipe is not a failure.
            let _ = writeln!(std::io::stdout(), "{message}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("frontdoor: {problem}");
            ExitCode::FAILURE
        }
    }
}
