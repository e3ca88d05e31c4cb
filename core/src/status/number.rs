//! Finds the request number in what people type: with blanks, other dashes or another case, after a word or a
//! sign, in a sentence, or in a link that they received.
//!
//! Formats differ from city to city, so it returns candidates to try. It does not look them up.

use super::calendar_day::CalendarDay;
use crate::route::Route;

/// The maximum number of candidates. Each may cost a request to the endpoint. Sensible: 3 to 10.
const MAX_CANDIDATES: usize = 6;
/// The separators in a web address.
const SEPARATORS: &[char] = &['/', '?', '#', '=', '&'];

/// The ids to try for a typed text, most likely first; at most six, and none for an empty text.
pub fn candidates(typed: &str) -> Vec<String> {
    let unlinked = number_in_link(typed.trim());
    let stripped = strip_label(&unlinked);
    let dashed = dashed(stripped);
    let (number, words) = number_in_sentence(&dashed);
    // No number contains two words, but a single word may be part of it ("SR 26-01187").
    let likeliest = match number {
        Some(number) if words > 1 => number,
        _ => stripped,
    };
    let joined = plain(likeliest, false);
    let mut found: Vec<String> = Vec::with_capacity(MAX_CANDIDATES + 1);
    add(&mut found, likeliest.to_owned());
    add(
        &mut found,
        plain(trim_punctuation(number.unwrap_or(&dashed)), true),
    );
    add(&mut found, joined.clone());
    add(&mut found, joined.to_ascii_uppercase());
    add(&mut found, joined.to_ascii_lowercase());
    add(&mut found, joined.replace('-', ""));
    // An O that was meant to be a zero comes last: in the numbers of most cities an O is an O.
    if digits(&joined) > 0 && joined.bytes().any(|byte| matches!(byte, b'O' | b'o')) {
        found.truncate(MAX_CANDIDATES - 1);
        add(&mut found, joined.replace(['O', 'o'], "0"));
    }
    found
}

/// Replaces blanks between digits by a dash, because people write blanks for printed dashes; other blanks are
/// collapsed to one.
fn dashed(text: &str) -> String {
    let (mut out, mut is_gap) = (String::with_capacity(text.len()), false);
    for letter in text.chars() {
        if letter.is_whitespace() {
            is_gap = true;
            continue;
        }
        if is_gap {
            let is_between = letter.is_ascii_digit()
                && out.bytes().last().is_some_and(|last| last.is_ascii_digit());
            out.push(if is_between { '-' } else { ' ' });
            is_gap = false;
        }
        out.push(letter);
    }
    out
}

fn add(found: &mut Vec<String>, id: String) {
    if !id.is_empty() && !found.contains(&id) {
        found.push(id);
    }
}

/// The number in lower case, without blanks and dashes. It is equal for numbers that differ only in these.
pub fn bare(id: &str) -> String {
    plain(id, false).replace('-', "").to_ascii_lowercase()
}

/// Replaces other dashes by `-`, and removes invisible characters and, unless `keep_blanks`, blanks.
fn plain(text: &str, keep_blanks: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' | '\u{ad}' => {
                out.push('-')
            }
            '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
            letter if letter.is_whitespace() && !keep_blanks => {}
            letter => out.push(letter),
        }
    }
    out
}

/// The number in a web address; returns any other text unchanged.
fn number_in_link(typed: &str) -> String {
    let scheme = typed.get(..8).unwrap_or_default().to_ascii_lowercase();
    if !scheme.starts_with("http://") && scheme != "https://" {
        return typed.to_owned();
    }
    // Addresses of this widget contain the number in a known place.
    let own = typed.find("#/").and_then(|at| typed.get(at..));
    if let Some(Route::Status { number } | Route::Update { number, .. }) =
        own.and_then(Route::from_hash)
    {
        return number.into();
    }
    // The last segment of the path if it has a digit; else the first value of the query that has one, so that
    // "&page=2" is not taken for it.
    let query = typed.find('?').unwrap_or(typed.len());
    let (path, query) = typed.split_at_checked(query).unwrap_or((typed, ""));
    let path = path.trim_end_matches('/');
    let last = path.rsplit(SEPARATORS).next().unwrap_or(path);
    let found = match digits(last) {
        0 => query
            .split(SEPARATORS)
            .find(|value| digits(value) > 0)
            .unwrap_or(last),
        _ => last,
    };
    found.strip_suffix(".json").unwrap_or(found).to_owned()
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// Removes the words and signs that people write before a number.
fn strip_label(typed: &str) -> &str {
    const WORDS: [&str; 8] = ["no", "nr", "nº", "n°", "number", "request", "case", "id"];
    // Slices, because every length of an array would be compiled separately.
    const SIGNS: &[char] = &['#', '№', ' ', '\u{a0}'];
    const ENDS: &[char] = &['.', ':', '#', '№', ' ', '\u{a0}'];
    let mut rest = typed;
    loop {
        let before = rest;
        rest = rest.trim_start_matches(SIGNS);
        for word in WORDS {
            let Some((start, after)) = rest.split_at_checked(word.len()) else {
                continue;
            };
            // "NR26" may be a number itself.
            let bare = after.trim_start_matches(ENDS);
            if start.eq_ignore_ascii_case(word) && bare.len() < after.len() {
                rest = bare;
            }
        }
        if rest.len() == before.len() {
            return rest;
        }
    }
}

/// The number in a sentence, if there is one, and the number of words besides it.
fn number_in_sentence(text: &str) -> (Option<&str>, usize) {
    let (mut found, mut most, mut words) = (None, 0, 0);
    for word in text.split_whitespace() {
        let all = digits(word);
        if all == 0 {
            words +=
                usize::from(word.len() > 1 && word.bytes().any(|byte| byte.is_ascii_alphabetic()));
        } else if all > most && CalendarDay::parse(word).is_none() {
            // In a link, it is the last part with a digit.
            let mut parts = word.rsplit(SEPARATORS);
            let word = parts.find(|part| digits(part) > 0).unwrap_or(word);
            (found, most) = (Some(trim_punctuation(word)), all);
        }
    }
    (found.filter(|_| words > 0), words)
}

/// A word without the punctuation around it.
fn trim_punctuation(word: &str) -> &str {
    let is_punctuation = |byte: &u8| b".,;:!?()\"'".contains(byte);
    let bytes = word.as_bytes();
    let start = bytes.iter().position(|byte| !is_punctuation(byte));
    let end = bytes.iter().rposition(|byte| !is_punctuation(byte));
    match (start, end) {
        (Some(start), Some(end)) => word.get(start..=end).unwrap_or(word),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_found_however_it_is_typed() {
        for typed in [
            "26-01187",
            " #26-01187 ",
            "No. 26-01187",
            "26 - 01187",
            "26–01187",
            "26 01187",
            "#26–01187.",
            "my request no. 26 01187",
            "https://city.example/page#/status/26-01187",
            "https://city.example/requests/26-01187.json",
            "https://city.example/?id=26-01187",
            "https://city.example/page?id=26-01187&lang=en2",
            "HTTPS://city4.example/requests/26-01187?utm=1",
            "https://city.example/26-01187?utm=1#top",
            "https://city.example/#/status/26-01187/answer",
            "NO. 26-01187",
            "Nr 26-01187",
            "№26-01187",
            "Request number: #26-01187",
            "SR 26-01187",
            "My request 26-01187 of 2026-11-24 is late.",
            "Please look at (26–01187), sent at 10!",
            "see https://city.example/requests/26-01187 for it",
            "\u{feff}26-\u{200b}01187",
        ] {
            let found = candidates(typed);
            assert!(found.contains(&"26-01187".to_owned()), "{typed}: {found:?}");
        }
        assert!(candidates("a-173480").contains(&"A-173480".to_owned()));
        assert!(candidates("26-01187").contains(&"2601187".to_owned()));
        assert_eq!(
            candidates("4e09/c863 ü#%").first().map(String::as_str),
            Some("4e09/c863 ü#%")
        );
        assert!(candidates("  ").is_empty() && candidates("#").is_empty());
    }

    #[test]
    fn the_most_likely_candidate_is_tried_first() {
        for (typed, first) in [
            ("26 01187", "26 01187"),
            ("SR 26-01187", "SR 26-01187"),
            ("NR26", "NR26"),
            ("Is 26-01187 done yet?", "26-01187"),
            ("https://city.example/#/status/4e09%2Fc863", "4e09/c863"),
        ] {
            let found = candidates(typed);
            assert_eq!(found.first().map(String::as_str), Some(first), "{typed}");
        }
    }

    #[test]
    fn an_o_is_replaced_by_a_zero_in_the_last_candidate() {
        let found = candidates("a-O1 18 o7");
        assert_eq!(found.last().map(String::as_str), Some("a-011807"));
        assert!(found.len() <= MAX_CANDIDATES);
        assert!(!candidates("foo").contains(&"f00".to_owned()));
    }

    proptest! {
        #[test]
        fn the_typed_number_is_tried_first_and_others_are_variants_of_it(typed in "[A-NP-Za-np-z]?[0-9][A-NP-Z0-9a-np-z–-]{0,20}") {
            let found = candidates(&typed);
            prop_assert_eq!(found.first(), Some(&typed));
            prop_assert!(found.iter().all(|id| bare(id) == bare(&typed)));
        }

        #[test]
        fn candidates_are_few_and_distinct(typed in ".{0,60}") {
            let found = candidates(&typed);
            prop_assert!(found.len() <= MAX_CANDIDATES);
            for (index, id) in found.iter().enumerate() {
                prop_assert!(!id.is_empty() && !found[..index].contains(id));
            }
        }

        #[test]
        fn a_number_is_found_in_a_sentence_and_in_a_link(id in "[0-9]{2}-[0-9]{5}|[A-Z]{2}[0-9]{4,8}|[1-9][0-9]{3,9}") {
            for typed in [
                format!("Where does my request {id} stand?"),
                format!("{id}, please"),
                format!("https://city.example/page?lang=en#/status/{id}"),
                format!("https://city.example/reports/{id}/"),
            ] {
                prop_assert!(candidates(&typed).contains(&id), "{}", typed);
            }
        }
    }
}
