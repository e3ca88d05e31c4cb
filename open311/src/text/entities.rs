//! HTML character references: all numeric ones, and the named ones that editors commonly write. The full table
//! of HTML has 2,231 names and would outweigh the rest of this crate. Unknown names are left as they are.

/// The names of U+00A0 to U+00FF, in order.
const LATIN_1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr \
    deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest \
    Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
    ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig \
    agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml \
    eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

const OTHERS: [(&str, char); 22] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("hellip", '…'),
    ("bull", '•'),
    ("euro", '€'),
    ("trade", '™'),
    ("rarr", '→'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("zwnj", '\u{200c}'),
];

/// What HTML maps the numbers 128 to 159 to, because old pages use them as Windows-1252.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// How far to look for the closing `;`, in bytes: the longest reference read is `&#x10ffff;`.
const LONGEST: usize = 10;

/// The reference at the start of `text`: its character, and its length in bytes with `&` and `;`. `None` if
/// there is none. A reference without `;` is not one: "?a=1&copy=2" is a URL.
pub(super) fn read(text: &str) -> Option<(char, usize)> {
    let after = text.strip_prefix('&')?;
    let end = after.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = after.get(..end)?;
    let char = match name.strip_prefix('#') {
        Some(number) => numeric(number)?,
        None => named(name)?,
    };
    Some((char, end + 2))
}

fn named(name: &str) -> Option<char> {
    if let Some((_, char)) = OTHERS.iter().find(|(known, _)| *known == name) {
        return Some(*char);
    }
    let index = LATIN_1
        .split_ascii_whitespace()
        .position(|known| known == name)?;
    char::from_u32(0xa0 + u32::try_from(index).ok()?)
}

fn numeric(number: &str) -> Option<char> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let mut point = 0u32;
    for char in digits.chars() {
        point = point * radix + char.to_digit(radix)?;
    }
    if digits.is_empty() {
        return None;
    }
    let char = match point {
        0 => char::REPLACEMENT_CHARACTER,
        128..160 => WINDOWS_1252.chars().nth(point as usize - 128)?,
        _ => char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    Some(char)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn references_become_characters() {
        let cases = [
            ("&amp;b", Some(('&', 5))),
            ("&nbsp;", Some(('\u{a0}', 6))),
            ("&uuml;", Some(('ü', 6))),
            ("&yuml;", Some(('ÿ', 6))),
            ("&Ntilde;", Some(('Ñ', 8))),
            ("&frac34;", Some(('¾', 8))),
            ("&hellip;", Some(('…', 8))),
            ("&#39;", Some(('\'', 5))),
            ("&#x1F6B2;", Some(('🚲', 9))),
            ("&#146;", Some(('’', 6))),
            ("&#128;", Some(('€', 6))),
            ("&#159;", Some(('Ÿ', 6))),
            ("&#0;", Some(('\u{fffd}', 4))),
            ("&#xd800;", Some(('\u{fffd}', 8))),
            ("&#99999999;", Some(('\u{fffd}', 11))),
            ("&#999999999;", None),
            ("&amp", None),
            ("& ;", None),
            ("&;", None),
            ("&#;", None),
            ("&#x;", None),
            ("&#12a;", None),
            ("&AMPER;", None),
            ("&ü;", None),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
