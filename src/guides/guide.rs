//! One guide: facts before steps, steps before details. All of it is there without
//! pressing anything, so that it can be read aloud, searched and printed.

use super::{Action, Facts, Guide, Step, load};
use crate::api::Load;
use crate::app::App;
use crate::i18n::{Text, k};
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::route::Route;
use crate::ui::{
    call_address, heading, link, loading, paragraph, paragraph_of, problem, row, safe_address,
    stack, title,
};
use leptos::task::spawn_local;
use std::rc::Rc;

/// One guide.
pub(super) fn guide(app: App, id: String) -> View {
    let state = Live::new(Load::<Rc<Guide>>::Pending);
    stack(move || {
        let found = app.state().guides.with(|guides| match guides {
            Load::Ready(guides) => Some(
                guides
                    .iter()
                    .find(|guide| guide.id == id)
                    .map(|guide| guide.url.clone()),
            ),
            _ => None,
        });
        match found {
            Some(Some(url)) => document(app, &state, url),
            Some(None) => unknown(app),
            None => app.state().guides.with(|guides| match guides {
                Load::Failed(failure) => problem(app, failure, move || app.load_guides()),
                _ => loading(app),
            }),
        }
    })
}

fn document(app: App, state: &Live<Load<Rc<Guide>>>, url: String) -> View {
    let told = state.clone();
    let fetch = move || {
        told.set(Load::Pending);
        let (url, early, told) = (
            url.clone(),
            app.state().setting().early.clone(),
            told.clone(),
        );
        spawn_local(async move { told.set(Load::of(load(&url, &early, Guide::read).await)) });
    };
    fetch();
    let state = state.clone();
    stack(move || {
        let fetch = fetch.clone();
        state.with(|state| match state {
            Load::Pending => loading(app),
            Load::Failed(failure) => problem(app, failure, fetch),
            Load::Ready(guide) => whole(app, guide),
        })
    })
}

fn unknown(app: App) -> View {
    [
        title(app.t(k::GUIDE_UNKNOWN)),
        link(app, Route::Guides, "btn", app.t(k::GUIDE_UNKNOWN_LIST)),
    ]
    .into()
}

fn whole(app: App, guide: &Guide) -> View {
    let refusal = app.text(&guide.refusal);
    let refusal = (!refusal.is_empty()).then(|| {
        el("div")
            .put(heading(app.t(k::GUIDE_REFUSAL)))
            .put(paragraph("", refusal))
    });
    let reviewed = guide.reviewed.as_deref().map(|day| {
        paragraph(
            "quiet",
            app.t_with(k::GUIDE_REVIEWED, &[("day", &day_of(app, day))]),
        )
    });
    let steps: Vec<View> = guide.steps.iter().map(|step| one(app, step)).collect();
    [
        el("div")
            .put(paragraph_of("quiet", app.text(&guide.topic)))
            .put(title(app.text(&guide.title)))
            .into(),
        paragraph_of("", app.text(&guide.summary)),
        facts(app, &guide.facts),
        el("ol").class("guide").put(steps).into(),
        refusal.into(),
        reviewed.into(),
    ]
    .into()
}

/// A day of the calendar as the language writes it.
fn day_of(app: App, day: &str) -> String {
    let moment = open311::Moment::read(day).and_then(|moment| moment.parsed);
    match moment {
        Some(open311::Parsed::Civil(civil)) => {
            crate::platform::intl::day(&app.language(), Some("UTC"), civil.as_if_utc() as f64)
        }
        _ => None,
    }
    .unwrap_or_else(|| day.to_owned())
}

fn facts(app: App, facts: &Facts) -> View {
    let pairs = [
        (k::FACT_DURATION, &facts.duration),
        (k::FACT_COST, &facts.cost),
        (k::FACT_BRING, &facts.bring),
        (k::FACT_DECIDES, &facts.decides),
    ];
    let rows: Vec<View> = pairs
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(key, text)| {
            el("div")
                .put(el("dt").put(app.t(key)))
                .put(el("dd").put(app.text(text)))
                .into()
        })
        .collect();
    match rows.is_empty() {
        true => View::Nothing,
        false => el("dl").class("facts").put(rows).into(),
    }
}

fn one(app: App, step: &Step) -> View {
    let text: Vec<View> = step
        .text
        .iter()
        .map(|text| paragraph("", app.text(text)))
        .collect();
    let evidence: Vec<View> = step
        .evidence
        .iter()
        .map(|text| el("li").put(app.text(text)).into())
        .collect();
    let evidence = (!evidence.is_empty()).then(|| {
        let list = el("ul").class("dots").put(evidence);
        el("div")
            .put(paragraph("quiet", app.t(k::GUIDE_EVIDENCE)))
            .put(list)
    });
    let tags = [&step.actor, &step.duration, &step.cost];
    let tags: Vec<View> = tags
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| tag(app, text))
        .collect();
    el("li")
        .put(heading(app.text(&step.title)))
        .put(text)
        .put(evidence)
        .put(
            step.action
                .as_ref()
                .map(|step_action| action(app, step_action)),
        )
        .put((!tags.is_empty()).then(|| paragraph("row tags", tags)))
        .into()
}

fn tag(app: App, text: &Text) -> View {
    el("span").class("tag").put(app.text(text)).into()
}

/// The step's button; nothing where the city's address could not be opened safely.
fn action(app: App, action: &Action) -> View {
    let words = app.text(&action.label);
    if let Some(service) = &action.service {
        return row(link(app, Route::report(service), "btn", words));
    }
    let phone = action.phone.as_deref().map(call_address);
    let address = action
        .url
        .as_deref()
        .and_then(safe_address)
        .map(str::to_owned);
    match phone.or(address) {
        Some(address) => row(el("a")
            .class("btn second")
            .attr("href", &address)
            .put(words)),
        None => View::Nothing,
    }
}
