//! The places in the widget, as one enum, and their encoding in the fragment of an address.
//!
//! It does not know the browser's history, nor what is drawn at a place. Changing the encoding would
//! break links that residents saved or sent.

use crate::ids::{RequestNumber, ServiceCode};
use crate::request::reference::Reference;
use crate::status::update_kind::UpdateKind;
use open311::path_segment;

/// A place in the widget.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Route {
    /// The start view, “What do you need?”.
    #[default]
    Start,
    /// The city's commitments to everyone.
    Commitments,
    /// The list of services.
    Services,
    /// A request form, at one of its steps.
    Form {
        /// The service whose form it is.
        service: ServiceCode,
        /// The step of the form.
        step: Step,
    },
    /// The confirmation of a request that was sent.
    Sent {
        /// The service the request was for.
        service: ServiceCode,
        /// The reference that the city returned.
        reference: Reference,
    },
    /// The form to look up a request by its number.
    Lookup,
    /// The status of a request.
    Status {
        /// The request's number.
        number: RequestNumber,
    },
    /// The form to send the city an update about a request.
    Update {
        /// The request's number.
        number: RequestNumber,
        /// The kind of update.
        kind: UpdateKind,
    },
    /// The report card: how fast the city is, in figures.
    ReportCard,
    /// Open requests near a place.
    Nearby,
    /// The list of guides.
    Guides,
    /// A guide, at one of its sections.
    Guide {
        /// The guide's id.
        id: String,
        /// The section of the guide.
        section: GuideSection,
    },
}

/// A section of a guide.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum GuideSection {
    /// The whole guide, from its beginning.
    #[default]
    Whole,
    /// The questions that find out whether the guide applies to the resident.
    Eligibility,
    /// A step, by its id.
    Step(String),
}

/// A step of a request form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Step {
    /// The location.
    #[default]
    Place,
    /// Open requests near that location.
    Nearby,
    /// The service's questions, by page from 0.
    Details(u8),
    /// Photos.
    Photos,
    /// The resident's contact details.
    Contact,
    /// The review of the answers before sending.
    Check,
}

impl Step {
    /// The steps that have a single page, by their names in addresses.
    const NAMES: [(&str, Self); 5] = [
        ("place", Self::Place),
        ("nearby", Self::Nearby),
        ("photos", Self::Photos),
        ("contact", Self::Contact),
        ("check", Self::Check),
    ];

    /// The name in addresses: `details` is the first page of questions, `details-2` the second.
    fn name(self) -> String {
        match self {
            Self::Details(0) => "details".into(),
            Self::Details(page) => ["details-", &(u16::from(page) + 1).to_string()].concat(),
            single => Self::NAMES
                .iter()
                .find(|(_, known)| *known == single)
                .map_or_else(String::new, |(name, _)| (*name).into()),
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        if let Some((_, step)) = Self::NAMES.iter().find(|(known, _)| *known == name) {
            return Some(*step);
        }
        match name.strip_prefix("details")?.strip_prefix('-') {
            None => (name == "details").then_some(Self::Details(0)),
            Some(page) => page
                .parse::<u8>()
                .ok()?
                .checked_sub(1)
                .filter(|page| *page > 0)
                .map(Self::Details),
        }
    }
}

impl Route {
    /// The form of a service, at its first step.
    pub fn form(service: &str) -> Self {
        Self::Form {
            service: service.into(),
            step: Step::default(),
        }
    }

    /// A guide, at its beginning.
    pub fn guide(id: &str) -> Self {
        Self::Guide {
            id: id.to_owned(),
            section: GuideSection::Whole,
        }
    }

    /// The place one level up, where Back leads if the resident entered the widget here.
    pub fn above(&self) -> Self {
        match self {
            Self::Form { .. } => Self::Services,
            Self::Status { .. } => Self::Lookup,
            Self::Update { number, .. } => Self::Status {
                number: number.clone(),
            },
            Self::Guide {
                id,
                section: GuideSection::Eligibility,
            } => Self::guide(id),
            Self::Guide { .. } => Self::Guides,
            _ => Self::Start,
        }
    }

    /// Encodes the route as the fragment of an address, such as `#/report/pothole/details`.
    pub fn to_hash(&self) -> String {
        let step_name = match self {
            Self::Form { step, .. } => step.name(),
            _ => String::new(),
        };
        let parts: &[&str] = match self {
            Self::Start => &[],
            Self::Commitments => &["promises"],
            Self::Services => &["services"],
            Self::Form { service, .. } => &["report", service, &step_name],
            Self::Sent { service, reference } => match reference {
                Reference::Nothing => &["sent", service],
                reference => &["sent", service, reference.kind(), reference.value()],
            },
            Self::Lookup => &["status"],
            Self::Status { number } => &["status", number],
            Self::Update { number, kind } => &["status", number, kind.name()],
            Self::ReportCard => &["report-card"],
            Self::Nearby => &["around"],
            Self::Guides => &["guides"],
            Self::Guide { id, section } => match section {
                GuideSection::Whole => &["guide", id],
                GuideSection::Eligibility => &["guide", id, "check"],
                GuideSection::Step(step) => &["guide", id, "step", step],
            },
        };
        let mut hash = String::from("#/");
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                hash.push('/');
            }
            hash.push_str(&path_segment(part));
        }
        hash
    }

    /// Decodes the fragment of an address; `None` if it is not a route, for example an anchor of the host page.
    pub fn from_hash(hash: &str) -> Option<Self> {
        let path = hash.strip_prefix("#/")?;
        let parts: Vec<String> = path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(decode)
            .collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        Some(match parts.as_slice() {
            [] => Self::Start,
            ["promises"] => Self::Commitments,
            ["services"] => Self::Services,
            ["report", service] => Self::form(service),
            ["report", service, name] => Self::Form {
                service: (*service).into(),
                step: Step::from_name(name)?,
            },
            ["sent", service, rest @ ..] => {
                let reference = match rest {
                    [] => Reference::Nothing,
                    [kind @ ("number" | "token"), value] => Reference::from_parts(kind, value)?,
                    _ => return None,
                };
                Self::Sent {
                    service: (*service).into(),
                    reference,
                }
            }
            ["status"] => Self::Lookup,
            ["status", number] => Self::Status {
                number: (*number).into(),
            },
            ["status", number, name] => Self::Update {
                number: (*number).into(),
                kind: UpdateKind::from_name(name)?,
            },
            ["report-card"] => Self::ReportCard,
            ["around"] => Self::Nearby,
            ["guides"] => Self::Guides,
            ["guide", id, rest @ ..] => {
                let section = match rest {
                    [] => GuideSection::Whole,
                    ["check"] => GuideSection::Eligibility,
                    ["step", step] => GuideSection::Step((*step).to_owned()),
                    _ => return None,
                };
                Self::Guide {
                    id: (*id).to_owned(),
                    section,
                }
            }
            _ => return None,
        })
    }
}

/// Decodes percent-encoding; returns the text unchanged if the result is not UTF-8.
fn decode(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let pair = tail.split_at_checked(2).and_then(|(digits, after)| {
            let digits = std::str::from_utf8(digits).ok()?;
            Some((u8::from_str_radix(digits, 16).ok()?, after))
        });
        match (first, pair) {
            (b'%', Some((byte, after))) => {
                bytes.push(byte);
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| part.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_kind_of_route_round_trips_through_its_address() {
        let service = || ServiceCode::from("4e09/c863 ü#%");
        let routes = [
            Route::Start,
            Route::Commitments,
            Route::Services,
            Route::Form {
                service: service(),
                step: Step::Contact,
            },
            Route::Form {
                service: service(),
                step: Step::Details(0),
            },
            Route::Form {
                service: service(),
                step: Step::Details(254),
            },
            Route::Form {
                service: service(),
                step: Step::Nearby,
            },
            Route::Sent {
                service: service(),
                reference: Reference::Number("14-01 100/669".into()),
            },
            Route::Sent {
                service: service(),
                reference: Reference::Token("t?x".into()),
            },
            Route::Sent {
                service: service(),
                reference: Reference::Nothing,
            },
            Route::Lookup,
            Route::Status {
                number: "A-173480".into(),
            },
            Route::Update {
                number: "A-173480".into(),
                kind: UpdateKind::StillThere,
            },
            Route::ReportCard,
            Route::Nearby,
            Route::Guides,
            Route::guide("park-shelter"),
            Route::Guide {
                id: "park-shelter".into(),
                section: GuideSection::Eligibility,
            },
            Route::Guide {
                id: "park-shelter".into(),
                section: GuideSection::Step("pick/ 1".into()),
            },
        ];
        for route in routes {
            assert_eq!(
                Route::from_hash(&route.to_hash()),
                Some(route.clone()),
                "{}",
                route.to_hash()
            );
        }
    }

    #[test]
    fn other_fragments_are_not_routes() {
        for hash in [
            "",
            "#",
            "#contact",
            "#/nowhere",
            "#/report",
            "#/sent/x/y/z",
            "#/report/x/details-1",
            "#/guide/x/step",
            "#/guide/x/y",
            "#/report/x/details-0",
            "#/report/x/detailsx",
            "#/report/x/details-999",
        ] {
            let route = Route::from_hash(hash);
            assert!(route.is_none(), "{hash} is {route:?}");
        }
    }

    proptest! {
        #[test]
        fn any_id_round_trips_through_an_address(id in ".{1,40}".prop_filter("ids are trimmed", |id| !id.is_empty() && id.trim() == id)) {
            let route = Route::Status { number: id.into() };
            prop_assert_eq!(Route::from_hash(&route.to_hash()), Some(route));
        }

        #[test]
        fn decoding_never_panics(hash in ".{0,80}") {
            let _ = Route::from_hash(&hash);
            let _ = Route::from_hash(&["#/status/", &hash].concat());
        }
    }
}
