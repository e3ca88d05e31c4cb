//! Codes for what is sent: a fingerprint by which two versions are told apart, and a mark by which the city's list is
//! searched. They depend on every word, so that an edited version has other ones.
//!
//! Nothing here is secret or safe against forgery.

use super::queued::QueuedRequest;

/// The hash of nothing, to start with (64-bit FNV-1a).
pub(crate) const EMPTY_HASH: u64 = 0xcbf2_9ce4_8422_2325;

/// Adds a text to a hash.
pub(crate) fn add_to_hash(mut state: u64, text: &str) -> u64 {
    for byte in text.bytes().chain([0]) {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    state
}

/// A hash of everything that is sent for a request.
fn hash(request: &QueuedRequest) -> u64 {
    let mut state = EMPTY_HASH;
    let mut add = |text: &str| state = add_to_hash(state, text);
    add(&request.draft.key);
    for (name, value) in request.post.pairs() {
        add(&name);
        add(&value);
    }
    for photo in &request.draft.photos {
        add(&photo.id);
        add(&photo.description);
    }
    state
}

/// True if the two send the same.
pub(crate) fn is_same(one: &QueuedRequest, other: &QueuedRequest) -> bool {
    hash(one) == hash(other)
}

/// Identifies what is sent for a request: two requests with the same fingerprint send the same.
pub fn fingerprint(request: &QueuedRequest) -> String {
    symbols(hash(request), 13)
}

/// A code that is sent with the description, by which a request is recognised in the city's list. Eight letters and
/// digits in two groups, which can be read out. It depends on everything that is sent, so that an edited request has
/// another one.
pub fn mark(request: &QueuedRequest) -> String {
    mark_of(hash(request))
}

/// The mark of something with this hash.
pub(crate) fn mark_of(hash: u64) -> String {
    let code = symbols(hash >> 24, 8);
    let (first, second) = code.split_at(4);
    [first, "-", second].concat()
}

/// The lowest bits of a number, five for each symbol. The symbols are upper-case letters and digits without those that
/// are easily taken for each other (I, L, O, U).
pub(crate) fn symbols(number: u64, count: u32) -> String {
    const SYMBOLS: [char; 32] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H',
        'J', 'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
    ];
    let symbol = |place| {
        let index = (number >> (place * 5)) as usize % SYMBOLS.len();
        SYMBOLS.get(index).copied().unwrap_or('0')
    };
    (0..count).map(symbol).collect()
}

/// True if a text that the city shows contains this mark.
pub(crate) fn contains_mark(text: &str, mark: &str) -> bool {
    text.to_ascii_uppercase().contains(mark)
}
