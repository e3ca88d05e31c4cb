//! Words in several languages, from cells that stand side by side.

use serde_json::{Map, Value, json};

use super::rows::{Row, Table};
use super::{Cell, Report};

/// A cell with words.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    /// Empty for every language.
    pub(crate) language: String,
    pub(crate) text: String,
    pub(crate) cell: Cell,
}

/// The cells with words under a name, in the order of the languages.
pub(crate) fn of(table: &Table, row: &Row, name: &str) -> Vec<Words> {
    let columns = table.columns.iter().filter(|column| column.name == name);
    columns
        .filter_map(|column| {
            let language = column.language.clone()?;
            let text = row.get(column).to_owned();
            let cell = row.cell(column);
            (!text.is_empty()).then_some(Words {
                language,
                text,
                cell,
            })
        })
        .collect()
}

/// A text of the guide: by language, or a string where there is none.
pub(crate) fn text<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    let mut by_language = Map::new();
    for (language, text) in words {
        if language.is_empty() {
            return json!(text);
        }
        by_language.insert(language.to_owned(), json!(text));
    }
    Value::Object(by_language)
}

/// A text of whole cells.
pub(crate) fn whole(words: &[Words]) -> Value {
    text(
        words
            .iter()
            .map(|one| (one.language.as_str(), one.text.as_str())),
    )
}

/// Several texts out of cells with `;` between them; each language has to have the same number.
pub(crate) fn several(words: &[Words], report: &mut Report) -> Vec<Value> {
    let parts: Vec<Vec<&str>> = words.iter().map(|one| split(&one.text)).collect();
    let number = parts.first().map_or(0, Vec::len);
    for (one, parts) in words.iter().zip(&parts) {
        if parts.len() != number {
            let wrong = format!("{} parts, but {number} in the first language", parts.len());
            let remedy = "Write the same number in each language, with “;” between them.";
            report.problem(&one.cell, &wrong, remedy);
            return Vec::new();
        }
    }
    (0..number)
        .map(|index| {
            let languages = words.iter().map(|one| one.language.as_str());
            let texts = parts.iter().filter_map(|parts| parts.get(index).copied());
            text(languages.zip(texts))
        })
        .collect()
}

/// The parts of a cell; an empty one between two signs keeps its place.
pub(crate) fn split(text: &str) -> Vec<&str> {
    let text = text.trim().trim_end_matches(';');
    text.split(';').map(str::trim).collect()
}

/// A line of a text: a paragraph, or a point of a list.
fn lines(text: &str) -> Vec<(bool, &str)> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let point = ["- ", "• ", "* "]
                .iter()
                .find_map(|sign| line.strip_prefix(sign));
            (point.is_some(), point.unwrap_or(line).trim())
        })
        .collect()
}

/// Paragraphs and lists: each line of a cell is one, and one that begins with “-” is a point of a list.
pub(crate) fn blocks(words: &[Words], report: &mut Report) -> Vec<Value> {
    let all: Vec<Vec<(bool, &str)>> = words.iter().map(|one| lines(&one.text)).collect();
    let shape =
        |lines: &[(bool, &str)]| -> Vec<bool> { lines.iter().map(|(point, _)| *point).collect() };
    let first = all.first().map(|lines| shape(lines)).unwrap_or_default();
    for (one, lines) in words.iter().zip(&all) {
        if shape(lines) != first {
            let wrong = format!(
                "{} lines, but {} in the first language",
                lines.len(),
                first.len()
            );
            let remedy = "Write the same lines in each language, with “-” before the same ones.";
            report.problem(&one.cell, &wrong, remedy);
            return Vec::new();
        }
    }
    let mut blocks: Vec<Value> = Vec::new();
    for (index, is_point) in first.iter().enumerate() {
        let languages = words.iter().map(|one| one.language.as_str());
        let texts = all
            .iter()
            .filter_map(|lines| lines.get(index))
            .map(|(_, text)| *text);
        let line = text(languages.zip(texts));
        let list = blocks.last_mut().and_then(|block| block.get_mut("list"));
        match (is_point, list.and_then(Value::as_array_mut)) {
            (true, Some(list)) => list.push(line),
            (true, None) => blocks.push(json!({"list": [line]})),
            (false, _) => blocks.push(line),
        }
    }
    blocks
}

/// An id made of words: small letters, digits and hyphens, as far as there are any.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.to_lowercase().chars() {
        match plain(letter) {
            Some(letter) => slug.push_str(letter),
            None if letter.is_ascii_alphanumeric() => slug.push(letter),
            None if slug.len() > 40 => break,
            None if !slug.is_empty() && !slug.ends_with('-') && !matches!(letter, '\'' | '’') => {
                slug.push('-')
            }
            None => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// A letter without its marks, as far as the languages of this continent and its neighbours have them.
fn plain(letter: char) -> Option<&'static str> {
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
    fn an_id_is_made_of_any_words() {
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
