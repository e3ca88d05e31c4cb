//! Full-text search over services and guides.
//!
//! Case and accents are folded. A query word matches whole words, their beginnings, synonyms and, if nothing
//! else is found, misspelt words. The best matches come first, and among equals the most requested. The search
//! works on plain text and returns indexes; it does not know what it searches.

use json::Value;

/// A searchable item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Folded.
    title: String,
    /// Folded.
    rest: String,
    /// Its index among the most requested items.
    rank: Option<usize>,
}

impl Entry {
    /// An item that is found by its `title`, which counts most, and by the texts in `rest`.
    pub fn new<'a>(title: &str, rest: impl IntoIterator<Item = &'a str>) -> Self {
        let mut folded_rest = String::new();
        for text in rest {
            folded_rest.push(' ');
            fold_into(text, &mut folded_rest);
        }
        let mut folded_title = String::new();
        fold_into(title, &mut folded_title);
        Self {
            title: folded_title,
            rest: folded_rest,
            rank: None,
        }
    }

    /// A service, found by its name, description, group and keywords.
    pub fn of_service(service: &open311::Service) -> Self {
        let keywords = service.keywords.iter().map(String::as_str);
        let rest = [
            service.description.as_str(),
            service.group.as_deref().unwrap_or_default(),
        ];
        Self::new(&service.name, rest.into_iter().chain(keywords))
    }

    /// Ranks the item by its position in `popular`, the codes and ids of the most requested services and guides.
    pub fn ranked(mut self, popular: &[String], id: &str) -> Self {
        self.rank = popular.iter().position(|known| known == id);
        self
    }

    /// How well the item matches; `None` if one of the words does not match. Each word comes with its synonyms.
    fn score(&self, words: &[Vec<&str>], matcher: Matcher) -> Option<u32> {
        let best = |text: &str, word: &Vec<&str>| {
            let scores = word.iter().enumerate().filter_map(|(index, word)| {
                // A typed word counts more than its synonyms, which do not match inside a word: a manhole is
                // no hole.
                let score = matcher(text, word).filter(|score| index == 0 || *score > 1)?;
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

/// Scores how well a word matches a text; `None` if it does not.
type Matcher = fn(&str, &str) -> Option<u32>;

/// Lists of synonyms in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synonyms(Vec<Vec<String>>);

impl Synonyms {
    /// Reads the lists of a language, or of its primary language, from `{"en": [["trash", "garbage"], …]}`.
    /// Anything that is not such a list is ignored.
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

    /// A word and its synonyms. A word of three or more bytes also has the synonyms of words that begin with it.
    fn of<'a>(&'a self, word: &'a str) -> Vec<&'a str> {
        let mut all = vec![word];
        for list in &self.0 {
            let matches =
                |known: &String| known == word || (word.len() > 2 && known.starts_with(word));
            if list.iter().any(matches) {
                all.extend(list.iter().map(String::as_str));
            }
        }
        all
    }
}

/// A text in lower case and without accents, with a blank for every character that is not a letter or digit.
pub fn folded(text: &str) -> String {
    let mut out = String::new();
    fold_into(text, &mut out);
    out.trim().to_owned()
}

/// Scores an exact match: 3 for a whole word, 2 for the beginning of a word, 1 for a match inside a word, which
/// needs three bytes or more. It is a single pass, because thousands of texts may be searched at each keystroke.
fn exact_match(text: &str, word: &str) -> Option<u32> {
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

/// Scores a match that may contain typos (1) or none (see [`exact_match`]). A typo is a character too many, too
/// few or wrong, or two that are swapped. Words of 4 to 7 bytes may have one, longer words two; shorter words
/// must match exactly, because too many others resemble them.
fn fuzzy_match(text: &str, word: &str) -> Option<u32> {
    if let Some(score) = exact_match(text, word) {
        return Some(score);
    }
    let typos = match word.len() {
        0..4 => return None,
        4..8 => 1,
        _ => 2,
    };
    let is_similar = |other: &str| {
        let (other, word) = (other.as_bytes(), word.as_bytes());
        // A typo in the first letter is rare, and looking for it would be most of the work.
        other.first() == word.first() && is_prefix_with_typos(word, other, typos)
    };
    text.split(' ').any(is_similar).then_some(1)
}

/// True if `other` begins with `word`, apart from at most this many typos.
fn is_prefix_with_typos(word: &[u8], other: &[u8], typos: u8) -> bool {
    let same = word.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (word, other) = (
        word.get(same..).unwrap_or_default(),
        other.get(same..).unwrap_or_default(),
    );
    let (Some((word_first, word_rest)), Some((other_first, other_rest))) =
        (word.split_first(), other.split_first())
    else {
        return word.len() <= usize::from(typos);
    };
    let Some(typos) = typos.checked_sub(1) else {
        return false;
    };
    let is_swapped =
        word_rest.first() == Some(other_first) && other_rest.first() == Some(word_first);
    is_prefix_with_typos(word_rest, other_rest, typos)
        || is_prefix_with_typos(word_rest, other, typos)
        || is_prefix_with_typos(word, other_rest, typos)
        || (is_swapped
            && is_prefix_with_typos(
                word_rest.get(1..).unwrap_or_default(),
                other_rest.get(1..).unwrap_or_default(),
                typos,
            ))
}

/// Returns the indexes of the entries that match every word of `query`: the best first, among equals the most
/// requested, and otherwise in the given order. If `query` has no words, returns all of them. Typos are
/// tolerated only if nothing matches without them.
pub fn find(entries: &[Entry], synonyms: &Synonyms, query: &str) -> Vec<usize> {
    let query = folded(query);
    let words = query.split(' ').filter(|word| !word.is_empty());
    let words: Vec<Vec<&str>> = words.map(|word| synonyms.of(word)).collect();
    let found = best_first(entries, &words, exact_match);
    if found.is_empty() {
        best_first(entries, &words, fuzzy_match)
    } else {
        found
    }
}

fn best_first(entries: &[Entry], words: &[Vec<&str>], matcher: Matcher) -> Vec<usize> {
    let scores: Vec<Option<u32>> = entries
        .iter()
        .map(|entry| entry.score(words, matcher))
        .collect();
    let best = scores.iter().flatten().max().copied().unwrap_or_default();
    // There are few distinct scores, so that a pass for each is less code than a sort.
    let mut found = Vec::new();
    for score in (0..=best).rev() {
        let start = found.len();
        for (index, entry_score) in scores.iter().enumerate() {
            if *entry_score == Some(score) {
                let rank = |index: usize| entries.get(index).and_then(|entry| entry.rank);
                let at = match rank(index) {
                    // Entries with a rank come before those without, in the order of their ranks.
                    Some(own) => found
                        .iter()
                        .skip(start)
                        .position(|other| rank(*other).is_none_or(|other| other > own))
                        .map(|after| start + after),
                    None => None,
                };
                found.insert(at.unwrap_or(found.len()), index);
            }
        }
    }
    found
}

/// Appends `text` in lower case and without accents, with a blank for every character that is not a letter or
/// digit. It uses a few ranges, because the standard library's tables for all of Unicode would make up a tenth
/// of the first view.
fn fold_into(text: &str, folded: &mut String) {
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
    fn services_are_found_by_the_words_people_use() {
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

    #[test]
    fn a_combining_accent_is_folded_like_a_precomposed_one() {
        assert_eq!(
            find(&riverton(), &Synonyms::default(), "recoleccio\u{301}n"),
            [4]
        );
    }

    #[test]
    fn typos_are_tolerated_if_nothing_matches_without_them() {
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
        // Too short, or too many typos.
        for query in ["sta", "zothole", "gxaxity", "pxthxle"] {
            let found = find(&riverton(), &Synonyms::default(), query);
            assert!(found.is_empty(), "{query}: {found:?}");
        }
    }

    #[test]
    fn synonyms_are_found_in_the_current_language_only() {
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
    fn among_equal_matches_the_most_requested_come_first() {
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
