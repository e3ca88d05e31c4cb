//! The table of the showcase requests. The README lists them by their ids.

use super::event::{Event, EventKind, ShowcaseRequest};

/// The index plus 1188 is the last part of the id.
pub(super) const REQUESTS: [ShowcaseRequest; 13] = [
    ShowcaseRequest {
        service_code: "street-light",
        days_ago: 4,
        description: "The light in front of my house is out.",
        follows: None,
        events: &[
            Event::new(
                0,
                16,
                EventKind::Started,
                "Street Lighting has it now and plans the work.",
            ),
            Event::new(
                1,
                10,
                EventKind::Asked,
                "Two lights are out on this block. Is it the one with the number 4117 on the pole?",
            ),
        ],
    },
    ShowcaseRequest {
        service_code: "sidewalk",
        days_ago: 9,
        description: "A slab stands up two inches. My mother fell over it.",
        follows: None,
        events: &[
            Event::new(
                1,
                9,
                EventKind::Started,
                "We looked at it today and put a cone there. The work is on the list.",
            ),
            Event::new(
                4,
                14,
                EventKind::Waiting,
                "We wait for the concrete crew, which works its way north. You are next.",
            ),
        ],
    },
    ShowcaseRequest {
        service_code: "tree-trim",
        days_ago: 20,
        description: "Please cut down the maple. It drops leaves on my car.",
        follows: None,
        events: &[
            Event::new(
                1,
                11,
                EventKind::Started,
                "Parks Office has it now. Someone looks at the tree this week.",
            ),
            Event::new(
                6,
                15,
                EventKind::Closed("no_further_action"),
                "We say no: the tree is sound, and the law lets us cut a sound tree only for a danger. If you do not agree, write to the Office of the City Manager, 12 Main St, within 30 days, or call (555) 010-0170; a person who did not decide this looks at it anew.",
            ),
        ],
    },
    ShowcaseRequest {
        service_code: "graffiti",
        days_ago: 12,
        description: "Paint all over the wall of the laundry.",
        follows: None,
        events: &[
            Event::new(1, 9, EventKind::Started, "A crew is on the way."),
            Event::new(3, 13, EventKind::Closed("closed"), "Painted over."),
        ],
    },
    ShowcaseRequest {
        service_code: "pothole",
        days_ago: 10,
        description: "Hole in the right lane, as deep as my hand.",
        follows: None,
        events: &[
            Event::new(
                1,
                8,
                EventKind::Started,
                "We found the place. Thank you for the clear words.",
            ),
            Event::new(2, 15, EventKind::Closed("closed"), "Filled and rolled."),
            Event::new(
                5,
                12,
                EventKind::StillThere,
                "It is still there. The patch came out with the first rain.",
            ),
        ],
    },
    ShowcaseRequest {
        service_code: "storm-drain",
        days_ago: 14,
        description: "The drain is full of leaves and the street is under water.",
        follows: None,
        events: &[
            Event::new(
                1,
                9,
                EventKind::Started,
                "Water Department has it now. A crew looks at it this week.",
            ),
            Event::new(
                7,
                17,
                EventKind::Reminded,
                "Nobody came. When will you be here?",
            ),
        ],
    },
    ShowcaseRequest {
        service_code: "illegal-dumping",
        days_ago: 8,
        description: "Tires and a mattress in the ditch by the bridge.",
        follows: None,
        events: &[
            Event::new(
                0,
                17,
                EventKind::Started,
                "Neighborhood Services has it now and reads it today.",
            ),
            Event::new(
                2,
                10,
                EventKind::Closed("not_councils_responsibility"),
                "This ditch is not ours: it belongs to the county’s road. We sent it on with your words; ask Fulton County Roads, (555) 010-0190.",
            ),
        ],
    },
    ShowcaseRequest {
        service_code: "pothole",
        days_ago: 6,
        description: "Deep hole at Oak and 3rd.",
        follows: None,
        events: &[Event::new(
            1,
            9,
            EventKind::Closed("duplicate"),
            "We already have this one under {late}. We closed this number; follow the other.",
        )],
    },
    ShowcaseRequest {
        service_code: "street-light",
        days_ago: 4,
        description: "Branches hang in front of the light. The corner is dark.",
        follows: None,
        events: &[
            Event::new(
                0,
                16,
                EventKind::Started,
                "Street Lighting has it now and plans the work.",
            ),
            Event::new(
                1,
                11,
                EventKind::HandedOver("Parks Office"),
                "Street Lighting handed it to the Parks Office: the lamp works, the tree is in its way. You keep your number.",
            ),
        ],
    },
    ShowcaseRequest {
        service_code: "abandoned-vehicle",
        days_ago: 7,
        description: "A gray van with a flat tire stands here since May.",
        follows: None,
        events: &[
            Event::new(
                0,
                17,
                EventKind::Started,
                "Someone puts a note on it this week.",
            ),
            Event::new(
                2,
                12,
                EventKind::Withdrawn,
                "It is gone: the owner had it towed.",
            ),
        ],
    },
    ShowcaseRequest {
        service_code: "graffiti",
        days_ago: 4,
        description: "The paint is back on the wall of the laundry.",
        follows: Some(3),
        events: &[Event::new(
            1,
            9,
            EventKind::Started,
            "We looked at it today. The work is on the list.",
        )],
    },
    ShowcaseRequest {
        service_code: "street-light",
        days_ago: 15,
        description: "Some light here goes on and off.",
        follows: None,
        events: &[
            Event::new(1, 9, EventKind::Started, "A crew looks at it this week."),
            Event::new(
                4,
                20,
                EventKind::Closed("unable_to_fix"),
                "We went there on two nights and all lights were on. If it is still so, tell us the number on the pole and we open this again, (555) 010-0100.",
            ),
        ],
    },
    ShowcaseRequest {
        service_code: "sign",
        days_ago: 26,
        description: "The stop sign is bent and faces the wrong way.",
        follows: None,
        events: &[
            Event::new(
                1,
                9,
                EventKind::Started,
                "We looked at it today. The work is on the list.",
            ),
            Event::new(
                5,
                10,
                EventKind::Late(8),
                "We are late: the new sign has the wrong size. New date: {date}.",
            ),
            Event::new(
                10,
                14,
                EventKind::Closed("closed"),
                "The new sign is up. It took longer than we said, twice; we are sorry.",
            ),
        ],
    },
];
