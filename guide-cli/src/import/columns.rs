//! The headings of a table: the meaning and the language of each column.

use crate::ids::is_language_tag;
use crate::suggest::nearest;

use super::report::{Cell, Report, column_letters};

/// Columns without a language.
const PLAIN: [&str; 11] = [
    "guide", "step", "who", "office", "usual", "most", "fee", "action", "currency", "reviewed",
    "optional",
];

/// Columns with texts, followed by a language; without one they are for all languages.
const TEXTS: [&str; 11] = [
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

/// A column whose heading is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Its position in the line, counted from 0.
    pub(super) index: usize,
    /// The heading as written.
    pub(super) heading: String,
    /// A name of [`PLAIN`] or [`TEXTS`].
    pub(super) name: &'static str,
    /// The language of a text column, empty for all languages; `None` for other columns.
    pub(super) language: Option<String>,
}

/// The known columns. Unknown and repeated ones are reported.
pub(super) fn read(headings: &[&str], line: u64, report: &mut Report) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        let cell = Cell {
            line,
            heading: (*heading).to_owned(),
            column: index,
        };
        if heading.trim().is_empty() {
            continue;
        }
        let Some(column) = column(index, heading) else {
            let problem = "nothing here is called so, and the column was left out";
            let known = PLAIN.iter().chain(&TEXTS).copied();
            let remedy = nearest(&base_name(heading), known).map_or_else(
                || "See the headings in docs/guides.md.".to_owned(),
                |near| format!("Did you mean “{near}”?"),
            );
            report.warning(&cell, problem, &remedy);
            continue;
        };
        let same = |known: &&Column| known.name == column.name && known.language == column.language;
        if let Some(first) = columns.iter().find(same) {
            let problem = format!(
                "this column is there twice, first in column {}",
                column_letters(first.index)
            );
            report.error(&cell, &problem, "Remove one, or put both together.");
        } else {
            columns.push(column);
        }
    }
    columns
}

/// All languages in the order of the columns. The first one is the language in which the guide was written first.
pub(super) fn languages(columns: &[Column]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for language in columns.iter().filter_map(|column| column.language.clone()) {
        if !language.is_empty() && !found.contains(&language) {
            found.push(language);
        }
    }
    found
}

fn column(index: usize, heading: &str) -> Option<Column> {
    let found = |name: &'static str, language: Option<String>| Column {
        index,
        heading: heading.trim().to_owned(),
        name,
        language,
    };
    let name = normalize(heading);
    if let Some(name) = PLAIN.iter().find(|known| **known == name) {
        return Some(found(name, None));
    }
    if let Some(name) = TEXTS.iter().find(|known| **known == name) {
        return Some(found(name, Some(String::new())));
    }
    let (base, tag) = name.rsplit_once(' ')?;
    let name = TEXTS.iter().find(|known| **known == base)?;
    is_language_tag(tag).then(|| found(name, Some(written_tag(heading, tag))))
}

/// The heading without its language.
fn base_name(heading: &str) -> String {
    let name = normalize(heading);
    match name.rsplit_once(' ') {
        Some((base, tag)) if is_language_tag(tag) => base.to_owned(),
        _ => name,
    }
}

/// The heading in lower case with single spaces: `title_en`, `title (en)` and `Title: EN` are the same.
fn normalize(heading: &str) -> String {
    let plain = heading
        .to_lowercase()
        .replace(['_', '(', ')', '[', ']', ':'], " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tag as written, as in `pt-BR`; in lower case if it has no subtags.
fn written_tag(heading: &str, tag: &str) -> String {
    let lower = heading.to_lowercase();
    let start = lower.rfind(tag);
    let written = start.and_then(|start| heading.get(start..start + tag.len()));
    match written {
        Some(written) if written.contains('-') => written.to_owned(),
        _ => tag.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_recognized_as_people_write_them() {
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
}
