//! Open311 GeoReport v2 as cities really speak it: types, tolerant reading and form encoding.
//!
//! The caller fetches; this crate says what to ask for and what the answer means. It knows no web, no
//! screen and no language, and depends on nothing, because it travels in the wasm of a widget. Where
//! real endpoints leave the specification, it follows the thirteen rules of the project's design; each
//! has a test of its name in `tests/`.
//!
//! Reading never fails: a row that cannot be used is left out and counted, and the others are not
//! harmed. Everything that people read comes out as plain text.
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
//! // What the city asks for.
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
//! // What the resident sends.
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
//! // The city's number, and where it stands.
//! let receipt = read_receipt(&json::parse(r#"[{"service_request_id": 638344}]"#)?);
//! assert_eq!(receipt.service_request_id.as_deref(), Some("638344"));
//!
//! let answer = json::parse(r#"[{"service_request_id": 638344, "status": "Open"}, null]"#)?;
//! let reading = read_requests(&answer);
//! assert_eq!(reading.rows[0].status, Status::Open);
//! assert_eq!(reading.bad_rows, 1);
//! # Ok::<(), json::ParseError>(())
//! ```
#![forbid(unsafe_code)]

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
mod service;
mod status;
mod text;
mod update;
mod url;

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
pub use update::{Update, read_updates};
pub use url::{join, path_segment};
