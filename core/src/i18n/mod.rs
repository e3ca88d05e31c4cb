//! The interface's texts: one key per phrase, English compiled in, other languages fetched on demand.
//!
//! No other module contains a sentence that residents read. Texts written by the city are not in here: they
//! are a [`Text`]. Formatting dates and choosing plural categories is up to the browser.

mod catalog;

pub use catalog::Catalog;
pub use guide::Text;

/// Identifies a phrase of the interface; the constants are in [`k`].
#[derive(Clone, Copy, Debug)]
pub struct Key(&'static Phrase);

/// A compiled-in phrase. There is deliberately no table of all phrases: it would load every phrase of every
/// journey with the first view (docs/decisions/0006-words-travel-with-their-journey.md).
#[derive(Debug)]
struct Phrase {
    /// The index of its key among the sorted keys of `locales/en.json`.
    index: u16,
    /// English, singular; empty if the phrase has no plural forms.
    one: &'static str,
    /// English; the plural if the phrase has plural forms.
    other: &'static str,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.index == other.0.index
    }
}

impl Eq for Key {}

include!(concat!(env!("OUT_DIR"), "/phrases.rs"));

/// Replaces the placeholders of a phrase: `{number}` becomes the value of `number`. A placeholder without a
/// value is left in place, so that the mistake is visible.
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
