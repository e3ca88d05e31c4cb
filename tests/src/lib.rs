//! The harness of the browser tests: a city's endpoint, a web server that can be told to
//! misbehave, and a browser in which elements are found as a person finds them, by role and name.
//! It knows the widget's texts and its tag, but nothing of how the widget works inside.

mod axe;
mod child;
mod config;
mod corruption;
pub mod dist;
mod driver;
mod environment;
mod host;
mod nginx;
mod page;
mod paged_list;
mod reply;
mod sandbox;
mod stage;
pub mod steps;
mod texts;

pub use axe::{assert_accessible, axe_violations};
pub use corruption::Corruption;
pub use environment::screenshots_folder;
pub use host::{Host, Seen};
pub use nginx::Nginx;
pub use page::{Focus, Page, ROOT, SavedFile, Theme, eventually, key};
pub use paged_list::PagedList;
pub use reply::{Reply, form_fields, host_page};
pub use sandbox::Sandbox;
pub use stage::{Stage, stage, stage_with};
pub use texts::{en, en_gb, es, phrases, plural};
