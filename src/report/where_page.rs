//! The page that asks where it is: in words, by the device, or on a map. Every way leads on
//! alone; none has to be used.

use super::answer::Answer;
use super::draft::Draft;
use super::form::{Form, kept_line, with_form};
use super::map_view::{Pins, map_view};
use super::page::{Page, as_form};
use super::place::{Found, Origin, Place, read_found};
use crate::api;
use crate::app::App;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{dom, map};
use crate::route::Step;
use crate::ui::{
    button, call_link, focus_summary, follow, paragraph, paragraph_of, promise, row, second_button,
    stack, summary, title,
};
use leptos::task::spawn_local;
use open311::Location;
use std::rc::Rc;

/// Where it is.
pub(super) fn place(app: App, code: String) -> View {
    with_form(app, code, Box::new(page))
}

/// What the page knows while it is open.
struct Where {
    form: Rc<Form>,
    page: Rc<Page>,
    /// The point, as the draft has it.
    place: Live<Option<Place>>,
    /// What was done, in words.
    said: Live<String>,
    /// What a geocoder found for the address that was typed.
    found: Live<Vec<Found>>,
    /// Whether the map is open.
    is_map_open: Live<bool>,
    /// The address was written by us and not by the resident: it may be written over.
    is_ours: Live<bool>,
    /// Told when the address field has to be drawn anew.
    written: Live<()>,
}

fn page(form: &Rc<Form>) -> View {
    let app = form.app;
    let page = Page::new(form, Step::Place);
    let place = page.draft.borrow().place.clone();
    let here = Rc::new(Where {
        form: form.clone(),
        page: page.clone(),
        place: Live::new(place),
        said: Live::new(String::new()),
        found: Live::new(Vec::new()),
        is_map_open: Live::new(false),
        is_ours: Live::new(false),
        written: Live::new(()),
    });
    let has_map = app.with_config(|config| config.map.is_some());
    if has_map {
        form.report.ask_boundary();
    }
    let description = paragraph_of("", form.service.description.clone());
    let address = here.clone();
    let fields = vec![
        stack(move || {
            address.written.get();
            address.page.field_of("address_string")
        }),
        ways(&here, has_map),
        choices(&here),
        outcome(&here),
        map_place(&here),
        landmark(&here),
        has_map.then(|| without_map(&here)).into(),
    ];
    let next = here.clone();
    let go_on = move || next.go_on();
    [
        form.head(Step::Place, &page.draft.borrow()),
        summary(app, page.mistakes.clone()),
        title(app.t(k::PLACE_HEADING)),
        description,
        as_form(fields, app.t(k::CONTINUE), go_on),
        promise(app, &form.service.code).into(),
        kept_line(form),
    ]
    .into()
}

/// The buttons that help to say where it is.
fn ways(here: &Rc<Where>, has_map: bool) -> View {
    let app = here.form.app;
    let locate = here.clone();
    let device = second_button(app.t(k::PLACE_USE_DEVICE), move || locate.ask_device());
    let search = here.form.report.setting.geocoder.is_some().then(|| {
        let here = here.clone();
        second_button(app.t(k::PLACE_FIND), move || here.search())
    });
    let map = has_map.then(|| {
        let (here, open) = (here.clone(), here.is_map_open.clone());
        let words = open.clone();
        button("button", "btn second", View::Nothing)
            .live_attr("aria-expanded", move || Some(open.get().to_string()))
            .on("click", move |_| {
                let is_open = here.is_map_open.now();
                here.is_map_open.set(!is_open);
            })
            .live(move || {
                app.t(match words.get() {
                    true => k::PLACE_CLOSE_MAP,
                    false => k::PLACE_USE_MAP,
                })
                .into()
            })
    });
    row([search.into(), device, map.into()])
}

/// What the geocoder found, to be chosen from.
fn choices(here: &Rc<Where>) -> View {
    let here = here.clone();
    stack(move || {
        let app = here.form.app;
        let found = here.found.get();
        if found.is_empty() {
            return View::Nothing;
        }
        let rows = found.into_iter().map(|found| {
            let (here, address) = (here.clone(), found.address.clone());
            let choose = button("button", "choice-button", found.address.as_str())
                .on("click", move |_| here.choose(&found));
            (address, el("li").put(choose).into())
        });
        let rows: Vec<View> = rows.map(|(_, row)| row).collect();
        el("div")
            .put(paragraph("quiet", app.t(k::PLACE_WHICH)))
            .put(el("ul").class("list").put(rows))
            .into()
    })
}

/// What was done, whether it lies in the city, and how sure it is.
fn outcome(here: &Rc<Where>) -> View {
    let (said, checked) = (here.said.clone(), here.clone());
    let app = here.form.app;
    let words = el("p")
        .class("quiet said")
        .attr("role", "status")
        .live(move || said.get().into());
    let warning = stack(move || match checked.is_outside() {
        true => outside(&checked.form),
        false => View::Nothing,
    });
    let removable = here.clone();
    let remove = follow(
        move || removable.place.with(|place| place.is_some().then_some(())),
        {
            let here = here.clone();
            move |()| {
                let here = here.clone();
                let press = button("button", "quiet-button", app.t(k::PLACE_REMOVE_PIN));
                row(press.on("click", move |_| here.remove()))
            }
        },
    );
    [words.into(), warning, remove].into()
}

/// “This is outside the city”, and whom to ask.
fn outside(form: &Form) -> View {
    let app = form.app;
    let city = app.with_config(|config| app.text(&config.name));
    let contact = form.report.setting.outside.as_ref().map(|contact| {
        let name = [app.text(&contact.name), app.text(&contact.address)];
        let name: Vec<&str> = name
            .iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        let phone = contact
            .phone
            .as_deref()
            .map(|phone| paragraph("", call_link(app, phone)));
        let note = paragraph_of("", app.text(&contact.note));
        let parts = [paragraph_of("", name.join(", ")), note, phone.into()];
        View::from(parts)
    });
    el("div")
        .class("promise late")
        .attr("role", "alert")
        .put(el("b").put(app.t_with(k::PLACE_OUTSIDE, &[("city", &city)])))
        .put(paragraph("", app.t(k::PLACE_OUTSIDE_MORE)))
        .put(contact)
        .into()
}

/// Asked for where the device is unsure.
fn landmark(here: &Rc<Where>) -> View {
    let (vague, page) = (here.place.clone(), here.page.clone());
    let has_words = !page.draft.borrow().text("landmark").is_empty();
    follow(
        move || {
            let is_vague = vague.with(|place| place.as_ref().is_some_and(Place::is_vague));
            (is_vague || has_words).then_some(())
        },
        move |()| page.field_of("landmark"),
    )
}

fn map_place(here: &Rc<Where>) -> View {
    let here = here.clone();
    stack(move || {
        if !here.is_map_open.get() {
            return View::Nothing;
        }
        let moved = here.clone();
        map_view(
            here.form.app,
            &here.form.report,
            Pins::Mine {
                place: here.place.clone(),
                moved: Rc::new(move |location| moved.put(location)),
            },
        )
    })
}

/// “I can’t use the map”: what to do instead, on the same page.
fn without_map(here: &Rc<Where>) -> View {
    let app = here.form.app;
    let phone = app.with_config(|config| {
        let mut contact = config.contact.iter();
        contact.find_map(|contact| contact.phone.clone())
    });
    let phone = phone.map(|phone| paragraph("", call_link(app, &phone)));
    let here = here.clone();
    let write = second_button(app.t(k::PLACE_WRITE), move || {
        here.is_map_open.set(false);
        dom::focus_id(&app.root(), "q0");
    });
    el("details")
        .put(el("summary").put(app.t(k::PLACE_NO_MAP)))
        .put(paragraph("", app.t(k::PLACE_NO_MAP_MORE)))
        .put(row(write))
        .put(phone)
        .into()
}

impl Where {
    fn app(&self) -> App {
        self.form.app
    }

    fn say(&self, words: String) {
        self.said.set(words);
    }

    fn change(&self, change: impl FnOnce(&mut Draft)) {
        let mut draft = self.page.draft.borrow_mut();
        change(&mut draft);
        self.form.keep(&mut draft);
    }

    /// Puts the pin somewhere.
    fn set(&self, location: Location, origin: Origin) {
        let place = Place { location, origin };
        self.change(|draft| draft.place = Some(place.clone()));
        self.place.set(Some(place));
        // What was wrong with the place before need not be wrong with this one.
        self.page.mistakes.set(Vec::new());
    }

    fn remove(&self) {
        self.change(|draft| draft.place = None);
        self.place.set(None);
        self.page.mistakes.set(Vec::new());
        self.say(self.app().t(k::PLACE_PIN_REMOVED));
        self.focus_address();
    }

    /// The field may be drawn anew just now: the focus goes to it once it stands.
    fn focus_address(&self) {
        dom::focus(&self.app().root(), "#q0");
    }

    /// The resident put the pin on the map.
    fn put(self: &Rc<Self>, location: Location) {
        self.set(location, Origin::Map);
        self.say(self.app().t(k::PLACE_PIN_SET));
        self.name(location);
    }

    /// Writes an address into the field, unless the resident wrote their own.
    fn write_address(&self, address: &str) {
        let is_free = self.page.draft.borrow().text("address_string").is_empty();
        if is_free || self.is_ours.now() {
            self.is_ours.set(true);
            let answer = Answer::One(address.to_owned());
            self.change(|draft| draft.set("address_string", answer));
            self.written.set(());
        }
    }

    /// Asks what the address of a point is.
    fn name(self: &Rc<Self>, location: Location) {
        let geocoder = self.form.report.setting.geocoder.as_ref();
        let Some(template) = geocoder.and_then(|geocoder| geocoder.reverse.clone()) else {
            return;
        };
        let (lat, long) = location.texts();
        let url = self.address(&template, &[("{lat}", &lat), ("{lon}", &long)]);
        let here = self.clone();
        spawn_local(async move {
            let answer = api::file(&url, &api::Early::none()).await;
            let found = answer.map(|answer| read_found(&answer)).unwrap_or_default();
            let is_still_there = here.place.peek(|place| {
                place
                    .as_ref()
                    .is_some_and(|place| place.location == location)
            });
            if let Some(found) = found.first().filter(|_| is_still_there) {
                let words = here
                    .app()
                    .t_with(k::PLACE_PIN_AT, &[("address", &found.address)]);
                here.write_address(&found.address);
                here.say(words);
            }
        });
    }

    fn address(&self, template: &str, values: &[(&str, &str)]) -> String {
        let mut url = template.to_owned();
        for (gap, value) in values {
            url = url.replace(gap, &open311::path_segment(value));
        }
        let state = self.app().state();
        dom::resolve(&url, &state.setting().config_url)
    }

    /// Looks the typed address up.
    fn search(self: &Rc<Self>) {
        let typed = self.page.draft.borrow().text("address_string").to_owned();
        let app = self.app();
        if typed.is_empty() {
            return self.say(app.t(k::PLACE_FIND_NOTHING_TYPED));
        }
        let Some(geocoder) = &self.form.report.setting.geocoder else {
            return;
        };
        let language = app.language();
        let url = self.address(&geocoder.search, &[("{q}", &typed), ("{lang}", &language)]);
        self.say(app.t(k::PLACE_FINDING));
        let here = self.clone();
        spawn_local(async move {
            let found = match api::file(&url, &api::Early::none()).await {
                Ok(answer) => read_found(&answer),
                Err(_) => return here.say(here.app().t(k::PLACE_FIND_FAILED)),
            };
            match found.as_slice() {
                [] => here.say(here.app().t(k::PLACE_NOT_FOUND)),
                [one] => here.choose(one),
                _ => {
                    let count = found.len();
                    here.say(here.app().t_count(k::SEARCH_FOUND, count, &[]));
                }
            }
            let several = if found.len() > 1 { found } else { Vec::new() };
            here.found.set(several);
        });
    }

    /// The resident means this address.
    fn choose(&self, found: &Found) {
        // Whoever wrote more than the address found knows more: “behind the blue gate”.
        let typed = self.page.draft.borrow().text("address_string").len();
        self.is_ours
            .set(self.is_ours.now() || typed <= found.address.len());
        self.found.set(Vec::new());
        self.write_address(&found.address);
        self.set(found.location, Origin::Address);
        let values = [("address", found.address.as_str())];
        self.say(self.app().t_with(k::PLACE_PIN_AT, &values));
        self.focus_address();
    }

    /// Asks the device where it is; the browser asks the resident.
    fn ask_device(self: &Rc<Self>) {
        let here = self.clone();
        self.say(self.app().t(k::PLACE_LOCATING));
        spawn_local(async move {
            let position = map::position().await;
            if here.app().is_gone() {
                return;
            }
            let app = here.app();
            let point =
                position.and_then(|(lat, long, metres)| Some((Location::new(lat, long)?, metres)));
            let Some((location, metres)) = point else {
                return here.say(app.t(k::PLACE_NO_DEVICE));
            };
            here.set(location, Origin::Device(metres));
            let metres = (metres + 0.5) as usize;
            let key = match here.page.draft.borrow().needs_landmark() {
                true => k::PLACE_VAGUE,
                false => k::PLACE_LOCATED,
            };
            here.say(app.t_count(key, metres, &[]));
            here.name(location);
        });
    }

    /// True if the pin is known to lie outside the city.
    fn is_outside(&self) -> bool {
        let location = self
            .place
            .with(|place| place.as_ref().map(|place| place.location));
        self.form
            .report
            .boundary
            .with(|boundary| match (boundary, location) {
                (Some((Some(boundary), _)), Some(location)) => !boundary.contains(location),
                _ => false,
            })
    }

    fn go_on(&self) {
        if !self.page.is_right() {
            return;
        }
        if self.is_outside() {
            // Said already; said again where the eyes are.
            let words = self.app().t(k::PLACE_OUTSIDE_MOVE);
            self.page.mistakes.set(vec![("q0".into(), words)]);
            return focus_summary(self.app());
        }
        let draft = self.page.draft.borrow();
        let looks_nearby = draft.place.is_some()
            && self.form.report.setting.nearby > 0
            && !self.app().came_from(&self.form.at(Step::Check));
        match looks_nearby {
            true => self.app().go(self.form.at(Step::Nearby)),
            false => self.form.go_on(Step::Place, &draft),
        }
    }
}
