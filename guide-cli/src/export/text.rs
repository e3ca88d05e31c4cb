//! Converts texts of guides to texts of schema.org.

use guide::{Block, Rich, Text};

use super::schema_org::{LocalizedText, TextValue};

/// A text in all its languages.
pub(super) fn text(text: &Text) -> LocalizedText {
    let entries = text.entries().iter();
    localized(entries.map(|(tag, text)| (tag.as_str(), text.clone())))
}

/// Blocks as one text in each language, with a line for each paragraph and item.
pub(super) fn blocks(blocks: &[Block]) -> LocalizedText {
    let lines: Vec<&Rich> = blocks.iter().flat_map(lines_of).collect();
    let mut tags: Vec<&str> = Vec::new();
    for (tag, _) in lines.iter().flat_map(|line| line.entries()) {
        if !tags.contains(&tag.as_str()) {
            tags.push(tag);
        }
    }
    // A line for all languages is part of the text in each language.
    if tags.len() > 1 {
        tags.retain(|tag| !tag.is_empty());
    }
    localized(tags.into_iter().map(|tag| {
        let lines = lines.iter().filter_map(|line| plain_text(line, tag));
        (tag, lines.collect::<Vec<_>>().join("\n"))
    }))
}

/// A text that this command composed.
pub(super) fn english(text: String) -> LocalizedText {
    localized([("en", text)].into_iter())
}

fn lines_of(block: &Block) -> Vec<&Rich> {
    match block {
        Block::Paragraph(rich) => vec![rich],
        Block::List { items, .. } => items.iter().collect(),
    }
}

fn plain_text(rich: &Rich, language: &str) -> Option<String> {
    let mut entries = rich.entries().iter();
    let (_, spans) = entries.find(|(tag, _)| tag == language || tag.is_empty())?;
    let text: String = spans.iter().map(guide::Span::words).collect();
    (!text.trim().is_empty()).then_some(text)
}

fn localized<'a>(entries: impl Iterator<Item = (&'a str, String)>) -> LocalizedText {
    let values = entries
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(tag, text)| match tag {
            "" => TextValue::Plain(text),
            tag => TextValue::InLanguage {
                value: text,
                language: tag.to_owned(),
            },
        });
    LocalizedText(values.collect())
}
