//! The first view, and what the city promises everyone. With `shell`, the only code that knows all journeys.

mod commitments;
mod start;

pub use commitments::commitments;
pub use start::start;
