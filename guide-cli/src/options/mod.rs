//! The command line, read once into one strict type.
//!
//! What cannot be right is refused here with a sentence, so that no other part has to check it.

mod given;

use std::ffi::OsString;
use std::path::PathBuf;

use jiff::civil::Date;
use lexopt::prelude::*;

use given::{Given, options_of};

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
