//! Texts in a city's config and guides: one text for all languages or one for each, optionally with links and
//! emphasis, in paragraphs and lists. Never markup.

use json::{Fields, Node, Value};

/// A text for all languages or by language: `"Parks"`, or `{"en": "Parks", "es": "Parques"}`. A tag with `-t-`, such
/// as `vi-t-en` (RFC 6497), marks a machine translation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(transparent))]
pub struct Text(
    #[cfg_attr(feature = "schema", schemars(with = "shape::Text"))] Vec<(String, String)>,
);

/// A text with links and emphasis, for all languages or by language: a string or a list of spans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(transparent))]
pub struct Rich(
    #[cfg_attr(feature = "schema", schemars(with = "shape::Rich"))] Vec<(String, Vec<Span>)>,
);

/// A piece of rich text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Plain text.
    Words(String),
    /// Emphasized text.
    Emphasis(String),
    /// A link: its text and its target.
    Link(String, Target),
}

/// The target of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A URL as written; see [`crate::safe_address`].
    Address(String),
    /// Another guide, by its id.
    Guide(String),
    /// The form of a service, by its code.
    Service(String),
    /// A telephone number.
    Phone(String),
}

/// A paragraph or a list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "shape::Block"))]
pub enum Block {
    /// A paragraph.
    Paragraph(Rich),
    /// A list; numbered if the order matters.
    List { is_numbered: bool, items: Vec<Rich> },
}

/// A text that was selected for a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Translation<'a, W: ?Sized> {
    /// The text.
    pub text: &'a W,
    /// Its language (BCP 47); empty for a text for all languages.
    pub tag: &'a str,
}

impl<W: ?Sized> Translation<'_, W> {
    /// True if it is a machine translation.
    pub fn is_machine_made(&self) -> bool {
        is_machine_made(self.tag)
    }

    /// True if it is in this language, whatever the region, or for all languages.
    pub fn is_in(&self, language: &str) -> bool {
        self.tag.is_empty() || primary(self.tag).eq_ignore_ascii_case(primary(language))
    }
}

/// True for the language tag of a machine translation, such as `vi-t-en` (RFC 6497).
pub fn is_machine_made(tag: &str) -> bool {
    tag.contains("-t-")
}

/// The primary language of a tag, without its region: `pt` for `pt-BR`.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// The index of the best tag for `language`: that tag; or its primary language; or the same language in another
/// region or as a machine translation; or all languages; or `source`; or English; or the first.
fn best_match(tags: &[&str], language: &str, source: &str) -> usize {
    let named = |wanted: &str| tags.iter().position(|tag| tag.eq_ignore_ascii_case(wanted));
    let own = primary(language);
    let related = || {
        tags.iter()
            .position(|tag| primary(tag).eq_ignore_ascii_case(own))
    };
    named(language)
        .or_else(|| named(own))
        .or_else(related)
        .or_else(|| named(""))
        .or_else(|| named(source))
        .or_else(|| named("en"))
        .unwrap_or_default()
}

/// Extends [`Fields`] by the types of this module.
pub trait ReadText {
    /// A text for all languages or by language; empty if absent.
    fn text(&self, key: &'static str) -> Text;
    /// A rich text for all languages or by language; empty if absent.
    fn rich(&self, key: &'static str) -> Rich;
    /// Paragraphs and lists; empty if absent.
    fn blocks(&self, key: &'static str) -> Vec<Block>;
    /// A list of texts; empty if absent.
    fn texts(&self, key: &'static str) -> Vec<Text>;
}

impl ReadText for Fields<'_> {
    #[inline(never)]
    fn text(&self, key: &'static str) -> Text {
        self.get(key)
            .map(|node| Text::read(&node))
            .unwrap_or_default()
    }

    #[inline(never)]
    fn rich(&self, key: &'static str) -> Rich {
        self.get(key)
            .map(|node| Rich::read(&node))
            .unwrap_or_default()
    }

    #[inline(never)]
    fn blocks(&self, key: &'static str) -> Vec<Block> {
        self.get(key)
            .map(|node| Block::read_all(&node))
            .unwrap_or_default()
    }

    fn texts(&self, key: &'static str) -> Vec<Text> {
        self.list(key, |node| Some(Text::read(&node)))
    }
}

impl Text {
    /// Reads a text for all languages or by language.
    pub fn read(node: &Node) -> Self {
        let text = match node.value() {
            Value::Text(words) => Some(Self::plain(words)),
            Value::Map(entries) => Self::by_language(entries),
            _ => None,
        };
        text.unwrap_or_else(|| {
            node.expected("a text, or an object of texts by language");
            Self::default()
        })
    }

    /// The same text for all languages.
    pub fn plain(words: &str) -> Self {
        Self(vec![(String::new(), words.to_owned())])
    }

    /// Texts by language tag; `None` if one of them is not a string.
    pub fn by_language(entries: &[(String, Value)]) -> Option<Self> {
        let mut texts = Vec::with_capacity(entries.len());
        for (tag, words) in entries {
            let Value::Text(words) = words else {
                return None;
            };
            texts.push((tag.clone(), words.clone()));
        }
        Some(Self(texts))
    }

    /// The text for `language` or the best substitute; see [`Text::find`]. Empty if there is none.
    pub fn get(&self, language: &str) -> &str {
        self.find(language, "en").map_or("", |found| found.text)
    }

    /// The text for `language` or the best substitute: the same language in another region, a machine translation,
    /// a text for all languages, or the text in the `source` language. `None` if there is no text.
    ///
    /// ```
    /// use json::Value;
    ///
    /// let texts = [("en".into(), Value::from("Dog")), ("es".into(), Value::from("Perro"))];
    /// let text = guide::Text::by_language(&texts).unwrap();
    /// assert_eq!(text.find("es-MX", "en").unwrap().text, "Perro");
    /// assert_eq!(text.find("fr", "en").unwrap().tag, "en");
    /// ```
    pub fn find<'a>(&'a self, language: &str, source: &str) -> Option<Translation<'a, str>> {
        let tags: Vec<&str> = self.0.iter().map(|(tag, _)| tag.as_str()).collect();
        let (tag, text) = self.0.get(best_match(&tags, language, source))?;
        Some(Translation { text, tag })
    }

    /// The texts of all languages, for search.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, words)| words.as_str())
    }

    /// Tags and texts, in document order; the tag is empty for all languages.
    pub fn entries(&self) -> &[(String, String)] {
        &self.0
    }

    /// Splits off the text under a key that is not a language.
    pub fn apart(mut self, key: &str) -> (Option<String>, Self) {
        let index = self.0.iter().position(|(tag, _)| tag == key);
        let text = index.map(|index| self.0.remove(index).1);
        (text, self)
    }

    /// True if the text is blank in every language.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, words)| words.trim().is_empty())
    }
}

impl Rich {
    /// Reads a rich text for all languages or by language.
    pub fn read(node: &Node) -> Self {
        match node.value() {
            Value::Map(entries) => {
                let read = |(tag, value): &(String, Value)| {
                    let spans = Span::read_all(&node.inside(tag, value));
                    (tag.clone(), spans)
                };
                Self(entries.iter().map(read).collect())
            }
            _ => Self(vec![(String::new(), Span::read_all(node))]),
        }
    }

    /// The spans for `language` or the best substitute; see [`Text::find`].
    pub fn find<'a>(&'a self, language: &str, source: &str) -> Option<Translation<'a, [Span]>> {
        let tags: Vec<&str> = self.0.iter().map(|(tag, _)| tag.as_str()).collect();
        let (tag, text) = self.0.get(best_match(&tags, language, source))?;
        Some(Translation { text, tag })
    }

    /// Tags and spans, in document order; the tag is empty for all languages.
    pub fn entries(&self) -> &[(String, Vec<Span>)] {
        &self.0
    }

    /// True if the text is blank in every language.
    pub fn is_empty(&self) -> bool {
        self.0
            .iter()
            .all(|(_, spans)| spans.iter().all(|span| span.words().trim().is_empty()))
    }
}

impl Span {
    fn read_all(node: &Node) -> Vec<Self> {
        match node.value() {
            Value::Text(words) => vec![Self::Words(words.clone())],
            Value::List(_) => {
                let items = node.items();
                items.into_iter().filter_map(Self::read).collect()
            }
            _ => {
                node.expected(
                    "words, a list of words and links, or an object of these by language",
                );
                Vec::new()
            }
        }
    }

    pub(crate) fn read(node: Node) -> Option<Self> {
        if let Value::Text(words) = node.value() {
            return Some(Self::Words(words.clone()));
        }
        let odd = node.value().get("emphasis").is_none() && node.value().get("text").is_none();
        if odd {
            node.expected(
                "words, {\"emphasis\": …}, or {\"text\": …} with one of link, guide, service, phone",
            );
            return None;
        }
        node.object(|fields| {
            if let Some(words) = fields.string("emphasis") {
                return Some(Self::Emphasis(words));
            }
            let words = fields.required("text");
            let target = Target::read(fields);
            if target.is_none() {
                fields.expected("text", "beside one of link, guide, service, phone");
            }
            Some(match target {
                Some(target) => Self::Link(words, target),
                None => Self::Words(words),
            })
        })
    }

    /// The text of the span, without its link or emphasis.
    pub fn words(&self) -> &str {
        match self {
            Self::Words(words) | Self::Emphasis(words) | Self::Link(words, _) => words,
        }
    }
}

impl Target {
    fn read(fields: &Fields) -> Option<Self> {
        let address = fields.string("link").map(Self::Address);
        let guide = fields.string("guide").map(Self::Guide);
        let service = fields.string("service").map(Self::Service);
        let phone = fields.string("phone").map(Self::Phone);
        address.or(guide).or(service).or(phone)
    }
}

impl Block {
    /// Reads blocks; a single paragraph does not need a list around it.
    pub fn read_all(node: &Node) -> Vec<Self> {
        match node.value() {
            // A list is always a list of blocks: it cannot be distinguished from the spans of one paragraph.
            Value::List(_) => {
                let items = node.items();
                items.into_iter().filter_map(Self::read).collect()
            }
            _ => vec![Self::Paragraph(Rich::read(node))],
        }
    }

    pub(crate) fn read(node: Node) -> Option<Self> {
        let Value::Map(entries) = node.value() else {
            return Some(Self::Paragraph(Rich::read(&node)));
        };
        let Some((key, value)) = entries.first() else {
            node.expected("a block that is not empty");
            return None;
        };
        let inside = node.inside(key, value);
        let list = |is_numbered| {
            let items = inside.items();
            let items = items.iter().map(Rich::read).collect();
            Some(Self::List { is_numbered, items })
        };
        match key.as_str() {
            "paragraph" => Some(Self::Paragraph(Rich::read(&inside))),
            "list" => list(false),
            "numbered" => list(true),
            tag if is_language(tag) => Some(Self::Paragraph(Rich::read(&node))),
            _ => {
                node.expected("a text by language, or one of paragraph, list, numbered");
                None
            }
        }
    }
}

/// True for a tag of two or three letters, alone or before a hyphen.
pub(crate) fn is_language(tag: &str) -> bool {
    let first = primary(tag);
    (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The shapes of these types in a document, for the JSON Schema.
#[cfg(feature = "schema")]
mod shape {
    #![allow(dead_code, reason = "only their schema is used")]
    use schemars::JsonSchema;
    use std::collections::BTreeMap;

    /// A string, or a string for each language.
    #[derive(JsonSchema)]
    #[schemars(untagged)]
    pub(super) enum Text {
        /// The same text for all languages.
        One(String),
        /// Text by language tag (BCP 47), such as `en` or `pt-BR`; `vi-t-en` for a machine translation.
        ByLanguage(BTreeMap<String, String>),
    }

    /// A string or spans, for all languages or by language.
    #[derive(JsonSchema)]
    #[schemars(untagged)]
    pub(super) enum Rich {
        /// The same text for all languages.
        One(Spans),
        /// Text by language tag (BCP 47), such as `en` or `pt-BR`; `vi-t-en` for a machine translation.
        ByLanguage(BTreeMap<String, Spans>),
    }

    #[derive(JsonSchema)]
    #[schemars(untagged)]
    pub(super) enum Spans {
        /// Plain text.
        Words(String),
        /// A sequence of text, emphasis and links.
        Many(Vec<Span>),
    }

    #[derive(JsonSchema)]
    #[schemars(untagged, deny_unknown_fields)]
    pub(super) enum Span {
        /// Plain text.
        Words(String),
        /// Emphasized text.
        Emphasis { emphasis: String },
        /// A link to a URL.
        Link { text: String, link: String },
        /// A link to another guide, by its id.
        Guide { text: String, guide: String },
        /// A link to the form of a service, by its code.
        Service { text: String, service: String },
        /// A link that calls a telephone number.
        Phone { text: String, phone: String },
    }

    /// A paragraph or a list.
    #[derive(JsonSchema)]
    #[schemars(untagged, deny_unknown_fields)]
    pub(super) enum Block {
        /// A list.
        List { list: Vec<super::Rich> },
        /// A list whose order matters.
        Numbered { numbered: Vec<super::Rich> },
        /// A paragraph.
        Paragraph { paragraph: super::Rich },
        /// A paragraph.
        Plain(super::Rich),
    }

    /// Blocks, or one paragraph.
    #[derive(JsonSchema)]
    #[schemars(untagged)]
    pub(crate) enum Blocks {
        /// A sequence of blocks.
        Many(Vec<super::Block>),
        /// One paragraph.
        One(super::Rich),
    }
}
#[cfg(feature = "schema")]
pub(crate) use shape::Blocks as BlocksShape;
