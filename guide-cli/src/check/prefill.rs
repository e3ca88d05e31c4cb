//! What an action fills into a service's form: attributes and keys that the form has.

use super::City;
use super::references::options_of;
use crate::finding::Notes;
use crate::near::did_you_mean;
use crate::place::Place;
use crate::services::{Attribute, Service};

/// Fields of every form, beside its attributes.
const ALWAYS: [&str; 2] = ["description", "address"];

pub(crate) fn check(prefill: &Place, top: &Place, city: &City, notes: &mut Notes) {
    for (_, value) in prefill.fields() {
        if let Some(answer) = value.get("answer")
            && let Some(question) = answer.text()
            && options_of(question, top).is_none()
        {
            let questions = top.list("questions");
            let known = questions.iter().filter_map(Place::id);
            let remedy = did_you_mean(question, known, "Add it to “questions”.");
            notes.error(
                answer.path,
                format!("there is no question “{question}”"),
                remedy,
            );
        }
    }
    if let Some(service) = service_of(prefill, top, city)
        && let Some(attributes) = &service.attributes
    {
        for (code, value) in prefill.fields() {
            attribute(service, attributes, code, &value, top, notes);
        }
    }
}

/// The service that the prefill stands beside.
fn service_of<'a>(prefill: &Place, top: &Place, city: &City<'a>) -> Option<&'a Service> {
    let services = city.services?;
    let action = prefill.path.strip_suffix(".prefill")?;
    let actions = crate::place::everywhere(top, "service");
    let own = actions
        .iter()
        .find(|service| service.path.strip_suffix(".service") == Some(action))?;
    services.find(own.text()?)
}

fn attribute(
    service: &Service,
    attributes: &[Attribute],
    code: &str,
    value: &Place,
    top: &Place,
    notes: &mut Notes,
) {
    if ALWAYS.contains(&code) {
        return;
    }
    let asked = attributes.iter().filter(|attribute| attribute.is_asked);
    let Some(attribute) = asked.clone().find(|attribute| attribute.code == code) else {
        let known = asked.map(|attribute| attribute.code.as_str()).chain(ALWAYS);
        let wrong = format!("the form of “{}” asks no “{code}”", service.code);
        notes.error(&value.path, wrong, did_you_mean(code, known, "Remove it."));
        return;
    };
    let Some(keys) = &attribute.keys else { return };
    let mut chosen: Vec<(String, String)> = Vec::new();
    for place in value.items().iter().chain([value]) {
        let text = place.value.text();
        chosen.extend(text.map(|key| (place.path.clone(), key.to_owned())));
    }
    if value.items().len() > 1 && !attribute.takes_many {
        let wrong = format!("“{code}” takes one key, not {}", value.items().len());
        notes.error(&value.path, wrong, "Name only one.");
    }
    if let Some(question) = value.string("answer") {
        let options = options_of(question, top).unwrap_or_default();
        let of_it = options
            .iter()
            .map(|option| (value.path.clone(), (*option).to_owned()));
        chosen.extend(of_it);
    }
    for (path, key) in chosen {
        if !keys.contains(&key) {
            let wrong = format!("“{code}” of “{}” has no key “{key}”", service.code);
            let known = keys.iter().map(String::as_str);
            notes.error(path, wrong, did_you_mean(&key, known, "Remove it."));
        }
    }
}
