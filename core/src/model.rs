//! What the models share that try the state machines of sending in random orders. Not in the widget.

/// Runs a model with one seed after the other, and names the seed with which it fails: 10,000 seeds, which find most
/// mistakes in two seconds, or as many as `FRONTDOOR_MODEL_RUNS` says; `cargo xtask test` takes 100,000.
pub(crate) fn for_each_seed(run: fn(u64)) {
    let runs = std::env::var("FRONTDOOR_MODEL_RUNS").ok();
    for seed in 1..=runs.map_or(10_000, |runs| runs.parse().unwrap()) {
        let result = std::panic::catch_unwind(|| run(seed));
        assert!(result.is_ok(), "seed {seed}");
    }
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
