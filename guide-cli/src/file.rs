//! Reads a file that a person named or saved: how large it may be, whether it is text, whether it is
//! JSON and where not. Each fault is a sentence with a remedy; it knows nothing of guides.

use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use json::Value;
use json::{ParseError, ParseErrorKind};

/// The largest file that is read, in bytes: a guide of 300 steps in ten languages has half of it.
pub(crate) const LIMIT: u64 = 2_000_000;

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// What is wrong, without a full stop.
    pub(crate) wrong: String,
    /// What to do, a whole sentence.
    pub(crate) remedy: String,
}

impl Fault {
    pub(crate) fn new(wrong: impl Into<String>, remedy: impl Into<String>) -> Self {
        let (wrong, remedy) = (wrong.into(), remedy.into());
        Self { wrong, remedy }
    }

    /// One line, naming the file.
    pub(crate) fn line(&self, path: &Path) -> String {
        format!("{}: {}. {}", path.display(), self.wrong, self.remedy)
    }
}

/// The text of a file, without a byte order mark.
pub(crate) fn read_text(path: &Path) -> Result<String, Fault> {
    let bytes = read_bytes(path)?;
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(&error))?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map_or(text.clone(), str::to_owned))
}

/// A file of JSON.
pub(crate) fn read_json(path: &Path) -> Result<Value, Fault> {
    let text = read_text(path)?;
    json::parse(&text).map_err(|error| not_json(&text, error))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Fault> {
    let about = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if about.is_dir() {
        let remedy = "Name a file, or a folder where one is asked for.";
        return Err(Fault::new("this is a folder, not a file", remedy));
    }
    if !about.is_file() {
        let remedy = "Name a file that is saved on disk.";
        return Err(Fault::new("this is not an ordinary file", remedy));
    }
    if about.len() > LIMIT {
        return Err(too_large(about.len()));
    }
    let mut bytes = Vec::new();
    // The file may grow while it is read.
    fs::File::open(path)
        .and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(path, &error))?;
    match u64::try_from(bytes.len()) {
        Ok(size) if size <= LIMIT => Ok(bytes),
        _ => Err(too_large(LIMIT + 1)),
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    match error.kind() {
        ErrorKind::NotFound if path.is_symlink() => Fault::new(
            "this is a link to a file that is not there",
            "Put the file where the link points, or replace the link by the file.",
        ),
        ErrorKind::NotFound => Fault::new(
            "there is no such file",
            "Check the name, or put the file there.",
        ),
        ErrorKind::PermissionDenied => {
            Fault::new("it may not be read", "Give yourself the right to read it.")
        }
        _ => Fault::new(
            format!("it cannot be read: {error}"),
            "Check that it is an ordinary file on this machine.",
        ),
    }
}

fn too_large(size: u64) -> Fault {
    let tenths = size.div_ceil(100_000);
    Fault::new(
        format!(
            "it is too large: {}.{} MB, and 2 MB is the most",
            tenths / 10,
            tenths % 10
        ),
        "Check that it is the right file; split a guide that is so long.",
    )
}

fn not_utf8(error: &std::string::FromUtf8Error) -> Fault {
    if matches!(error.as_bytes(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        let remedy = "Save it again as UTF-8; in Excel choose “CSV UTF-8”.";
        return Fault::new("it is UTF-16", remedy);
    }
    let before = error.as_bytes().get(..error.utf8_error().valid_up_to());
    let line = before
        .unwrap_or_default()
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1;
    Fault::new(
        format!("it is not UTF-8 (first seen in line {line}); maybe it is Windows-1252"),
        "Save it again as UTF-8; in Excel choose “CSV UTF-8”.",
    )
}

fn not_json(text: &str, error: ParseError) -> Fault {
    let place = format!("line {}, column {}", error.line, error.column);
    if text.trim().is_empty() {
        return Fault::new("it is empty", "Put the guide in, or remove the file.");
    }
    let (wrong, remedy) = match error.kind {
        ParseErrorKind::UnexpectedEnd => (
            format!("this is half a file: the JSON ends too early ({place})"),
            "Copy it again in full, or close what is still open: a quotation mark, } or ].",
        ),
        ParseErrorKind::ControlCharacter => (
            format!("a text goes on over the end of its line ({place})"),
            "Close the quotation mark before the end of the line, or write \\n for a new line.",
        ),
        ParseErrorKind::TooDeep => (
            format!(
                "the JSON is nested deeper than {} levels ({place})",
                json::DEPTH_LIMIT
            ),
            "Check for brackets that are opened again and again.",
        ),
        ParseErrorKind::TrailingCharacters => (
            format!("something follows the end of the JSON ({place})"),
            "Remove it, or put the brackets right: the first { must be closed last.",
        ),
        ParseErrorKind::UnexpectedCharacter => (
            format!(
                "this is not JSON ({place}): {}",
                unexpected(text, error.offset)
            ),
            "Mend it there; an editor that knows JSON marks the place.",
        ),
        kind => (
            format!("this is not JSON ({place}): {}", kind.words()),
            "Mend it there; an editor that knows JSON marks the place.",
        ),
    };
    Fault::new(wrong, remedy)
}

/// What a person probably did to have this character stand there.
fn unexpected(text: &str, offset: usize) -> String {
    let (before, after) = text.split_at_checked(offset).unwrap_or((text, ""));
    let found = after.chars().next().unwrap_or(' ');
    let last = before.trim_end().chars().next_back().unwrap_or(' ');
    match found {
        '}' | ']' if last == ',' => format!("there is a comma before “{found}”"),
        '"' => "a comma or a colon is missing before this text".into(),
        '“' | '”' | '„' | '«' => "the quotation marks are not straight (\")".into(),
        '\'' => "the quotation marks are single ones (\" is needed)".into(),
        '/' | '#' => "JSON has no comments".into(),
        _ => format!("unexpected “{found}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        match json::parse(text) {
            Ok(_) => panic!("{text} is JSON"),
            Err(error) => not_json(text, error).wrong,
        }
    }

    #[test]
    fn a_fault_in_the_json_names_line_column_and_what_was_probably_done() {
        for (text, wrong) in [
            ("", "it is empty"),
            (" \n", "it is empty"),
            (
                "{\"id\": \"a\",\n \"ti",
                "half a file: the JSON ends too early (line 2, column 5)",
            ),
            (
                "{\"id\": \"a\",\n}",
                "(line 2, column 1): there is a comma before “}”",
            ),
            (
                "{\"id\": \"a\"\n \"b\": 1}",
                "a comma or a colon is missing",
            ),
            ("{“id”: 1}", "not straight"),
            ("{'id': 1}", "single ones"),
            ("{\"id\": 1 // the id\n}", "JSON has no comments"),
            ("{\"id\": \"a\nb\"}", "over the end of its line"),
            ("{} {}", "something follows"),
            ("{\"id\": 01}", "not a number"),
        ] {
            assert!(fault(text).contains(wrong), "{text}: {}", fault(text));
        }
        assert!(fault(&"[".repeat(1000)).contains("nested deeper than 64 levels"));
    }

    #[test]
    fn a_file_that_cannot_be_used_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            path
        };
        let wrong = |path: &Path| read_json(path).unwrap_err().wrong;
        assert_eq!(
            wrong(&folder.path().join("no.json")),
            "there is no such file"
        );
        assert!(wrong(folder.path()).contains("a folder"));
        assert!(wrong(&write("latin.json", b"{\n\"a\": \"\xe9\"}")).contains("line 2"));
        let large = vec![b' '; 2_000_001];
        assert!(wrong(&write("large.json", &large)).contains("2.1 MB, and 2 MB is the most"));
        let marked = write("marked.json", "\u{feff}{}".as_bytes());
        assert!(read_json(&marked).is_ok());
    }
}
