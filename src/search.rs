//! Finding a service or a guide by one's own words. Folds case and accents, matches
//! the beginnings of words, best first. Plain text in, places in the list out.

/// One thing that can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    title: String,
    rest: String,
}

impl Entry {
    /// `title` counts most; `rest` is whatever else it may be found by.
    pub fn new<'a>(title: &str, rest: impl IntoIterator<Item = &'a str>) -> Self {
        let mut words = String::new();
        for text in rest {
            words.push(' ');
            fold_into(text, &mut words);
        }
        let mut folded = String::new();
        fold_into(title, &mut folded);
        Self {
            title: folded,
            rest: words,
        }
    }

    /// A service, by its name and all that the city says of it.
    pub fn of_service(service: &open311::Service) -> Self {
        let keywords = service.keywords.iter().map(String::as_str);
        let rest = [
            service.description.as_str(),
            service.group.as_deref().unwrap_or_default(),
        ];
        Self::new(&service.name, rest.into_iter().chain(keywords))
    }

    /// How well the entry fits; None if one of the words is nowhere in it.
    fn score(&self, words: &[&str]) -> Option<u32> {
        words
            .iter()
            .map(|word| {
                word_score(&self.title, word)
                    .map(|s| s + 4)
                    .or(word_score(&self.rest, word))
            })
            .sum()
    }
}

/// 3 for a whole word, 2 for the beginning of one, 1 for the middle of one (from three letters).
fn word_score(text: &str, word: &str) -> Option<u32> {
    let best = text
        .split(' ')
        .filter_map(|own| match own.strip_prefix(word) {
            Some("") => Some(3),
            Some(_) => Some(2),
            None if word.len() > 2
                && own
                    .as_bytes()
                    .windows(word.len())
                    .any(|part| part == word.as_bytes()) =>
            {
                Some(1)
            }
            None => None,
        });
    best.max()
}

/// Places in `entries` of those that have every word of `query`, best first and
/// otherwise in the order given. All of them, if there is no word in `query`.
pub fn find(entries: &[Entry], query: &str) -> Vec<usize> {
    let mut folded = String::new();
    fold_into(query, &mut folded);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let scores: Vec<Option<u32>> = entries.iter().map(|entry| entry.score(&words)).collect();
    let best = scores.iter().flatten().max().copied().unwrap_or_default();
    // There are few scores: going through them is shorter than a sort.
    let of = |score| {
        let places = scores
            .iter()
            .enumerate()
            .filter(move |(_, own)| **own == Some(score));
        places.map(|(place, _)| place)
    };
    (0..=best).rev().flat_map(of).collect()
}

/// Adds `text` in lower case, without accents, with a blank for everything that is no
/// letter or digit. By a few ranges: Rust's own tables for all of Unicode would be a
/// tenth of the first view.
fn fold_into(text: &str, folded: &mut String) {
    for letter in text.chars() {
        let letter = lower(letter);
        match base(letter) {
            "" if is_word(letter) => folded.push(letter),
            // Combining marks (an accent written apart from its letter) and apostrophes.
            "" if ('\u{300}'..='\u{36f}').contains(&letter) || letter == '\'' || letter == '’' => {
            }
            "" => folded.push(' '),
            base => folded.push_str(base),
        }
    }
}

/// The lower case of a letter in Latin, Greek and Cyrillic scripts; others have no cases,
/// or are rare in the languages of city services.
fn lower(letter: char) -> char {
    let code = u32::from(letter);
    let lower = match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ϋ' | 'А'..='Я' => code + 32,
        'Ѐ'..='Џ' => code + 80,
        // Pairs, the capital being even, or odd in the second stretch.
        '\u{100}'..='\u{137}'
        | '\u{14a}'..='\u{177}'
        | '\u{218}'..='\u{21b}'
        | '\u{1ea0}'..='\u{1ef9}' => code | 1,
        '\u{139}'..='\u{148}' | '\u{179}'..='\u{17e}' => code + (code & 1),
        _ => code,
    };
    char::from_u32(lower).unwrap_or(letter)
}

/// Letters and digits of any script: all that is not known to stand between words.
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

/// What an accented Latin letter is without its accent; "" for all others.
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
    use super::*;

    fn riverton() -> Vec<Entry> {
        vec![
            Entry::new(
                "Street light out",
                ["A lamp is dark or flickers", "lamp, dark"],
            ),
            Entry::new("Pothole", ["A hole in the street", "road, asphalt"]),
            Entry::new("Graffiti", ["Paint on a wall"]),
            Entry::new("Straßenbeleuchtung", ["Eine Lampe ist defekt"]),
            Entry::new("Recolección perdida", ["No pasó el camión"]),
        ]
    }

    #[test]
    fn finds_by_the_words_people_use() {
        let cases: [(&str, &[usize]); 9] = [
            ("street", &[0, 1]),
            ("hole", &[1]),
            ("POT", &[1]),
            ("dark lamp", &[0]),
            ("strassen", &[3]),
            ("recoleccion", &[4]),
            ("street zebra", &[]),
            ("", &[0, 1, 2, 3, 4]),
            ("  ?! ", &[0, 1, 2, 3, 4]),
        ];
        for (query, expected) in cases {
            assert_eq!(find(&riverton(), query), expected, "{query}");
        }
    }

    #[test]
    fn capitals_of_latin_greek_and_cyrillic_are_folded_as_the_standard_library_does() {
        for letter in ('\0'..='\u{17e}')
            .chain('Α'..='ω')
            .chain('Ѐ'..='ё')
            .chain('\u{1ea0}'..='\u{1ef9}')
        {
            // The dotted capital I becomes two characters, and the final sigma's gap is no letter.
            if !matches!(letter, 'İ' | '\u{3a2}' | '\u{138}' | '\u{149}' | '\u{178}') {
                assert_eq!(
                    Some(lower(letter)),
                    letter.to_lowercase().next(),
                    "{letter}"
                );
            }
        }
    }

    #[test]
    fn an_accent_written_apart_is_the_same_accent() {
        assert_eq!(find(&riverton(), "recoleccio\u{301}n"), [4]);
    }
}
