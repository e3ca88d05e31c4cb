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
        Self { title: folded, rest: words }
    }

    /// A service, by its name and all that the city says of it.
    pub fn of_service(service: &open311::Service) -> Self {
        let keywords = service.keywords.iter().map(String::as_str);
        let rest = [service.description.as_str(), service.group.as_deref().unwrap_or_default()];
        Self::new(&service.name, rest.into_iter().chain(keywords))
    }

    /// How well the entry fits; None if one of the words is nowhere in it.
    fn score(&self, words: &[&str]) -> Option<u32> {
        words.iter().map(|word| word_score(&self.title, word).map(|s| s + 4).or(word_score(&self.rest, word))).sum()
    }
}

/// 3 for a whole word, 2 for the beginning of one, 1 for the middle of one (from three letters).
fn word_score(text: &str, word: &str) -> Option<u32> {
    let best = text.split(' ').filter_map(|own| match own.strip_prefix(word) {
        Some("") => Some(3),
        Some(_) => Some(2),
        None if word.len() > 2 && own.contains(word) => Some(1),
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
    let mut found: Vec<(u32, usize)> =
        entries.iter().enumerate().filter_map(|(place, entry)| Some((entry.score(&words)?, place))).collect();
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, place)| place).collect()
}

/// Adds `text` in lower case, without accents, with a blank for everything that is no letter or digit.
fn fold_into(text: &str, folded: &mut String) {
    for letter in text.chars().flat_map(char::to_lowercase) {
        match base(letter) {
            "" if letter.is_alphanumeric() => folded.push(letter),
            // Combining marks: an accent written apart from its letter.
            "" if ('\u{300}'..='\u{36f}').contains(&letter) || letter == '\'' || letter == '’' => {}
            "" => folded.push(' '),
            base => folded.push_str(base),
        }
    }
}

/// What an accented Latin letter is without its accent; "" for all others.
fn base(letter: char) -> &'static str {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
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
            Entry::new("Street light out", ["A lamp is dark or flickers", "lamp, dark"]),
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
    fn an_accent_written_apart_is_the_same_accent() {
        assert_eq!(find(&riverton(), "recoleccio\u{301}n"), [4]);
    }
}
