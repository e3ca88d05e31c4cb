//! What the models share that try the state machines of sending in random orders. Not in the widget.

/// How often a model is run: enough to find most mistakes in two seconds; `cargo xtask test` runs it 100,000 times.
pub(crate) fn model_runs() -> u64 {
    let runs = std::env::var("FRONTDOOR_MODEL_RUNS").ok();
    runs.map_or(10_000, |runs| runs.parse().unwrap())
}

/// The numbers of Marsaglia's xorshift: the same in every run for the same seed.
pub(crate) struct Random(u64);

impl Random {
    /// The numbers of this seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below the limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }

    /// True in one of so many cases.
    pub(crate) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}
