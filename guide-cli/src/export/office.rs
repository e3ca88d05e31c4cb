//! Offices as organizations and places, with their opening hours.

use guide::{Day, Guide, Hours, Office, OfficeRef};

use super::schema_org::{GovernmentOrganization, OpeningHoursSpecification, Place, Reference};
use super::text::text;

/// An office of the guide and its id in the graph.
pub(super) struct GraphOffice<'a> {
    id: String,
    pub(super) office: &'a Office,
}

/// The offices of a guide without duplicates, the responsible one first.
pub(super) fn offices<'a>(guide: &'a Guide, index: &'a [Office]) -> Vec<GraphOffice<'a>> {
    let mut all: Vec<GraphOffice> = Vec::new();
    let steps = guide.all_steps().filter_map(|step| step.office.as_ref());
    for reference in guide.office.iter().chain(steps) {
        if let Some(office) = reference.find(index)
            && !all.iter().any(|known| known.office == office)
        {
            let id = match reference {
                OfficeRef::Id(id) => format!("#office-{id}"),
                OfficeRef::Here(_) => format!("#office-{}", all.len() + 1),
            };
            all.push(GraphOffice { id, office });
        }
    }
    all
}

impl GraphOffice<'_> {
    pub(super) fn reference(&self) -> Option<Reference> {
        Reference::to(&self.id)
    }

    pub(super) fn organization(&self) -> GovernmentOrganization {
        let office = self.office;
        GovernmentOrganization {
            id: self.id.clone(),
            name: text(&office.name),
            telephone: office.phone.clone(),
            email: office.email.clone(),
            address: text(&office.address),
            location: self.place(),
        }
    }

    /// The place, unless the office has neither an address nor opening hours.
    pub(super) fn place(&self) -> Option<Place> {
        let office = self.office;
        if office.address.is_empty() && office.hours.is_empty() {
            return None;
        }
        Some(Place {
            name: text(&office.name),
            address: text(&office.address),
            telephone: office.phone.clone(),
            has_map: office.map.clone(),
            opening_hours_specification: opening_hours(office),
            description: text(&office.accessibility),
        })
    }
}

/// The opening hours by days of the week, and the dates on which the office is closed.
pub(super) fn opening_hours(office: &Office) -> Vec<OpeningHoursSpecification> {
    let weekly = office.hours.iter().map(weekly);
    let closed = office.closed.iter().map(|date| OpeningHoursSpecification {
        opens: "00:00".to_owned(),
        closes: "00:00".to_owned(),
        valid_from: Some(date.clone()),
        valid_through: Some(date.clone()),
        ..OpeningHoursSpecification::default()
    });
    weekly.chain(closed).collect()
}

fn weekly(hours: &Hours) -> OpeningHoursSpecification {
    OpeningHoursSpecification {
        day_of_week: hours.days.iter().map(|day| day_url(*day)).collect(),
        opens: hours.opens.clone(),
        closes: hours.closes.clone(),
        ..OpeningHoursSpecification::default()
    }
}

fn day_url(day: Day) -> &'static str {
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
