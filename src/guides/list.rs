//! The list of guides: a search in the resident's own words, and all guides by topic. Needs only the index, not the
//! guides themselves.

use crate::app::App;
use crate::net::Load;
use crate::ui::{Finder, Offer, finder, heading, link, load_error, loading, paragraph, title};
use crate::view::{View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::route::Route;
use guide::Entry;

/// The page with all guides.
pub(super) fn list(app: App) -> View {
    let Finder { input, below } = finder(app, "guides-search", k::GUIDES_SEARCH, topics);
    let search = el("div").attr("role", "search").child(input).into();
    [title(app, app.t(k::GUIDES_HEADING)), search, below].into()
}

fn topics(app: App, _: &[Offer]) -> View {
    app.guides().with(|index| match index {
        Load::Pending => loading(app),
        Load::Failed(error) => load_error(app, error, move || app.load_guides()),
        Load::Ready(index) if index.entries.is_empty() => paragraph("", app.t(k::GUIDES_NONE)),
        Load::Ready(index) => by_topic(app, &index.entries),
    })
}

fn by_topic(app: App, guides: &[Entry]) -> View {
    let mut names: Vec<String> = Vec::new();
    for guide in guides {
        let name = app.text(&guide.topic);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let topics = names.into_iter().map(|name| {
        let rows: Vec<View> = guides
            .iter()
            .filter(|guide| app.text(&guide.topic) == name)
            .map(|guide| row(app, guide))
            .collect();
        let name = (!name.is_empty()).then(|| heading(name));
        el("section")
            .class("group")
            .child(name)
            .child(el("ul").class("list").child(rows))
            .into()
    });
    topics.collect::<Vec<View>>().into()
}

fn row(app: App, guide: &Entry) -> View {
    let summary = app.text(&guide.summary);
    let summary = (!summary.is_empty()).then(|| el("span").class("quiet").child(summary));
    let inside = el("span")
        .class("two")
        .child(el("span").child(app.text(&guide.title)))
        .child(summary);
    el("li")
        .child(link(app, Route::guide(&guide.id), "", inside))
        .into()
}
