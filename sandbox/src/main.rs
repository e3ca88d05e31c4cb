//! A sample city's Open311 GeoReport v2 endpoint, for trying, developing and testing.
//!
//! All data is stored in one SQLite file and survives a restart.
//! It must not know the widget: the two communicate only over HTTP.

mod city;
mod clerk;
mod clock;
mod definition;
mod feedback;
mod form;
mod geocode;
mod georeport;
mod json;
mod localized;
mod options;
mod photo;
mod recorded;
mod response;
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
    let options = match options::parse(std::env::args_os()) {
        Ok(options::Command::Serve(options)) => options,
        Ok(options::Command::Help) => {
            println!("{}", options::HELP);
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("sandbox: {error}\n\n{}", options::HELP);
            return ExitCode::from(2);
        }
    };
    match server::run(*options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}
