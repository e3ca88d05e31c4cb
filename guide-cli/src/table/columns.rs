//! The headings of a table: which column is what, in which language.

use crate::names::is_language;
use crate::near::nearest;

use super::{Cell, Report};

/// Columns without a language.
const PLAIN: [&str; 11] = [
    "guide", "step", "who", "office", "usual", "most", "fee", "action", "currency", "reviewed",
    "optional",
];

/// Columns of words, a language after each; without one for every language.
const WORDS: [&str; 11] = [
    "topic",
    "title",
    "summary",
    "output",
    "keywords",
    "step",
    "text",
    "fee title",
    "bring",
    "without",
    "action",
];

/// What a column has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its place in the line, counted from 0.
    pub(crate) at: usize,
    /// As it was written.
    pub(crate) heading: String,
    /// One of `PLAIN` or `WORDS`.
    pub(crate) name: &'static str,
    /// The language of words; empty for every language; None where there are no words.
    pub(crate) language: Option<String>,
}

/// The columns that are known. The others are told.
pub(crate) fn read(headings: &[&str], line: u64, report: &mut Report) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        let cell = Cell {
            line,
            heading: (*heading).to_owned(),
            column: at,
        };
        if heading.trim().is_empty() {
            continue;
        }
        let Some(column) = column(at, heading) else {
            let wrong = "nothing here is called so, and the column was left out";
            let known = PLAIN.iter().chain(&WORDS).copied();
            let remedy = nearest(&base(heading), known).map_or_else(
                || "See the headings in docs/guides.md.".to_owned(),
                |near| format!("Did you mean “{near}”?"),
            );
            report.remark(&cell, wrong, &remedy);
            continue;
        };
        let same = |known: &&Column| known.name == column.name && known.language == column.language;
        if let Some(first) = columns.iter().find(same) {
            let wrong = format!(
                "this column is there twice, first in column {}",
                letters(first.at)
            );
            report.problem(&cell, &wrong, "Remove one, or put both together.");
        } else {
            columns.push(column);
        }
    }
    columns
}

/// All languages, in the order of the columns: the first is the source.
pub(crate) fn languages(columns: &[Column]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for language in columns.iter().filter_map(|column| column.language.clone()) {
        if !language.is_empty() && !found.contains(&language) {
            found.push(language);
        }
    }
    found
}

fn column(at: usize, heading: &str) -> Option<Column> {
    let found = |name: &'static str, language: Option<String>| Column {
        at,
        heading: heading.trim().to_owned(),
        name,
        language,
    };
    let name = simple(heading);
    if let Some(name) = PLAIN.iter().find(|known| **known == name) {
        return Some(found(name, None));
    }
    if let Some(name) = WORDS.iter().find(|known| **known == name) {
        return Some(found(name, Some(String::new())));
    }
    let (words, tag) = name.rsplit_once(' ')?;
    let name = WORDS.iter().find(|known| **known == words)?;
    is_language(tag).then(|| found(name, Some(written_tag(heading, tag))))
}

/// The heading without its language.
fn base(heading: &str) -> String {
    let name = simple(heading);
    match name.rsplit_once(' ') {
        Some((words, tag)) if is_language(tag) => words.to_owned(),
        _ => name,
    }
}

/// Small letters and single spaces; `title_en`, `title (en)` and `Title: EN` are meant the same.
fn simple(heading: &str) -> String {
    let plain = heading
        .to_lowercase()
        .replace(['_', '(', ')', '[', ']', ':'], " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tag with its capitals, as in `pt-BR`; a language alone is written small.
fn written_tag(heading: &str, tag: &str) -> String {
    let lower = heading.to_lowercase();
    let at = lower.rfind(tag);
    let written = at.and_then(|at| heading.get(at..at + tag.len()));
    match written {
        Some(written) if written.contains('-') => written.to_owned(),
        _ => tag.to_owned(),
    }
}

/// The column's letters in a spreadsheet: A, B, … Z, AA.
pub(crate) fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_understood_as_people_write_it() {
        for (heading, expected) in [
            ("guide", Some(("guide", None))),
            (" Title EN ", Some(("title", Some("en")))),
            ("title_es", Some(("title", Some("es")))),
            ("Fee title (pt-BR)", Some(("fee title", Some("pt-BR")))),
            ("step", Some(("step", None))),
            ("step en", Some(("step", Some("en")))),
            ("text", Some(("text", Some("")))),
            ("who en", None),
            ("title english", None),
            ("notes", None),
        ] {
            let found = column(0, heading);
            let found = found
                .as_ref()
                .map(|column| (column.name, column.language.as_deref()));
            assert_eq!(found, expected, "{heading}");
        }
    }

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        for (column, expected) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")] {
            assert_eq!(letters(column), expected);
        }
    }
}
