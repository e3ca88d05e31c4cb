//! What a city writes in its own config and guides: words for every language or for each, with links
//! and emphasis where they help, in paragraphs and lists. Never markup.

use json::{Fields, Node, Value};

/// A text of the city's: `"Parks"`, or `{"en": "Parks", "es": "Parques"}`. A tag with `-t-` in it, such as
/// `vi-t-en` (RFC 6497), is a machine's translation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(transparent))]
pub struct Text(
    #[cfg_attr(feature = "schema", schemars(with = "shape::Text"))] Vec<(String, String)>,
);

/// A text with links and emphasis: words or a list of spans, for every language or for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(transparent))]
pub struct Rich(
    #[cfg_attr(feature = "schema", schemars(with = "shape::Rich"))] Vec<(String, Vec<Span>)>,
);

/// A piece of rich text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Words(String),
    /// Words that matter more.
    Emphasis(String),
    /// Words that lead somewhere.
    Link(String, Target),
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A web address as written: see [`crate::safe_address`].
    Address(String),
    /// Another guide, by its id.
    Guide(String),
    /// The form of a service, by its code.
    Service(String),
    /// A telephone number.
    Phone(String),
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "shape::Block"))]
pub enum Block {
    /// A paragraph.
    Paragraph(Rich),
    /// A list; numbered where the order counts.
    List { is_numbered: bool, items: Vec<Rich> },
}

/// Words that were found for a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Translation<'a, W: ?Sized> {
    /// The words.
    pub text: &'a W,
    /// The language they are in (BCP 47); empty for every language.
    pub tag: &'a str,
}

impl<W: ?Sized> Translation<'_, W> {
    /// True if a machine translated them.
    pub fn is_machine_made(&self) -> bool {
        is_machine_made(self.tag)
    }

    /// True if they are in the language, or for every language.
    pub fn is_in(&self, language: &str) -> bool {
        self.tag.is_empty() || primary(self.tag).eq_ignore_ascii_case(primary(language))
    }
}

/// True for the tag of a machine's translation.
pub fn is_machine_made(tag: &str) -> bool {
    tag.contains("-t-")
}

/// The first part of a tag: the language without its region.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// The place of the words for `language`: of that tag, else of its primary language, else of that language
/// as spoken elsewhere or as a machine writes it, else those for every language, else those of `source`,
/// else English, else whatever comes first.
fn place(tags: &[&str], language: &str, source: &str) -> usize {
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

/// Reads the texts of a city from fields and nodes.
pub trait ReadText {
    /// A text in one language or several; an empty one if absent.
    fn text(&self, key: &'static str) -> Text;
    /// A text with links and emphasis, in one language or several; an empty one if absent.
    fn rich(&self, key: &'static str) -> Rich;
    /// Paragraphs and lists.
    fn blocks(&self, key: &'static str) -> Vec<Block>;
    /// A list of texts.
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
    /// Reads a text in one language or several.
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
}

impl Text {
    /// The same words in every language.
    pub fn plain(words: &str) -> Self {
        Self(vec![(String::new(), words.to_owned())])
    }

    /// Words by language tag; None if one of them is no string.
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

    /// The words for `language`, or the nearest there are; "" if there are none.
    pub fn get(&self, language: &str) -> &str {
        self.find(language, "en").map_or("", |found| found.text)
    }

    /// The words for `language`, or the nearest there are, those of the `source` language before others.
    pub fn find<'a>(&'a self, language: &str, source: &str) -> Option<Translation<'a, str>> {
        let tags: Vec<&str> = self.0.iter().map(|(tag, _)| tag.as_str()).collect();
        let (tag, text) = self.0.get(place(&tags, language, source))?;
        Some(Translation { text, tag })
    }

    /// Every language's words, for search.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, words)| words.as_str())
    }

    /// Tags and words as written.
    pub fn entries(&self) -> &[(String, String)] {
        &self.0
    }

    /// What stands under a name that is no language, and the rest.
    pub fn apart(mut self, name: &str) -> (Option<String>, Self) {
        let place = self.0.iter().position(|(tag, _)| tag == name);
        let words = place.map(|place| self.0.remove(place).1);
        (words, self)
    }

    /// True if no language has any words.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, words)| words.trim().is_empty())
    }
}

impl Rich {
    /// Reads rich text.
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

    /// The spans for `language`, or the nearest there are, those of the `source` language before others.
    pub fn find<'a>(&'a self, language: &str, source: &str) -> Option<Translation<'a, [Span]>> {
        let tags: Vec<&str> = self.0.iter().map(|(tag, _)| tag.as_str()).collect();
        let (tag, text) = self.0.get(place(&tags, language, source))?;
        Some(Translation { text, tag })
    }

    /// Tags and spans as written.
    pub fn entries(&self) -> &[(String, Vec<Span>)] {
        &self.0
    }

    /// True if no language has any words.
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

    fn read(node: Node) -> Option<Self> {
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

    /// What is read of it.
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
    /// Reads blocks; a single paragraph may stand without the list around it.
    pub fn read_all(node: &Node) -> Vec<Self> {
        match node.value() {
            // A list of spans would be taken for a list of paragraphs: both read the same.
            Value::List(_) => {
                let items = node.items();
                items.into_iter().filter_map(Self::read).collect()
            }
            _ => vec![Self::Paragraph(Rich::read(node))],
        }
    }

    fn read(node: Node) -> Option<Self> {
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

/// Two or three letters, or those with more after a hyphen.
fn is_language(tag: &str) -> bool {
    let first = primary(tag);
    (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The shapes that these have in a file.
#[cfg(feature = "schema")]
mod shape {
    #![allow(dead_code, reason = "only their schema is used")]
    use schemars::JsonSchema;
    use std::collections::BTreeMap;

    /// One string, or a string for each language tag.
    #[derive(JsonSchema)]
    #[schemars(untagged)]
    pub(super) enum Text {
        /// The same words in every language.
        One(String),
        /// Words by language tag (BCP 47), such as `en` or `pt-BR`; `vi-t-en` for a machine's translation.
        ByLanguage(BTreeMap<String, String>),
    }

    /// Words or spans, for every language or for each.
    #[derive(JsonSchema)]
    #[schemars(untagged)]
    pub(super) enum Rich {
        /// The same words in every language.
        One(Spans),
        /// Words by language tag (BCP 47), such as `en` or `pt-BR`; `vi-t-en` for a machine's translation.
        ByLanguage(BTreeMap<String, Spans>),
    }

    #[derive(JsonSchema)]
    #[schemars(untagged)]
    pub(super) enum Spans {
        /// Words.
        Words(String),
        /// Words, emphasis and links, one after the other.
        Many(Vec<Span>),
    }

    #[derive(JsonSchema)]
    #[schemars(untagged, deny_unknown_fields)]
    pub(super) enum Span {
        /// Words.
        Words(String),
        /// Words that matter more.
        Emphasis { emphasis: String },
        /// Words that lead to a web address.
        Link { text: String, link: String },
        /// Words that lead to another guide, by its id.
        Guide { text: String, guide: String },
        /// Words that lead to the form of a service, by its code.
        Service { text: String, service: String },
        /// Words that call.
        Phone { text: String, phone: String },
    }

    /// A paragraph or a list.
    #[derive(JsonSchema)]
    #[schemars(untagged, deny_unknown_fields)]
    pub(super) enum Block {
        /// A list.
        List { list: Vec<super::Rich> },
        /// A list whose order counts.
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
        /// Blocks one after the other.
        Many(Vec<super::Block>),
        /// One paragraph.
        One(super::Rich),
    }
}
#[cfg(feature = "schema")]
pub(crate) use shape::Blocks as BlocksShape;
