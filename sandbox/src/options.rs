//! The command line, parsed once into one strict type.
//!
//! Invalid values are refused here with a sentence, so that no other module has to check them.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use lexopt::prelude::*;

use crate::georeport::dialect::{self, Dialect};

pub(crate) const HELP: &str = "\
A sample city's Open311 GeoReport v2 endpoint, for trying, developing and testing.

    sandbox --database FILE [options]

    --database FILE      the SQLite file; created and filled on the first run
    --port N             the port on 127.0.0.1; 0 picks a free one (default 8311)
    --services FILE      load a recorded city's service list (JSON) instead of the sample city
    --requests FILE      load a recorded city's requests (JSON) instead of the sample city
    --city DIR           a folder with frontdoor.json and guides/ instead of the sample city's
    --site DIR           also serve this folder of static files at /
    --api-key KEY        require this key to send a request or an update
    --jurisdiction ID    require this jurisdiction_id in every call
    --xml-only           respond in XML only, as some cities do
    --dialect NAME       respond as another system does: seeclickfix, connected-bits, bos311, ureport,
                         klarschiff, markaspot, 6aika, fixmystreet, adapter, libre311
    --no-cors            omit the headers that allow calls from pages of other sites
    --delay MS           wait this long before each response of the endpoint
    --token-delay MS     time until a token has a request number (default 3000)
    --help               this text

It prints one line as soon as it listens: sandbox: http://127.0.0.1:PORT";

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

pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    parse_arguments(lexopt::Parser::from_iter(arguments)).map_err(|error| error.to_string())
}

fn parse_arguments(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut options = Options::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("port") => options.port = parser.value()?.parse()?,
            Long("database") => options.database = parser.value()?.into(),
            Long("services") => options.services = Some(parser.value()?.into()),
            Long("requests") => options.requests = Some(parser.value()?.into()),
            Long("city") => options.city = Some(folder(parser.value()?)?),
            Long("site") => options.site = Some(folder(parser.value()?)?),
            Long("api-key") => options.api_key = Some(parser.value()?.string()?),
            Long("jurisdiction") => options.jurisdiction = Some(parser.value()?.string()?),
            Long("xml-only") => options.xml_only = true,
            Long("dialect") => options.dialect = Some(find_dialect(&parser.value()?.string()?)?),
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
        return Err(
            "--xml-only and --dialect cannot be combined: a dialect responds in JSON".into(),
        );
    }
    if options.database.as_os_str().is_empty() {
        return Err("--database FILE is required".into());
    }
    Ok(Command::Serve(Box::new(options)))
}

fn find_dialect(name: &str) -> Result<&'static Dialect, lexopt::Error> {
    dialect::named(name).ok_or_else(|| {
        let names = dialect::NAMES.join(", ");
        format!("unknown dialect {name}; known dialects: {names}").into()
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

    fn parse_line(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn only_the_database_is_required() {
        let Ok(Command::Serve(options)) = parse_line("sandbox --database city.sqlite") else {
            panic!("the command line was refused");
        };
        assert_eq!(options.port, 8311);
        assert!(options.cors);
        assert_eq!(options.token_delay, Duration::from_secs(3));
    }

    #[test]
    fn an_invalid_command_line_is_refused_with_its_cause() {
        for (line, cause) in [
            ("sandbox", "--database FILE"),
            ("sandbox --database a --port 70000", "70000"),
            ("sandbox --database a --delay soon", "soon"),
            ("sandbox --database a --colour", "--colour"),
            (
                "sandbox --database a --dialect klingon",
                "unknown dialect klingon",
            ),
            (
                "sandbox --database a --dialect adapter --xml-only",
                "cannot be combined",
            ),
            (
                "sandbox --database a --site no/such/folder",
                "is not a folder",
            ),
        ] {
            let Err(error) = parse_line(line) else {
                panic!("{line} was accepted")
            };
            assert!(error.contains(cause), "{line}: {error}");
        }
    }
}
