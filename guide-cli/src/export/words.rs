//! Texts as JSON-LD has them: values with a language, and properties that are left out when empty.

use guide::{Block, Rich, Text};
use serde_json::{Map, Value, json};

/// A node of the graph, property by property.
pub(super) struct Node(Map<String, Value>);

impl Node {
    pub(super) fn of(class: &str) -> Self {
        let mut fields = Map::new();
        fields.insert("@type".to_owned(), json!(class));
        Self(fields)
    }

    /// Adds a property; what is null or empty is left out.
    pub(super) fn with(mut self, name: &str, value: Value) -> Self {
        let is_empty = match &value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::String(text) => text.is_empty(),
            _ => false,
        };
        if !is_empty {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    pub(super) fn done(self) -> Value {
        Value::Object(self.0)
    }
}

/// A text: a string, or values with their languages.
pub(super) fn text(text: &Text) -> Value {
    let entries = text.entries().iter();
    values(entries.map(|(tag, words)| (tag.as_str(), words.clone())))
}

/// Blocks in each language as one text, a line for each.
pub(super) fn blocks(blocks: &[Block]) -> Value {
    let riches: Vec<&Rich> = blocks.iter().flat_map(parts).collect();
    let mut tags: Vec<&str> = Vec::new();
    for (tag, _) in riches.iter().flat_map(|rich| rich.entries()) {
        if !tags.contains(&tag.as_str()) {
            tags.push(tag);
        }
    }
    // What is for every language belongs to each.
    if tags.len() > 1 {
        tags.retain(|tag| !tag.is_empty());
    }
    values(tags.into_iter().map(|tag| {
        let lines = riches.iter().filter_map(|rich| plain(rich, tag));
        (tag, lines.collect::<Vec<_>>().join("\n"))
    }))
}

/// Words of the command itself.
pub(super) fn english(words: &str) -> Value {
    json!({"@value": words, "@language": "en"})
}

/// Whether a text says anything.
pub(super) fn some(text: &Text) -> bool {
    !text.is_empty()
}

fn parts(block: &Block) -> Vec<&Rich> {
    match block {
        Block::Paragraph(rich) => vec![rich],
        Block::List { items, .. } => items.iter().collect(),
    }
}

fn plain(rich: &Rich, language: &str) -> Option<String> {
    let mut entries = rich.entries().iter();
    let (_, spans) = entries.find(|(tag, _)| tag == language || tag.is_empty())?;
    let words: String = spans.iter().map(guide::Span::words).collect();
    (!words.trim().is_empty()).then_some(words)
}

fn values<'a>(entries: impl Iterator<Item = (&'a str, String)>) -> Value {
    let mut values: Vec<Value> = entries
        .filter(|(_, words)| !words.trim().is_empty())
        .map(|(tag, words)| match tag {
            "" => json!(words),
            tag => json!({"@value": words, "@language": tag}),
        })
        .collect();
    match values.len() {
        1 => values.remove(0),
        _ => Value::Array(values),
    }
}
