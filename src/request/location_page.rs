//! The page that asks for the location: as text, from the device, or on a map. Each way is sufficient, and residents
//! who cannot use one of them can use another. Distances and the boundary are checked in `frontdoor_core::request`.

use super::field::draw_line;
use super::form::Form;
use super::question_page::{QuestionPage, as_form};
use super::readiness::when_form_ready;
use crate::app::App;
use crate::net::geocoder;
use crate::platform::{focus, geolocation};
use crate::ui::{
    button, call_link, error_summary, focus_error_summary, loading, map, optional_paragraph,
    paragraph, reactive, reactive_if_changed, row, secondary_button, service_promise, status_line,
    title, toggle_button,
};
use crate::view::{Signal, View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::ids::ServiceCode;
use frontdoor_core::request::address_match::AddressMatch;
use frontdoor_core::request::answer::Answer;
use frontdoor_core::request::draft::Draft;
use frontdoor_core::request::location::{Pin, PinOrigin};
use frontdoor_core::route::Step;
use open311::Location;
use std::rc::Rc;

/// Id of the address field, which is the first question of the page.
const ADDRESS_FIELD: &str = "q0";

/// The page for the location.
pub(super) fn location_page(app: App, code: ServiceCode) -> View {
    when_form_ready(app, code, Box::new(draw))
}

/// State of the page while it is open.
struct LocationPage {
    form: Rc<Form>,
    questions: Rc<QuestionPage>,
    /// The draft's pin.
    pin: Signal<Option<Pin>>,
    /// Result of the last action, for the status line.
    status: Signal<String>,
    /// The geocoder's matches for the typed address.
    matches: Signal<Vec<AddressMatch>>,
    is_map_open: Signal<bool>,
    /// True if the address was written by the geocoder instead of the resident, and so may be overwritten.
    is_address_ours: Signal<bool>,
    /// Notified when the address field has to be redrawn.
    address_written: Signal<()>,
}

fn draw(form: &Rc<Form>) -> View {
    let app = form.app;
    let questions = QuestionPage::new(form, Step::Place, draw_line);
    let pin = questions.draft.borrow().pin.clone();
    let page = Rc::new(LocationPage {
        form: form.clone(),
        questions: questions.clone(),
        pin: Signal::new(pin),
        status: Signal::new(String::new()),
        matches: Signal::new(Vec::new()),
        is_map_open: Signal::new(false),
        is_address_ours: Signal::new(false),
        address_written: Signal::new(()),
    });
    let has_map = app.with_config(|config| config.map.is_some());
    if has_map {
        form.journey.load_boundary();
    }
    let address = page.clone();
    let address = reactive(move || {
        address.address_written.track();
        address.questions.field_of("address_string")
    });
    let fields = vec![
        address,
        page.locate_buttons(has_map),
        page.address_matches(),
        page.location_status(),
        page.map(),
        page.landmark(),
        has_map.then(|| page.without_map()).into(),
    ];
    let submitted = page.clone();
    [
        form.head(Step::Place, &questions.draft.borrow()),
        error_summary(app, questions.errors.clone()),
        title(app, app.t(k::PLACE_HEADING)),
        optional_paragraph("", form.service.description.clone()),
        as_form(fields, app.t(k::CONTINUE), move || submitted.submit()),
        service_promise(app, &form.code).into(),
        form.saved_notice(),
    ]
    .into()
}

/// Views.
impl LocationPage {
    /// The buttons that help to find the location.
    fn locate_buttons(self: &Rc<Self>, has_map: bool) -> View {
        let app = self.app();
        let page = self.clone();
        let locate = secondary_button(app.t(k::PLACE_USE_DEVICE), move || page.locate());
        let has_geocoder = self.form.journey.config.geocoder.is_some();
        let search = has_geocoder.then(|| {
            let page = self.clone();
            secondary_button(app.t(k::PLACE_FIND), move || page.search())
        });
        let map = has_map.then(|| {
            toggle_button("btn second", &self.is_map_open, move |is_open| {
                app.t(if is_open {
                    k::PLACE_CLOSE_MAP
                } else {
                    k::PLACE_USE_MAP
                })
            })
        });
        row([search.into(), locate, map.into()])
    }

    /// The geocoder's matches, to choose from; nothing if there are none.
    fn address_matches(self: &Rc<Self>) -> View {
        let page = self.clone();
        reactive(move || {
            let app = page.app();
            let matches = page.matches.get();
            if matches.is_empty() {
                return View::Nothing;
            }
            let rows = matches.into_iter().map(|found| {
                let page = page.clone();
                let choose = button("button", "choice-button", found.address.as_str())
                    .on("click", move |_| page.choose(&found));
                el("li").child(choose).into()
            });
            let rows: Vec<View> = rows.collect();
            el("div")
                .child(paragraph("quiet", app.t(k::PLACE_WHICH)))
                .child(el("ul").class("list").child(rows))
                .into()
        })
    }

    /// The result of the last action, a warning if the pin is outside the city, and a button to remove the pin.
    fn location_status(self: &Rc<Self>) -> View {
        let app = self.app();
        let status = self.status.clone();
        let page = self.clone();
        let warning = reactive(move || page.is_outside().then(|| outside(&page.form)));
        let pin = self.pin.clone();
        let page = self.clone();
        let remove = reactive_if_changed(
            move || pin.with(|pin| pin.is_some().then_some(())),
            move |()| {
                let page = page.clone();
                let remove = button("button", "quiet-button", app.t(k::PLACE_REMOVE_PIN));
                row(remove.on("click", move |_| page.remove_pin()))
            },
        );
        [status_line(move || status.get()), warning, remove].into()
    }

    /// The question for a landmark, asked if the device's position is too imprecise.
    fn landmark(self: &Rc<Self>) -> View {
        let (pin, questions) = (self.pin.clone(), self.questions.clone());
        let has_text = !questions.draft.borrow().text("landmark").is_empty();
        reactive_if_changed(
            move || {
                let is_vague = pin.with(|pin| pin.as_ref().is_some_and(Pin::is_vague));
                (is_vague || has_text).then_some(())
            },
            move |()| questions.field_of("landmark"),
        )
    }

    fn map(self: &Rc<Self>) -> View {
        let page = self.clone();
        reactive(move || {
            if !page.is_map_open.get() {
                return View::Nothing;
            }
            let page = page.clone();
            reactive(move || {
                let app = page.app();
                let Some(loaded) = page.form.journey.boundary.loaded.get() else {
                    return loading(app);
                };
                let moved = page.clone();
                let pins = map::Pins::Mine {
                    pin: page.pin.clone(),
                    on_move: Rc::new(move |location| moved.put_pin(location)),
                };
                map::map(app, loaded.geojson, pins)
            })
        })
    }

    /// “I cannot use the map”: what to do instead, on the same page.
    fn without_map(self: &Rc<Self>) -> View {
        let app = self.app();
        let phone = app.phone();
        let phone = phone.map(|phone| paragraph("", call_link(app, &phone)));
        let page = self.clone();
        let write = secondary_button(app.t(k::PLACE_WRITE), move || {
            page.is_map_open.set(false);
            focus::focus_id(&app.root(), ADDRESS_FIELD);
        });
        el("details")
            .child(el("summary").child(app.t(k::PLACE_NO_MAP)))
            .child(paragraph("", app.t(k::PLACE_NO_MAP_MORE)))
            .child(row(write))
            .child(phone)
            .into()
    }
}

/// “This is outside the city”, and whom to contact instead.
fn outside(form: &Form) -> View {
    let app = form.app;
    let city = app.with_config(|config| app.text(&config.name));
    let contact = form.journey.config.outside.as_ref().map(|contact| {
        let name = [app.text(&contact.name), app.text(&contact.address)];
        let name: Vec<&str> = name
            .iter()
            .map(String::as_str)
            .filter(|line| !line.is_empty())
            .collect();
        let phone = contact.phone.as_deref();
        let phone = phone.map(|phone| paragraph("", call_link(app, phone)));
        let note = optional_paragraph("", app.text(&contact.note));
        View::from([optional_paragraph("", name.join(", ")), note, phone.into()])
    });
    el("div")
        .class("promise late")
        .attr("role", "alert")
        .child(el("b").child(app.t_with(k::PLACE_OUTSIDE, &[("city", &city)])))
        .child(paragraph("", app.t(k::PLACE_OUTSIDE_MORE)))
        .child(contact)
        .into()
}

/// Actions.
impl LocationPage {
    fn app(&self) -> App {
        self.form.app
    }

    fn set_status(&self, text: String) {
        self.status.set(text);
    }

    fn change_draft(&self, change: impl FnOnce(&mut Draft)) {
        let mut draft = self.questions.draft.borrow_mut();
        change(&mut draft);
        self.form.save(&mut draft);
    }

    fn set_pin(&self, location: Location, origin: PinOrigin) {
        let pin = Pin { location, origin };
        self.change_draft(|draft| draft.pin = Some(pin.clone()));
        self.pin.set(Some(pin));
        // Errors about the previous location may not apply to this one.
        self.questions.errors.set(Vec::new());
    }

    fn remove_pin(&self) {
        self.change_draft(|draft| draft.pin = None);
        self.pin.set(None);
        self.questions.errors.set(Vec::new());
        self.set_status(self.app().t(k::PLACE_PIN_REMOVED));
        self.focus_address();
    }

    /// Moves the focus to the address field, after it is redrawn if it has to be.
    fn focus_address(&self) {
        focus::focus_after_drawing(&self.app().root(), "#q0");
    }

    /// Handles a pin that the resident set on the map.
    fn put_pin(self: &Rc<Self>, location: Location) {
        self.set_pin(location, PinOrigin::Map);
        self.set_status(self.app().t(k::PLACE_PIN_SET));
        self.look_up_address(location);
    }

    /// Writes an address into the field, unless the resident typed one.
    fn write_address(&self, address: &str) {
        let draft = self.questions.draft.borrow();
        let is_free = draft.text("address_string").is_empty();
        drop(draft);
        if is_free || self.is_address_ours.get_untracked() {
            self.is_address_ours.set(true);
            let answer = Answer::One(address.to_owned());
            self.change_draft(|draft| draft.set("address_string", answer));
            self.address_written.notify();
        }
    }

    /// Looks up the address of a point, and writes it if the pin has not moved meanwhile.
    fn look_up_address(self: &Rc<Self>, location: Location) {
        let page = self.clone();
        let options = self.app().options();
        self.app().spawn(async move {
            let Some(geocoder) = &page.form.journey.config.geocoder else {
                return;
            };
            let found = geocoder::reverse(geocoder, &options.config_url, location).await;
            let is_still_there = page
                .pin
                .with_untracked(|pin| pin.as_ref().is_some_and(|pin| pin.location == location));
            if let Some(found) = found.filter(|_| is_still_there) {
                let values = [("address", found.address.as_str())];
                let text = page.app().t_with(k::PLACE_PIN_AT, &values);
                page.write_address(&found.address);
                page.set_status(text);
            }
        });
    }

    /// Looks up the typed address.
    fn search(self: &Rc<Self>) {
        let app = self.app();
        let draft = self.questions.draft.borrow();
        let typed = draft.text("address_string").to_owned();
        drop(draft);
        if typed.is_empty() {
            return self.set_status(app.t(k::PLACE_FIND_NOTHING_TYPED));
        }
        self.set_status(app.t(k::PLACE_FINDING));
        let (page, options, language) = (self.clone(), app.options(), app.language());
        app.spawn(async move {
            let Some(geocoder) = &page.form.journey.config.geocoder else {
                return;
            };
            let found = geocoder::search(geocoder, &options.config_url, &typed, &language).await;
            let Ok(found) = found else {
                return page.set_status(page.app().t(k::PLACE_FIND_FAILED));
            };
            match found.as_slice() {
                [] => page.set_status(page.app().t(k::PLACE_NOT_FOUND)),
                [only] => page.choose(only),
                _ => {
                    let count = found.len();
                    page.set_status(page.app().t_count(k::SEARCH_FOUND, count, &[]));
                }
            }
            let several = if found.len() > 1 { found } else { Vec::new() };
            page.matches.set(several);
        });
    }

    /// Applies an address that the resident chose, or that was the only match.
    fn choose(&self, found: &AddressMatch) {
        // A typed text that is longer than the match has more information, such as “behind the blue gate”.
        let typed = self.questions.draft.borrow().text("address_string").len();
        let is_ours = self.is_address_ours.get_untracked() || typed <= found.address.len();
        self.is_address_ours.set(is_ours);
        self.matches.set(Vec::new());
        self.write_address(&found.address);
        self.set_pin(found.location, PinOrigin::Address);
        let values = [("address", found.address.as_str())];
        self.set_status(self.app().t_with(k::PLACE_PIN_AT, &values));
        self.focus_address();
    }

    /// Requests the device's position; the browser asks the resident for permission.
    fn locate(self: &Rc<Self>) {
        let page = self.clone();
        self.set_status(self.app().t(k::PLACE_LOCATING));
        self.app().spawn(async move {
            let position = geolocation::position().await;
            let app = page.app();
            if app.is_gone() {
                return;
            }
            let found = position.and_then(|position| {
                let (lat, long) = position.point;
                Some((Location::new(lat, long)?, position.accuracy))
            });
            let Some((location, accuracy)) = found else {
                return page.set_status(app.t(k::PLACE_NO_DEVICE));
            };
            page.set_pin(location, PinOrigin::Device(accuracy));
            let metres = (accuracy + 0.5) as usize;
            let key = if page.questions.draft.borrow().needs_landmark() {
                k::PLACE_VAGUE
            } else {
                k::PLACE_LOCATED
            };
            page.set_status(app.t_count(key, metres, &[]));
            page.look_up_address(location);
        });
    }

    /// True if the pin is known to be outside the city.
    fn is_outside(&self) -> bool {
        let location = self.pin.with(|pin| pin.as_ref().map(|pin| pin.location));
        let boundary = &self.form.journey.boundary.loaded;
        boundary.with(|loaded| {
            let boundary = loaded.as_ref().and_then(|loaded| loaded.boundary.as_ref());
            match (boundary, location) {
                (Some(boundary), Some(location)) => !boundary.contains(location),
                _ => false,
            }
        })
    }

    /// Handles “Continue”: validates the page, then goes on to nearby requests or the next step.
    fn submit(&self) {
        let app = self.app();
        if !self.questions.validate() {
            return;
        }
        if self.is_outside() {
            // The warning is on the page already; the error summary shows it where the resident looks now.
            let text = app.t(k::PLACE_OUTSIDE_MOVE);
            self.questions
                .errors
                .set(vec![(ADDRESS_FIELD.into(), text)]);
            return focus_error_summary(app);
        }
        let draft = self.questions.draft.borrow();
        let shows_nearby = draft.pin.is_some()
            && self.form.journey.config.nearby > 0
            && !app.came_from(&self.form.at(Step::Check));
        if shows_nearby {
            app.go(self.form.at(Step::Nearby));
        } else {
            self.form.continue_from(Step::Place, &draft);
        }
    }
}
