//! Parses JSON text into a [`Value`] in one pass, with one function for each production of the grammar.

use crate::{ParseError, ParseErrorKind as Kind, Value};

/// How many levels arrays and objects may nest. Deeper documents are refused, because the reader recurses
/// and would exhaust the stack of a browser's wasm. Answers of GeoReport endpoints use about 6 levels;
/// a few hundred would still be safe.
pub const DEPTH_LIMIT: usize = 64;

/// Parses one JSON value.
///
/// A leading byte order mark is skipped. Half a surrogate pair (a lone `\ud83d`, left by servers that cut
/// texts to length) becomes U+FFFD, so that it does not cost the whole answer.
///
/// # Errors
/// [`ParseError`] with the position of the first character that the grammar of RFC 8259 does not allow.
pub fn parse(text: &str) -> Result<Value, ParseError> {
    let start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let mut reader = Reader { text, at: start };
    reader.document().map_err(|kind| {
        let (mut line, mut column) = (1, 1);
        for char in text.get(start..reader.at).unwrap_or_default().chars() {
            column += 1;
            if char == '\n' {
                (line, column) = (line + 1, 1);
            }
        }
        ParseError {
            kind,
            offset: reader.at,
            line,
            column,
        }
    })
}

/// The text and the current position in bytes. After an error, `at` is the position of the error.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Value, Kind> {
        self.skip_space();
        let value = self.value(DEPTH_LIMIT)?;
        self.skip_space();
        match self.peek() {
            None => Ok(value),
            Some(_) => Err(Kind::TrailingCharacters),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.at += 1;
        }
        found
    }

    fn expect(&mut self, byte: u8) -> Result<(), Kind> {
        if self.take(byte) {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    fn unexpected(&self) -> Kind {
        match self.peek() {
            None => Kind::UnexpectedEnd,
            Some(_) => Kind::UnexpectedCharacter,
        }
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, Kind> {
        match self.peek() {
            Some(b'"') => Ok(Value::Text(self.string()?)),
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => Err(self.unexpected()),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Kind> {
        for byte in word.bytes() {
            self.expect(byte)?;
        }
        Ok(value)
    }

    fn array(&mut self, depth: usize) -> Result<Value, Kind> {
        let depth = depth.checked_sub(1).ok_or(Kind::TooDeep)?;
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.take(b']') {
            return Ok(Value::List(items));
        }
        loop {
            self.skip_space();
            items.push(self.value(depth)?);
            self.skip_space();
            if self.take(b']') {
                return Ok(Value::List(items));
            }
            self.expect(b',')?;
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Kind> {
        let depth = depth.checked_sub(1).ok_or(Kind::TooDeep)?;
        self.at += 1;
        let mut fields = Vec::new();
        self.skip_space();
        if self.take(b'}') {
            return Ok(Value::Map(fields));
        }
        loop {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return Err(self.unexpected());
            }
            let key = self.string()?;
            self.skip_space();
            self.expect(b':')?;
            self.skip_space();
            fields.push((key, self.value(depth)?));
            self.skip_space();
            if self.take(b'}') {
                return Ok(Value::Map(fields));
            }
            self.expect(b',')?;
        }
    }

    fn number(&mut self) -> Result<Value, Kind> {
        let start = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            if !self.take(b'+') {
                self.take(b'-');
            }
            self.digits()?;
        }
        if let Some(b'0'..=b'9') = self.peek() {
            return Err(Kind::InvalidNumber);
        }
        Ok(Value::Number(self.since(start).to_owned()))
    }

    fn digits(&mut self) -> Result<(), Kind> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        match (self.at > start, self.peek()) {
            (true, _) => Ok(()),
            (false, None) => Err(Kind::UnexpectedEnd),
            (false, Some(_)) => Err(Kind::InvalidNumber),
        }
    }

    fn string(&mut self) -> Result<String, Kind> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let start = self.at;
            let rest = self.text.as_bytes().get(start..).unwrap_or_default();
            let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | ..b' ');
            self.at += rest.iter().position(ends).unwrap_or(rest.len());
            text.push_str(self.since(start));
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(Kind::ControlCharacter),
                None => return Err(Kind::UnexpectedEnd),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Kind> {
        self.at += 1;
        let escaped = match self.peek() {
            Some(same @ (b'"' | b'\\' | b'/')) => char::from(same),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.code_point();
            }
            Some(_) => return Err(Kind::InvalidEscape),
            None => return Err(Kind::UnexpectedEnd),
        };
        self.at += 1;
        Ok(escaped)
    }

    fn code_point(&mut self) -> Result<char, Kind> {
        let first = self.four_hex_digits()?;
        if (0xd800..0xdc00).contains(&first) {
            let before = self.at;
            if self.take(b'\\') && self.take(b'u') {
                let second = self.four_hex_digits()?;
                if (0xdc00..0xe000).contains(&second) {
                    let point = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                    return Ok(char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
            }
            // Not the other half: read what follows again, on its own.
            self.at = before;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn four_hex_digits(&mut self) -> Result<u32, Kind> {
        let mut number = 0;
        for _ in 0..4 {
            let digit = match self.peek() {
                None => return Err(Kind::UnexpectedEnd),
                Some(byte) => char::from(byte).to_digit(16).ok_or(Kind::InvalidEscape)?,
            };
            number = number * 16 + digit;
            self.at += 1;
        }
        Ok(number)
    }

    fn since(&self, start: usize) -> &str {
        self.text.get(start..self.at).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> (Kind, usize, usize, usize) {
        let error = parse(text).unwrap_err();
        (error.kind, error.offset, error.line, error.column)
    }

    #[test]
    fn numbers_keep_every_character() {
        for number in [
            "0",
            "-0",
            "12345678901234567890",
            "1.50",
            "1e400",
            "-2.5E-7",
        ] {
            assert_eq!(parse(number), Ok(Value::Number(number.into())));
        }
    }

    #[test]
    fn escapes_and_surrogates_become_characters() {
        let cases = [
            (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r#""\u00e9\u20AC""#, "é€"),
            (r#""\ud83d\ude00!""#, "😀!"),
            (r#""cut \ud83d""#, "cut \u{fffd}"),
            (r#""\ud83d\n""#, "\u{fffd}\n"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
            (r#""\ude00\ud83d\ud83d\ude00""#, "\u{fffd}\u{fffd}😀"),
        ];
        for (json, expected) in cases {
            assert_eq!(parse(json), Ok(Value::Text(expected.into())), "{json}");
        }
    }

    #[test]
    fn an_error_is_reported_with_its_position() {
        let cases = [
            ("", (Kind::UnexpectedEnd, 0, 1, 1)),
            ("\u{feff}", (Kind::UnexpectedEnd, 3, 1, 1)),
            ("[1,\n2,\n x]", (Kind::UnexpectedCharacter, 8, 3, 2)),
            ("{\"ä\" 1}", (Kind::UnexpectedCharacter, 6, 1, 6)),
            ("{a:1}", (Kind::UnexpectedCharacter, 1, 1, 2)),
            ("[1,]", (Kind::UnexpectedCharacter, 3, 1, 4)),
            ("{} x", (Kind::TrailingCharacters, 3, 1, 4)),
            ("01", (Kind::InvalidNumber, 1, 1, 2)),
            ("1.", (Kind::UnexpectedEnd, 2, 1, 3)),
            ("-a", (Kind::InvalidNumber, 1, 1, 2)),
            ("\"\\x\"", (Kind::InvalidEscape, 2, 1, 3)),
            ("\"\\u12g4\"", (Kind::InvalidEscape, 5, 1, 6)),
            ("\"a\nb\"", (Kind::ControlCharacter, 2, 1, 3)),
            ("\"\\ud83d\\u12", (Kind::UnexpectedEnd, 11, 1, 12)),
            ("nul", (Kind::UnexpectedEnd, 3, 1, 4)),
            ("<html>", (Kind::UnexpectedCharacter, 0, 1, 1)),
        ];
        for (text, expected) in cases {
            assert_eq!(error(text), expected, "{text:?}");
        }
    }

    #[test]
    fn nesting_deeper_than_the_limit_is_refused() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(&nested(DEPTH_LIMIT)).is_ok());
        assert_eq!(
            parse(&nested(DEPTH_LIMIT + 1)).unwrap_err().kind,
            Kind::TooDeep
        );
        assert_eq!(
            parse(&"{\"a\":".repeat(9999)).unwrap_err().kind,
            Kind::TooDeep
        );
    }
}
