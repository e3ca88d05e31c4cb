//! The guide as a `GovernmentService`: provider, output, offers, and channels.

use guide::{Action, ActionKind, Fee, Guide};

use super::office::{GraphOffice, opening_hours};
use super::schema_org::{
    ContactPoint, GovernmentService, Languages, Offer, PriceSpecification, Reference,
    ServiceChannel, Thing,
};
use super::text::text;
use crate::pretty_json::Amount;

pub(super) fn service(guide: &Guide, offices: &[GraphOffice]) -> GovernmentService {
    let provider = offices.first();
    let reference = || provider.and_then(GraphOffice::reference);
    let output = (!guide.output.is_empty()).then(|| Thing {
        name: text(&guide.output),
    });
    GovernmentService {
        id: "#service".to_owned(),
        identifier: guide.id.clone(),
        name: text(&guide.title),
        description: text(&guide.summary),
        service_type: text(&guide.topic),
        provider: reference(),
        service_operator: reference(),
        hours_available: provider
            .map(|provider| opening_hours(provider.office))
            .unwrap_or_default(),
        service_output: output,
        offers: offers(guide),
        available_channel: channels(guide, offices),
        subject_of: Reference::to("#how-to"),
    }
}

/// The fees of all steps, without duplicates.
fn offers(guide: &Guide) -> Vec<Offer> {
    let mut known: Vec<&str> = Vec::new();
    let mut offers = Vec::new();
    for fee in guide.all_steps().flat_map(|step| &step.fees) {
        if !known.contains(&fee.id.as_str()) {
            known.push(&fee.id);
            offers.push(offer(fee, guide.currency.as_ref()));
        }
    }
    offers
}

fn offer(fee: &Fee, currency: Option<&String>) -> Offer {
    let offer = Offer {
        name: text(&fee.title),
        description: text(&fee.waiver),
        ..Offer::default()
    };
    match fee.to {
        None => Offer {
            price: Some(Amount(fee.amount)),
            price_currency: currency.cloned(),
            ..offer
        },
        Some(to) => Offer {
            price_specification: Some(PriceSpecification {
                min_price: Some(Amount(fee.amount)),
                max_price: Some(Amount(to)),
                price_currency: currency.cloned(),
            }),
            ..offer
        },
    }
}

/// The actions of the steps and the offices. Forms and other guides are left out: they open in the widget and have
/// no URL of their own.
fn channels(guide: &Guide, offices: &[GraphOffice]) -> Vec<ServiceChannel> {
    let languages = languages(guide);
    let mut channels: Vec<ServiceChannel> = Vec::new();
    let actions = guide.all_steps().filter_map(|step| step.action.as_ref());
    for channel in actions.filter_map(|action| action_channel(action, &languages)) {
        if !channels.contains(&channel) {
            channels.push(channel);
        }
    }
    let offices = offices.iter().filter_map(|office| {
        Some(ServiceChannel {
            service_location: Some(office.place()?),
            service_phone: contact_point(office.office.phone.as_ref()),
            ..ServiceChannel::default()
        })
    });
    channels.extend(offices);
    channels
}

fn action_channel(action: &Action, languages: &Option<Languages>) -> Option<ServiceChannel> {
    let channel = ServiceChannel {
        name: text(&action.label),
        ..ServiceChannel::default()
    };
    match &action.kind {
        ActionKind::Address { url } => Some(ServiceChannel {
            service_url: Some(guide::safe_address(url)?.to_owned()),
            available_language: languages.clone(),
            ..channel
        }),
        ActionKind::Phone { phone } => Some(ServiceChannel {
            service_phone: contact_point(Some(phone)),
            ..channel
        }),
        _ => None,
    }
}

fn contact_point(phone: Option<&String>) -> Option<ContactPoint> {
    phone.map(|phone| ContactPoint {
        telephone: phone.clone(),
    })
}

/// The languages of the title; the guide's own language if the title has none.
pub(super) fn languages(guide: &Guide) -> Option<Languages> {
    let tags = guide.title.entries().iter().map(|(tag, _)| tag);
    let tags: Vec<String> = tags.filter(|tag| !tag.is_empty()).cloned().collect();
    if tags.is_empty() {
        guide.language.clone().map(Languages::One)
    } else {
        Some(Languages::Several(tags))
    }
}
