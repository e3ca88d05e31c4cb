//! Offices as organizations: where they are and when somebody is there.

use guide::{Day, Guide, Hours, Office, OfficeRef};
use serde_json::{Value, json};

use super::words::{self, Node, text};

/// An office and its name in the graph.
pub(super) struct Known<'a> {
    pub(super) iri: String,
    pub(super) office: &'a Office,
}

/// Every office that the guide names, once; the one that owns the guide first.
pub(super) fn all<'a>(guide: &'a Guide, offices: &'a [Office]) -> Vec<Known<'a>> {
    let mut known: Vec<Known> = Vec::new();
    let steps = guide.all_steps().filter_map(|step| step.office.as_ref());
    for reference in guide.office.iter().chain(steps) {
        if let Some(office) = reference.find(offices)
            && !known.iter().any(|known| known.office == office)
        {
            let iri = match reference {
                OfficeRef::Id(id) => format!("#office-{id}"),
                OfficeRef::Here(_) => format!("#office-{}", known.len() + 1),
            };
            known.push(Known { iri, office });
        }
    }
    known
}

impl Known<'_> {
    /// A pointer to the organization.
    pub(super) fn pointer(&self) -> Value {
        json!({"@id": self.iri})
    }

    pub(super) fn node(&self) -> Value {
        let office = self.office;
        Node::of("GovernmentOrganization")
            .with("@id", json!(self.iri))
            .with("name", text(&office.name))
            .with("telephone", json!(office.phone))
            .with("email", json!(office.email))
            .with("address", text(&office.address))
            .with("location", self.place())
            .done()
    }

    /// Where the office is, with its hours and how people get in.
    pub(super) fn place(&self) -> Value {
        let office = self.office;
        if !words::some(&office.address) && office.hours.is_empty() {
            return Value::Null;
        }
        Node::of("Place")
            .with("name", text(&office.name))
            .with("address", text(&office.address))
            .with("telephone", json!(office.phone))
            .with("hasMap", json!(office.map))
            .with("openingHoursSpecification", opening(office))
            .with("description", text(&office.accessibility))
            .done()
    }
}

/// Hours by days of the week, and the days on which it is closed.
pub(super) fn opening(office: &Office) -> Value {
    let hours = office.hours.iter().map(hours);
    let closed = office.closed.iter().map(|day| {
        Node::of("OpeningHoursSpecification")
            .with("opens", json!("00:00"))
            .with("closes", json!("00:00"))
            .with("validFrom", json!(day))
            .with("validThrough", json!(day))
            .done()
    });
    Value::Array(hours.chain(closed).collect())
}

fn hours(hours: &Hours) -> Value {
    let days: Vec<&str> = hours.days.iter().map(|day| name(*day)).collect();
    Node::of("OpeningHoursSpecification")
        .with("dayOfWeek", json!(days))
        .with("opens", json!(hours.opens))
        .with("closes", json!(hours.closes))
        .done()
}

fn name(day: Day) -> &'static str {
    match day {
        Day::Monday => "https://schema.org/Monday",
        Day::Tuesday => "https://schema.org/Tuesday",
        Day::Wednesday => "https://schema.org/Wednesday",
        Day::Thursday => "https://schema.org/Thursday",
        Day::Friday => "https://schema.org/Friday",
        Day::Saturday => "https://schema.org/Saturday",
        Day::Sunday => "https://schema.org/Sunday",
    }
}
