//! The interface's words: a key for each phrase, English compiled in, other
//! languages fetched when a resident reads them. Nothing else in the crate holds
//! a sentence that a resident reads; what a city writes comes as `Text`.

mod text;
mod words;

pub use text::Text;
pub use words::Words;

/// A phrase of the interface, by its place in the sorted keys of `locales/en.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u16);

/// A phrase as compiled in.
enum English {
    One(&'static str),
    /// The forms `one` and `other`, all that English has.
    Plural(&'static str, &'static str),
}

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
