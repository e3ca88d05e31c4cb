//! The service: what it is, who gives it, where, through which channels, for how much.

use guide::{Action, ActionKind, Fee, Guide};
use serde_json::{Value, json};

use super::office::{self, Known};
use super::words::{Node, text};
use crate::output_json;

pub(super) fn node(guide: &Guide, offices: &[Known]) -> Value {
    let owner = offices.first();
    let pointer = || owner.map_or(Value::Null, Known::pointer);
    let output = match guide.output.is_empty() {
        true => Value::Null,
        false => Node::of("Thing").with("name", text(&guide.output)).done(),
    };
    Node::of("GovernmentService")
        .with("@id", json!("#service"))
        .with("identifier", json!(guide.id))
        .with("name", text(&guide.title))
        .with("description", text(&guide.summary))
        .with("serviceType", text(&guide.topic))
        .with("provider", pointer())
        .with("serviceOperator", pointer())
        .with(
            "hoursAvailable",
            owner.map_or(Value::Null, |owner| office::opening(owner.office)),
        )
        .with("serviceOutput", output)
        .with("offers", offers(guide))
        .with("availableChannel", channels(guide, offices))
        .with("subjectOf", json!({"@id": "#how-to"}))
        .done()
}

/// Each fee once.
fn offers(guide: &Guide) -> Value {
    let mut known: Vec<&str> = Vec::new();
    let mut offers = Vec::new();
    for fee in guide.all_steps().flat_map(|step| &step.fees) {
        if !known.contains(&fee.id.as_str()) {
            known.push(&fee.id);
            offers.push(offer(fee, guide.currency.as_deref()));
        }
    }
    Value::Array(offers)
}

fn offer(fee: &Fee, currency: Option<&str>) -> Value {
    let node = Node::of("Offer")
        .with("name", text(&fee.title))
        .with("description", text(&fee.waiver));
    let Some(to) = fee.to else {
        return node
            .with("price", output_json::amount(fee.amount))
            .with("priceCurrency", json!(currency))
            .done();
    };
    let range = Node::of("PriceSpecification")
        .with("minPrice", output_json::amount(fee.amount))
        .with("maxPrice", output_json::amount(to))
        .with("priceCurrency", json!(currency))
        .done();
    node.with("priceSpecification", range).done()
}

/// Ways to the service: what the steps offer, and the offices. Forms of the city's endpoint and other
/// guides open in the widget and have no address of their own.
fn channels(guide: &Guide, offices: &[Known]) -> Value {
    let languages = languages(guide);
    let mut channels: Vec<Value> = Vec::new();
    let actions = guide.all_steps().filter_map(|step| step.action.as_ref());
    for channel in actions.filter_map(|action| of_action(action, &languages)) {
        if !channels.contains(&channel) {
            channels.push(channel);
        }
    }
    for known in offices {
        let place = known.place();
        if !place.is_null() {
            let channel = Node::of("ServiceChannel")
                .with("serviceLocation", place)
                .with("servicePhone", phone(known.office.phone.as_deref()))
                .done();
            channels.push(channel);
        }
    }
    Value::Array(channels)
}

fn of_action(action: &Action, languages: &Value) -> Option<Value> {
    let node = Node::of("ServiceChannel").with("name", text(&action.label));
    let node = match &action.kind {
        ActionKind::Address { url } => {
            let url = guide::safe_address(url)?;
            node.with("serviceUrl", json!(url))
                .with("availableLanguage", languages.clone())
        }
        ActionKind::Phone { phone: number } => node.with("servicePhone", phone(Some(number))),
        _ => return None,
    };
    Some(node.done())
}

fn phone(number: Option<&str>) -> Value {
    number.map_or(Value::Null, |number| {
        Node::of("ContactPoint")
            .with("telephone", json!(number))
            .done()
    })
}

/// The languages of the title.
pub(super) fn languages(guide: &Guide) -> Value {
    let tags = guide.title.entries().iter().map(|(tag, _)| tag.as_str());
    let tags: Vec<&str> = tags.filter(|tag| !tag.is_empty()).collect();
    match tags.as_slice() {
        [] => json!(guide.language),
        tags => json!(tags),
    }
}
