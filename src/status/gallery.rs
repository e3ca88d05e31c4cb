//! What the status journey shows in the gallery: every state of a promise, the history of a request, figures.

use super::chart::{chart, table};
use super::history::{facts, history};
use super::promise_view::{headline, meaning_lines, promise_box};
use crate::app::App;
use crate::ui::title;
use crate::view::{View, el};
use frontdoor_core::status::calendar_day::CalendarDay;
use frontdoor_core::status::promise::{Completion, FirstReply, Promise};
use frontdoor_core::status::timeline::Event;
use frontdoor_core::time::UnixMs;
use open311::{KnownStatus, Moment, Parsed, ServiceRequest, Status};

/// 28 November 2026, 15:00 UTC, in milliseconds since 1970.
const NOON: i64 = 1_795_878_000_000;

/// The samples, each with what it shows.
pub fn samples(app: App) -> Vec<(&'static str, View)> {
    let day = |offset: i64| CalendarDay(20_785 + offset);
    let completions = [
        (
            "promise: due",
            Completion::Due {
                by: day(3),
                day: 2,
                of: 5,
            },
        ),
        (
            "promise: late",
            Completion::Late {
                by: day(-3),
                working_days: 1,
                new: None,
            },
        ),
        ("promise: late, with a new date", {
            Completion::Late {
                by: day(-9),
                working_days: 6,
                new: Some(day(4)),
            }
        }),
        ("promise: kept", Completion::Kept { by: day(-1) }),
        (
            "promise: missed",
            Completion::Missed {
                by: day(-5),
                working_days: 2,
            },
        ),
    ];
    let replies = [
        ("first reply: due", FirstReply::Due { at: UnixMs(NOON) }),
        (
            "first reply: late",
            FirstReply::Late {
                since: UnixMs(NOON),
            },
        ),
    ];
    let promise = |first_reply, completion| Promise {
        first_reply,
        completion,
    };
    let mut samples: Vec<(&'static str, View)> = Vec::new();
    for (name, completion) in completions {
        samples.push((
            name,
            statement(
                app,
                KnownStatus::InProgress,
                &promise(FirstReply::Kept, completion),
            ),
        ));
    }
    for (name, first_reply) in replies {
        samples.push((
            name,
            statement(
                app,
                KnownStatus::Received,
                &promise(first_reply, Completion::None),
            ),
        ));
    }
    let none = promise(FirstReply::None, Completion::None);
    let statuses = [
        ("status: received", KnownStatus::Received),
        ("status: done", KnownStatus::Done),
        ("status: declined", KnownStatus::Declined),
        ("status: not responsible", KnownStatus::NotResponsible),
    ];
    for (name, status) in statuses {
        samples.push((name, statement(app, status, &none)));
    }
    samples.push(("facts, history", {
        let request = request(KnownStatus::InProgress);
        [facts(app, &request, &events()), history(app, &events())].into()
    }));
    samples.push(("table, chart", {
        let text = |cells: &[&str]| {
            cells
                .iter()
                .map(|cell| (*cell).to_owned())
                .collect::<Vec<_>>()
        };
        let headings = text(&["Service", "Requests", "On time", "Half done within"]);
        let rows = [
            text(&["Pothole", "128", "92 %", "3 days"]),
            text(&[
                "Missed pickup of garbage, recycling or yard waste",
                "64",
                "100 %",
                "1 day",
            ]),
            text(&["Graffiti", "3", "–", "–"]),
        ];
        let bars = [
            (String::from("Pothole"), 128),
            (String::from("Graffiti"), 3),
        ];
        [
            table("Requests by service", &headings, &rows),
            chart(app, &bars),
        ]
        .into()
    }));
    samples
}

/// The top of a request's page.
fn statement(app: App, status: KnownStatus, promise: &Promise) -> View {
    let request = request(status);
    el("div")
        .class("stack")
        .child(title(app, headline(app, &request, promise)))
        .child(promise_box(app, &request, promise, &events()))
        .child(meaning_lines(app, &request, promise, &events()))
        .into()
}

fn request(status: KnownStatus) -> ServiceRequest {
    ServiceRequest {
        id: Some(String::from("26-01189")),
        status: Status::Known(status),
        status_notes: Some(String::from(
            "The crew waits for asphalt, which comes on Monday.",
        )),
        service_code: Some(String::from("pothole")),
        service_name: Some(String::from("Pothole")),
        agency_responsible: Some(String::from("Street Department")),
        requested: Some(moment(-3)),
        ..ServiceRequest::default()
    }
}

fn moment(days: i64) -> Moment {
    let at = NOON + days * 86_400_000;
    Moment {
        text: String::new(),
        parsed: Some(Parsed::Unix(at)),
    }
}

fn events() -> Vec<Event> {
    let event = |words: Option<&str>, status, days| Event {
        words: words.map(String::from),
        status: Some(Status::Known(status)),
        moment: Some(moment(days)),
        ..Event::default()
    };
    vec![
        event(
            Some("The crew waits for asphalt, which comes on Monday."),
            KnownStatus::OnHold,
            0,
        ),
        Event {
            author: open311::Author::Resident,
            ..event(
                Some("It has become deeper since the rain."),
                KnownStatus::InProgress,
                -1,
            )
        },
        Event {
            agency: Some(String::from("Street Department")),
            ..event(None, KnownStatus::InProgress, -2)
        },
        event(None, KnownStatus::Received, -3),
    ]
}
