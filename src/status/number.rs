//! A request's number as people type it: with blanks, other dashes, other case, a sign before it, or
//! in a link that somebody sent them.

/// More than these are not tried.
const MOST: usize = 6;

/// The ids to try for what was typed, the likeliest first. None for nothing.
pub fn candidates(typed: &str) -> Vec<String> {
    let typed = strip(of_link(typed.trim()));
    let mut all: Vec<String> = Vec::new();
    let mut add = |id: String| {
        if !id.is_empty() && !all.contains(&id) && all.len() < MOST {
            all.push(id);
        }
    };
    add(typed.to_owned());
    let dashed = plain_dashes(typed);
    add(dashed.clone());
    let joined: String = dashed
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    add(joined.clone());
    add(joined.to_ascii_uppercase());
    add(joined.to_ascii_lowercase());
    add(joined.chars().filter(|letter| *letter != '-').collect());
    all
}

/// True if both are the same but for case, blanks and dashes.
pub fn same(a: &str, b: &str) -> bool {
    let bare = |id: &str| -> String {
        let id = plain_dashes(id);
        let letters = id
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '-');
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
    };
    bare(a) == bare(b)
}

/// The last part of a web address; anything else as it is.
fn of_link(typed: &str) -> &str {
    if !typed.starts_with("http://") && !typed.starts_with("https://") {
        return typed;
    }
    let end = typed.trim_end_matches('/');
    let last = end.rsplit(['/', '=']).next().unwrap_or(end);
    last.strip_suffix(".json").unwrap_or(last)
}

/// Without the words and signs that people put before a number.
fn strip(typed: &str) -> &str {
    const BEFORE: [&str; 6] = ["#", "№", "No.", "no.", "Nr.", "nr."];
    let mut rest = typed;
    for sign in BEFORE {
        rest = rest.strip_prefix(sign).unwrap_or(rest).trim_start();
    }
    rest
}

fn plain_dashes(text: &str) -> String {
    let plain = |letter| match letter {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' | '\u{ad}' => '-',
        letter => letter,
    };
    text.chars().map(plain).collect()
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
            "https://city.example/page#/status/26-01187",
            "https://city.example/requests/26-01187.json",
            "https://city.example/?id=26-01187",
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
        assert!(candidates("  ").is_empty());
    }

    proptest! {
        #[test]
        fn what_was_typed_is_tried_first_and_few_more(typed in "[a-zA-Z0-9][ a-zA-Z0-9–-]{0,20}") {
            let found = candidates(&typed);
            prop_assert!(found.len() <= MOST);
            prop_assert!(found.iter().all(|id| same(id, &typed)));
        }
    }
}
