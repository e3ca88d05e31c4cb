//! For those who write a city's guides: begin, import, check, preview, export.
//!
//! It works on the folder of documents that the widget fetches; nothing is kept anywhere else.

mod command;

use std::process::ExitCode;

fn main() -> ExitCode {
    match command::options::read(std::env::args_os()) {
        Ok(options) => command::run(options),
        Err(problem) => {
            eprintln!("guide: {problem}\n\n{}", command::options::HELP);
            ExitCode::from(command::USAGE)
        }
    }
}
