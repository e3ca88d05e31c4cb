//! The interface's texts: a key for each phrase, English compiled in, other languages fetched when a
//! resident reads them. No other module holds a sentence that residents read; what a city writes is a
//! [`Text`].

mod catalog;

pub use catalog::Catalog;
pub use guide::Text;

/// A phrase of the interface.
#[derive(Clone, Copy, Debug)]
pub struct Key(&'static Phrase);

/// A phrase as compiled in. There is no table of all phrases: it would keep every phrase of every journey
/// in the first view (docs/decisions/0006-words-travel-with-their-journey.md).
#[derive(Debug)]
struct Phrase {
    /// Its index in the sorted keys of `locales/en.json`.
    index: u16,
    /// English for one; empty if the phrase has no plural.
    one: &'static str,
    /// English.
    other: &'static str,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.index == other.0.index
    }
}

impl Eq for Key {}

include!(concat!(env!("OUT_DIR"), "/phrases.rs"));

/// Fills the placeholders of a phrase: `{number}` becomes the value of `number`. A placeholder without a
/// value stays as it is, so that the mistake can be seen.
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
