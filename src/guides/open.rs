//! Opens a guide: fetches its document, once for as long as it is the one being read, and draws
//! the part that was asked for. What cannot be had is said, with what is known all the same.

use super::along::CHECK;
use super::whole;
use crate::api::{self, Failure, Load};
use crate::app::App;
use crate::config::{self, Fields};
use crate::i18n::k;
use crate::live::Live;
use crate::platform::dom;
use crate::platform::view::View;
use crate::route::{Part, Route};
use crate::ui::{lazily, link, loading, paragraph_of, problem, stack, title};
use guide::{Entry, Guide, Office};
use leptos::task::spawn_local;
use std::rc::Rc;

/// A guide that is open, and what it shares with others.
pub(super) struct Open {
    pub(super) guide: Guide,
    pub(super) offices: Vec<Office>,
    /// Days on which no office is open.
    pub(super) holidays: Vec<String>,
    url: String,
}

impl Open {
    /// The guide that was opened last.
    pub(super) fn current(app: App) -> Option<Rc<Self>> {
        let known = app.state().opened.borrow().clone();
        known.and_then(|known| known.downcast().ok())
    }
}

/// A part of a guide.
pub(super) fn guide(app: App, id: String, part: Part) -> View {
    let state = Live::new(Load::<Rc<Open>>::Pending);
    stack(move || {
        let listed = app.state().guides.with(|shelf| match shelf {
            Load::Ready(shelf) => Some(shelf.entries.iter().find(|entry| entry.id == id).cloned()),
            _ => None,
        });
        match listed {
            Some(Some(entry)) => document(app, &state, entry, part.clone()),
            Some(None) => unknown(app),
            None => app.state().guides.with(|shelf| match shelf {
                Load::Failed(failure) => problem(app, failure, move || app.load_guides()),
                _ => loading(app),
            }),
        }
    })
}

fn document(app: App, state: &Live<Load<Rc<Open>>>, entry: Entry, part: Part) -> View {
    if let Some(known) = Open::current(app).filter(|known| known.url == entry.url) {
        return draw(app, &known, &part);
    }
    let (told, url) = (state.clone(), entry.url.clone());
    let fetch = move || {
        told.set(Load::Pending);
        let (url, told) = (url.clone(), told.clone());
        spawn_local(async move {
            let open = Load::of(load(app, url).await);
            if app.is_gone() {
                return;
            }
            if let Load::Ready(open) = &open {
                app.state().opened.replace(Some(open.clone()));
            }
            told.set(open);
        });
    };
    fetch();
    let state = state.clone();
    stack(move || {
        let fetch = fetch.clone();
        state.with(|state| match state {
            Load::Pending => loading(app),
            Load::Failed(failure) => broken(app, &entry, failure, fetch),
            Load::Ready(open) => draw(app, open, &part),
        })
    })
}

fn draw(app: App, open: &Rc<Open>, part: &Part) -> View {
    match part {
        Part::Check => lazily(app, &CHECK),
        Part::Whole => whole::whole(app, open, None),
        Part::Step(step) => whole::whole(app, open, Some(step)),
    }
}

async fn load(app: App, url: String) -> Result<Open, Failure> {
    let state = app.state();
    let value = api::file(&url, &state.setting().early).await?;
    let (guide, account) = config::read(&value, Guide::read);
    dom::tell(&account, &url);
    if guide.title.is_empty() && guide.steps.is_empty() {
        return Err(Failure::NotUnderstood);
    }
    let (offices, holidays) = state.guides.peek(|shelf| match shelf {
        Load::Ready(shelf) if !shelf.offices.is_blank() => {
            let (offices, account) =
                config::read_list(&shelf.offices, |node| node.object(read_office));
            dom::tell(&account, &url);
            (offices, shelf.holidays.clone())
        }
        _ => Default::default(),
    });
    Ok(Open {
        guide,
        offices,
        holidays,
        url,
    })
}

fn read_office(fields: &Fields) -> Office {
    Office::read(fields)
}

/// What the index says of a guide that cannot be had, beside what went wrong.
fn broken(app: App, entry: &Entry, failure: &Failure, retry: impl FnMut() + 'static) -> View {
    [
        title(app.text(&entry.title)),
        paragraph_of("", app.text(&entry.summary)),
        problem(app, failure, retry),
    ]
    .into()
}

fn unknown(app: App) -> View {
    [
        title(app.t(k::GUIDE_UNKNOWN)),
        link(app, Route::Guides, "btn", app.t(k::GUIDE_UNKNOWN_LIST)),
    ]
    .into()
}
