//! Process guides as data: a city's description of how something is done, read into strict types, and which
//! parts of it apply to a resident.
//!
//! The widget and the `guide` command share this crate. It knows neither the network nor a user interface. Its
//! terms are those of schema.org and of the EU's Core Public Service Vocabulary (docs/guide-terms.md maps them).
//!
//! Reading never fails: what does not fit is ignored and reported in [`json::Diagnostics`], and the rest is
//! unaffected, because half a guide and a telephone number help more than an error.
//!
//! ```
//! use guide::{Answers, Guide, Personal};
//!
//! let text = r#"{
//!     "id": "bin", "title": {"en": "Get a bin", "es": "Obtener un bote"},
//!     "questions": [{"id": "have", "label": "Do you have one?", "options": [
//!         {"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]}],
//!     "steps": [
//!         {"id": "order", "title": "Order it", "when": {"have": "no"}},
//!         {"id": "keep", "title": "Keep it", "when": {"have": "yes"}}
//!     ]
//! }"#;
//! let (bin, diagnostics) = json::read(&json::parse(text)?, Guide::read);
//! assert!(diagnostics.invalid_values.is_empty() && diagnostics.unknown_keys.is_empty());
//! assert_eq!(bin.title.get("es"), "Obtener un bote");
//!
//! let answers = Answers::from_iter([("have", "no")]);
//! let personal = Personal::new(&bin, &answers);
//! let steps: Vec<&str> = personal.steps().map(|step| step.id.as_str()).collect();
//! assert_eq!(steps, ["order"]);
//! # Ok::<(), json::ParseError>(())
//! ```
//!
//! # Features
//!
//! All are off by default and never part of the widget's wasm.
//!
//! - `readability`: how hard a text is to read, for those who check texts.
//! - `schema`: JSON Schema (`schemars::JsonSchema`) for [`Guide`] and [`Index`].
//! - `serde`: `Serialize` and `Deserialize` for the public types, in the format of docs/guides.md. A value that
//!   does not fit is an error with its path:
//!
//! ```
//! # #[cfg(feature = "serde")] {
//! use guide::Guide;
//!
//! let bin: Guide = serde_json::from_str(r#"{"id": "bin", "title": "Get a bin", "time": {"usual": "2–3 weeks"}}"#).unwrap();
//! assert_eq!(
//!     serde_json::to_string(&bin).unwrap(),
//!     r#"{"id":"bin","title":"Get a bin","time":{"usual":"2-3 weeks"}}"#,
//! );
//! let error = serde_json::from_str::<Guide>(r#"{"id": "bin", "time": {"usual": "soon"}}"#).unwrap_err();
//! assert!(error.to_string().starts_with("time.usual: expected a time such as “5 minutes”"));
//! # }
//! ```
#![forbid(unsafe_code)]

mod action;
mod address;
mod condition;
mod duration;
mod hours;
mod index;
mod model;
mod office;
mod personal;
#[cfg(feature = "readability")]
pub mod readability;
mod reading;
#[cfg(feature = "schema")]
mod schema;
#[cfg(feature = "serde")]
mod serialize;
mod text;

pub use action::{Action, ActionKind, Calendar, Prefill};
pub use address::safe_address;
pub use condition::{Applies, Known, When};
pub use duration::{Duration, Time, Unit};
pub use hours::{Day, Hours, OpenState, open_state};
pub use index::{Entry, Index};
pub use model::{
    Choice, Choose, Evidence, Fee, Guide, Outcome, Question, Refusal, Related, Scenario, Step, Who,
};
pub use office::{Office, OfficeRef};
pub use personal::{Answers, Personal};
#[cfg(feature = "schema")]
pub use schema::WithoutDefaultsOfReferences;
pub use text::{Block, ReadText, Rich, Span, Target, Text, Translation, is_machine_made, primary};

#[cfg(test)]
mod tests;
