//! How long the texts that the clerk writes can be, in characters.

/// Notes, questions and reasons. Long enough for several sentences, short enough for a phone screen.
pub(super) const MAX_NOTE_CHARS: usize = 2000;
