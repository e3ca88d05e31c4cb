//! The command line, read once into one strict type.
//!
//! What cannot be right is refused here with a sentence, so that no other part has to check it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use lexopt::prelude::*;

use crate::georeport::{self, dialect::Dialect};

pub(crate) const HELP: &str = "\
A sample city's Open311 GeoReport v2 endpoint, for trying, developing and testing.

    sandbox --database FILE [options]

    --database FILE      the SQLite file; made and filled on the first run
    --port N             where to listen on 127.0.0.1; 0 picks a free port (default 8311)
    --services FILE      load a recorded city's service list (JSON) instead of the sample city
    --requests FILE      load a recorded city's requests (JSON) instead of the sample city
    --city DIR           a folder with frontdoor.json and guides/ instead of the sample city's
    --site DIR           also serve this folder of static files at /
    --api-key KEY        sending a request or an update needs this key
    --jurisdiction ID    every call must name this jurisdiction
    --xml-only           speak XML alone, as some cities do
    --dialect NAME       speak as another system does: seeclickfix, connected-bits, bos311, ureport,
                         klarschiff, markaspot, 6aika, fixmystreet, adapter, libre311
    --no-cors            leave out the headers that let other sites' pages call
    --delay MS           wait this long before every answer of the endpoint
    --token-delay MS     how long a token takes to become a request number (default 3000)
    --help               this text

It prints one line when it listens: sandbox: http://127.0.0.1:PORT";

pub(crate) enum Command {
    Serve(Box<Options>),
    Help,
}

#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) port: u16,
    pub(crate) database: PathBuf,
    pub(crate) services: Option<PathBuf>,
    pub(crate) requests: Option<PathBuf>,
    pub(crate) city: Option<PathBuf>,
    pub(crate) site: Option<PathBuf>,
    pub(crate) api_key: Option<String>,
    pub(crate) jurisdiction: Option<String>,
    pub(crate) xml_only: bool,
    pub(crate) dialect: Option<&'static Dialect>,
    pub(crate) cors: bool,
    pub(crate) delay: Duration,
    pub(crate) token_delay: Duration,
}

impl Options {
    fn new() -> Self {
        Options {
            port: 8311,
            database: PathBuf::new(),
            services: None,
            requests: None,
            city: None,
            site: None,
            api_key: None,
            jurisdiction: None,
            xml_only: false,
            dialect: None,
            cors: true,
            delay: Duration::ZERO,
            token_delay: Duration::from_millis(3000),
        }
    }
}

pub(crate) fn read(words: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    read_words(lexopt::Parser::from_iter(words)).map_err(|error| error.to_string())
}

fn read_words(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut options = Options::new();
    while let Some(word) = parser.next()? {
        match word {
            Long("port") => options.port = parser.value()?.parse()?,
            Long("database") => options.database = parser.value()?.into(),
            Long("services") => options.services = Some(parser.value()?.into()),
            Long("requests") => options.requests = Some(parser.value()?.into()),
            Long("city") => options.city = Some(folder(parser.value()?)?),
            Long("site") => options.site = Some(folder(parser.value()?)?),
            Long("api-key") => options.api_key = Some(parser.value()?.string()?),
            Long("jurisdiction") => options.jurisdiction = Some(parser.value()?.string()?),
            Long("xml-only") => options.xml_only = true,
            Long("dialect") => options.dialect = Some(dialect(&parser.value()?.string()?)?),
            Long("no-cors") => options.cors = false,
            Long("delay") => options.delay = Duration::from_millis(parser.value()?.parse()?),
            Long("token-delay") => {
                options.token_delay = Duration::from_millis(parser.value()?.parse()?);
            }
            Long("help") | Short('h') => return Ok(Command::Help),
            other => return Err(other.unexpected()),
        }
    }
    if options.xml_only && options.dialect.is_some() {
        return Err("--xml-only and --dialect do not go together: a dialect speaks JSON".into());
    }
    if options.database.as_os_str().is_empty() {
        return Err("name the database with --database FILE".into());
    }
    Ok(Command::Serve(Box::new(options)))
}

fn dialect(name: &str) -> Result<&'static Dialect, lexopt::Error> {
    georeport::dialect::named(name).ok_or_else(|| {
        let names = georeport::dialect::NAMES.join(", ");
        format!("{name} is no dialect; there are {names}").into()
    })
}

fn folder(value: OsString) -> Result<PathBuf, lexopt::Error> {
    let path = PathBuf::from(value);
    if path.is_dir() {
        Ok(path)
    } else {
        Err(format!("{} is not a folder", path.display()).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_line(line: &str) -> Result<Command, String> {
        read(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn the_smallest_command_line_names_only_the_database() {
        let Ok(Command::Serve(options)) = read_line("sandbox --database city.sqlite") else {
            panic!("the smallest command line was refused");
        };
        assert_eq!(options.port, 8311);
        assert!(options.cors);
        assert_eq!(options.token_delay, Duration::from_secs(3));
    }

    #[test]
    fn a_wrong_command_line_is_refused_with_a_sentence_that_names_the_cause() {
        for (line, cause) in [
            ("sandbox", "--database FILE"),
            ("sandbox --database a --port 70000", "70000"),
            ("sandbox --database a --delay soon", "soon"),
            ("sandbox --database a --colour", "--colour"),
            (
                "sandbox --database a --dialect klingon",
                "klingon is no dialect",
            ),
            (
                "sandbox --database a --dialect adapter --xml-only",
                "do not go together",
            ),
            (
                "sandbox --database a --site no/such/folder",
                "is not a folder",
            ),
        ] {
            let Err(problem) = read_line(line) else {
                panic!("{line} was accepted")
            };
            assert!(problem.contains(cause), "{line}: {problem}");
        }
    }
}
