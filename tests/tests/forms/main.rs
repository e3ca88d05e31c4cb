//! What a form asks: questions that come and go, free times, long forms, and how to reach the resident.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
