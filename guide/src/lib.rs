//! Process guides as data: what a city writes about how something is done, read into strict types,
//! and what of it is for whom.
//!
//! The widget and the command `guide` share this. It knows no web and no screen. Its terms are those
//! of schema.org and of the EU's Core Public Service Vocabulary (`docs/guides.md` maps them).
//!
//! Reading never fails: what does not fit is left out and reported in [`json::Diagnostics`], and the rest
//! is not harmed, because half a guide and a telephone number help more than an error.
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
mod reading;
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
pub use text::{Block, ReadText, Rich, Span, Target, Text, Translation, is_machine_made, primary};

#[cfg(test)]
mod tests;
