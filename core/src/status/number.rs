//! A request's number as people type it: with blanks, other dashes, other case, a word or a sign before
//! it, in a sentence, or in a link that somebody sent them.

use super::calendar_day::CalendarDay;
use crate::route::Route;

/// More than these are not tried.
const MOST: usize = 6;
/// What stands between the parts of a web address.
const MARKS: &[char] = &['/', '?', '#', '=', '&'];

/// The ids to try for what was typed, the likeliest first. None for nothing.
pub fn candidates(typed: &str) -> Vec<String> {
    let link = of_link(typed.trim());
    let whole = strip(&link);
    let dashed = dashed(whole);
    let (number, words) = in_words(&dashed);
    // Nobody's number has two words in it; before one there may be a part of it ("SR 26-01187").
    let own = match number {
        Some(number) if words > 1 => number,
        _ => whole,
    };
    let joined = plain(own, false);
    let mut found: Vec<String> = Vec::with_capacity(MOST + 1);
    add(&mut found, own.to_owned());
    add(
        &mut found,
        plain(bare_word(number.unwrap_or(&dashed)), true),
    );
    add(&mut found, joined.clone());
    add(&mut found, joined.to_ascii_uppercase());
    add(&mut found, joined.to_ascii_lowercase());
    add(&mut found, joined.replace('-', ""));
    // What was meant for a nought comes last: in most cities' numbers an O is an O.
    if digits(&joined) > 0 && joined.bytes().any(|byte| matches!(byte, b'O' | b'o')) {
        found.truncate(MOST - 1);
        add(&mut found, joined.replace(['O', 'o'], "0"));
    }
    found
}

/// With a dash where a blank stands between digits: so people write down what is printed with one.
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

/// A number without case, blanks and dashes: two that are the same but for these have it in common.
pub fn bare(id: &str) -> String {
    plain(id, false).replace('-', "").to_ascii_lowercase()
}

/// With plain dashes, without what is copied along and not seen, and with or without its blanks.
fn plain(text: &str, has_blanks: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' | '\u{ad}' => {
                out.push('-')
            }
            '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
            letter if letter.is_whitespace() && !has_blanks => {}
            letter => out.push(letter),
        }
    }
    out
}

/// The number in a web address; anything else as it is.
fn of_link(typed: &str) -> String {
    let scheme = typed.get(..8).unwrap_or_default().to_ascii_lowercase();
    if !scheme.starts_with("http://") && scheme != "https://" {
        return typed.to_owned();
    }
    // Our own addresses say it themselves.
    let own = typed.find("#/").and_then(|at| typed.get(at..));
    if let Some(Route::Status { number } | Route::Update { number, .. }) =
        own.and_then(Route::from_hash)
    {
        return number.into();
    }
    // The last of the path that has a digit; else the first of the query, so that "&page=2" is not it.
    let query = typed.find('?').unwrap_or(typed.len());
    let (path, query) = typed.split_at_checked(query).unwrap_or((typed, ""));
    let path = path.trim_end_matches('/');
    let last = path.rsplit(MARKS).next().unwrap_or(path);
    let found = match digits(last) {
        0 => query
            .split(MARKS)
            .find(|value| digits(value) > 0)
            .unwrap_or(last),
        _ => last,
    };
    found.strip_suffix(".json").unwrap_or(found).to_owned()
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// Without the words and signs that people put before a number.
fn strip(typed: &str) -> &str {
    const WORDS: [&str; 8] = ["no", "nr", "nº", "n°", "number", "request", "case", "id"];
    // Slices, because each length of an array is code of its own.
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
            // "NR26" may be a number of its own.
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

/// The number among the words of a text, and how many words there are beside it.
fn in_words(text: &str) -> (Option<&str>, usize) {
    let (mut found, mut most, mut words) = (None, 0, 0);
    for word in text.split_whitespace() {
        let all = digits(word);
        if all == 0 {
            words +=
                usize::from(word.len() > 1 && word.bytes().any(|byte| byte.is_ascii_alphabetic()));
        } else if all > most && CalendarDay::parse(word).is_none() {
            // Of a link in a sentence the last part that has one.
            let mut parts = word.rsplit(MARKS);
            let word = parts.find(|part| digits(part) > 0).unwrap_or(word);
            (found, most) = (Some(bare_word(word)), all);
        }
    }
    (found.filter(|_| words > 0), words)
}

/// Without the marks around a word.
fn bare_word(word: &str) -> &str {
    let is_mark = |byte: &u8| b".,;:!?()\"'".contains(byte);
    let bytes = word.as_bytes();
    let start = bytes.iter().position(|byte| !is_mark(byte));
    let end = bytes.iter().rposition(|byte| !is_mark(byte));
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
    fn the_likeliest_is_tried_first() {
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
    fn an_o_for_a_nought_is_tried_last() {
        let found = candidates("a-O1 18 o7");
        assert_eq!(found.last().map(String::as_str), Some("a-011807"));
        assert!(found.len() <= MOST);
        assert!(!candidates("foo").contains(&"f00".to_owned()));
    }

    proptest! {
        #[test]
        fn what_was_typed_is_tried_first_and_few_more(typed in "[A-NP-Za-np-z]?[0-9][A-NP-Z0-9a-np-z–-]{0,20}") {
            let found = candidates(&typed);
            prop_assert_eq!(found.first(), Some(&typed));
            prop_assert!(found.iter().all(|id| bare(id) == bare(&typed)));
        }

        #[test]
        fn no_text_gives_many_or_the_same_twice(typed in ".{0,60}") {
            let found = candidates(&typed);
            prop_assert!(found.len() <= MOST);
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
