//! The guide journey: the list of guides, one guide, and its eligibility questions. Code that is not needed to read
//! a guide is in a separate chunk. How a guide is read and what applies to whom is defined in the crate `guide`;
//! this journey does not know the other journeys.

mod action;
mod calendar;
mod eligibility;
mod evidence;
#[cfg(feature = "gallery")]
pub mod gallery;
mod guide_page;
mod list;
mod office;
mod open;
mod print;
mod progress;
mod refusal;
mod step;
mod step_feedback;
mod text;
mod tools;
mod wording;

use crate::app::{App, chunk};
use crate::view::View;
use frontdoor_core::route::Route;
use open::OpenGuide;

chunk! {
    /// The list of guides, and one guide.
    pub static GUIDES in guides = pages;

    /// The eligibility questions of the open guide.
    pub static ELIGIBILITY in guide_tools = |app| match OpenGuide::current(app) {
        Some(open) => eligibility::eligibility_page(app, &open),
        None => pages(app),
    };
}

/// The pages that are opened first; the other chunk falls back on them
/// (docs/decisions/0011-chunks-that-lead-on.md).
fn pages(app: App) -> View {
    match app.route() {
        Route::Guide { id, section } => guide_page::guide_page(app, id, section, &ELIGIBILITY),
        _ => list::list(app),
    }
}
