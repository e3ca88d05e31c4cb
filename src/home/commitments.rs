//! The city's commitments: what it promises all residents, from the config. Promises for one service are in
//! `ui::service_promise`.

use crate::app::App;
use crate::ui::{heading, optional_paragraph, title};
use crate::view::{View, el};
use frontdoor_core::config::Commitment;
use frontdoor_core::i18n::k;

/// The page with all commitments of the city.
pub fn commitments(app: App) -> View {
    let commitment = |commitment: &Commitment| {
        el("li")
            .child(heading(app.text(&commitment.title)))
            .child(optional_paragraph("", app.text(&commitment.text)))
            .into()
    };
    let all: Vec<View> =
        app.with_config(|config| config.commitments.iter().map(commitment).collect());
    [
        title(app, app.t(k::PROMISES_HEADING)),
        el("ul").class("commitments").child(all).into(),
    ]
    .into()
}
