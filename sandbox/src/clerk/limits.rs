//! How long what the clerk writes may be, in characters.

pub(super) const LONGEST_NOTE: usize = 2000;
