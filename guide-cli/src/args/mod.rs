//! Parses the command line into a [`Command`]. Invalid arguments are refused here, with a sentence that names the
//! cause, so that no other module has to validate them.

mod command;
mod raw;

use std::ffi::OsString;

use lexopt::prelude::*;

pub(crate) use command::{
    CheckArgs, Command, DocumentKind, ExportArgs, ImportArgs, NewArgs, PreviewArgs,
};
use raw::{RawArgs, SUBCOMMANDS, options_of};

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

/// Parses the arguments; the first one is the name of the program.
///
/// # Errors
/// A message that names the invalid argument.
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    parse_args(lexopt::Parser::from_iter(args)).map_err(|error| error.to_string())
}

fn parse_args(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let subcommand = match parser.next()? {
        Some(Value(subcommand)) => subcommand.string()?,
        Some(Long("help") | Short('h')) => return Ok(Command::Help),
        Some(other) => return Err(other.unexpected()),
        None => return Err(format!("name what to do: {}", SUBCOMMANDS.join(", ")).into()),
    };
    let mut raw = RawArgs::default();
    while let Some(arg) = parser.next()? {
        let option = match &arg {
            Long(option) => (*option).to_owned(),
            Short('h') => return Ok(Command::Help),
            _ => String::new(),
        };
        if let Value(value) = arg {
            raw.values.push(value);
        } else if option == "help" {
            return Ok(Command::Help);
        } else if options_of(&subcommand).contains(&option.as_str()) {
            raw.set_option(&option, &mut parser)?;
        } else {
            return Err(arg.unexpected());
        }
    }
    raw.into_command(&subcommand)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn parse_line(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn by_default_a_new_guide_is_english_and_in_the_current_folder() {
        let Ok(Command::New(new)) = parse_line("guide new park-shelter") else {
            panic!("the smallest command line was refused");
        };
        assert_eq!(new.folder, PathBuf::from("."));
        assert_eq!(new.languages, ["en"]);
    }

    #[test]
    fn check_accepts_several_paths() {
        let Ok(Command::Check(check)) = parse_line("guide check a.json b --today 2026-10-01")
        else {
            panic!("two paths were refused");
        };
        assert_eq!(check.paths.len(), 2);
        assert_eq!(check.today.to_string(), "2026-10-01");
    }

    #[test]
    fn invalid_arguments_are_refused_with_a_sentence_that_names_the_cause() {
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
            let Err(problem) = parse_line(line) else {
                panic!("{line} was accepted")
            };
            assert!(problem.contains(cause), "{line}: {problem}");
        }
    }
}
