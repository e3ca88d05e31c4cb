//! The plain search: every word of the query has to be found.
//!
//! A word matches whole words, their beginnings, synonyms and, if nothing else is found, misspelt words. The best
//! matches come first, and among equals the most requested. It works on folded text and returns indexes; it does
//! not know what it searches. It is in the first view and must stay small.

use super::letters::{fold_into, folded};
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

    /// The folded title.
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// The other texts, folded.
    pub(super) fn rest(&self) -> &str {
        &self.rest
    }

    /// Its index among the most requested items.
    pub(super) fn popularity(&self) -> Option<usize> {
        self.rank
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

    /// The lists, folded.
    pub(super) fn lists(&self) -> &[Vec<String>] {
        &self.0
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

/// Returns the indexes of the entries in which every word of `query` begins a word, in the order of [`find`].
pub(super) fn find_beginnings(entries: &[Entry], synonyms: &Synonyms, query: &str) -> Vec<usize> {
    let query = folded(query);
    let words = query.split(' ').filter(|word| !word.is_empty());
    let words: Vec<Vec<&str>> = words.map(|word| synonyms.of(word)).collect();
    best_first(entries, &words, |text, word| {
        exact_match(text, word).filter(|score| *score > 1)
    })
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
