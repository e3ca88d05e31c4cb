//! What the requests to look at tell. The README lists them by their numbers.

use super::event::{Event, Show, What};

/// The place in this list is the number's last part less 1188.
pub(super) const SHOWS: [Show; 13] = [
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
        days_ago: 4,
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
        days_ago: 4,
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
