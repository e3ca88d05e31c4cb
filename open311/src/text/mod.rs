//! Converts text from the network to plain text for people (rule 13). The result is never markup: no elements,
//! and no bidi controls that reach past their line.

mod bidi;
mod entities;
mod markup;

use markup::strip;

/// Converts HTML or plain text to plain text.
///
/// Tags are removed; `br`, `p`, `li` and other block elements become line breaks; scripts and styles are removed
/// with their content; character references are decoded; line ends become `\n`; consecutive blank lines
/// become one; both ends are trimmed. A `<` that opens no element is kept: "a < b" is text. Text that some
/// servers escape twice is unescaped twice.
///
/// The result has no `<` directly before a letter, `/`, `!` or `?`: a blank is inserted. So even if it is
/// taken for HTML by mistake, it produces no element.
///
/// ```
/// assert_eq!(open311::plain_text("<p>Fix &amp; <b>tell</b></p>"), "Fix & tell");
/// assert_eq!(open311::plain_text("a<b"), "a< b");
/// ```
pub fn plain_text(text: &str) -> String {
    // A list can have thousands of texts, and most need no change.
    let is_plain = |byte| matches!(byte, b' '..=b'~') && byte != b'<' && byte != b'&';
    if text.bytes().all(is_plain) {
        return text.trim().to_owned();
    }
    let mut plain = strip(text, true);
    if plain.contains('<') {
        let escaped_twice = markup::has_tags(&plain);
        plain = strip(&plain, escaped_twice);
    }
    if plain.contains(bidi::is_control) {
        // Again, because removing a control can complete a tag or a blank line.
        plain = strip(&bidi::close_directions(&plain), false);
    }
    keep_apart(plain.trim())
}

/// Inserts a blank after each `<` that could open a tag.
fn keep_apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split('<').enumerate() {
        if index > 0 {
            out.push('<');
            if part.starts_with(markup::opens_a_tag) {
                out.push(' ');
            }
        }
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn html_becomes_lines_of_text() {
        let cases = [
            ("<p>One</p><p>Two</p>", "One\n\nTwo"),
            ("<p>One</p>\n\n\n<p>Two</p>\n", "One\n\nTwo"),
            ("One<br>Two<br />\r\nThree", "One\nTwo\nThree"),
            ("One<br><br><br>Two", "One\n\nTwo"),
            ("<ul>\n  <li>One</li>\n  <li>Two</li>\n</ul>", "One\nTwo"),
            ("<div>One</div><div>Two</div>", "One\nTwo"),
            (
                "<table><tr><td>One</td><td>Two</td></tr></table>",
                "One Two",
            ),
            (
                "O<b>n</b>e <a href='x' title=\"a>b\">link</a>.",
                "One link.",
            ),
            (
                "One<script>alert('</p>')</script><style>p{}</style> Two",
                "One Two",
            ),
            ("One<SCRIPT src=x>never closed", "One"),
            ("One<!-- <b>not</b> this --> Two", "One Two"),
            ("<![CDATA[a < b]]>", "a < b"),
            (
                "<!DOCTYPE html><?xml version='1.0'?><html>One</html>",
                "One",
            ),
            (
                "&lt;p&gt;Escaped&amp;nbsp;twice&lt;/p&gt;",
                "Escaped\u{a0}twice",
            ),
            ("&lt;script&gt;alert(1)&lt;/script&gt;", ""),
            ("<<b>b>", ""),
            ("<a title=\"never closed>One</a> \"Two\"", "One \"Two\""),
            ("He's <b>sure</b>, isn't he", "He's sure, isn't he"),
        ];
        for (html, expected) in cases {
            assert_eq!(plain_text(html), expected, "{html:?}");
        }
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        for text in [
            "a < b and c > d",
            "I <3 it",
            "5 <- 7, x <= y",
            "AT&T; R&D & more, ?a=1&copy=2",
            "One\nTwo\n\nThree",
            "  - indented\n    twice",
            "שלום עולם",
            "Straße 5, 2. Stock",
        ] {
            assert_eq!(plain_text(text), text.trim());
        }
    }

    #[test]
    fn a_bracket_that_only_looks_like_a_tag_gets_a_blank_after_it() {
        let cases = [
            ("a<b", "a< b"),
            ("if a<b and c>d", "if a< b and c>d"),
            ("Clerk <clerk@city.example>", "Clerk < clerk@city.example>"),
            (
                "see <https://city.example/>",
                "see < https://city.example/>",
            ),
            ("&lt;b", "< b"),
            ("<\u{202e}img src=x", "< img src=x"),
            ("<\u{202e}img src=x>", ""),
            ("<\0b", "< b"),
        ];
        for (text, expected) in cases {
            assert_eq!(plain_text(text), expected, "{text:?}");
        }
    }

    #[test]
    fn line_ends_blanks_and_control_characters_are_normalized() {
        let cases = [
            (
                " \r\n One \r\n\r\n\r\n\r\nTwo\rThree \n ",
                "One\n\nTwo\nThree",
            ),
            ("a\u{0}\u{7}\u{85}\u{feff}b\tc", "ab c"),
            ("a\n\n\u{202a} \n\nb", "a\n\nb"),
            ("a\u{2028}b\u{2029}c", "a\nb\nc"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(plain_text(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_hostile_text_takes_time_in_proportion_to_its_length() {
        let started = std::time::Instant::now();
        for (piece, end) in [
            ("<a ", ""),
            ("<a b", ">"),
            ("<a \"", "\">"),
            ("<a \" =\"", "\"<"),
            ("<a \" =\"", "\""),
            ("<!--", ""),
            ("<script>", "</"),
            ("</", ""),
            ("&#", ";"),
            ("<", ">"),
            ("\n ", "<p>"),
            ("\u{202e}", "\u{2069}"),
            ("\u{202e}\u{2069}", ""),
        ] {
            // Quadratic time would be minutes.
            plain_text(&(piece.repeat(20_000) + &end.repeat(20_000)));
        }
        assert!(started.elapsed().as_secs() < 20);
    }
}
