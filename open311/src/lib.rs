//! Open311 GeoReport v2 as deployed endpoints implement it: types, tolerant readers, form encoding.
//!
//! The caller does the fetching; this crate says what to request and what the response means. It has no
//! network, user interface or language of its own, and no dependency but [`json`], because it is part of a
//! widget's wasm. Where real endpoints depart from the specification, it follows fourteen rules; each has a
//! test of its name in `tests/` (`rule_01_…` to `rule_14_…`).
//!
//! Reading never fails: a row that cannot be used is skipped and counted, and the other rows are unaffected.
//! Every text for people is returned as plain text.
//!
//! ```
//! use open311::form::{AttributeAnswer, AnswerValue, Post, encode};
//! use open311::{AttributeKind, Status, join, json, read_definition, read_receipt, read_requests};
//!
//! let base = "https://city.example/open311/v2?jurisdiction_id=city.example";
//! assert_eq!(
//!     join(base, "services/BIN.json"),
//!     "https://city.example/open311/v2/services/BIN.json?jurisdiction_id=city.example",
//! );
//!
//! // The service definition: what the city asks.
//! let answer = json::parse(
//!     r#"{"service_code": "BIN", "attributes": [
//!         {"variable": "true", "code": 7, "datatype": "string", "description": "Which <b>bin</b>?"}
//!     ]}"#,
//! )?;
//! let definition = read_definition(&answer);
//! let question = &definition.attributes[0];
//! assert_eq!(question.description, "Which bin?");
//! assert!(matches!(question.kind, AttributeKind::Question { required: false, .. }));
//!
//! // The request that the resident submits.
//! let post = Post {
//!     service_code: "BIN".into(),
//!     attributes: vec![AttributeAnswer {
//!         code: question.code.clone(),
//!         value: AnswerValue::One("the brown one".into()),
//!     }],
//!     ..Post::default()
//! };
//! assert_eq!(
//!     encode(&post.pairs()),
//!     "service_code=BIN&attribute%5B7%5D=the+brown+one",
//! );
//!
//! // The receipt, and later the status.
//! let receipt = read_receipt(&json::parse(r#"[{"service_request_id": 638344}]"#)?);
//! assert_eq!(receipt.service_request_id.as_deref(), Some("638344"));
//!
//! let answer = json::parse(r#"[{"service_request_id": 638344, "status": "Open"}, null]"#)?;
//! let reading = read_requests(&answer);
//! assert_eq!(reading.rows[0].status, Status::Open);
//! assert_eq!(reading.bad_rows, 1);
//! # Ok::<(), json::ParseError>(())
//! ```
//!
//! # Features
//!
//! `serde` (off by default, never in the widget's wasm): `Serialize` and `Deserialize` for the public types,
//! for servers, tools and tests. Rows are serialized under the field names of GeoReport and deserialized by
//! the same tolerant readers, so what was read, serialized and read again is equal:
//!
//! ```
//! # #[cfg(feature = "serde")] {
//! use open311::{ServiceRequest, Status};
//!
//! let row: ServiceRequest = serde_json::from_str(r#"{"service_request_id": 7, "status": "OPEN"}"#).unwrap();
//! assert_eq!(row.status, Status::Open);
//! assert_eq!(serde_json::to_string(&row).unwrap(), r#"{"service_request_id":"7","status":"OPEN"}"#);
//! # }
//! ```
#![forbid(unsafe_code)]

mod answer;
mod condition;
mod definition;
mod error;
mod fields;
pub mod form;
mod list;
mod location;
mod lookup;
mod moment;
mod receipt;
mod request;
mod search;
#[cfg(feature = "serde")]
mod serialize;
mod service;
mod status;
mod text;
mod update;
mod url;

pub use answer::{PostAnswer, read_feedback_answer, read_request_answer, read_update_answer};
pub use condition::{Condition, Operator};
pub use definition::{Attribute, AttributeKind, Choice, Datatype, Definition, read_definition};
pub use error::{ServiceError, read_error};
pub use json::{self, Value};
pub use list::Reading;
pub use location::Location;
pub use lookup::{Lookup, look_up_request, look_up_token};
pub use moment::{Civil, Moment, Parsed, Time};
pub use receipt::{Receipt, read_receipt};
pub use request::{ServiceRequest, read_request_summaries, read_requests};
pub use service::{Service, ServiceKind, read_services};
pub use status::{KnownStatus, Stage, Status};
pub use text::plain_text;
pub use update::{Author, Update, read_updates};
pub use url::{join, path_segment};
