//! The harness of the browser tests: a city's endpoint, a web server that can be told to
//! misbehave, and a browser in which things are found as a person finds them, by role and
//! name. It knows the widget's words and its tag, but none of its insides.

mod axe;
mod child;
mod configure;
mod driver;
mod host;
mod list;
mod nginx;
mod page;
mod part;
mod reply;
mod sandbox;
mod setting;
mod stage;
mod turn;
mod words;

pub use axe::violations;
pub use host::{Host, Seen};
pub use list::List;
pub use nginx::Nginx;
pub use page::{Focus, LIMIT, Page, Theme, eventually};
pub use part::part;
pub use reply::{Reply, host_page, pairs};
pub use sandbox::Sandbox;
pub use setting::screenshots_folder;
pub use stage::{Stage, stage, stage_with};
pub use turn::Turn;
pub use words::{en, es, phrases, plural};
