//! How hard a text is to read. Knows words, sentences and formulas; nothing of guides.
//!
//! English: Flesch-Kincaid grade (Kincaid et al. 1975). Spanish: Fernández-Huerta (1959), with the
//! mean length of a sentence in words, as corrected by Law (2011). Other languages that put spaces
//! between words: LIX (Björnsson 1968), which needs no syllables.

mod english;
mod level;
mod sentences;
mod spanish;

pub(crate) use level::{Formula, Measure};
pub(crate) use sentences::{sentences, words};
