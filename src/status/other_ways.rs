//! Other ways to the city, where an update is not one: its phone, with the request's number to read out, or a new request.

use crate::app::App;
use crate::ui::{link_with, paragraph, phone_line};
use crate::view::{View, el};
use frontdoor_core::config::Extension;
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::ids::{RequestNumber, ServiceCode};
use frontdoor_core::request::prefill::LINKED_REQUEST;
use frontdoor_core::route::Route;
use frontdoor_core::storage::Entry;
use json::Value;
use open311::ServiceRequest;

/// The city's phone number, with the request's number to read out.
pub(super) fn number_and_phone(app: App, number: &RequestNumber) -> View {
    el("div")
        .class("promise note")
        .child(paragraph("", app.t(k::STATUS_BY_PHONE)))
        .child(el("span").class("number").child(&**number))
        .child(phone_line(app))
        .into()
}

/// A link to a new request about the same problem, for endpoints that cannot reopen this one. The new request names
/// the old one in its description, and in a separate field if the endpoint has one.
pub(super) fn new_request_link(
    app: App,
    request: &ServiceRequest,
    number: &RequestNumber,
    text: Key,
) -> View {
    let Some(code) = request.service_code.as_deref() else {
        return View::Nothing;
    };
    let description = app.t_with(k::ACT_STILL_LINKED, &[("number", number)]);
    let mut fields = vec![("description", Value::from(description))];
    if let Some(address) = &request.address {
        fields.push(("address", address.as_str().into()));
    }
    if let Some(location) = request.location {
        let (lat, long) = location.texts();
        fields.push(("lat", lat.into()));
        fields.push(("long", long.into()));
    }
    if app.offers(Extension::LinkedRequest) {
        fields.push((LINKED_REQUEST, Value::from(&**number)));
    }
    let (prefill, service) = (json::write(&Value::object(fields)), ServiceCode::from(code));
    let leave = move || app.write(Entry::Prefill(&service), &prefill);
    link_with(app, Route::form(code), "btn second", app.t(text), leave)
}
