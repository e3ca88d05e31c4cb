//! The list of guides: search in one's own words, or look through the topics.

use crate::api::Load;
use crate::app::{App, Finder, Offer, finder};
use crate::i18n::k;
use crate::platform::view::{View, el};
use crate::route::Route;
use crate::ui::{heading, link, loading, paragraph, problem, title};
use guide::Entry;

/// All guides.
pub(super) fn list(app: App) -> View {
    let Finder { input, below } = finder(app, "guides-search", k::GUIDES_SEARCH, topics);
    let search = el("div").attr("role", "search").put(input).into();
    [title(app.t(k::GUIDES_HEADING)), search, below].into()
}

fn topics(app: App, _: &[Offer]) -> View {
    app.state().guides.with(|shelf| match shelf {
        Load::Pending => loading(app),
        Load::Failed(failure) => problem(app, failure, move || app.load_guides()),
        Load::Ready(shelf) if shelf.entries.is_empty() => paragraph("", app.t(k::GUIDES_NONE)),
        Load::Ready(shelf) => by_topic(app, &shelf.entries),
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
            .put(name)
            .put(el("ul").class("list").put(rows))
            .into()
    });
    topics.collect::<Vec<View>>().into()
}

fn row(app: App, guide: &Entry) -> View {
    let summary = app.text(&guide.summary);
    let summary = (!summary.is_empty()).then(|| el("span").class("quiet").put(summary));
    let inside = el("span")
        .class("two")
        .put(el("span").put(app.text(&guide.title)))
        .put(summary);
    el("li")
        .put(link(app, Route::guide(&guide.id), "", inside))
        .into()
}
