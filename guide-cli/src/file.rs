//! Reads a text or JSON file that an author named. Each error is a sentence with a remedy. Knows nothing of guides.

use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use json::{ParseError, ParseErrorKind, Value};

/// Larger files, in bytes, are refused. A guide of 300 steps in ten languages has about half of this. 1 to 10 MB is
/// sensible; a message below names the value.
const MAX_SIZE: u64 = 2_000_000;

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileError {
    /// What is wrong, without a full stop.
    pub(crate) problem: String,
    /// What to do, as a sentence.
    pub(crate) remedy: String,
}

impl FileError {
    pub(crate) fn new(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }

    /// The error on one line, with the file.
    pub(crate) fn at(&self, path: &Path) -> String {
        format!("{}: {}. {}", path.display(), self.problem, self.remedy)
    }
}

/// Reads a text file, without its byte order mark.
pub(crate) fn read_text(path: &Path) -> Result<String, FileError> {
    let bytes = read_bytes(path)?;
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(&error))?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map_or(text.clone(), str::to_owned))
}

/// Reads a JSON file.
pub(crate) fn read_json(path: &Path) -> Result<Value, FileError> {
    let text = read_text(path)?;
    json::parse(&text).map_err(|error| not_json(&text, error))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if metadata.is_dir() {
        let remedy = "Name a file, or a folder where one is asked for.";
        return Err(FileError::new("this is a folder, not a file", remedy));
    }
    if !metadata.is_file() {
        let remedy = "Name a file that is saved on disk.";
        return Err(FileError::new("this is not an ordinary file", remedy));
    }
    if metadata.len() > MAX_SIZE {
        return Err(too_large(metadata.len()));
    }
    let mut bytes = Vec::new();
    // The file may grow while it is being read.
    fs::File::open(path)
        .and_then(|file| file.take(MAX_SIZE + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(path, &error))?;
    match u64::try_from(bytes.len()) {
        Ok(size) if size <= MAX_SIZE => Ok(bytes),
        _ => Err(too_large(MAX_SIZE + 1)),
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> FileError {
    match error.kind() {
        ErrorKind::NotFound if path.is_symlink() => FileError::new(
            "this is a link to a file that is not there",
            "Put the file where the link points, or replace the link by the file.",
        ),
        ErrorKind::NotFound => FileError::new(
            "there is no such file",
            "Check the name, or put the file there.",
        ),
        ErrorKind::PermissionDenied => {
            FileError::new("it may not be read", "Give yourself the right to read it.")
        }
        _ => FileError::new(
            format!("it cannot be read: {error}"),
            "Check that it is an ordinary file on this machine.",
        ),
    }
}

fn too_large(size: u64) -> FileError {
    let tenths = size.div_ceil(100_000);
    FileError::new(
        format!(
            "it is too large: {}.{} MB, and 2 MB is the most",
            tenths / 10,
            tenths % 10
        ),
        "Check that it is the right file; split a guide that is so long.",
    )
}

fn not_utf8(error: &std::string::FromUtf8Error) -> FileError {
    if matches!(error.as_bytes(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        let remedy = "Save it again as UTF-8; in Excel choose “CSV UTF-8”.";
        return FileError::new("it is UTF-16", remedy);
    }
    let before = error.as_bytes().get(..error.utf8_error().valid_up_to());
    let line = before
        .unwrap_or_default()
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1;
    FileError::new(
        format!("it is not UTF-8 (first seen in line {line}); maybe it is Windows-1252"),
        "Save it again as UTF-8; in Excel choose “CSV UTF-8”.",
    )
}

fn not_json(text: &str, error: ParseError) -> FileError {
    let position = format!("line {}, column {}", error.line, error.column);
    if text.trim().is_empty() {
        return FileError::new("it is empty", "Put the guide in, or remove the file.");
    }
    let (problem, remedy) = match error.kind {
        ParseErrorKind::UnexpectedEnd => (
            format!("this is half a file: the JSON ends too early ({position})"),
            "Copy it again in full, or close what is still open: a quotation mark, } or ].",
        ),
        ParseErrorKind::ControlCharacter => (
            format!("a text goes on over the end of its line ({position})"),
            "Close the quotation mark before the end of the line, or write \\n for a new line.",
        ),
        ParseErrorKind::TooDeep => (
            format!(
                "the JSON is nested deeper than {} levels ({position})",
                json::DEPTH_LIMIT
            ),
            "Check for brackets that are opened again and again.",
        ),
        ParseErrorKind::TrailingCharacters => (
            format!("something follows the end of the JSON ({position})"),
            "Remove it, or put the brackets right: the first { must be closed last.",
        ),
        ParseErrorKind::UnexpectedCharacter => (
            format!(
                "this is not JSON ({position}): {}",
                unexpected(text, error.offset)
            ),
            "Mend it there; an editor that knows JSON marks the place.",
        ),
        kind => (
            format!("this is not JSON ({position}): {}", kind.words()),
            "Mend it there; an editor that knows JSON marks the place.",
        ),
    };
    FileError::new(problem, remedy)
}

/// What probably caused an unexpected character.
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

    fn error(text: &str) -> String {
        match json::parse(text) {
            Ok(_) => panic!("{text} is JSON"),
            Err(error) => not_json(text, error).problem,
        }
    }

    #[test]
    fn a_json_error_has_its_position_and_probable_cause() {
        for (text, problem) in [
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
            assert!(error(text).contains(problem), "{text}: {}", error(text));
        }
        assert!(error(&"[".repeat(1000)).contains("nested deeper than 64 levels"));
    }

    #[test]
    fn a_file_that_cannot_be_read_has_an_error_that_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            path
        };
        let problem = |path: &Path| read_json(path).unwrap_err().problem;
        assert_eq!(
            problem(&folder.path().join("no.json")),
            "there is no such file"
        );
        assert!(problem(folder.path()).contains("a folder"));
        assert!(problem(&write("latin.json", b"{\n\"a\": \"\xe9\"}")).contains("line 2"));
        let large = vec![b' '; 2_000_001];
        assert!(problem(&write("large.json", &large)).contains("2.1 MB, and 2 MB is the most"));
        let marked = write("marked.json", "\u{feff}{}".as_bytes());
        assert!(read_json(&marked).is_ok());
    }
}
