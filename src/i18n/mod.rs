//! The interface's words: a key for each phrase, English compiled in, other
//! languages fetched when a resident reads them. Nothing else in the crate holds
//! a sentence that a resident reads; what a city writes comes as `Text`.

mod words;

pub use guide::Text;
pub use words::Words;

/// A phrase of the interface.
#[derive(Clone, Copy, Debug)]
pub struct Key(&'static Phrase);

/// A phrase as compiled in. There is no table of them all: it would keep every phrase of
/// every journey in the first view (docs/decisions/0006-words-travel-with-their-journey.md).
#[derive(Debug)]
struct Phrase {
    /// Its place in the sorted keys of `locales/en.json`.
    place: u16,
    /// English for one; empty where the phrase has no plural.
    one: &'static str,
    /// English.
    other: &'static str,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.place == other.0.place
    }
}

impl Eq for Key {}

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// Puts values in the places that a phrase names: `{number}` becomes the value of `number`.
/// A place that has no value stays as it is, so that the mistake can be seen.
pub fn fill(phrase: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(phrase.len() + 16);
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let named = after.split_once('}').and_then(|(name, tail)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, tail))
        });
        match named {
            Some((value, tail)) => {
                out.push_str(value);
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests;
