//! The first view, and the city's commitments.
//! Along with `shell`, the only code that knows all journeys.

mod commitments;
mod start;

pub use commitments::commitments;
pub use start::start;
