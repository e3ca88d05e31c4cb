//! Strips tags and inserts line breaks. This is not an HTML parser: it only has to tell tags from text as a
//! browser would, and to keep what a person wrote with a `<` in it.

use super::entities;
use crate::search::{find, split_around};

/// How a tag separates the text before and after it.
enum Gap {
    /// Not at all: the tag can be inside a word.
    None,
    /// By a blank, unless there is one.
    Blank,
    /// By a line break, unless there is one.
    Line,
    /// By a blank line, unless there is one.
    Paragraph,
}

const INLINE: &str = " a abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd label mark o:p q \
    rt ruby s samp small span strike strong sub sup time tt u var wbr ";
const LINES: &str = " address article aside body dd details div dt fieldset figcaption figure footer form \
    head header html li main nav option section summary tbody thead tr ";
const PARAGRAPHS: &str = " blockquote center dl h1 h2 h3 h4 h5 h6 hr ol p pre table title ul ";

/// A tag, comment or declaration.
struct Tag<'a> {
    /// How it separates the text around it.
    gap: Gap,
    /// True for `br`, which breaks the line even where a block boundary already does.
    is_break: bool,
    /// Literal text inside (CDATA).
    content: &'a str,
    /// The text after it.
    rest: &'a str,
}

/// Whether a browser may take `<` followed by this character for a tag.
pub(super) fn opens_a_tag(char: char) -> bool {
    char.is_ascii_alphabetic() || matches!(char, '/' | '!' | '?')
}

/// Whether a browser would see markup in it.
pub(super) fn has_tags(text: &str) -> bool {
    let mut tags = TagReader::default();
    text.match_indices('<')
        .any(|(at, _)| tags.read(text.get(at..).unwrap_or_default()).is_some())
}

/// Removes the tags; with `decode`, replaces character references.
pub(super) fn strip(text: &str, decode: bool) -> String {
    let mut out = Writer::default();
    let mut tags = TagReader::default();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let Some((before, from)) = rest.split_at_checked(at) else {
            break;
        };
        out.text(before);
        rest = if from.starts_with('<') {
            match tags.read(from) {
                Some(tag) => {
                    out.gap(&tag);
                    out.text(tag.content);
                    tag.rest
                }
                None => out.first_of(from),
            }
        } else {
            match entities::read(from) {
                Some((char, length)) if decode => {
                    out.char(char);
                    from.get(length..).unwrap_or_default()
                }
                _ => out.first_of(from),
            }
        };
    }
    out.text(rest);
    out.out
}

/// Reads tags, and remembers what would otherwise be searched for again at each tag of a text.
#[derive(Default)]
struct TagReader {
    /// A quote was opened and never closed: quotes no longer delimit values.
    quotes_are_odd: bool,
}

impl TagReader {
    /// The tag at the start of `text`, which starts with `<`.
    fn read<'a>(&mut self, text: &'a str) -> Option<Tag<'a>> {
        let inside = text.get(1..).unwrap_or_default();
        if let Some(content) = inside.strip_prefix("![CDATA[") {
            let (content, rest) = split_around(content, "]]>").unwrap_or((content, ""));
            return Some(tag(Gap::None, content, rest));
        }
        if let Some(comment) = inside.strip_prefix("!--") {
            let (_, rest) = split_around(comment, "-->").unwrap_or((comment, ""));
            return Some(tag(Gap::None, "", rest));
        }
        let after_mark = inside.strip_prefix(['/', '!', '?']).unwrap_or(inside);
        if !after_mark.starts_with(|char: char| char.is_ascii_alphabetic()) {
            return None;
        }
        let is_name =
            |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | ':' | '_' | '.');
        let name_end = after_mark
            .find(|char| !is_name(char))
            .unwrap_or(after_mark.len());
        let (name, after_name) = after_mark.split_at_checked(name_end)?;
        let (attributes, rest) = self.up_to_end(after_name)?;
        let is_opening = after_mark.len() == inside.len();
        if is_opening && !could_be_attributes(attributes) && !holds_code(name) {
            return None;
        }
        if is_opening && holds_code(name) {
            return Some(tag(Gap::None, "", after_closing(rest, name)));
        }
        Some(Tag {
            is_break: name.eq_ignore_ascii_case("br"),
            ..tag(gap(name), "", rest)
        })
    }

    /// Splits at the `>` that ends the tag; a `>` in a quoted value does not end it. Another `<` outside of
    /// quotes means that this is not a tag, and the search stops there.
    fn up_to_end<'a>(&mut self, text: &'a str) -> Option<(&'a str, &'a str)> {
        let mut quote = None;
        let mut value_follows = false;
        let mut any_quote = false;
        let mut first_end = None;
        for (at, byte) in text.bytes().enumerate() {
            match (quote, byte) {
                (None, b'>') => return split_at_end(text, at),
                (None, b'<') => break,
                (None, b'"' | b'\'') if value_follows && !self.quotes_are_odd => {
                    quote = Some(byte);
                    any_quote = true;
                }
                (Some(open), byte) if open == byte => quote = None,
                (Some(_), b'>') => first_end = first_end.or(Some(at)),
                _ => {}
            }
            value_follows = byte == b'=' || value_follows && byte.is_ascii_whitespace();
        }
        // An unclosed quote must neither swallow the rest of the text nor be searched for again.
        self.quotes_are_odd |= any_quote;
        split_at_end(text, first_end?)
    }
}

fn tag<'a>(gap: Gap, content: &'a str, rest: &'a str) -> Tag<'a> {
    Tag {
        gap,
        is_break: false,
        content,
        rest,
    }
}

fn split_at_end(text: &str, at: usize) -> Option<(&str, &str)> {
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// Whether the text between name and `>` can be attributes: blank, or with a `=` in it. So "a <b and c> d"
/// stays text.
fn could_be_attributes(text: &str) -> bool {
    let attributes = text.strip_suffix('/').unwrap_or(text).trim();
    let apart =
        text.is_empty() || text == "/" || text.starts_with(|char: char| char.is_whitespace());
    apart && (attributes.is_empty() || attributes.contains('='))
}

fn holds_code(name: &str) -> bool {
    name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style")
}

fn after_closing<'a>(text: &'a str, name: &str) -> &'a str {
    let closing = if name.eq_ignore_ascii_case("style") {
        "</style"
    } else {
        "</script"
    };
    let rest = split_around(text, closing).map_or("", |(_, rest)| rest);
    split_around(rest, ">").map_or("", |(_, rest)| rest)
}

fn gap(name: &str) -> Gap {
    let mut word = String::with_capacity(name.len() + 2);
    word.push(' ');
    word.push_str(name);
    word.push(' ');
    if find(INLINE, &word).is_some() {
        Gap::None
    } else if find(LINES, &word).is_some() {
        Gap::Line
    } else if find(PARAGRAPHS, &word).is_some() {
        Gap::Paragraph
    } else {
        // Table cells, and the elements of an XML response.
        Gap::Blank
    }
}

/// Collects text without stray control characters, trailing blanks or consecutive blank lines.
#[derive(Default)]
struct Writer {
    out: String,
    /// Line breaks that tags require before the next character.
    breaks: usize,
    /// A tag requires a blank before the next character.
    blank: bool,
    /// The last character was `\r`, so a following `\n` belongs to it.
    after_return: bool,
}

impl Writer {
    fn gap(&mut self, tag: &Tag) {
        if tag.is_break {
            self.breaks = (self.breaks + 1).min(2);
        }
        match tag.gap {
            Gap::None => {}
            Gap::Blank => self.blank = true,
            Gap::Line => self.breaks = self.breaks.max(1),
            Gap::Paragraph => self.breaks = 2,
        }
    }

    fn text(&mut self, text: &str) {
        text.chars().for_each(|char| self.char(char));
    }

    /// Writes the first character as text and returns the rest.
    fn first_of<'a>(&mut self, text: &'a str) -> &'a str {
        let mut chars = text.chars();
        if let Some(char) = chars.next() {
            self.char(char);
        }
        chars.as_str()
    }

    fn char(&mut self, char: char) {
        let after_return = core::mem::replace(&mut self.after_return, char == '\r');
        match char {
            '\n' if after_return => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                if self.breaks == 0 {
                    self.line_break(2);
                }
            }
            ' ' | '\t' => {
                if self.breaks == 0 {
                    self.out.push(' ');
                }
            }
            '\u{feff}' => {}
            _ if char.is_control() => {}
            _ => {
                self.close_gap();
                self.out.push(char);
            }
        }
    }

    fn close_gap(&mut self) {
        let wanted = core::mem::take(&mut self.breaks);
        let blank = core::mem::take(&mut self.blank);
        if wanted > 0 {
            while !self.out.is_empty() && self.line_breaks() < wanted {
                self.line_break(wanted);
            }
        } else if blank && !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
    }

    fn line_break(&mut self, most: usize) {
        let length = self.out.trim_end_matches(' ').len();
        self.out.truncate(length);
        if !self.out.is_empty() && self.line_breaks() < most {
            self.out.push('\n');
        }
    }

    /// Line breaks at the end of the output, at most two.
    fn line_breaks(&self) -> usize {
        let text = self.out.trim_end_matches(' ');
        if text.ends_with("\n\n") {
            2
        } else {
            usize::from(text.ends_with('\n'))
        }
    }
}
