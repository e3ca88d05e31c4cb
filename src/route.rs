//! Where the resident is, as one enum, and how that is written in an address.
//! Knows nothing of views or of the browser.

use open311::path_segment;

/// A place in the widget.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Route {
    /// “What do you need?”
    #[default]
    Start,
    /// What the city promises everyone.
    Promises,
    /// The list of services.
    Services,
    /// A request form, at one of its steps.
    Report { service: String, step: Step },
    /// The city has it.
    Sent {
        service: String,
        reference: Reference,
    },
    /// Asking for a request's number.
    Lookup,
    /// One request.
    Status { id: String },
    /// Something a resident does about a request.
    Act { id: String, act: Act },
    /// How fast the city is, in figures.
    Card,
    /// Open requests around a place.
    Around,
    /// The list of guides.
    Guides,
    /// One guide, and where in it.
    Guide { id: String, part: Part },
}

/// Where in a guide.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Part {
    /// At its beginning.
    #[default]
    Whole,
    /// At the questions that say for whom it is.
    Check,
    /// At a step.
    Step(String),
}

/// A step of a request form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Step {
    /// Where it is.
    #[default]
    Place,
    /// What the city knows of already near that place.
    Nearby,
    /// What the service asks, page by page from 0.
    Details(u8),
    /// Pictures of it.
    Photos,
    /// How to reach the resident.
    Contact,
    /// Check your answers.
    Check,
}

/// What a resident does about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Add words or a picture.
    Add,
    /// Answer what the city asked.
    Answer,
    /// Say that it is still there.
    Still,
    /// Remind the city of what is late.
    Remind,
    /// Take it back.
    Withdraw,
}

impl Act {
    /// The words that name them in addresses.
    const WORDS: [(&str, Self); 5] = [
        ("add", Self::Add),
        ("answer", Self::Answer),
        ("still-there", Self::Still),
        ("remind", Self::Remind),
        ("withdraw", Self::Withdraw),
    ];

    /// The word that names it in addresses.
    pub fn word(self) -> &'static str {
        let mut words = Self::WORDS.iter();
        words
            .find(|(_, act)| *act == self)
            .map_or("", |(word, _)| word)
    }
}

/// What the city gave to find a request by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// The request's number (`service_request_id`).
    Number(String),
    /// A token that becomes a number later.
    Token(String),
    /// Nothing: the service is a black box.
    Nothing,
}

impl Step {
    /// Those that are one page each, by the words that name them in addresses.
    const WORDS: [(&str, Self); 5] = [
        ("place", Self::Place),
        ("nearby", Self::Nearby),
        ("photos", Self::Photos),
        ("contact", Self::Contact),
        ("check", Self::Check),
    ];

    /// `details` is the first page of questions, `details-2` the second.
    fn word(self) -> String {
        match self {
            Self::Details(0) => "details".into(),
            Self::Details(page) => ["details-", &(u16::from(page) + 1).to_string()].concat(),
            single => Self::WORDS
                .iter()
                .find(|(_, known)| *known == single)
                .map_or_else(String::new, |(word, _)| (*word).into()),
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        if let Some((_, step)) = Self::WORDS.iter().find(|(known, _)| *known == word) {
            return Some(*step);
        }
        match word.strip_prefix("details")?.strip_prefix('-') {
            None => (word == "details").then_some(Self::Details(0)),
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
    pub fn report(service: &str) -> Self {
        Self::Report {
            service: service.to_owned(),
            step: Step::default(),
        }
    }

    /// A guide, at its beginning.
    pub fn guide(id: &str) -> Self {
        Self::Guide {
            id: id.to_owned(),
            part: Part::Whole,
        }
    }

    /// The place above, for a resident who came from elsewhere.
    pub fn above(&self) -> Self {
        match self {
            Self::Report { .. } => Self::Services,
            Self::Status { .. } => Self::Lookup,
            Self::Act { id, .. } => Self::Status { id: id.clone() },
            Self::Guide {
                id,
                part: Part::Check,
            } => Self::guide(id),
            Self::Guide { .. } => Self::Guides,
            _ => Self::Start,
        }
    }

    /// The route as the part of an address after `#`, such as `#/report/pothole/details`.
    pub fn to_hash(&self) -> String {
        let word = match self {
            Self::Report { step, .. } => step.word(),
            _ => String::new(),
        };
        let parts: &[&str] = match self {
            Self::Start => &[],
            Self::Promises => &["promises"],
            Self::Services => &["services"],
            Self::Report { service, .. } => &["report", service, &word],
            Self::Sent { service, reference } => match reference {
                Reference::Number(id) => &["sent", service, "number", id],
                Reference::Token(token) => &["sent", service, "token", token],
                Reference::Nothing => &["sent", service],
            },
            Self::Lookup => &["status"],
            Self::Status { id } => &["status", id],
            Self::Act { id, act } => &["status", id, act.word()],
            Self::Card => &["report-card"],
            Self::Around => &["around"],
            Self::Guides => &["guides"],
            Self::Guide { id, part } => match part {
                Part::Whole => &["guide", id],
                Part::Check => &["guide", id, "check"],
                Part::Step(step) => &["guide", id, "step", step],
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

    /// The route that an address names after `#`; None if it is not one of ours, such
    /// as an anchor of the page itself.
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
            ["promises"] => Self::Promises,
            ["services"] => Self::Services,
            ["report", service] => Self::report(service),
            ["report", service, word] => Self::Report {
                service: (*service).to_owned(),
                step: Step::of_word(word)?,
            },
            ["sent", service, rest @ ..] => {
                let reference = match rest {
                    ["number", id] => Reference::Number((*id).to_owned()),
                    ["token", token] => Reference::Token((*token).to_owned()),
                    [] => Reference::Nothing,
                    _ => return None,
                };
                Self::Sent {
                    service: (*service).to_owned(),
                    reference,
                }
            }
            ["status"] => Self::Lookup,
            ["status", id] => Self::Status {
                id: (*id).to_owned(),
            },
            ["status", id, word] => {
                let mut words = Act::WORDS.iter();
                let (_, act) = words.find(|(known, _)| known == word)?;
                Self::Act {
                    id: (*id).to_owned(),
                    act: *act,
                }
            }
            ["report-card"] => Self::Card,
            ["around"] => Self::Around,
            ["guides"] => Self::Guides,
            ["guide", id, rest @ ..] => {
                let part = match rest {
                    [] => Part::Whole,
                    ["check"] => Part::Check,
                    ["step", step] => Part::Step((*step).to_owned()),
                    _ => return None,
                };
                Self::Guide {
                    id: (*id).to_owned(),
                    part,
                }
            }
            _ => return None,
        })
    }
}

/// Undoes percent-encoding; what cannot be undone stays as it is.
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
    fn every_kind_of_route_survives_the_address() {
        let service = || String::from("4e09/c863 ü#%");
        let routes = [
            Route::Start,
            Route::Promises,
            Route::Services,
            Route::Report {
                service: service(),
                step: Step::Contact,
            },
            Route::Report {
                service: service(),
                step: Step::Details(0),
            },
            Route::Report {
                service: service(),
                step: Step::Details(254),
            },
            Route::Report {
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
                id: "A-173480".into(),
            },
            Route::Act {
                id: "A-173480".into(),
                act: Act::Still,
            },
            Route::Card,
            Route::Around,
            Route::Guides,
            Route::guide("park-shelter"),
            Route::Guide {
                id: "park-shelter".into(),
                part: Part::Check,
            },
            Route::Guide {
                id: "park-shelter".into(),
                part: Part::Step("pick/ 1".into()),
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
    fn the_page_s_own_anchors_are_left_alone() {
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
        fn any_id_survives_the_address(id in ".{1,40}".prop_filter("ids are trimmed", |id| !id.is_empty() && id.trim() == id)) {
            let route = Route::Status { id };
            prop_assert_eq!(Route::from_hash(&route.to_hash()), Some(route));
        }

        #[test]
        fn no_address_can_harm(hash in ".{0,80}") {
            let _ = Route::from_hash(&hash);
            let _ = Route::from_hash(&["#/status/", &hash].concat());
        }
    }
}
