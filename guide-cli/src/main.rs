//! The `guide` command for authors of a city's guides: new, check, preview, export, index, schema.
//!
//! It works on the folder of documents that the widget fetches, and stores nothing anywhere else. Each subcommand
//! has a module of its name (`new --csv` is `import`); the other modules are shared.

mod args;
mod check;
mod collection;
mod date;
mod export;
mod file;
mod finding;
mod ids;
mod import;
mod index;
mod located;
mod new;
mod pretty_json;
mod preview;
mod schema;
mod services;
mod suggest;
mod texts;

use std::io::Write as _;
use std::process::ExitCode;

use args::Command;
use finding::Severity;

/// The exit code for invalid arguments. 1 is for findings and for failures.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    match args::parse(std::env::args_os()) {
        Ok(command) => run(command),
        Err(problem) => {
            eprintln!("guide: {problem}\n\n{}", args::HELP);
            ExitCode::from(USAGE)
        }
    }
}

/// Runs a command and prints its result.
fn run(command: Command) -> ExitCode {
    let result = match command {
        Command::Help => Ok(args::HELP.to_owned()),
        Command::Schema(document) => Ok(schema::text(document)),
        Command::Check(args) => return run_check(&args),
        Command::New(args) => new::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Index(folder) => index::run(&folder),
        Command::Export(args) => export::run(&args),
        Command::Preview(args) => preview::run(*args),
    };
    match result {
        Ok(message) => {
            print(&message);
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the findings. Only errors fail the command; warnings do not.
fn run_check(args: &args::CheckArgs) -> ExitCode {
    let findings = match check::run(args) {
        Ok(findings) => findings,
        Err(problem) => {
            eprintln!("guide: {problem}");
            return ExitCode::from(USAGE);
        }
    };
    print(&if args.json {
        finding::to_json(&findings)
    } else {
        finding::to_text(&findings)
    });
    match finding::count(&findings, Severity::Error) {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Prints to standard output; a closed pipe is not a failure.
fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
