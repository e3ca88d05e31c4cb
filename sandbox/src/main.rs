//! A sample city's Open311 GeoReport v2 endpoint, for trying, developing and testing.
//!
//! Everything it answers is stored in one SQLite file and survives a restart.
//! It knows nothing of the widget: the two meet only over HTTP.

mod answer;
mod city;
mod clerk;
mod clock;
mod feedback;
mod form;
mod geocode;
mod georeport;
mod media;
mod options;
mod recorded;
mod sample;
mod satisfaction;
mod server;
mod state;
mod store;
mod tiles;
mod upload;
mod xml;

use std::process::ExitCode;

fn main() -> ExitCode {
    let options = match options::read(std::env::args_os()) {
        Ok(options::Command::Serve(options)) => options,
        Ok(options::Command::Help) => {
            println!("{}", options::HELP);
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            eprintln!("sandbox: {problem}\n\n{}", options::HELP);
            return ExitCode::from(2);
        }
    };
    match server::run(*options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("sandbox: {problem}");
            ExitCode::FAILURE
        }
    }
}
