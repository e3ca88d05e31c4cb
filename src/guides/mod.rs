//! Finding out how: the list of guides, one guide, and the questions that tell for whom it is. What goes with a guide
//! and is not needed to read it is a chunk of its own.

mod action;
mod calendar;
mod eligibility;
mod evidence;
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

    /// The questions of the guide that is open.
    pub static ELIGIBILITY in guide_tools = |app| match OpenGuide::current(app) {
        Some(open) => eligibility::eligibility_page(app, &open),
        None => pages(app),
    };
}

/// What is read first; the other chunk falls back on it (docs/decisions/0011-chunks-that-lead-on.md).
fn pages(app: App) -> View {
    match app.route() {
        Route::Guide { id, section } => guide_page::guide_page(app, id, section, &ELIGIBILITY),
        _ => list::list(app),
    }
}
