//! Finding a service or a guide by one's own words. Folds case and accents, matches the
//! beginnings of words, words that mean the same, and words with a slip in them; best first,
//! and of equals what people ask for most. Plain text in, places in the list out.

use json::Value;

/// One thing that can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    title: String,
    rest: String,
    /// Its place among what people ask for most.
    rank: Option<usize>,
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
            rank: None,
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

    /// Notes its place among what people ask for most; `popular` are their codes and ids.
    pub fn ranked(mut self, popular: &[String], id: &str) -> Self {
        self.rank = popular.iter().position(|known| known == id);
        self
    }

    /// How well the entry fits; None if one of the words is nowhere in it.
    fn score(&self, words: &[Vec<&str>], fits: Fit) -> Option<u32> {
        let best = |text: &str, word: &Vec<&str>| {
            let scores = word.iter().enumerate().filter_map(|(index, word)| {
                // What was typed counts more than what means the same, of which the middle of a word
                // says nothing: a manhole is no hole.
                let score = fits(text, word).filter(|score| index == 0 || *score > 1)?;
                Some(score * 2 + u32::from(index == 0))
            });
            scores.max()
        };
        let of_word = |word| {
            best(&self.title, word)
                .map(|score| score + 8)
                .or(best(&self.rest, word))
        };
        words.iter().map(of_word).sum()
    }
}

type Fit = fn(&str, &str) -> Option<u32>;

/// Words that mean the same, in lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synonyms(Vec<Vec<String>>);

impl Synonyms {
    /// Reads the lists of one language from `{"en": [["trash", "garbage"], …]}`.
    pub fn read(value: &Value, language: &str) -> Self {
        let primary = language.split('-').next().unwrap_or_default();
        let lists = value.get(language).or_else(|| value.get(primary));
        let lists = lists.map(Value::items).unwrap_or_default().iter();
        let list = |list: &Value| {
            let words = list.items().iter().filter_map(Value::text);
            words.map(folded).collect()
        };
        Self(lists.map(list).collect())
    }

    /// A word and all that mean the same. The beginning of a word will do, from three letters on.
    fn of<'a>(&'a self, word: &'a str) -> Vec<&'a str> {
        let mut all = vec![word];
        for list in &self.0 {
            let is_meant =
                |known: &String| known == word || (word.len() > 2 && known.starts_with(word));
            if list.iter().any(is_meant) {
                all.extend(list.iter().map(String::as_str));
            }
        }
        all
    }
}

/// Catalog in lower case, without accents, with a blank for all that is no letter or digit.
pub fn folded(text: &str) -> String {
    let mut out = String::new();
    fold_into(text, &mut out);
    out.trim().to_owned()
}

/// 3 for a whole word, 2 for the beginning of one, 1 for the middle of one (from three letters).
/// One walk through the text, because there may be thousands of them for every letter that is typed.
fn exactly(text: &str, word: &str) -> Option<u32> {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let first = word.first()?;
    let mut best = None;
    let mut at = 0;
    while let Some(found) = text
        .get(at..)
        .and_then(|rest| rest.iter().position(|byte| byte == first))
    {
        let start = at + found;
        let rest = text.get(start..).unwrap_or_default();
        if rest.starts_with(word) {
            let begins = start == 0 || text.get(start - 1) == Some(&b' ');
            let ends = rest.get(word.len()).is_none_or(|byte| *byte == b' ');
            let score = match (begins, ends) {
                (true, true) => return Some(3),
                (true, false) => 2,
                _ if word.len() > 2 => 1,
                _ => 0,
            };
            best = best.max(Some(score).filter(|score| *score > 0));
        }
        at = start + 1;
    }
    best
}

/// 1 for a word with a slip in it: a letter too many, too few, wrong, or two that changed places. Two
/// slips in a long word. Nobody's short word is taken for another.
fn nearly(text: &str, word: &str) -> Option<u32> {
    if let Some(score) = exactly(text, word) {
        return Some(score);
    }
    let slips = match word.len() {
        0..4 => return None,
        4..8 => 1,
        _ => 2,
    };
    let is_near = |own: &str| {
        let (own, word) = (own.as_bytes(), word.as_bytes());
        // A slip in the first letter is rare, and looking for it is most of the work.
        own.first() == word.first() && is_within(word, own, slips)
    };
    text.split(' ').any(is_near).then_some(1)
}

/// Whether `word` is the beginning of `own` but for so many slips.
fn is_within(word: &[u8], own: &[u8], slips: u8) -> bool {
    let same = word.iter().zip(own).take_while(|(a, b)| a == b).count();
    let (word, own) = (
        word.get(same..).unwrap_or_default(),
        own.get(same..).unwrap_or_default(),
    );
    let (Some((first, word_rest)), Some((other, own_rest))) =
        (word.split_first(), own.split_first())
    else {
        return word.len() <= usize::from(slips);
    };
    let Some(slips) = slips.checked_sub(1) else {
        return false;
    };
    let swapped = word_rest.first() == Some(other) && own_rest.first() == Some(first);
    is_within(word_rest, own_rest, slips)
        || is_within(word_rest, own, slips)
        || is_within(word, own_rest, slips)
        || (swapped
            && is_within(
                word_rest.get(1..).unwrap_or_default(),
                own_rest.get(1..).unwrap_or_default(),
                slips,
            ))
}

/// Places in `entries` of those that have every word of `query`, best first; of equals those that
/// people ask for most, and then the order given. All of them, if there is no word in `query`. Slips
/// are looked for only where there is nothing without one.
pub fn find(entries: &[Entry], synonyms: &Synonyms, query: &str) -> Vec<usize> {
    let query = folded(query);
    let words = query.split(' ').filter(|word| !word.is_empty());
    let words: Vec<Vec<&str>> = words.map(|word| synonyms.of(word)).collect();
    let found = best_first(entries, &words, exactly);
    match found.is_empty() {
        true => best_first(entries, &words, nearly),
        false => found,
    }
}

fn best_first(entries: &[Entry], words: &[Vec<&str>], fits: Fit) -> Vec<usize> {
    let scores: Vec<Option<u32>> = entries
        .iter()
        .map(|entry| entry.score(words, fits))
        .collect();
    let best = scores.iter().flatten().max().copied().unwrap_or_default();
    // There are few scores: going through them is shorter than a sort.
    let mut places = Vec::new();
    for score in (0..=best).rev() {
        let begins = places.len();
        for (place, own) in scores.iter().enumerate() {
            if *own == Some(score) {
                let rank = |place: usize| entries.get(place).and_then(|entry| entry.rank);
                let at = match rank(place) {
                    // Those with a rank stand before those without, in the order of their ranks.
                    Some(own) => places
                        .iter()
                        .skip(begins)
                        .position(|other| rank(*other).is_none_or(|other| other > own))
                        .map(|after| begins + after),
                    None => None,
                };
                places.insert(at.unwrap_or(places.len()), place);
            }
        }
    }
    places
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
            assert_eq!(
                find(&riverton(), &Synonyms::default(), query),
                expected,
                "{query}"
            );
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
        assert_eq!(
            find(&riverton(), &Synonyms::default(), "recoleccio\u{301}n"),
            [4]
        );
    }

    #[test]
    fn a_slip_is_forgiven_where_nothing_fits_without_one() {
        let cases: [(&str, &[usize]); 10] = [
            ("pothle", &[1]),
            ("pohtole", &[1]),
            ("ptohole", &[1]),
            ("pott", &[1]),
            ("grafitti", &[2]),
            ("grafiti", &[2]),
            ("stret ligth", &[0]),
            ("strassenbeluechtung", &[3]),
            ("recolecion", &[4]),
            ("hol", &[1]),
        ];
        for (query, expected) in cases {
            let found = find(&riverton(), &Synonyms::default(), query);
            assert_eq!(found, expected, "{query}");
        }
        // Too short to guess, and too far off.
        for query in ["sta", "zothole", "gxaxity", "pxthxle"] {
            let found = find(&riverton(), &Synonyms::default(), query);
            assert!(found.is_empty(), "{query}: {found:?}");
        }
    }

    #[test]
    fn words_that_mean_the_same_find_the_same_in_the_language_in_use() {
        let lists = r#"{"en": [["lamp", "lantern"], ["tag", "Graffiti"]], "es": [["bache", "pothole"], "odd", [7]]}"#;
        let lists = json::parse(lists).unwrap();
        let find = |language: &str, query: &str| {
            find(&riverton(), &Synonyms::read(&lists, language), query)
        };
        assert_eq!(find("en", "lantern"), [0, 3]);
        assert_eq!(find("en-US", "tags"), [] as [usize; 0]);
        assert_eq!(find("en", "tag"), [2]);
        assert_eq!(find("es", "bach"), [1]);
        assert_eq!(find("es", "lantern"), [] as [usize; 0]);
        assert_eq!(find("vi", "bache"), [] as [usize; 0]);
    }

    #[test]
    fn of_equals_what_people_ask_for_most_comes_first() {
        let popular = ["c".to_owned(), "b".to_owned()];
        let entries: Vec<Entry> = ["a", "b", "c", "d"]
            .iter()
            .map(|id| Entry::new("Street", []).ranked(&popular, id))
            .chain([Entry::new("Streets", []).ranked(&popular, "e")])
            .collect();
        let found = find(&entries, &Synonyms::default(), "street");
        assert_eq!(found, [2, 1, 0, 3, 4]);
    }
}
