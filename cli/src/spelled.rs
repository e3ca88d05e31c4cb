//! The words of what a resident wrote, each with what its surroundings say about it: whether it may be the name of a
//! person, and whether its capital means something.

use frontdoor_core::search::folded;

/// Before the name of a person.
const TITLES: &str = " mr mrs ms miss mister herr herrn frau familie fam fraulein senor senora sr sra don dona mme madame monsieur ";
/// Before one's own name, and before a name at the end of a letter.
const INTRODUCTIONS: [&str; 14] = [
    "my name is",
    "name is",
    "mein name ist",
    "ich heisse",
    "me llamo",
    "mi nombre es",
    "regards",
    "sincerely",
    "mit freundlichen grussen",
    "grusse",
    "gruss",
    "mfg",
    "saludos",
    "atentamente",
];
/// What stands before nouns and hardly ever before names.
const DETERMINERS: &str = " der die das den dem des ein eine einen einem einer eines kein keine keinen mein meine unser unsere im am zum zur vom beim ins ans diese dieser dieses diesen jede jeder jedes mehrere viele alle alte alter altes neue neuer neues ";
/// After the name of a street, and before it.
const STREETS: &str = " street st avenue ave av road rd drive dr lane ln boulevard blvd court ct terrace place pl highway hwy strasse str weg platz allee gasse ring ufer damm ";
const STREETS_BEFORE: &str = " calle avenida av camino colonia plaza paseo rue via ";
/// Words after such a word that may be the name of a street.
const STREET_WORDS: usize = 2;
/// Words after a title or an introduction that may be a name.
const NAME_WORDS: usize = 2;

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Without capitals and accents.
    pub(crate) folded: String,
    pub(crate) capital: Capital,
    /// An article or the like stands before it.
    pub(crate) is_after_determiner: bool,
    /// It stands where the name of a person stands.
    pub(crate) is_name_place: bool,
    /// It stands where the name of a street stands.
    pub(crate) is_street_place: bool,
}

/// What the first letter of a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Capital {
    /// It begins a sentence, or all letters are capitals.
    Unknown,
    Large,
    Small,
}

/// A text in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spelled {
    pub(crate) words: Vec<Word>,
    /// Words that stand in addresses of e-mail or the web.
    pub(crate) private: Vec<String>,
}

/// Reads a text. What has a digit, and addresses of e-mail and the web, are left out.
pub(crate) fn spell(text: &str) -> Spelled {
    let mut spelled = Spelled::default();
    let is_loud = is_loud(text);
    let mut begins = true;
    let (mut name_words, mut street_words) = (0, 0_usize);
    for chunk in text.split_whitespace() {
        if is_address(chunk) || chunk.contains(|letter: char| letter.is_numeric()) {
            if is_address(chunk) {
                spelled.private.extend(letters(chunk));
            }
            begins = true;
            continue;
        }
        for part in
            chunk.split_inclusive(|letter: char| !letter.is_alphabetic() && !is_apostrophe(letter))
        {
            let word = part.trim_end_matches(|letter: char| !letter.is_alphabetic());
            let folded = folded(word);
            // Letters that fold to several words are no word.
            if !folded.is_empty() && !folded.contains(' ') {
                let is_capital = word.chars().next().is_some_and(char::is_uppercase);
                let is_shouted = word.chars().nth(1).is_some_and(char::is_uppercase);
                let previous = spelled.words.last().map(|word| word.folded.as_str());
                let is_after_determiner = is_listed(DETERMINERS, previous.unwrap_or_default());
                let capital = match (begins || is_loud || is_shouted, is_capital) {
                    (true, _) => Capital::Unknown,
                    (false, true) => Capital::Large,
                    (false, false) => Capital::Small,
                };
                if is_listed(DETERMINERS, &folded) {
                    name_words = 0;
                }
                if is_listed(STREETS, &folded)
                    && let Some(before) = spelled.words.last_mut()
                {
                    before.is_street_place = true;
                }
                let is_street_place = street_words > 0;
                street_words = if is_listed(STREETS_BEFORE, &folded) {
                    STREET_WORDS
                } else {
                    street_words.saturating_sub(1)
                };
                spelled.words.push(Word {
                    is_street_place,
                    is_after_determiner,
                    is_name_place: name_words > 0,
                    capital,
                    folded,
                });
                name_words = if is_introduction(&spelled.words) {
                    NAME_WORDS
                } else {
                    name_words.saturating_sub(1)
                };
                begins = false;
            }
            begins |= part.ends_with(['.', '!', '?', ':', ';', '"', '“', '„', '(', '-', '*', '•']);
        }
    }
    spelled
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’')
}

fn is_listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.contains(&format!(" {word} "))
}

/// True if a name follows.
fn is_introduction(words: &[Word]) -> bool {
    let last = words.last().map(|word| word.folded.as_str());
    if is_listed(TITLES, last.unwrap_or_default()) {
        return true;
    }
    INTRODUCTIONS.iter().any(|introduction| {
        let wanted: Vec<&str> = introduction.split(' ').collect();
        let from = words.len().checked_sub(wanted.len());
        let tail = from.and_then(|from| words.get(from..)).unwrap_or_default();
        !tail.is_empty() && tail.iter().map(|word| word.folded.as_str()).eq(wanted)
    })
}

/// True for something like an address of e-mail or the web.
fn is_address(chunk: &str) -> bool {
    let is_web = chunk.contains("://") || chunk.to_lowercase().starts_with("www.");
    let inner = chunk.trim_matches(|letter: char| !letter.is_alphanumeric());
    let dot = inner.split('.').filter(|part| part.len() > 1).count() > 1;
    chunk.contains('@') || is_web || (dot && !inner.contains(".."))
}

/// The folded words inside of an address.
fn letters(chunk: &str) -> Vec<String> {
    let folded = folded(chunk);
    let words = folded.split(' ');
    let words = words.flat_map(|word| word.split(|letter: char| letter.is_numeric()));
    words
        .filter(|word| word.len() > 2)
        .map(str::to_owned)
        .collect()
}

/// True if most letters are capitals, so that a capital says nothing.
fn is_loud(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic());
    let capitals = text.chars().filter(|letter| letter.is_uppercase());
    capitals.count() * 2 > letters.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let words = spell(text).words.into_iter();
        words
            .filter(|word| word.is_name_place)
            .map(|word| word.folded)
            .collect()
    }

    #[test]
    fn a_name_stands_after_a_title_or_an_introduction() {
        for (text, expected) in [
            ("Ask Mr. Sample about it", &["sample", "about"][..]),
            ("Frau Beispiel parkt", &["beispiel", "parkt"]),
            ("my name is Ada Example", &["ada", "example"]),
            ("Hallo, ich heiße Ada", &["ada"]),
            (
                "Mit freundlichen Grüßen\nAda Beispiel",
                &["ada", "beispiel"],
            ),
            ("the lamp is dark", &[]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn addresses_and_what_has_a_digit_are_no_words() {
        let spelled = spell(
            "Write to ada.example@mail.example or www.example.org, call 555-0100, car AB12 at 5pm. Lamp",
        );
        let words: Vec<&str> = spelled
            .words
            .iter()
            .map(|word| word.folded.as_str())
            .collect();
        assert_eq!(words, ["write", "to", "or", "call", "car", "at", "lamp"]);
        assert!(spelled.private.contains(&"ada".to_owned()));
    }

    #[test]
    fn a_capital_counts_inside_of_a_sentence() {
        let capitals = |text: &str| -> Vec<Capital> {
            spell(text).words.iter().map(|word| word.capital).collect()
        };
        use Capital::{Large, Small, Unknown};
        assert_eq!(
            capitals("The Lamp. Near us"),
            [Unknown, Large, Unknown, Small]
        );
        assert_eq!(capitals("THE LAMP IS OUT"), [Unknown; 4]);
        assert_eq!(capitals("see NASA there"), [Unknown, Unknown, Small]);
    }
}
