//! Counts which words residents use for which service, and leaves out whatever could say something about a person or a
//! place. Counting only: the same requests give the same result in any order.

use std::collections::{BTreeMap, BTreeSet};

use frontdoor_core::search::city_words::{CityWord, CityWords};
use frontdoor_core::search::concepts::Table;
use frontdoor_core::search::{folded, stem};

use crate::spelled::{Capital, Spelled, spell};

/// A word is kept if it stands in this many requests, at this many different places. Fewer would tell about single
/// residents.
const LEAST_REQUESTS: usize = 5;
const LEAST_PLACES: usize = 3;
/// Services of a word.
const MOST_SERVICES: usize = 4;
/// A service is named for a word from this many requests on.
const LEAST_TOGETHER: u32 = 2;
/// How many times more often than on average a word must be used for one of its services, in tenths.
const LEAST_LIFT_TENTHS: u64 = 14;
/// A word that stands where names stand more often than one time in this many is a name, whatever else it means.
const MOSTLY: u32 = 4;
/// What names of streets in one word end in.
const GERMAN_STREETS: [&str; 10] = [
    "strasse", "weg", "platz", "allee", "gasse", "ring", "ufer", "damm", "str", "stieg",
];
/// The length of a word in letters.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=24;
/// The bytes of the file: compressed they are less than 12 KB.
const MOST_BYTES: usize = 30_000;

/// The bytes between two lines.
const SEPARATOR: usize = 2;

/// A request as the city publishes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) service: String,
    pub(crate) text: String,
    /// The address as text.
    pub(crate) address: String,
    /// What tells its place from others: the address, or the coordinates.
    pub(crate) place: String,
    /// Seconds since 1970, to find the newest.
    pub(crate) at: i64,
}

/// Why words were left out, and how many; the reasons in the order in which they are checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dropped(pub(crate) BTreeMap<Reason, u32>);

/// Why a word is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    Address,
    Private,
    Name,
    Capital,
    Rare,
    FewPlaces,
    Length,
    Meaningless,
    Size,
}

impl Reason {
    /// The reason in words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Address => "stand in an address or are names of streets",
            Self::Private => "stand in an address of e-mail or the web",
            Self::Name => "stand where a person's name stands",
            Self::Capital => "are mostly written like names",
            Self::Rare => "stand in less than 5 requests",
            Self::FewPlaces => "stand in requests of less than 3 places",
            Self::Length => "have less than 3 or more than 24 letters",
            Self::Meaningless => "are used for all services alike",
            Self::Size => "say least, and the file would be too large",
        }
    }
}

/// What is known of a word over all requests.
#[derive(Default)]
struct Seen<'a> {
    spellings: BTreeMap<String, u32>,
    requests: u32,
    places: BTreeSet<&'a str>,
    services: BTreeMap<&'a str, u32>,
    capitals: u32,
    smalls: u32,
    after_determiner: u32,
    occurrences: u32,
    name_places: u32,
    street_places: u32,
}

/// Counts. `tables` say which words carry no meaning, and which are words of civic life and thus no names.
pub(crate) fn count(requests: &[Request], tables: &[Table]) -> (CityWords, Dropped) {
    let spelled: Vec<Spelled> = requests
        .iter()
        .map(|request| spell(&request.text))
        .collect();
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    let mut private: BTreeSet<String> = BTreeSet::new();
    for (request, spelled) in requests.iter().zip(&spelled) {
        private.extend(spelled.private.iter().map(|word| stem(word)));
        let mut here: BTreeSet<String> = BTreeSet::new();
        for word in &spelled.words {
            if tables.iter().any(|table| table.is_stop(&word.folded)) {
                continue;
            }
            let stem = stem(&word.folded);
            let entry = seen.entry(stem.clone()).or_default();
            entry.occurrences += 1;
            entry.capitals += u32::from(word.capital == Capital::Large);
            entry.smalls += u32::from(word.capital == Capital::Small);
            entry.after_determiner += u32::from(word.is_after_determiner);
            entry.name_places += u32::from(word.is_name_place);
            entry.street_places += u32::from(word.is_street_place);
            if here.insert(stem) {
                *entry.spellings.entry(word.folded.clone()).or_default() += 1;
                entry.requests += 1;
                *entry.services.entry(&request.service).or_default() += 1;
                if !request.place.is_empty() {
                    entry.places.insert(&request.place);
                }
            }
        }
    }
    let judge = Judge {
        addresses: addresses(requests),
        private,
        tables,
        is_german: is_german(requests, tables),
    };
    let services = services(requests);
    let mut dropped = Dropped::default();
    let mut words = Vec::new();
    for (stem, seen) in &seen {
        match judge.reason(stem, seen) {
            Some(reason) => *dropped.0.entry(reason).or_default() += 1,
            None => match informative(seen, &services, requests.len()) {
                Some(word) => words.push(word),
                None => *dropped.0.entry(Reason::Meaningless).or_default() += 1,
            },
        }
    }
    let left_out = shorten(&mut words, &services);
    if left_out > 0 {
        dropped.0.insert(Reason::Size, left_out);
    }
    let words = words.into_iter().map(|(word, _)| word).collect();
    (CityWords { services, words }, dropped)
}

/// The requests of each service, by its code.
fn services(requests: &[Request]) -> Vec<(String, u32)> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for request in requests {
        *counts.entry(&request.service).or_default() += 1;
    }
    let owned = |(code, count): (&str, u32)| (code.to_owned(), count);
    counts.into_iter().map(owned).collect()
}

/// The stems of all words of all addresses.
fn addresses(requests: &[Request]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for request in requests {
        all.extend(folded(&request.address).split(' ').map(stem));
    }
    all
}

/// True if most texts have more German words without a meaning than others: in German, a capital begins every noun.
fn is_german(requests: &[Request], tables: &[Table]) -> bool {
    let mut votes = [0_u32, 0];
    for request in requests {
        let folded = folded(&request.text);
        let of = |table: &Table| folded.split(' ').filter(|word| table.is_stop(word)).count();
        let counts: Vec<usize> = tables.iter().map(of).collect();
        let most = counts.iter().max().copied().unwrap_or_default();
        let german = counts.get(crate::tables::GERMAN) == Some(&most) && most > 0;
        if let Some(vote) = votes.get_mut(usize::from(german)) {
            *vote += u32::from(most > 0);
        }
    }
    votes[1] > votes[0]
}

/// True for the name of a street in one word.
fn is_german_street(word: &str) -> bool {
    let is_street = |ending: &&str| word.len() > ending.len() + 2 && word.ends_with(*ending);
    GERMAN_STREETS.iter().any(is_street)
}

struct Judge<'a> {
    addresses: BTreeSet<String>,
    private: BTreeSet<String>,
    tables: &'a [Table],
    is_german: bool,
}

impl Judge<'_> {
    /// Why a word must not be in the file.
    fn reason(&self, stem: &str, seen: &Seen) -> Option<Reason> {
        let has = |set: &BTreeSet<String>| {
            set.contains(stem) || seen.spellings.keys().any(|word| set.contains(word))
        };
        let is_civic = self.tables.iter().any(|table| table.has_word(stem, false));
        let is_name = if is_civic {
            seen.name_places * MOSTLY > seen.occurrences
        } else {
            seen.name_places > 0
        };
        let is_street = seen.street_places * MOSTLY > seen.occurrences
            || seen.spellings.keys().any(|word| is_german_street(word));
        let is_civic_part = self.tables.iter().any(|table| table.has_word(stem, true));
        let length = seen.spellings.keys().map(|word| word.chars().count()).max();
        if has(&self.addresses) || (is_street && !is_civic_part) {
            Some(Reason::Address)
        } else if has(&self.private) {
            Some(Reason::Private)
        } else if is_name {
            Some(Reason::Name)
        } else if !is_civic && self.is_like_a_name(seen) {
            Some(Reason::Capital)
        } else if (seen.requests as usize) < LEAST_REQUESTS {
            Some(Reason::Rare)
        } else if seen.places.len() < LEAST_PLACES {
            Some(Reason::FewPlaces)
        } else if !length.is_some_and(|length| LENGTHS.contains(&length)) {
            Some(Reason::Length)
        } else {
            None
        }
    }

    /// True unless the word is seen small inside of a sentence as often as with a capital, or in German mostly after
    /// an article.
    fn is_like_a_name(&self, seen: &Seen) -> bool {
        if self.is_german && seen.capitals >= seen.smalls {
            return seen.after_determiner * 2 < seen.occurrences;
        }
        seen.smalls == 0 || seen.capitals > seen.smalls
    }
}

/// A word and how much it says.
type Weighed = (CityWord, u64);

/// The word with its services, unless it is used for all alike.
fn informative(seen: &Seen, services: &[(String, u32)], requests: usize) -> Option<Weighed> {
    let mut of_services: Vec<(u32, u32)> = Vec::new();
    let mut says = 0;
    for (index, (code, all)) in services.iter().enumerate() {
        let together = seen
            .services
            .get(code.as_str())
            .copied()
            .unwrap_or_default();
        let lift_tenths = u64::from(together) * requests as u64 * 10
            / (u64::from(seen.requests) * u64::from(*all)).max(1);
        if together >= LEAST_TOGETHER {
            of_services.push((index as u32, together));
            if lift_tenths >= LEAST_LIFT_TENTHS {
                says += u64::from(together) * u64::from((lift_tenths * 2 / 10).ilog2());
            }
        }
    }
    // The most used first; the order of the codes decides between equals.
    of_services.sort_by_key(|(_, together)| std::cmp::Reverse(*together));
    of_services.truncate(MOST_SERVICES);
    let spellings = seen.spellings.iter();
    let (word, _) = spellings.max_by_key(|(word, count)| (**count, std::cmp::Reverse(*word)))?;
    let word = CityWord {
        word: word.clone(),
        requests: seen.requests,
        services: of_services,
    };
    (says > 0).then_some((word, says))
}

/// Leaves out the words that say least, until the file is small enough, and sorts the others; how many were left out.
fn shorten(words: &mut Vec<Weighed>, services: &[(String, u32)]) -> u32 {
    words.sort_by(|(a, says_a), (b, says_b)| says_b.cmp(says_a).then(a.word.cmp(&b.word)));
    let all = words.len();
    let mut bytes = 0;
    let fits = words.iter().take_while(|(word, _)| {
        bytes += crate::file::line(word, services).len() + SEPARATOR;
        bytes < MOST_BYTES
    });
    let fits = fits.count();
    words.truncate(fits);
    words.sort_by(|(a, _), (b, _)| a.word.cmp(&b.word));
    (all - fits) as u32
}

#[cfg(test)]
#[path = "count_tests.rs"]
mod tests;
