//! Every call of the request journey going wrong in every way, one at a time, and answers that are no answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
