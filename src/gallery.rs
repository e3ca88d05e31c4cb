//! The page of `cargo xtask gallery`: the parts of the interface in all their states, to compare them with each
//! other. Only compiled with the feature `gallery`. Draws what the journeys and this file list; fetches nothing.

use crate::app::App;
use crate::net::ApiError;
use crate::ui::{
    Icon, RadioGroup, TextField, button, call_link, contact_block, error_text, field_ids,
    form_group, heading, icon, link, load_error, loading, message, no_error, opening_status,
    optional_paragraph, paragraph, phone_line, radio_group, row, saved_notice, search_box,
    secondary_button, service_promise, status_line, summary_of, text_field, title, toggle_button,
};
use crate::view::{Signal, View, el};
use crate::{guides, request, status};
use frontdoor_core::i18n::k;
use frontdoor_core::route::Route;
use open311::ServiceError;
use std::rc::Rc;

/// The whole page.
pub fn gallery(app: App) -> View {
    let mut sections = own(app);
    sections.extend(request::gallery::samples(app));
    sections.extend(status::gallery::samples(app));
    sections.extend(guides::gallery::samples(app));
    let sections: Vec<View> = sections
        .into_iter()
        .map(|(name, view)| {
            el("section")
                .class("stack")
                .child(el("p").class("quiet").child(el("small").child(name)))
                .child(view)
                .into()
        })
        .collect();
    el("div")
        .class("fd")
        .attr("part", "frontdoor")
        .attr("role", "region")
        .attr("aria-label", "Gallery")
        .attr("lang", move || Some(app.language()))
        .child(el("div").class("view").child(sections))
        .child(contact_block(app))
        .into()
}

/// The parts of `ui`.
fn own(app: App) -> Vec<(&'static str, View)> {
    let refusal = ServiceError {
        status: 400,
        messages: vec![
            String::from("depth is required"),
            String::from("Choose a lane"),
        ],
        code: None,
    };
    let errors = [
        ApiError::TimedOut,
        ApiError::Unreachable,
        ApiError::Busy(None),
        ApiError::Busy(Some(30)),
        ApiError::NotUnderstood,
    ];
    let errors: Vec<View> = errors
        .iter()
        .map(|error| paragraph("", error_text(app, error)))
        .collect();
    let icons: Vec<View> = [Icon::Ask, Icon::How, Icon::See]
        .into_iter()
        .map(|picture| {
            let name = el("b").child("Make a request");
            let more = el("span").class("quiet").child("Fix, collect, issue");
            link(
                app,
                Route::Services,
                "way",
                [icon(picture), name.into(), more.into()],
            )
        })
        .collect();
    let pressed = Signal::new(true);
    let closed = Signal::new(false);
    let toggle = |is_open: &Signal<bool>| {
        toggle_button("quiet-button", is_open, |is_open| {
            String::from(if is_open { "Show less" } else { "Show more" })
        })
    };
    vec![
        ("title, heading, paragraph, quiet, hint", {
            [
                title(app, "Where is it?"),
                paragraph("", "A hole in the street or in an alley."),
                heading(String::from("What happens next")),
                paragraph("quiet", "Saved on this device until you send it."),
                paragraph("hint", "A photo shows the crew what to bring."),
                optional_paragraph("notice", String::from("The map did not load.")),
            ]
            .into()
        }),
        ("button, second, quiet, toggle", {
            [
                row([
                    button("button", "btn", "Continue").into(),
                    secondary_button(String::from("Start again"), || ()),
                ]),
                row([
                    button("button", "quiet-button", "Delete my answers").into(),
                    toggle(&pressed),
                    toggle(&closed),
                ]),
            ]
            .into()
        }),
        ("link, second, phone number", {
            row([
                link(app, Route::Services, "", "See all requests"),
                link(app, Route::Services, "btn second", "See all requests"),
                call_link(app, "311"),
            ])
        }),
        ("icons", el("div").class("ways").child(icons).into()),
        ("loading", loading(app)),
        ("status line", status_line(|| "Pin placed.")),
        ("message", {
            let more = vec![phone_line(app).into()];
            message(app, String::from("Your request was not sent"), more)
        }),
        (
            "error: refused",
            load_error(app, &ApiError::Refused(refusal), || ()),
        ),
        ("error: each reason", errors.into()),
        ("error summary: one, several", {
            let line = || {
                el("a")
                    .attr("href", "#field")
                    .child("Enter a street")
                    .into()
            };
            [
                summary_of(app, 1, vec![line()]),
                summary_of(app, 3, vec![line(), line(), line()]),
            ]
            .into()
        }),
        (
            "text field: empty, with a hint, filled in, with an error",
            {
                let field = |id: &str, hint: &str, value: &str, error: Option<&str>| {
                    let error = error.map(String::from);
                    text_field(TextField {
                        id: id.into(),
                        label: String::from("Street and house number"),
                        hint: hint.into(),
                        value: value.into(),
                        input_type: "text",
                        input_mode: "",
                        autocomplete: "off",
                        error: Rc::new(move || error.clone()),
                        on_input: Rc::new(|_| ()),
                    })
                };
                let hint = "For example 130 11th St";
                [
                    field("g-1", "", "", None),
                    field("g-2", hint, "", None),
                    field("g-3", hint, "130 11th St", None),
                    field("g-4", hint, "11th", Some("Enter a house number")),
                ]
                .into()
            },
        ),
        ("search box", {
            search_box(
                "g-search",
                app.t(k::START_SEARCH),
                &Signal::new(String::new()),
            )
        }),
        ("select, text area", {
            let option = |text: &'static str| el("option").child(text).into();
            let options: [View; 2] = [option("Main Street"), option("River Road")];
            let describe = |element: &'static str, id: &'static str| {
                el(element)
                    .attr("id", id)
                    .attr("aria-describedby", &field_ids(id, ""))
            };
            let select = describe("select", "g-5").child(options);
            let area = describe("textarea", "g-6").attr("rows", "3");
            [
                form_group("g-5", "Which street?", String::new(), &no_error(), select),
                form_group("g-6", "What is wrong?", String::new(), &no_error(), area),
            ]
            .into()
        }),
        ("radio group: open, chosen, with an error", {
            let group = |id: &str, chosen: Option<&str>, error: Option<&str>| {
                let error = error.map(String::from);
                let options = [("curb", "Next to the curb"), ("lane", "In the lane")];
                let options = options.map(|(name, label)| (name.into(), label.into()));
                radio_group(RadioGroup {
                    id: id.into(),
                    label: "Where in the street?".into(),
                    hint: String::from("Choose the nearest"),
                    options: options.into(),
                    chosen: chosen.map(String::from),
                    error: Rc::new(move || error.clone()),
                    on_choose: Rc::new(|_| ()),
                })
            };
            [
                group("g-7", None, None),
                group("g-8", Some("lane"), None),
                group("g-9", None, Some("Choose where it is")),
            ]
            .into()
        }),
        (
            "saved notice",
            saved_notice(app, k::KEPT_IN_TAB, || (), || ()),
        ),
        ("service promise", service_promise(app, "pothole").into()),
        ("opening status of each contact", {
            let contacts = app.with_config(|config| config.contact.clone());
            let states = contacts
                .iter()
                .map(|contact| opening_status(app, &contact.hours, &[]));
            states.collect::<Vec<View>>().into()
        }),
    ]
}
