//! Rust source as a list of tokens: enough to find imports and paths, and nothing more.
//!
//! Comments, strings, characters, numbers and lifetimes are dropped, so that a path in a comment or in a text is not
//! mistaken for code. Knows nothing of items.

/// One token with the line it starts on, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind<'a>,
    pub(crate) line: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    /// An identifier or a keyword; `r#type` is given as `type`.
    Word(&'a str),
    /// `::`
    PathSeparator,
    /// Any other single character that is not white space.
    Symbol(char),
    /// A string, without its quotes: only `#[path = "…"]` asks for it.
    Text(&'a str),
}

/// Splits a source text into tokens. Text that is not Rust gives tokens that mean nothing, never an error.
pub(crate) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer {
        source,
        at: 0,
        line: 1,
    };
    let mut found = Vec::new();
    while let Some(token) = lexer.next_token() {
        found.push(token);
    }
    found
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// Moves over this many bytes and counts the lines in them.
    fn skip(&mut self, bytes: usize) -> &'a str {
        let skipped = self.rest().get(..bytes).unwrap_or(self.rest());
        self.line += skipped.matches('\n').count();
        self.at += skipped.len().max(1);
        skipped
    }

    fn next_token(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            let first = rest.chars().next()?;
            let line = self.line;
            if first.is_whitespace() {
                self.skip(first.len_utf8());
            } else if rest.starts_with("//") {
                self.skip(rest.find('\n').unwrap_or(rest.len()));
            } else if rest.starts_with("/*") {
                self.skip(block_comment(rest));
            } else if let Some((open, length, close)) = string(rest) {
                let whole = self.skip(length);
                let end = whole.len().saturating_sub(close);
                let text = whole.get(open..end).unwrap_or_default();
                let kind = Kind::Text(text);
                return Some(Token { kind, line });
            } else if first == '\'' {
                self.skip(quote(rest));
            } else if first.is_ascii_digit() {
                self.skip(number(rest));
            } else if first.is_alphabetic() || first == '_' {
                let rest = rest.strip_prefix("r#").unwrap_or(rest);
                let raw = self.rest().len() - rest.len();
                let end = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
                let word = self.skip(raw + end);
                let kind = Kind::Word(word.get(raw..).unwrap_or_default());
                return Some(Token { kind, line });
            } else if rest.starts_with("::") {
                self.skip(2);
                let kind = Kind::PathSeparator;
                return Some(Token { kind, line });
            } else {
                self.skip(first.len_utf8());
                let kind = Kind::Symbol(first);
                return Some(Token { kind, line });
            }
        }
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of a block comment, which may hold others.
fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth = depth.saturating_sub(1);
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The lengths of a string's opening, of all of it and of its closing, if the text starts with a string of any kind.
fn string(text: &str) -> Option<(usize, usize, usize)> {
    let prefix = text.find(|c: char| !c.is_ascii_lowercase())?;
    let (before, rest) = text.split_at_checked(prefix)?;
    match before {
        "" | "b" | "c" if rest.starts_with('"') => {
            let mut escaped = false;
            for (at, c) in rest.char_indices().skip(1) {
                match c {
                    _ if escaped => escaped = false,
                    '\\' => escaped = true,
                    '"' => return Some((prefix + 1, prefix + at + 1, 1)),
                    _ => {}
                }
            }
            Some((prefix + 1, text.len(), 0))
        }
        "r" | "br" | "cr" => {
            let hashes = rest.len() - rest.trim_start_matches('#').len();
            let inside = rest.get(hashes..)?.strip_prefix('"')?;
            let close = format!("\"{}", "#".repeat(hashes));
            let open = prefix + hashes + 1;
            match inside.find(&close) {
                Some(end) => Some((open, open + end + close.len(), close.len())),
                None => Some((open, text.len(), 0)),
            }
        }
        _ => None,
    }
}

/// The length of a character or of a lifetime.
fn quote(text: &str) -> usize {
    let mut inside = text.char_indices().skip(1);
    match (inside.next(), inside.next()) {
        (Some((_, '\\')), Some((escaped, _))) => {
            let after = text.get(escaped + 1..).unwrap_or_default();
            after.find('\'').map_or(text.len(), |end| escaped + end + 2)
        }
        (Some(_), Some((end, '\''))) => end + 1,
        // A lifetime: its name is of no use here and is skipped with the quote.
        _ => text
            .char_indices()
            .skip(1)
            .find(|(_, c)| !in_word(*c))
            .map_or(text.len(), |(end, _)| end),
    }
}

/// The length of a number; the dots of a range or of a method call do not belong to it.
fn number(text: &str) -> usize {
    let end = text.find(|c| !in_word(c)).unwrap_or(text.len());
    let fraction = text.get(end..).and_then(|rest| rest.strip_prefix('.'));
    match fraction {
        Some(fraction) if fraction.starts_with(|c: char| c.is_ascii_digit()) => {
            end + 1 + fraction.find(|c| !in_word(c)).unwrap_or(fraction.len())
        }
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<&str> {
        tokens(source)
            .into_iter()
            .filter_map(|token| match token.kind {
                Kind::Word(word) => Some(word),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn only_code_gives_words() {
        for (source, expected) in [
            ("a // b\nc", vec!["a", "c"]),
            ("a /* b /* c */ d */ e", vec!["a", "e"]),
            (r#"a("b \" c", d)"#, vec!["a", "d"]),
            (r##"a(r#"b " c"#, br"d", e)"##, vec!["a", "e"]),
            (r"a('b', '\'', '\u{1f600}', c)", vec!["a", "c"]),
            ("fn a<'b>(c: &'b str)", vec!["fn", "a", "c", "str"]),
            ("1.0_f64.max(2e3) + 0..a", vec!["max", "a"]),
            ("r#type + raw", vec!["type", "raw"]),
            ("'label: loop {}", vec!["loop"]),
        ] {
            assert_eq!(words(source), expected, "{source}");
        }
    }

    #[test]
    fn lines_are_counted_through_comments_and_strings() {
        let source = "a\n/* \n */ \"\n\" b";
        let lines: Vec<usize> = tokens(source).iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 3, 4]);
    }

    #[test]
    fn half_a_string_or_comment_ends_with_the_text() {
        for source in ["a \"b", "a r#\"b\"", "a /* b", "a '", "a '\\"] {
            assert_eq!(words(source), ["a"], "{source}");
        }
    }
}
