//! Exported guides use only classes and properties of schema.org 29, and have the data of the guide.

use serde_json::{Value, json};

use super::json_ld;
use crate::pretty_json::to_value;

/// The classes that are used, each with the properties that are used, including inherited ones.
const CLASSES: &[(&str, &str)] = &[
    (
        "GovernmentService",
        "identifier name description serviceType provider serviceOperator hoursAvailable \
         serviceOutput offers availableChannel subjectOf",
    ),
    (
        "GovernmentOrganization",
        "name telephone email address location",
    ),
    (
        "Place",
        "name address telephone hasMap openingHoursSpecification description",
    ),
    (
        "OpeningHoursSpecification",
        "dayOfWeek opens closes validFrom validThrough",
    ),
    ("Thing", "name"),
    (
        "Offer",
        "name description price priceCurrency priceSpecification",
    ),
    ("PriceSpecification", "minPrice maxPrice priceCurrency"),
    (
        "ServiceChannel",
        "name serviceUrl servicePhone serviceLocation availableLanguage",
    ),
    ("ContactPoint", "telephone"),
    (
        "HowTo",
        "name description abstract inLanguage about dateModified totalTime supply step",
    ),
    ("HowToSection", "position name description itemListElement"),
    ("HowToStep", "position name text url itemListElement"),
    ("HowToDirection", "text description totalTime supply"),
    ("HowToSupply", "name description"),
];

fn check(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| check(item, found)),
        Value::Object(fields) if fields.contains_key("@value") => {
            assert_eq!(fields.len(), 2, "{value}");
            assert!(fields["@value"].is_string() && fields["@language"].is_string());
        }
        Value::Object(fields) if fields.len() == 1 && fields.contains_key("@id") => {}
        Value::Object(fields) => {
            let class = fields["@type"].as_str().unwrap();
            let (_, properties) = CLASSES.iter().find(|(name, _)| *name == class).unwrap();
            for (name, value) in fields {
                let is_known = properties.split_whitespace().any(|known| known == name);
                assert!(is_known || name.starts_with('@'), "{class} has no {name}");
                check(value, found);
            }
            found.push(class.to_owned());
        }
        _ => {}
    }
}

fn exported(guide: &str, offices: &str) -> Value {
    let guide = json::parse(guide).unwrap();
    let offices = json::parse(offices).unwrap();
    let (guide, _) = json::read(&guide, guide::Guide::read);
    let (index, _) = json::read(&offices, guide::Index::read);
    to_value(&json_ld(&guide, &index.offices))
}

const FULL: &str = r#"{
    "id": "park-shelter", "language": "en", "reviewed": "2026-10-01", "currency": "USD",
    "title": {"en": "Reserve a shelter", "es": "Reservar un refugio"}, "topic": "Parks", "office": "parks",
    "summary": {"en": "For a party.", "vi-t-en": "Cho bữa tiệc."}, "output": {"en": "A key"},
    "time": {"usual": "1 working day", "most": "3 working days"},
    "steps": [
        {"id": "pick", "title": {"en": "Pick one"}, "time": {"usual": "5 minutes"},
         "text": [{"en": ["Look ", {"text": "here", "link": "https://x.example"}, "."], "es": "Vea."},
                  {"list": [{"en": "One"}, {"en": "Two"}]}],
         "action": {"label": {"en": "See"}, "url": "https://x.example/shelters"},
         "evidence": [{"id": "id", "title": {"en": "Photo ID"}}]},
        {"id": "pay", "title": {"en": "Pay"}, "choose": "one", "steps": [
            {"id": "phone", "title": {"en": "By phone"}, "action": {"label": "Call", "phone": "311"},
             "fees": [{"id": "rent", "title": {"en": "Rent"}, "amount": 35, "waiver": {"en": "Free for schools."}}]},
            {"id": "there", "title": {"en": "There"}, "evidence": [{"id": "id", "title": {"en": "Photo ID"}}],
             "fees": [{"id": "clean", "title": {"en": "Cleaning"}, "amount": 0, "to": 50}]}]}
    ]}"#;
const OFFICES: &str = r#"{"offices": [{"id": "parks", "name": {"en": "Parks Office"}, "phone": "(555) 010-0160",
    "address": "40 River Rd", "closed": ["2026-12-24"], "email": "parks@x.example", "map": "https://x.example/map",
    "hours": [{"days": ["mo", "fr"], "opens": "09:00", "closes": "16:30"}]}]}"#;

#[test]
fn every_class_and_property_is_defined_by_schema_org() {
    let document = exported(FULL, OFFICES);
    assert_eq!(document["@context"], "https://schema.org");
    let mut found = Vec::new();
    check(&document["@graph"], &mut found);
    for (class, _) in CLASSES {
        assert!(
            found.iter().any(|known| known == class),
            "{class} was not written"
        );
    }
}

#[test]
fn the_service_has_its_provider_price_and_channels() {
    let document = exported(FULL, OFFICES);
    let service = &document["@graph"][0];
    assert_eq!(
        service["name"],
        json!([{"@value": "Reserve a shelter", "@language": "en"}, {"@value": "Reservar un refugio", "@language": "es"}])
    );
    assert_eq!(service["serviceType"], "Parks");
    assert_eq!(service["provider"], json!({"@id": "#office-parks"}));
    assert_eq!(document["@graph"][2]["@id"], "#office-parks");
    assert_eq!(
        service["hoursAvailable"][0]["dayOfWeek"][1],
        "https://schema.org/Friday"
    );
    assert_eq!(service["offers"][0]["price"], 35);
    assert_eq!(service["offers"][1]["priceSpecification"]["maxPrice"], 50);
    assert_eq!(
        service["availableChannel"][0]["serviceUrl"],
        "https://x.example/shelters"
    );
    assert_eq!(
        service["availableChannel"][1]["servicePhone"]["telephone"],
        "311"
    );
}

#[test]
fn the_steps_keep_their_order_parts_and_evidence() {
    let document = exported(FULL, OFFICES);
    let how_to = &document["@graph"][1];
    assert_eq!(how_to["totalTime"], "P3D");
    assert_eq!(
        how_to["abstract"]["@value"],
        "Usually 1 working day, at most 3 working days"
    );
    assert_eq!(how_to["supply"].as_array().unwrap().len(), 1);
    let first = &how_to["step"][0];
    assert_eq!(first["position"], 1);
    assert_eq!(
        first["text"][0],
        json!({"@value": "Look here.\nOne\nTwo", "@language": "en"})
    );
    assert_eq!(
        first["text"][1],
        json!({"@value": "Vea.", "@language": "es"})
    );
    assert_eq!(first["itemListElement"][0]["totalTime"], "PT5M");
    assert_eq!(how_to["step"][1]["@type"], "HowToSection");
    assert_eq!(how_to["step"][1]["itemListElement"][1]["position"], 2);
}

#[test]
fn a_short_guide_is_exported_without_empty_properties() {
    let document = exported(
        r#"{"id": "a", "title": "A", "steps": [{"id": "b", "title": "B"}]}"#,
        "{}",
    );
    let mut found = Vec::new();
    check(&document["@graph"], &mut found);
    assert_eq!(found, ["GovernmentService", "HowToStep", "HowTo"]);
    assert!(!document.to_string().contains("null"));
}
