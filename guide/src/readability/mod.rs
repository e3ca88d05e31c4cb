//! Measures how hard a text is to read. Knows words, sentences and formulas, and nothing of guides.
//!
//! English: Flesch-Kincaid grade (Kincaid et al. 1975). Spanish: Fernández-Huerta (1959), with the mean length of a
//! sentence in words, as corrected by Law (2011). Other languages with spaces between words: LIX (Björnsson 1968), which
//! does not need syllables.

mod english;
mod formula;
mod sentences;
mod spanish;

pub use formula::{Formula, Measure};
pub use sentences::{sentences, words};
