//! Shared by the tests of the rules.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use open311::{ServiceRequest, json, read_requests};

/// The request that `[{"service_request_id":1, …}]` reads as.
pub(crate) fn request(fields: &str) -> ServiceRequest {
    let answer = ["[{\"service_request_id\":1,", fields, "}]"].concat();
    let mut reading = read_requests(&json::parse(&answer).unwrap());
    assert_eq!((reading.rows.len(), reading.bad_rows), (1, 0), "{fields}");
    reading.rows.remove(0)
}
