//! Texts by language, from the cells of a row.

use guide::Text;
use json::Value;

use super::document::BlockDocument;
use super::report::{Cell, Report};
use super::rows::{Row, Table};

/// A cell with a text.
#[derive(Clone, Debug)]
pub(super) struct TextCell {
    /// The language of its column; empty for all languages.
    pub(super) language: String,
    pub(super) text: String,
    pub(super) cell: Cell,
}

/// The filled cells of a name's columns, in the order of the columns.
pub(super) fn cells(table: &Table, row: &Row, name: &str) -> Vec<TextCell> {
    let columns = table.columns.iter().filter(|column| column.name == name);
    columns
        .filter_map(|column| {
            let language = column.language.clone()?;
            let text = row.get(column).to_owned();
            let cell = row.cell(column);
            (!text.is_empty()).then_some(TextCell {
                language,
                text,
                cell,
            })
        })
        .collect()
}

/// A text by language; one for all languages replaces the others.
fn by_language<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Text {
    let mut entries = Vec::new();
    for (language, text) in texts {
        if language.is_empty() {
            return Text::plain(text);
        }
        entries.push((language.to_owned(), Value::from(text)));
    }
    Text::by_language(&entries).unwrap_or_default()
}

/// The cells as one text.
pub(super) fn text(cells: &[TextCell]) -> Text {
    let cells = cells.iter();
    by_language(cells.map(|cell| (cell.language.as_str(), cell.text.as_str())))
}

/// The cells as several texts, separated by `;`. Each language must have the same number.
pub(super) fn several(cells: &[TextCell], report: &mut Report) -> Vec<Text> {
    let parts: Vec<Vec<&str>> = cells.iter().map(|cell| split(&cell.text)).collect();
    let number = parts.first().map_or(0, Vec::len);
    for (cell, parts) in cells.iter().zip(&parts) {
        if parts.len() != number {
            let problem = format!("{} parts, but {number} in the first language", parts.len());
            let remedy = "Write the same number in each language, with “;” between them.";
            report.error(&cell.cell, &problem, remedy);
            return Vec::new();
        }
    }
    (0..number)
        .map(|index| {
            let languages = cells.iter().map(|cell| cell.language.as_str());
            let texts = parts.iter().filter_map(|parts| parts.get(index).copied());
            by_language(languages.zip(texts))
        })
        .collect()
}

/// The parts of a cell. An empty part between two separators keeps its position.
pub(super) fn split(text: &str) -> Vec<&str> {
    let text = text.trim().trim_end_matches(';');
    text.split(';').map(str::trim).collect()
}

/// The lines of a cell, each with whether it is an item of a list.
fn lines(text: &str) -> Vec<(bool, &str)> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let item = ["- ", "• ", "* "]
                .iter()
                .find_map(|bullet| line.strip_prefix(bullet));
            (item.is_some(), item.unwrap_or(line).trim())
        })
        .collect()
}

/// The cells as paragraphs and lists: each line is a paragraph, or an item if it starts with “-”. Each language must
/// have the same lines.
pub(super) fn blocks(cells: &[TextCell], report: &mut Report) -> Vec<BlockDocument> {
    let all: Vec<Vec<(bool, &str)>> = cells.iter().map(|cell| lines(&cell.text)).collect();
    let shape = |lines: &[(bool, &str)]| -> Vec<bool> {
        lines.iter().map(|(is_item, _)| *is_item).collect()
    };
    let first = all.first().map(|lines| shape(lines)).unwrap_or_default();
    for (cell, lines) in cells.iter().zip(&all) {
        if shape(lines) != first {
            let problem = format!(
                "{} lines, but {} in the first language",
                lines.len(),
                first.len()
            );
            let remedy = "Write the same lines in each language, with “-” before the same ones.";
            report.error(&cell.cell, &problem, remedy);
            return Vec::new();
        }
    }
    let mut blocks: Vec<BlockDocument> = Vec::new();
    for (index, is_item) in first.iter().enumerate() {
        let languages = cells.iter().map(|cell| cell.language.as_str());
        let texts = all
            .iter()
            .filter_map(|lines| lines.get(index))
            .map(|(_, text)| *text);
        let line = by_language(languages.zip(texts));
        match (is_item, blocks.last_mut()) {
            (true, Some(BlockDocument::List { list })) => list.push(line),
            (true, _) => blocks.push(BlockDocument::List { list: vec![line] }),
            (false, _) => blocks.push(BlockDocument::Paragraph(line)),
        }
    }
    blocks
}

/// Slugs end at the first word boundary after this many bytes. 20 to 60 keeps URLs short and ids readable.
const MAX_SLUG: usize = 40;

/// An id from a text: its letters without accents in lower case, digits, and hyphens. Empty if it has no such letters,
/// and cut at a word boundary after [`MAX_SLUG`] bytes.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.to_lowercase().chars() {
        match without_accent(letter) {
            Some(letter) => slug.push_str(letter),
            None if letter.is_ascii_alphanumeric() => slug.push(letter),
            None if slug.len() > MAX_SLUG => break,
            None if !slug.is_empty() && !slug.ends_with('-') && !matches!(letter, '\'' | '’') => {
                slug.push('-')
            }
            None => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// A letter without its accent, for the common languages of Europe and the Americas.
fn without_accent(letter: char) -> Option<&'static str> {
    Some(match letter {
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => "a",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'í' | 'ì' | 'î' | 'ï' => "i",
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => "o",
        'ú' | 'ù' | 'û' | 'ü' => "u",
        'ñ' => "n",
        'ç' => "c",
        'ß' => "ss",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_keeps_letters_and_digits() {
        for (text, expected) in [
            ("Photo ID", "photo-id"),
            ("  A driver’s license! ", "a-drivers-license"),
            ("Identificación: ¿cuál?", "identificacion-cual"),
            ("Straße 5", "strasse-5"),
            ("照片", ""),
        ] {
            assert_eq!(slug(text), expected);
        }
    }
}
