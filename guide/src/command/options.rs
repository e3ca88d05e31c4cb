//! The command line, read once into one strict type.
//!
//! What cannot be right is refused here with a sentence, so that no other part has to check it.

use std::ffi::OsString;
use std::path::PathBuf;

use jiff::civil::Date;
use lexopt::prelude::*;

use super::{date, near};

pub(crate) const HELP: &str = "\
For those who write a city's guides.

    guide new ID [--dir DIR] [--languages en,es]
        begin a guide: writes DIR/ID.json and names it in DIR/index.json
    guide new --csv TABLE.csv [--dir DIR] [--force]
        make guides of a table, one row for each step
    guide check [DIR | FILE ...] [--services PATH] [--jargon FILE] [--today YYYY-MM-DD] [--json]
        say what does not fit, what is missing and what is hard to read
    guide preview DIR | FILE [--port N] [--widget DIR]
        show the guides in the widget, again after each save
    guide export DIR | FILE [--out DIR]
        write schema.org JSON-LD, one ID.jsonld for each guide
    guide index DIR
        write index.json anew from the guides
    guide schema guide | index
        print the JSON Schema, for an editor

    --dir DIR            the folder of the guides (default: this one)
    --languages TAGS     the languages of a new guide, the first one is written first (default en)
    --csv FILE           the table: UTF-8, with a line of headings; docs/guides.md lists them
    --force              overwrite guides that are there already
    --services PATH      the city's services, a JSON list or a folder of such files: checks their codes
    --jargon FILE        more words to avoid: {\"en\": {\"utilize\": \"use\"}}; null takes one off the list
    --today YYYY-MM-DD   check as on this day
    --json               print the findings as JSON
    --port N             where to listen on 127.0.0.1; 0 picks a free port (default 8312)
    --widget DIR         the folder with frontdoor.js (default dist)
    --out DIR            where to write (default: beside the guides)
    --help               this text

check ends with 1 if there are errors, with 0 if there are only warnings.";

#[derive(Debug)]
pub(crate) enum Command {
    New(New),
    Import(Import),
    Check(Check),
    Preview(Box<Preview>),
    Export(Export),
    Index(PathBuf),
    Schema(Shape),
    Help,
}

#[derive(Debug)]
pub(crate) struct New {
    pub(crate) id: String,
    pub(crate) folder: PathBuf,
    /// At least one; the first is the source.
    pub(crate) languages: Vec<String>,
    pub(crate) force: bool,
}

#[derive(Debug)]
pub(crate) struct Import {
    pub(crate) table: PathBuf,
    pub(crate) folder: PathBuf,
    pub(crate) force: bool,
}

#[derive(Debug)]
pub(crate) struct Check {
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) services: Option<PathBuf>,
    pub(crate) jargon: Option<PathBuf>,
    pub(crate) today: Date,
    pub(crate) json: bool,
}

#[derive(Debug)]
pub(crate) struct Preview {
    pub(crate) path: PathBuf,
    pub(crate) port: u16,
    pub(crate) widget: PathBuf,
}

#[derive(Debug)]
pub(crate) struct Export {
    pub(crate) path: PathBuf,
    pub(crate) out: Option<PathBuf>,
}

/// Which document a schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Guide,
    Index,
}

/// All options, before it is known which verb they are for.
#[derive(Default)]
struct Given {
    words: Vec<OsString>,
    dir: Option<PathBuf>,
    languages: Option<String>,
    csv: Option<PathBuf>,
    force: bool,
    services: Option<PathBuf>,
    jargon: Option<PathBuf>,
    today: Option<Date>,
    json: bool,
    port: Option<u16>,
    widget: Option<PathBuf>,
    out: Option<PathBuf>,
}

const VERBS: [&str; 6] = ["new", "check", "preview", "export", "index", "schema"];

pub(crate) fn read(words: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    read_words(lexopt::Parser::from_iter(words)).map_err(|error| error.to_string())
}

fn read_words(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let verb = match parser.next()? {
        Some(Value(verb)) => verb.string()?,
        Some(Long("help") | Short('h')) => return Ok(Command::Help),
        Some(other) => return Err(other.unexpected()),
        None => return Err(format!("name what to do: {}", VERBS.join(", ")).into()),
    };
    let mut given = Given::default();
    while let Some(word) = parser.next()? {
        let name = match &word {
            Long(name) => (*name).to_owned(),
            Short('h') => return Ok(Command::Help),
            _ => String::new(),
        };
        if let Value(value) = word {
            given.words.push(value);
        } else if name == "help" {
            return Ok(Command::Help);
        } else if options_of(&verb).contains(&name.as_str()) {
            given.take(&name, &mut parser)?;
        } else {
            return Err(word.unexpected());
        }
    }
    given.command(&verb)
}

/// The options that go with a verb.
fn options_of(verb: &str) -> &'static [&'static str] {
    match verb {
        "new" => &["dir", "languages", "csv", "force"],
        "check" => &["services", "jargon", "today", "json"],
        "preview" => &["port", "widget"],
        "export" => &["out"],
        _ => &[],
    }
}

impl Given {
    fn take(&mut self, name: &str, parser: &mut lexopt::Parser) -> Result<(), lexopt::Error> {
        match name {
            "force" => self.force = true,
            "json" => self.json = true,
            "dir" => self.dir = Some(parser.value()?.into()),
            "csv" => self.csv = Some(parser.value()?.into()),
            "services" => self.services = Some(parser.value()?.into()),
            "jargon" => self.jargon = Some(parser.value()?.into()),
            "widget" => self.widget = Some(parser.value()?.into()),
            "out" => self.out = Some(parser.value()?.into()),
            "languages" => self.languages = Some(parser.value()?.string()?),
            "port" => self.port = Some(parser.value()?.parse()?),
            _ => {
                let day = parser.value()?.string()?;
                let wrong = format!("{day} is no day; write it as 2026-10-01");
                self.today = Some(day.parse().map_err(|_| wrong)?);
            }
        }
        Ok(())
    }

    fn command(mut self, verb: &str) -> Result<Command, lexopt::Error> {
        match verb {
            "new" => self.new_guide(),
            "check" => {
                let paths = self.words.drain(..).map(PathBuf::from).collect();
                Ok(Command::Check(Check {
                    paths,
                    services: self.services,
                    jargon: self.jargon,
                    today: self.today.unwrap_or_else(date::today),
                    json: self.json,
                }))
            }
            "preview" => Ok(Command::Preview(Box::new(Preview {
                path: self.one("a folder of guides or one guide")?.into(),
                port: self.port.unwrap_or(8312),
                widget: self.widget.unwrap_or_else(|| "dist".into()),
            }))),
            "export" => Ok(Command::Export(Export {
                path: self.one("a folder of guides or one guide")?.into(),
                out: self.out,
            })),
            "index" => Ok(Command::Index(self.one("the folder of the guides")?.into())),
            "schema" => match self.one("guide or index")?.to_str() {
                Some("guide") => Ok(Command::Schema(Shape::Guide)),
                Some("index") => Ok(Command::Schema(Shape::Index)),
                _ => Err("there is a schema for guide and for index".into()),
            },
            "help" => Ok(Command::Help),
            other => {
                let remedy = near::did_you_mean(other, VERBS, "");
                Err(format!("{other} is nothing this can do. {remedy}").into())
            }
        }
    }

    fn new_guide(mut self) -> Result<Command, lexopt::Error> {
        let folder = self.dir.take().unwrap_or_else(|| ".".into());
        if let Some(table) = self.csv.take() {
            if !self.words.is_empty() || self.languages.is_some() {
                let wrong = "--csv goes with neither an ID nor --languages: the table has both";
                return Err(wrong.into());
            }
            return Ok(Command::Import(Import {
                table,
                folder,
                force: self.force,
            }));
        }
        let id = self
            .one("the ID of the guide, such as park-shelter")?
            .string()?;
        if !is_id(&id) {
            let wrong = format!(
                "“{id}” is no id: small letters a-z, digits and hyphens, such as park-shelter"
            );
            return Err(wrong.into());
        }
        if id == "index" {
            return Err("a guide cannot be called index: that is the file that lists them".into());
        }
        let tags = self.languages.take().unwrap_or_else(|| "en".into());
        let languages: Vec<String> = tags.split(',').map(|tag| tag.trim().to_owned()).collect();
        if let Some(odd) = languages.iter().find(|tag| !is_language(tag)) {
            let wrong = format!("“{odd}” is no language tag; write them as en,es,pt-BR");
            return Err(wrong.into());
        }
        Ok(Command::New(New {
            id,
            folder,
            languages,
            force: self.force,
        }))
    }

    /// The one word that has to stand after the verb.
    fn one(&mut self, what: &str) -> Result<OsString, lexopt::Error> {
        match (self.words.pop(), self.words.is_empty()) {
            (Some(word), true) => Ok(word),
            (Some(word), false) => {
                let wrong = format!("{} is one too many: name {what}", word.to_string_lossy());
                Err(wrong.into())
            }
            (None, _) => Err(format!("name {what}").into()),
        }
    }
}

/// Small letters, digits, hyphens: what is safe in a file name and in an address.
pub(crate) fn is_id(id: &str) -> bool {
    let ends = id.starts_with('-') || id.ends_with('-');
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !id.is_empty() && !ends && id.bytes().all(fits)
}

/// A tag as in BCP 47: two or three letters, and more after hyphens.
pub(crate) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_line(line: &str) -> Result<Command, String> {
        read(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn a_new_guide_is_english_and_stands_here_by_itself() {
        let Ok(Command::New(new)) = read_line("guide new park-shelter") else {
            panic!("the smallest command line was refused");
        };
        assert_eq!(new.folder, PathBuf::from("."));
        assert_eq!(new.languages, ["en"]);
    }

    #[test]
    fn check_takes_any_number_of_paths() {
        let Ok(Command::Check(check)) = read_line("guide check a.json b --today 2026-10-01") else {
            panic!("two paths were refused");
        };
        assert_eq!(check.paths.len(), 2);
        assert_eq!(check.today.to_string(), "2026-10-01");
    }

    #[test]
    fn a_wrong_command_line_is_refused_with_a_sentence_that_names_the_cause() {
        for (line, cause) in [
            ("guide", "name what to do"),
            ("guide chekc", "Did you mean “check”?"),
            ("guide new", "name the ID"),
            ("guide new Park_Shelter", "is no id"),
            ("guide new index", "cannot be called index"),
            (
                "guide new a --languages english",
                "“english” is no language tag",
            ),
            ("guide new a --csv t.csv", "goes with neither"),
            ("guide check --today soon", "soon is no day"),
            ("guide check --port 1", "--port"),
            ("guide preview", "name a folder"),
            ("guide preview a b", "b is one too many"),
            ("guide preview a --port 70000", "70000"),
            ("guide schema step", "for guide and for index"),
            ("guide index a --colour", "--colour"),
        ] {
            let Err(problem) = read_line(line) else {
                panic!("{line} was accepted")
            };
            assert!(problem.contains(cause), "{line}: {problem}");
        }
    }
}
