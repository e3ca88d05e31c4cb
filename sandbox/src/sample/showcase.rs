//! Requests to look at: one for each thing that a request's view has to tell. Their numbers follow
//! those of the drawn ones and are the same on every first run of a year; the README lists them.

use jiff::{Timestamp, ToSpan};
use rusqlite::Transaction;
use serde_json::json;

use super::requests::{Told, insert};
use super::story::{self, Case};
use super::streets;
use crate::clock::Zone;
use crate::store::services::Service;
use crate::store::steps::{Author, Purpose, Stage, Step};

/// From which house of Walnut Street they come: away from where people try things out.
const FIRST_HOUSE: u32 = 412;

/// A request and what happened to it.
struct Show {
    code: &'static str,
    days_ago: i64,
    description: &'static str,
    /// The one of these, counted from 0, that it follows.
    follows: Option<usize>,
    events: &'static [Event],
}

/// So many working days after it came in, at that hour.
struct Event(u32, u32, What, &'static str);

enum What {
    Seen,
    Asked,
    Waiting,
    /// Late, with a new date so many working days after the request came in.
    Late(u32),
    HandedOver(&'static str),
    /// With mySociety's word for how.
    Closed(&'static str),
    StillThere,
    Reminded,
    Withdrawn,
}

/// The place in this list is the number's last part less 1188.
const SHOWS: [Show; 13] = [
    Show {
        code: "street-light",
        days_ago: 4,
        description: "The light in front of my house is out.",
        follows: None,
        events: &[
            Event(
                0,
                16,
                What::Seen,
                "Street Lighting has it now and plans the work.",
            ),
            Event(
                1,
                10,
                What::Asked,
                "Two lights are out on this block. Is it the one with the number 4117 on the pole?",
            ),
        ],
    },
    Show {
        code: "sidewalk",
        days_ago: 9,
        description: "A slab stands up two inches. My mother fell over it.",
        follows: None,
        events: &[
            Event(
                1,
                9,
                What::Seen,
                "We looked at it today and put a cone there. The work is on the list.",
            ),
            Event(
                4,
                14,
                What::Waiting,
                "We wait for the concrete crew, which works its way north. You are next.",
            ),
        ],
    },
    Show {
        code: "tree-trim",
        days_ago: 20,
        description: "Please cut down the maple. It drops leaves on my car.",
        follows: None,
        events: &[
            Event(
                1,
                11,
                What::Seen,
                "Parks Office has it now. Someone looks at the tree this week.",
            ),
            Event(
                6,
                15,
                What::Closed("no_further_action"),
                "We say no: the tree is sound, and the law lets us cut a sound tree only for a danger. If you do not agree, write to the Office of the City Manager, 12 Main St, within 30 days, or call (555) 010-0170; a person who did not decide this looks at it anew.",
            ),
        ],
    },
    Show {
        code: "graffiti",
        days_ago: 12,
        description: "Paint all over the wall of the laundry.",
        follows: None,
        events: &[
            Event(1, 9, What::Seen, "A crew is on the way."),
            Event(3, 13, What::Closed("closed"), "Painted over."),
        ],
    },
    Show {
        code: "pothole",
        days_ago: 10,
        description: "Hole in the right lane, as deep as my hand.",
        follows: None,
        events: &[
            Event(
                1,
                8,
                What::Seen,
                "We found the place. Thank you for the clear words.",
            ),
            Event(2, 15, What::Closed("closed"), "Filled and rolled."),
            Event(
                5,
                12,
                What::StillThere,
                "It is still there. The patch came out with the first rain.",
            ),
        ],
    },
    Show {
        code: "storm-drain",
        days_ago: 14,
        description: "The drain is full of leaves and the street is under water.",
        follows: None,
        events: &[
            Event(
                1,
                9,
                What::Seen,
                "Water Department has it now. A crew looks at it this week.",
            ),
            Event(7, 17, What::Reminded, "Nobody came. When will you be here?"),
        ],
    },
    Show {
        code: "illegal-dumping",
        days_ago: 8,
        description: "Tires and a mattress in the ditch by the bridge.",
        follows: None,
        events: &[
            Event(
                0,
                17,
                What::Seen,
                "Neighborhood Services has it now and reads it today.",
            ),
            Event(
                2,
                10,
                What::Closed("not_councils_responsibility"),
                "This ditch is not ours: it belongs to the county’s road. We sent it on with your words; ask Fulton County Roads, (555) 010-0190.",
            ),
        ],
    },
    Show {
        code: "pothole",
        days_ago: 6,
        description: "Deep hole at Oak and 3rd.",
        follows: None,
        events: &[Event(
            1,
            9,
            What::Closed("duplicate"),
            "We already have this one under {late}. We closed this number; follow the other.",
        )],
    },
    Show {
        code: "street-light",
        days_ago: 5,
        description: "Branches hang in front of the light. The corner is dark.",
        follows: None,
        events: &[
            Event(
                0,
                16,
                What::Seen,
                "Street Lighting has it now and plans the work.",
            ),
            Event(
                1,
                11,
                What::HandedOver("Parks Office"),
                "Street Lighting handed it to the Parks Office: the lamp works, the tree is in its way. You keep your number.",
            ),
        ],
    },
    Show {
        code: "abandoned-vehicle",
        days_ago: 7,
        description: "A gray van with a flat tire stands here since May.",
        follows: None,
        events: &[
            Event(0, 17, What::Seen, "Someone puts a note on it this week."),
            Event(
                2,
                12,
                What::Withdrawn,
                "It is gone: the owner had it towed.",
            ),
        ],
    },
    Show {
        code: "graffiti",
        days_ago: 5,
        description: "The paint is back on the wall of the laundry.",
        follows: Some(3),
        events: &[Event(
            1,
            9,
            What::Seen,
            "We looked at it today. The work is on the list.",
        )],
    },
    Show {
        code: "street-light",
        days_ago: 15,
        description: "Some light here goes on and off.",
        follows: None,
        events: &[
            Event(1, 9, What::Seen, "A crew looks at it this week."),
            Event(
                4,
                20,
                What::Closed("unable_to_fix"),
                "We went there on two nights and all lights were on. If it is still so, tell us the number on the pole and we open this again, (555) 010-0100.",
            ),
        ],
    },
    Show {
        code: "sign",
        days_ago: 26,
        description: "The stop sign is bent and faces the wrong way.",
        follows: None,
        events: &[
            Event(
                1,
                9,
                What::Seen,
                "We looked at it today. The work is on the list.",
            ),
            Event(
                5,
                10,
                What::Late(8),
                "We are late: the new sign has the wrong size. New date: {date}.",
            ),
            Event(
                10,
                14,
                What::Closed("closed"),
                "The new sign is up. It took longer than we said, twice; we are sorry.",
            ),
        ],
    },
];

pub(super) fn fill(
    tx: &Transaction,
    services: &[Service],
    now: Timestamp,
    zone: &Zone,
) -> rusqlite::Result<()> {
    let late = insert_the_late_one(tx, services, now, zone)?.unwrap_or_default();
    let mut told: Vec<Option<(i64, String)>> = Vec::new();
    for (house, show) in (FIRST_HOUSE..).step_by(10).zip(&SHOWS) {
        let Some(service) = find(services, show.code) else {
            told.push(None);
            continue;
        };
        let requested =
            story::working_moment(zone, now - (show.days_ago * 24).hours(), 0, 8, house % 60);
        let mut steps = vec![Step::by_city(requested, Some(Stage::Received), "Received")];
        for event in show.events {
            steps.push(step(event, requested, zone, &late));
        }
        steps.retain(|step| step.at <= now);
        let follows = show
            .follows
            .and_then(|place| told.get(place).cloned().flatten());
        let stored = insert(
            tx,
            service,
            &case(service, requested, now),
            Told {
                place: streets::on_northbound(9, house),
                description: show.description.to_owned(),
                answers: json!({}),
                follows,
            },
            &steps,
            zone,
        )?;
        told.push(stored.and_then(|stored| Some((stored.number, stored.id?))));
    }
    Ok(())
}

fn find<'a>(services: &'a [Service], code: &str) -> Option<&'a Service> {
    services
        .iter()
        .find(|service| service.text("service_code") == code)
}

fn case(service: &Service, requested: Timestamp, now: Timestamp) -> Case {
    Case {
        requested,
        now,
        code: service.text("service_code").to_owned(),
        agency: service.agency().unwrap_or("311 Center").to_owned(),
        done_days: service.done_days().unwrap_or(5),
        desk: false,
        twin: None,
    }
}

fn step(event: &Event, requested: Timestamp, zone: &Zone, late: &str) -> Step {
    let Event(days, hour, what, note) = event;
    let at = story::working_moment(zone, requested, *days, *hour, 20);
    let (author, stage) = match what {
        What::Seen | What::HandedOver(_) => (Author::City, Some(Stage::InProgress)),
        What::Asked | What::Waiting | What::Late(_) => (Author::City, Some(Stage::Waiting)),
        What::Closed(_) => (Author::City, Some(Stage::Closed)),
        What::StillThere => (Author::Resident, Some(Stage::Received)),
        What::Reminded => (Author::Resident, None),
        What::Withdrawn => (Author::Resident, Some(Stage::Closed)),
    };
    let mut step = Step::by_city(at, stage, &note.replace("{late}", late));
    step.author = author;
    match what {
        What::Asked => step.purpose = Some(Purpose::Question),
        What::Reminded => step.purpose = Some(Purpose::Reminder),
        What::Withdrawn => step.purpose = Some(Purpose::Withdrawn),
        What::Closed(word) => step.status = Some((*word).to_owned()),
        What::HandedOver(agency) => {
            step.agency = Some((*agency).to_owned());
            step.status = Some("internal_referral".to_owned());
        }
        What::Late(days) => {
            let expected = zone.working_days_later(requested, *days);
            step.note = step.note.replace("{date}", &story::day(zone, expected));
            step.expected = Some(expected);
        }
        What::Seen | What::Waiting | What::StillThere => {}
    }
    step
}

/// A pothole that came to the wrong office and is late, with a reason and a new date. Its number is
/// the same on every first run of a year (26-01187 in 2026), so that a page or a test can start from it.
fn insert_the_late_one(
    tx: &Transaction,
    services: &[Service],
    now: Timestamp,
    zone: &Zone,
) -> rusqlite::Result<Option<String>> {
    let Some(service) = find(services, "pothole") else {
        return Ok(None);
    };
    let requested = story::working_moment(zone, now - (7 * 24).hours(), 0, 14, 4);
    let mut handover = Step::by_city(
        story::working_moment(zone, requested, 1, 11, 2),
        Some(Stage::InProgress),
        "The Parks Office handed it to Street Maintenance: the tree is not the cause.",
    );
    handover.agency = Some("Street Maintenance".to_owned());
    handover.status = Some("internal_referral".to_owned());
    let new_date = zone.working_days_later(now, 1);
    let mut waiting = Step::by_city(
        story::working_moment(zone, requested, 4, 9, 10),
        Some(Stage::Waiting),
        &format!(
            "We are late. The asphalt plant was closed by frost. New date: {}.",
            story::day(zone, new_date)
        ),
    );
    waiting.expected = Some(new_date);
    let received = Step::by_city(requested, Some(Stage::Received), "Received");
    let case = Case {
        agency: "Parks Office".to_owned(),
        done_days: 3,
        ..case(service, requested, now)
    };
    let told = Told {
        place: streets::on_northbound(5, 118),
        description: "Deep hole at the corner of 3rd, beside the tree.".to_owned(),
        answers: json!({ "depth": "deep", "lane": ["drive"] }),
        follows: None,
    };
    let steps = [received, handover, waiting];
    let stored = insert(tx, service, &case, told, &steps, zone)?;
    Ok(stored.and_then(|stored| stored.id))
}
