//! Parses the command line into a [`Command`]. Invalid arguments are refused here, with a sentence that names the cause.

use std::ffi::OsString;
use std::path::PathBuf;

use jiff::civil::Date;
use lexopt::prelude::*;

pub(crate) const HELP: &str = "\
For those who run a city's page.

    frontdoor words ENDPOINT [--out FILE] [--pages DIR] [--jurisdiction ID]
                    [--since YYYY-MM-DD] [--until YYYY-MM-DD] [--pause SECONDS]
        read the public requests of a GeoReport endpoint and count which words residents use for
        which service; what has been read is kept in DIR, so that a second run goes on
    frontdoor words --from PATH [--from PATH ...] [--services PATH] [--out FILE]
        the same from files with requests, JSON or XML, or folders of them
    frontdoor words-eval SAMPLES SERVICES [--words FILE] [--each]
        say how good the search is: SAMPLES has lines of city, language, service code, service
        name and text, separated by tabs; SERVICES has {\"city\": [services]}

    --out FILE           the file for the config's `words` (default words.json)
    --pages DIR          where the answers of the endpoint are kept (default words-pages)
    --jurisdiction ID    the jurisdiction_id, if the endpoint needs one
    --since DATE         the first day (default: two years before the last one)
    --until DATE         the last day (default: today)
    --pause SECONDS      between two questions to the endpoint (default 1)
    --services PATH      the city's services, JSON or XML, to say how good the search is
    --words FILE         with these words of the city
    --each               list the texts that do not find their service
    --help               this text

docs/own-words.md says what the file contains, and what it never contains.";

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Words(WordsArgs),
    Eval(EvalArgs),
}

/// Where the requests come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Endpoint(EndpointArgs),
    Files(Vec<PathBuf>),
}

/// The arguments of `words`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WordsArgs {
    pub(crate) source: Source,
    pub(crate) services: Option<PathBuf>,
    pub(crate) out: PathBuf,
}

/// An endpoint, and how to read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EndpointArgs {
    pub(crate) url: String,
    pub(crate) pages: PathBuf,
    pub(crate) jurisdiction: Option<String>,
    pub(crate) since: Date,
    pub(crate) until: Date,
    pub(crate) pause_seconds: u64,
}

/// The arguments of `words-eval`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EvalArgs {
    pub(crate) samples: PathBuf,
    pub(crate) services: PathBuf,
    pub(crate) words: Option<PathBuf>,
    pub(crate) each: bool,
}

/// The arguments as given.
#[derive(Default)]
struct Raw {
    values: Vec<OsString>,
    from: Vec<PathBuf>,
    out: Option<PathBuf>,
    pages: Option<PathBuf>,
    services: Option<PathBuf>,
    words: Option<PathBuf>,
    jurisdiction: Option<String>,
    since: Option<Date>,
    until: Option<Date>,
    pause_seconds: Option<u64>,
    each: bool,
}

/// Parses the arguments; the first one is the name of the program. `today` is the default of `--until`.
///
/// # Errors
/// A message that names the invalid argument.
pub(crate) fn parse(
    args: impl IntoIterator<Item = OsString>,
    today: Date,
) -> Result<Command, String> {
    read(lexopt::Parser::from_iter(args), today).map_err(|error| error.to_string())
}

fn read(mut parser: lexopt::Parser, today: Date) -> Result<Command, lexopt::Error> {
    let verb = match parser.next()? {
        Some(Value(verb)) => verb.string()?,
        Some(Long("help") | Short('h')) | None => return Ok(Command::Help),
        Some(other) => return Err(other.unexpected()),
    };
    let mut raw = Raw::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("from") => raw.from.push(parser.value()?.into()),
            Long("out") => raw.out = Some(parser.value()?.into()),
            Long("pages") => raw.pages = Some(parser.value()?.into()),
            Long("services") => raw.services = Some(parser.value()?.into()),
            Long("words") => raw.words = Some(parser.value()?.into()),
            Long("jurisdiction") => raw.jurisdiction = Some(parser.value()?.string()?),
            Long("since") => raw.since = Some(date(&parser.value()?.string()?)?),
            Long("until") => raw.until = Some(date(&parser.value()?.string()?)?),
            Long("pause") => raw.pause_seconds = Some(parser.value()?.parse()?),
            Long("each") => raw.each = true,
            Value(value) => raw.values.push(value),
            other => return Err(other.unexpected()),
        }
    }
    match verb.as_str() {
        "words" => words(raw, today),
        "words-eval" => match <[OsString; 2]>::try_from(raw.values) {
            Ok([samples, services]) => Ok(Command::Eval(EvalArgs {
                samples: samples.into(),
                services: services.into(),
                words: raw.words,
                each: raw.each,
            })),
            Err(_) => Err("words-eval needs a file of samples and a file of services".into()),
        },
        "help" => Ok(Command::Help),
        other => Err(format!("{other} is nothing this can do").into()),
    }
}

fn words(raw: Raw, today: Date) -> Result<Command, lexopt::Error> {
    let source = match <[OsString; 1]>::try_from(raw.values) {
        Ok([url]) if raw.from.is_empty() => {
            let until = raw.until.unwrap_or(today);
            let two_years = jiff::Span::new().years(2);
            let since = raw.since.or_else(|| until.checked_sub(two_years).ok());
            Source::Endpoint(EndpointArgs {
                url: url.string()?,
                pages: raw.pages.unwrap_or_else(|| "words-pages".into()),
                jurisdiction: raw.jurisdiction,
                since: since.unwrap_or(until),
                until,
                pause_seconds: raw.pause_seconds.unwrap_or(1),
            })
        }
        Err(values) if values.is_empty() && !raw.from.is_empty() => Source::Files(raw.from),
        _ => return Err("words needs either the address of an endpoint or --from PATH".into()),
    };
    Ok(Command::Words(WordsArgs {
        source,
        services: raw.services,
        out: raw.out.unwrap_or_else(|| "words.json".into()),
    }))
}

fn date(text: &str) -> Result<Date, lexopt::Error> {
    let problem = format!("{text} is no day; write it as 2026-10-01");
    text.parse().map_err(|_| problem.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> Result<Command, String> {
        let words = line.split_whitespace().map(OsString::from);
        parse(words, jiff::civil::date(2026, 10, 1))
    }

    #[test]
    fn an_endpoint_is_read_over_two_years_unless_told_otherwise() {
        let Ok(Command::Words(args)) = typed("frontdoor words https://city.example/v2") else {
            panic!("not understood")
        };
        let Source::Endpoint(endpoint) = args.source else {
            panic!("no endpoint")
        };
        assert_eq!(endpoint.since, jiff::civil::date(2024, 10, 1));
        assert_eq!(endpoint.until, jiff::civil::date(2026, 10, 1));
    }

    #[test]
    fn what_cannot_be_done_is_refused() {
        for line in [
            "frontdoor words",
            "frontdoor words https://city.example --from requests.json",
            "frontdoor words --since yesterday https://city.example",
            "frontdoor words-eval one.tsv",
            "frontdoor fly",
        ] {
            assert!(typed(line).is_err(), "{line}");
        }
    }
}
