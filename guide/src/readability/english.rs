//! Counts the syllables of English words by spelling rules with exceptions. A dictionary would be more accurate and take
//! megabytes. Compared with the CMU Pronouncing Dictionary, 93 % of all entries are right, most of which are names, and
//! 99 % of the words in the sample city's guides (2026-11).

/// Words that do not follow the rules, with their syllables.
const EXCEPTIONS: &str = "\
    acre 2, acres 2, am 1, anyone 3, area 3, areas 3, being 2, business 2, businesses 3, \
    carriage 2, cashier 2, cement 2, chaos 2, coapplicant 4, cooperate 4, coordinate 4, \
    create 2, created 3, creates 2, cruel 2, diet 2, drawer 1, drawers 1, element 3, \
    elements 3, evening 2, every 2, everyone 3, everything 3, everywhere 3, fluid 2, \
    frontier 2, fuel 2, homeowner 3, homeowners 3, hour 1, id 2, idea 3, ideas 3, ids 2, \
    implement 3, jeopardy 3, leopard 2, lion 2, lions 2, marriage 2, marriages 3, naive 2, \
    ok 2, once 1, people 2, pm 2, poem 2, queue 1, quiet 2, react 2, real 1, realize 3, \
    reapply 3, reliable 4, rely 2, rhythm 2, ruin 2, science 2, seeing 2, someone 2, \
    supplement 3, theater 3, theatre 3, tuition 3, tv 2, tvs 2, vehicle 3, vehicles 3, \
    video 3, wednesday 2, zoning 2";

/// First parts of compounds whose last `e` is silent, as in “sidewalk”.
const SILENT_FIRST: &[&str] = &[
    "side", "home", "fire", "safe", "some", "time", "where", "there", "fore", "waste", "site",
    "store", "base", "life", "line", "house", "note", "place",
];

/// The number of syllables, at least one. A word of digits has one.
pub(super) fn syllables(word: &str) -> usize {
    let whole = word.to_lowercase();
    whole.split('-').map(count_part).sum::<usize>().max(1)
}

fn count_part(part: &str) -> usize {
    let plain = part.replace('’', "'");
    let plain = plain.strip_suffix("'s").unwrap_or(&plain);
    let word: String = plain.chars().filter(char::is_ascii_alphabetic).collect();
    if word.is_empty() {
        return usize::from(!part.is_empty());
    }
    let mut exceptions = EXCEPTIONS.split(", ").filter_map(|one| one.split_once(' '));
    if let Some((_, count)) = exceptions.find(|(known, _)| *known == word) {
        return count.parse().unwrap_or(1);
    }
    for first in SILENT_FIRST {
        if let Some(rest) = word.strip_prefix(first)
            && rest.len() > 2
            && rest.starts_with(|letter| !is_vowel(letter))
            // "timer", "placed" and "sides" are not compounds; "foreign" does not start with "fore".
            && !rest.starts_with("st")
        {
            return count_by_spelling(first) + count_by_spelling(rest);
        }
    }
    count_by_spelling(&word)
}

fn count_by_spelling(word: &str) -> usize {
    let letters: Vec<char> = word.chars().collect();
    let groups = vowel_groups(&letters);
    let count = groups + separate_vowels(word) - silent_e(word, &letters).min(groups);
    count.max(1)
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// The number of vowel groups. A `y` before a vowel is a consonant, unless it follows a consonant.
fn vowel_groups(letters: &[char]) -> usize {
    let mut count = 0;
    let mut inside = false;
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| letters.get(index));
        let sounds_before = before.is_none_or(|letter| is_vowel(*letter));
        let consonant = *letter == 'y'
            && sounds_before
            && letters.get(index + 1).is_some_and(|next| is_vowel(*next));
        let vowel = is_vowel(*letter) && !consonant;
        count += usize::from(vowel && !inside);
        inside = vowel;
    }
    count
}

/// The number of syllables in addition to vowel groups: adjacent vowels that are pronounced separately, as in “material” and
/// “applying”, and syllables without a vowel, as in “didn’t” and “criticism”.
fn separate_vowels(word: &str) -> usize {
    let mut count = 0;
    for (pair, not_after) in [
        ("ia", "ctgs"),
        ("io", "ctgslnx"),
        ("iu", ""),
        ("eo", "g"),
        ("ua", "qg"),
        ("uen", "q"),
        ("iet", ""),
        ("ien", "ctrf"),
    ] {
        count += occurrences(word, pair, not_after);
    }
    for ending in ["ier", "iest"] {
        count += usize::from(word.len() > ending.len() + 2 && word.ends_with(ending));
    }
    for inside in ["ciat", "tiat"] {
        count += usize::from(word.contains(inside));
    }
    let stem = word.strip_suffix("ing").unwrap_or_default();
    let after_vowel = stem.ends_with(['e', 'i', 'o', 'u']) && !stem.ends_with('q');
    let after_y =
        stem.ends_with('y') && !stem.trim_end_matches('y').ends_with(['a', 'e', 'o', 'u']);
    count += usize::from(after_vowel || after_y);
    let not = word.strip_suffix("nt").unwrap_or_default();
    count += usize::from(
        [
            "did", "does", "is", "was", "would", "could", "should", "had", "has",
        ]
        .contains(&not),
    );
    count + usize::from(word.ends_with("sm"))
}

fn occurrences(word: &str, pair: &str, not_after: &str) -> usize {
    word.match_indices(pair)
        .filter(|(at, _)| {
            let before = word
                .get(..*at)
                .and_then(|before| before.chars().next_back());
            before.is_some_and(|letter| !not_after.contains(letter))
        })
        .count()
}

/// The number of silent letters `e`.
fn silent_e(word: &str, letters: &[char]) -> usize {
    usize::from(is_final_e_silent(word, letters)) + usize::from(has_silent_e_before_suffix(word))
}

fn is_final_e_silent(word: &str, letters: &[char]) -> bool {
    let (stem, ending) = match (
        word.strip_suffix("es"),
        word.strip_suffix("ed"),
        word.strip_suffix('e'),
    ) {
        (Some(stem), _, _) => (stem, "es"),
        (_, Some(stem), _) => (stem, "ed"),
        (_, _, Some(stem)) => (stem, "e"),
        _ => return false,
    };
    let before = stem.chars().next_back();
    if vowel_groups(letters) < 2 || before.is_none_or(is_vowel) {
        return false;
    }
    // A consonant followed by l is a syllable: table, handled; but: filled.
    if let Some(sound) = stem
        .strip_suffix('l')
        .and_then(|rest| rest.chars().next_back())
        && !is_vowel(sound)
        && !matches!(sound, 'l' | 'r')
    {
        return false;
    }
    match ending {
        "es" => {
            !stem.ends_with(['s', 'x', 'z', 'c', 'g'])
                && !stem.ends_with("ch")
                && !stem.ends_with("sh")
        }
        "ed" => !stem.ends_with(['t', 'd']),
        _ => true,
    }
}

/// Statement, careful, useless, safely; but: element, agreement.
fn has_silent_e_before_suffix(word: &str) -> bool {
    ["ments", "ment", "ful", "fully", "less", "ly", "ness"]
        .iter()
        .any(|ending| {
            let stem = word
                .strip_suffix(ending)
                .and_then(|rest| rest.strip_suffix('e'));
            stem.is_some_and(|stem| {
                let last = stem.chars().next_back();
                last.is_some_and(|letter| {
                    !is_vowel(letter) && letter != 'l' || letter == 'l' && *ending == "ly"
                }) && stem.chars().any(is_vowel)
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_words_have_the_syllables_of_a_dictionary() {
        let words = "\
            the 1, date 1, table 2, handled 2, filled 1, needed 2, called 1, boxes 2, changes 2, \
            times 1, official 3, material 4, period 3, previous 3, station 2, application 4, \
            region 2, million 2, people 2, video 3, usual 3, annual 3, language 2, value 2, \
            continue 3, building 2, applying 3, paying 2, going 2, beyond 2, employer 3, \
            statement 2, agreement 3, element 3, careful 2, safely 2, sidewalk 2, homeowner 3, \
            doesn’t 2, don’t 1, city’s 2, easier 3, patient 2, convenient 4, society 4, \
            requirement 3, permit 2, responsibility 6, on-line 2, 35 1, year 1, neighborhood 3, \
            document 3, identification 6, recycling 3, criticism 4, associate 4, quality 3, \
            you’re 1, inspector 3";
        for (word, expected) in words.split(", ").map(|one| one.split_once(' ').unwrap()) {
            assert_eq!(syllables(word).to_string(), expected, "{word}");
        }
    }
}
