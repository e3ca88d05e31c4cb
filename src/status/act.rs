//! What a resident does about a request: add something, answer what the city asked, say that it is
//! still there, remind, take it back. One page for each; it goes to the endpoint as an update.

use super::act_words::{Words, words};
use super::device;
use super::look::{Found, Looking, look};
use super::promised::ahead_of_utc;
use super::timeline::{Event, open_question, timeline};
use crate::api::{Answer, Api, Failure, Load};
use crate::app::App;
use crate::config::Extension;
use crate::i18n::{Key, k};
use crate::live::Live;
use crate::platform::photos::{Attached, Photos, chosen};
use crate::platform::view::{View, el};
use crate::platform::{dom, storage, time};
use crate::route::{Act, Route};
use crate::ui::{
    Fault, button, failure_in_words, fill_in, labelled, loading, message_heading, paragraph,
    problem, row, second_button, stack, title,
};
use leptos::task::spawn_local;
use open311::Stage;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::Blob;

/// The page of something that a resident does.
pub(super) fn act(app: App, id: String, act: Act) -> View {
    let known = Found::current(app).filter(|found| found.wanted == id || found.id() == id);
    if let Some(found) = known.filter(|found| found.request.is_some()) {
        return page(app, &found, act);
    }
    let state: Looking = Live::new(Load::Pending);
    look(app, id.clone(), &state);
    stack(move || {
        let (again, id) = (state.clone(), id.clone());
        state.with(|state| match state {
            Load::Pending => loading(app),
            Load::Failed(failure) => problem(app, failure, move || {
                again.set(Load::Pending);
                look(app, id.clone(), &again);
            }),
            Load::Ready(found) => page(app, found, act),
        })
    })
}

/// How it stands with the page.
#[derive(Clone, PartialEq)]
enum Stand {
    Writing,
    Empty,
    Failed(Failure),
}

struct Page {
    app: App,
    found: Rc<Found>,
    act: Act,
    /// The same thing twice is one to the city.
    key: String,
    text: RefCell<String>,
    photo: RefCell<Option<Blob>>,
    /// How often a photo was chosen.
    choice: Cell<u32>,
    stand: Live<Stand>,
    said: Live<Option<Key>>,
}

const FIELD: &str = "act-words";

fn page(app: App, found: &Rc<Found>, act: Act) -> View {
    if app.with_config(|config| !config.offers(Extension::Updates)) {
        return [
            title(app.t(words(act).heading)),
            super::view::by_number(app, found.id()),
        ]
        .into();
    }
    let page = Rc::new(Page {
        app,
        found: found.clone(),
        act,
        key: dom::random_key(),
        text: RefCell::new(storage::read(&kept_under(app, found, act)).unwrap_or_default()),
        photo: RefCell::default(),
        choice: Cell::default(),
        stand: Live::new(Stand::Writing),
        said: Live::new(None),
    });
    let words = words(act);
    let number = app.t_with(k::STATUS_NUMBER, &[("number", found.id())]);
    let question = question(app, found, act);
    let question = question.map(|event| paragraph("notice", event.words.unwrap_or_default()));
    let takes_photos = app.with_config(|config| config.offers(Extension::Media))
        && matches!(act, Act::Add | Act::Answer | Act::Still);
    let photo = takes_photos.then(|| page.photo_field());
    let sender = page.clone();
    let form = el("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            sender.send();
        })
        .put(page.field(&words))
        .put(photo)
        .put(
            button("submit", "btn", app.t(words.press)).live_attr("aria-busy", move || {
                app.state().sending.get().then(|| String::from("true"))
            }),
        );
    let shown = page.clone();
    [
        stack(move || shown.trouble()),
        el("div")
            .put(paragraph("quiet", number))
            .put(title(app.t(words.heading)))
            .into(),
        question.into(),
        paragraph("", app.t(words.more)),
        form.into(),
    ]
    .into()
}

/// What the city asked, on the page where it is answered.
fn question(app: App, found: &Found, act: Act) -> Option<Event> {
    let request = found.request.as_ref().filter(|_| act == Act::Answer)?;
    open_question(&timeline(
        request,
        &found.updates,
        found.now(),
        ahead_of_utc(app, found.now()),
    ))
    .cloned()
}

fn kept_under(app: App, found: &Found, act: Act) -> String {
    let to = Route::Act {
        id: found.id().to_owned(),
        act,
    };
    app.key(&["act", &to.to_hash()].concat())
}

impl Page {
    fn field(self: &Rc<Self>, words: &Words) -> View {
        let app = self.app;
        let stand = self.stand.clone();
        let fault: Fault =
            Rc::new(move || (stand.get() == Stand::Empty).then(|| app.t(k::ACT_EMPTY)));
        let label = app.t(words.label);
        let label = match words.is_needed {
            true => label,
            false => app.t_with(k::OPTIONAL, &[("label", &label)]),
        };
        let hint = app.t(k::DESCRIPTION_HINT);
        let page = self.clone();
        let area = el("textarea")
            .attr("rows", "4")
            .attr("maxlength", "4000")
            .prop("value", self.text.borrow().as_str())
            .on("input", move |event| {
                let text = dom::value_of(&event);
                storage::write(&kept_under(app, &page.found, page.act), &text);
                page.text.replace(text);
            });
        labelled(
            FIELD,
            label,
            hint.clone(),
            &fault,
            fill_in(area, FIELD, &hint, &fault),
        )
    }

    /// A photo; made small and bare of what the camera wrote into it.
    fn photo_field(self: &Rc<Self>) -> View {
        let app = self.app;
        let page = self.clone();
        let choose = move |event: web_sys::Event| {
            // What was chosen before goes, be it that it is still being made small.
            let number = page.choice.get() + 1;
            page.choice.set(number);
            page.photo.replace(None);
            let Some(file) = chosen(&event).into_iter().next() else {
                return page.said.set(None);
            };
            page.said.set(Some(k::PHOTO_PREPARING));
            let page = page.clone();
            spawn_local(async move {
                let shrunk = match Photos::load().await {
                    Some(code) => code.shrink(&file, LONGEST_EDGE).await.ok(),
                    None => None,
                };
                if page.choice.get() != number {
                    return;
                }
                page.said.set(Some(match shrunk {
                    Some(_) => k::ACT_PHOTO_READY,
                    None => k::PHOTO_UNREADABLE,
                }));
                page.photo.replace(shrunk);
            });
        };
        let said = self.said.clone();
        let input = el("input")
            .attr("type", "file")
            .attr("accept", "image/*")
            .attr("id", "act-photo")
            .on("change", choose);
        let label = app.t_with(k::OPTIONAL, &[("label", &app.t(k::PHOTOS_LABEL))]);
        el("div")
            .class("field")
            .put(el("label").attr("for", "act-photo").put(label))
            .put(input)
            .put(
                el("p")
                    .class("said quiet")
                    .attr("role", "status")
                    .live(move || said.get().map(|key| app.t(key)).into()),
            )
            .into()
    }

    /// What stands in the way.
    fn trouble(self: &Rc<Self>) -> View {
        let app = self.app;
        match self.stand.get() {
            Stand::Writing | Stand::Empty => View::Nothing,
            Stand::Failed(failure) => {
                let reasons: Vec<View> = failure
                    .reasons()
                    .iter()
                    .map(|reason| paragraph("", reason.as_str()))
                    .collect();
                let page = self.clone();
                // What the city will not open again can be sent anew.
                let found = &self.found;
                let request = found.request.as_ref();
                let request = request.filter(|_| self.act == Act::Still && failure.is_refusal());
                let anew = request.map(|request| {
                    super::view::still_there(app, request, found.id(), k::ACT_STILL_NEW)
                });
                el("div")
                    .class("summary")
                    .attr("role", "alert")
                    .attr("tabindex", "-1")
                    .put(message_heading(failure_in_words(app, &failure)))
                    .put(reasons)
                    .put(paragraph("", app.t(k::ACT_NOT_LOST)))
                    .put(super::view::by_number(app, found.id()))
                    .put(row([
                        anew.into(),
                        second_button(app.t(k::PROBLEM_RETRY), move || page.send()),
                    ]))
                    .into()
            }
        }
    }

    fn send(self: &Rc<Self>) {
        let app = self.app;
        let words = words(self.act);
        let mut text = self.text.borrow().trim().to_owned();
        if text.is_empty() {
            match words.usual {
                Some(usual) => text = app.t(usual),
                None => {
                    self.stand.set(Stand::Empty);
                    return dom::focus_id(&app.root(), FIELD);
                }
            }
        }
        // A photo that is being made small would stay behind.
        if self.said.now() == Some(k::PHOTO_PREPARING) {
            return app.say(app.t(k::PHOTO_PREPARING));
        }
        if app.state().sending.now() {
            return;
        }
        app.state().sending.set(true);
        let page = self.clone();
        spawn_local(async move {
            let became = page.post(&text).await;
            if app.is_gone() {
                return;
            }
            app.state().sending.set(false);
            match became {
                Ok(()) => page.arrived(words.done),
                Err(failure) => {
                    page.stand.set(Stand::Failed(failure));
                    crate::ui::focus_summary(app);
                }
            }
        });
    }

    async fn post(&self, text: &str) -> Result<(), Failure> {
        let (app, api) = (self.app, self.app.api());
        if !dom::is_online() {
            return Err(Failure::Unreachable);
        }
        let status = match self.act {
            Act::Still => "open",
            Act::Withdraw => "withdrawn",
            Act::Add | Act::Answer | Act::Remind if self.is_open().await => "open",
            Act::Add | Act::Answer | Act::Remind => "",
        };
        let kind = match self.act {
            Act::Remind => "reminder",
            _ => "",
        };
        let is_idempotent = app.with_config(|config| config.offers(Extension::Idempotency));
        let now = time::rfc3339(time::now());
        let fields = [
            ("service_request_id", self.found.id()),
            ("update_id", self.key.as_str()),
            ("description", text),
            ("status", status),
            ("type", kind),
            ("updated_datetime", now.as_str()),
            (
                "idempotency_key",
                if is_idempotent { &self.key } else { "" },
            ),
        ];
        let (url, pairs) = api.prepare_update(&fields);
        let photo = self.photo.borrow().clone();
        let answer: Answer = match photo {
            None => api.submit(url, &pairs).await?,
            Some(blob) => {
                let code = Photos::load().await.ok_or(Failure::Unreachable)?;
                let files = [Attached {
                    field: "media",
                    blob,
                    name: "photo.jpg".into(),
                }];
                code.send(&url, &pairs, &files, Api::SEND_LIMIT * 2, |_| ())
                    .await?
            }
        };
        api.taken(answer)
    }

    /// Whether it is open now. What is known may be old, and words that are added must open nothing that was
    /// closed since.
    async fn is_open(&self) -> bool {
        let known = &self.found;
        let now = super::look::ask(self.app, &known.wanted, Some(known.clone())).await;
        let now = now.ok().and_then(|found| found.request);
        let request = now.as_ref().or(known.request.as_ref());
        request.is_some_and(|request| request.status.stage() == Stage::Open)
    }

    /// Back to the request, which is looked at anew.
    fn arrived(&self, done: Key) {
        let app = self.app;
        storage::remove(&kept_under(app, &self.found, self.act));
        if let Some(event) = question(app, &self.found, self.act) {
            storage::write_kept(&device::answered(app, self.found.id()), &event.mark());
        }
        app.state().opened.replace(None);
        let request = self.found.request.as_ref();
        let code = request.and_then(|request| request.service_code.as_deref());
        let name = self.act.word();
        app.tell(
            "update-sent",
            &[("act", name), ("service", code.unwrap_or_default())],
        );
        let status = Route::Status {
            id: self.found.wanted.clone(),
        };
        match app.came_from(&status) {
            true => app.back(),
            false => app.go_instead(status),
        }
        app.announce_there(app.t(done));
    }
}

/// Enough to read a house number, in pixels.
const LONGEST_EDGE: u32 = 1600;
