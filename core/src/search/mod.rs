//! Search over services and guides, in the resident's own words.
//!
//! `plain` demands that every word be found; it is in the first view. `meaning` ranks by what a whole sentence means,
//! from the city's own lists, tables of civic concepts and the words that residents of the city use; it is fetched
//! when somebody types. All of it works on texts and returns indexes; it does not know what it searches, and nothing
//! leaves the device.

mod letters;
mod plain;

pub mod city_words;
pub mod concepts;
pub mod meaning;
mod words;

pub use letters::folded;
pub use plain::{Entry, Synonyms, find};
pub use words::stem;
