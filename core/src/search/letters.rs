//! Folding: one spelling for capitals, accents and punctuation. Knows Latin, Greek and Cyrillic letters by ranges, because
//! the standard library's tables for all of Unicode would make up a tenth of the first view.

/// A text in lower case and without accents, with a blank for every character that is not a letter or digit.
pub fn folded(text: &str) -> String {
    let mut out = String::new();
    fold_into(text, &mut out);
    out.trim().to_owned()
}

/// Appends `text` in lower case and without accents, with a blank for every character that is not a letter or
/// digit.
pub(super) fn fold_into(text: &str, folded: &mut String) {
    for letter in text.chars() {
        let letter = lower(letter);
        match base(letter) {
            "" if is_word(letter) => folded.push(letter),
            // Combining marks (accents as characters of their own) and apostrophes are dropped.
            "" if ('\u{300}'..='\u{36f}').contains(&letter) || letter == '\'' || letter == '’' => {
            }
            "" => folded.push(' '),
            base => folded.push_str(base),
        }
    }
}

/// The lower case of a letter in Latin, Greek or Cyrillic script. Other scripts have no case, or are rare in the
/// languages of city services.
fn lower(letter: char) -> char {
    let code = u32::from(letter);
    let lower = match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ϋ' | 'А'..='Я' => code + 32,
        'Ѐ'..='Џ' => code + 80,
        // Pairs of a capital and a small letter: the capital is even in these ranges, and odd in the next.
        '\u{100}'..='\u{137}'
        | '\u{14a}'..='\u{177}'
        | '\u{218}'..='\u{21b}'
        | '\u{1ea0}'..='\u{1ef9}' => code | 1,
        '\u{139}'..='\u{148}' | '\u{179}'..='\u{17e}' => code + (code & 1),
        _ => code,
    };
    char::from_u32(lower).unwrap_or(letter)
}

/// True for letters and digits of any script: everything that is not known to separate words.
fn is_word(letter: char) -> bool {
    match letter {
        '\0'..='\u{7f}' => letter.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}' | '×' | '÷' => matches!(letter, 'ª' | 'µ' | 'º'),
        '\u{300}'..='\u{36f}'
        | '\u{2000}'..='\u{206f}'
        | '\u{3000}'..='\u{303f}'
        | '\u{fe00}'..='\u{fe6f}' => false,
        '،' | '؛' | '؟' | '।' => false,
        _ => true,
    }
}

/// The Latin letters without an accent for a lower-case letter that has one; "" for all others.
fn base(letter: char) -> &'static str {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì'..='ï' | 'ī' | 'į' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ț' => "t",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::lower;

    #[test]
    fn latin_greek_and_cyrillic_capitals_are_folded_as_by_the_standard_library() {
        for letter in ('\0'..='\u{17e}')
            .chain('Α'..='ω')
            .chain('Ѐ'..='ё')
            .chain('\u{1ea0}'..='\u{1ef9}')
        {
            // The dotted capital I becomes two characters; the others are unassigned or have no such pair.
            if !matches!(letter, 'İ' | '\u{3a2}' | '\u{138}' | '\u{149}' | '\u{178}') {
                assert_eq!(
                    Some(lower(letter)),
                    letter.to_lowercase().next(),
                    "{letter}"
                );
            }
        }
    }
}
