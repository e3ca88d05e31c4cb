//! Words of a folded text: light stems, and slips of the finger. Knows no language: endings of English, German and
//! Spanish are cut alike, because residents write in one language to a city that lists its services in another.

/// Words longer than this, in bytes, are ignored: nobody writes them, and comparing them would take long.
const LONGEST: usize = 40;

/// Words whose stem would make them another word.
const KEPT: [(&str, &str); 7] = [
    ("parking", "parking"),
    ("parked", "parking"),
    ("housing", "housing"),
    ("evening", "evening"),
    ("morning", "morning"),
    ("meeting", "meeting"),
    ("opening", "opening"),
];

/// The words of a folded text that are short enough to be words.
pub(super) fn words(folded: &str) -> impl Iterator<Item = &str> {
    let all = folded.split(' ');
    all.filter(|word| !word.is_empty() && word.len() <= LONGEST)
}

/// What a folded word shares with its plural, its participle and its other spellings: `potholes` and `pothole`,
/// `dumping` and `dumped`, `Müll` and `Muell`. Not meant to be read.
pub fn stem(word: &str) -> String {
    if let Some((_, kept)) = KEPT.iter().find(|(known, _)| *known == word) {
        return String::from(*kept);
    }
    let mut stem = String::from(word);
    if !word.is_ascii() {
        return stem;
    }
    cut_ending(&mut stem);
    spelling(&stem)
}

/// A folded word as one spelling of it: ä is folded to a, and people without the key write ae.
pub(super) fn spelling(word: &str) -> String {
    let mut joined = String::new();
    for letter in word.chars() {
        let follows = matches!(joined.as_bytes().last(), Some(b'a' | b'o' | b'u'));
        if letter != 'e' || !follows {
            joined.push(letter);
        }
    }
    joined
}

/// Cuts a plural ending, then one other ending and a vowel; never below three letters.
fn cut_ending(stem: &mut String) {
    if stem.len() > 4 && stem.ends_with("ies") {
        cut(stem, 3);
        stem.push('y');
    } else if stem.len() > 3 && stem.ends_with('s') && !stem.ends_with("ss") {
        cut(stem, 1);
    }
    for (ending, least) in [
        ("ing", 3),
        ("ed", 3),
        ("en", 4),
        ("er", 4),
        ("em", 4),
        ("es", 4),
    ] {
        let rest = stem.strip_suffix(ending).unwrap_or_default();
        let has_vowel = rest.bytes().any(|letter| b"aeiouy".contains(&letter));
        if rest.len() >= least && has_vowel && !rest.ends_with('e') {
            cut(stem, ending.len());
        }
    }
    if stem.len() > 3 && stem.ends_with(['a', 'e', 'o']) {
        cut(stem, 1);
    }
    let letters = stem.as_bytes();
    if letters.len() > 3
        && let [.., before, last] = letters
        && before == last
    {
        cut(stem, 1);
    }
}

/// Cuts this many bytes of an ASCII word.
fn cut(word: &mut String, bytes: usize) {
    word.truncate(word.len().saturating_sub(bytes));
}

/// True if the words differ by one letter too many, too few, wrong, or by two that are swapped; in long words by two
/// such slips. Words of less than five letters have too many neighbours.
pub(super) fn is_slip(word: &str, other: &str) -> bool {
    let slips = match word.len().min(other.len()) {
        0..5 => return false,
        5..8 => 1,
        _ => 2,
    };
    word.len().abs_diff(other.len()) <= slips && differ(word.as_bytes(), other.as_bytes(), slips)
}

fn differ(word: &[u8], other: &[u8], slips: usize) -> bool {
    let same = word.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (word, other) = (tail(word, same), tail(other, same));
    if word.len().max(other.len()) <= slips {
        return true;
    }
    let Some(slips) = slips.checked_sub(1) else {
        return false;
    };
    let is_swapped = word
        .get(..2)
        .zip(other.get(..2))
        .is_some_and(|(a, b)| a.first() == b.last() && a.last() == b.first());
    differ(tail(word, 1), tail(other, 1), slips)
        || differ(tail(word, 1), other, slips)
        || differ(word, tail(other, 1), slips)
        || (is_swapped && differ(tail(word, 2), tail(other, 2), slips))
}

fn tail(bytes: &[u8], from: usize) -> &[u8] {
    bytes.get(from..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            &["pothole", "potholes"][..],
            &["dump", "dumped", "dumping", "dumps"],
            &["tree", "trees"],
            &["Lampe", "Lampen"],
            &["bache", "baches"],
            &["farola", "farolas"],
            &["overflow", "overflowing"],
            &["flag", "flagging"],
            &["sewer", "sewers"],
            &["speed", "speeding"],
            &["parking", "parked"],
            &["party", "parties"],
            &["mull", "muell"],
            &["stadt", "stadte", "staedte"],
            &["street", "streets"],
        ] {
            let stems: Vec<String> = forms
                .iter()
                .map(|form| stem(&form.to_ascii_lowercase()))
                .collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{stems:?}");
        }
        for (one, other) in [
            ("park", "parking"),
            ("bed", "be"),
            ("king", "k"),
            ("house", "housing"),
        ] {
            assert_ne!(stem(one), stem(other));
        }
        assert_eq!(stem("мусор"), "мусор");
    }

    #[test]
    fn a_slip_is_one_letter_and_in_long_words_two() {
        for (word, other) in [
            ("grafitti", "graffiti"),
            ("pothle", "pothole"),
            ("streat", "street"),
            ("recylcing", "recycling"),
        ] {
            assert!(is_slip(word, other), "{word} {other}");
        }
        for (word, other) in [
            ("rats", "cats"),
            ("street", "strand"),
            ("light", "night sky"),
        ] {
            assert!(!is_slip(word, other), "{word} {other}");
        }
    }
}
