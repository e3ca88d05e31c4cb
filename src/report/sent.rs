//! After sending: the number, large enough to read out, and what happens next.
//! “We have your request” is said only here, where the city's answer has arrived.

use super::copy::{self, Copy};
use crate::app::App;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{intl, time};
use crate::route::{Reference, Route};
use crate::ui::{heading, link, paragraph, promise, row, second_button, title};
use leptos::task::spawn_local;

/// How often a token is asked for its number, and how long it waits the first time, in milliseconds.
const ASK_TIMES: u32 = 6;
const FIRST_WAIT: i32 = 2_000;

/// What the city gave, and what comes next.
pub(super) fn sent(app: App, service: String, reference: Reference) -> View {
    match reference {
        Reference::Number(id) => with_number(app, &service, id),
        Reference::Token(token) => with_token(app, service, token),
        Reference::Nothing => [
            title(app.t(k::SENT_HEADING)),
            paragraph("", app.t(k::SENT_NO_NUMBER)),
            next(app, &service),
            to_keep(app, &service, Reference::Nothing),
            row(start_again(app)),
        ]
        .into(),
    }
}

fn with_number(app: App, service: &str, id: String) -> View {
    let follow = link(
        app,
        Route::Status { id: id.clone() },
        "btn second",
        app.t(k::SENT_FOLLOW),
    );
    [
        title(app.t(k::SENT_HEADING)),
        number(app.t(k::SENT_NUMBER), id.clone()),
        next(app, service),
        to_keep(app, service, Reference::Number(id)),
        row([follow, start_again(app)]),
    ]
    .into()
}

/// Asks for the number with growing waits; the token itself serves until it is there.
fn with_token(app: App, service: String, token: String) -> View {
    let still_asking = Live::new(true);
    let here = Route::Sent {
        service: service.clone(),
        reference: Reference::Token(token.clone()),
    };
    let asking = still_asking.clone();
    let (api, asked, of) = (app.api(), token.clone(), service.clone());
    spawn_local(async move {
        let mut wait = FIRST_WAIT;
        for _ in 0..ASK_TIMES {
            time::sleep(wait).await;
            // The resident may have gone on.
            if app.is_gone() || app.route_now() != here {
                return;
            }
            if let Ok(Some(receipt)) = api.token(&asked).await
                && let Some(id) = receipt.service_request_id
                && !app.is_gone()
                && app.route_now() == here
            {
                let number = Reference::Number(id.clone());
                Copy::rename(app, &Reference::Token(asked.clone()), number.clone());
                let name = app.service(&of).map(|service| service.name);
                let report = super::state::Report::of(app);
                let name = name.unwrap_or_default();
                report.note_own(&number, &name, &asked).await;
                if app.is_gone() {
                    return;
                }
                app.go_for_good(Route::Sent {
                    service: of,
                    reference: number,
                });
                return app.announce_there(app.t_with(k::SENT_NUMBERED, &[("number", &id)]));
            }
            wait = wait.saturating_mul(2);
        }
        asking.set(false);
    });
    let words = move || {
        app.t(if still_asking.get() {
            k::SENT_NUMBERING
        } else {
            k::SENT_NUMBER_LATER
        })
        .into()
    };
    [
        title(app.t(k::SENT_HEADING)),
        number(app.t(k::SENT_TOKEN), token.clone()),
        el("p").attr("role", "status").live(words).into(),
        next(app, &service),
        to_keep(app, &service, Reference::Token(token)),
        row(start_again(app)),
    ]
    .into()
}

fn number(label: String, number: String) -> View {
    let number = el("span").class("number").put(number);
    el("div")
        .class("promise")
        .attr("part", "number")
        .put(el("span").put(label))
        .put(number)
        .into()
}

/// What happens next, and by when.
fn next(app: App, service: &str) -> View {
    let hours = app.with_config(|config| config.standard(service)?.answer_hours);
    let by = hours.and_then(|hours| {
        let due = time::now() + f64::from(hours) * 3_600_000.0;
        let day = intl::day_and_time(&app.language(), app.time_zone().as_deref(), due)?;
        Some(app.t_with(k::SENT_ANSWER_BY, &[("day", &day)]))
    });
    match by {
        None => promise(app, service).into(),
        Some(by) => {
            let promise = app.with_config(|config| {
                config
                    .standard(service)
                    .map(|standard| app.text(&standard.text))
            });
            let promise = promise
                .filter(|text| !text.is_empty())
                .map(|text| el("li").put(text));
            let steps = el("ol")
                .class("time")
                .put(
                    el("li")
                        .class("now")
                        .put(el("span").put(app.t(k::SENT_CITY_HAS_IT))),
                )
                .put(el("li").put(by))
                .put(promise);
            el("div")
                .put(heading(app.t(k::SENT_NEXT)))
                .put(steps)
                .into()
        }
    }
}

/// A copy of what was sent, on paper or as a file.
fn to_keep(app: App, service: &str, reference: Reference) -> View {
    let Some(copy) = Copy::of(app, &reference) else {
        return View::Nothing;
    };
    let more = crate::ui::promise_lines(app, service);
    let (printed, number, lines) = (copy.clone(), reference.clone(), more.clone());
    let print = second_button(app.t(k::SENT_PRINT), move || {
        copy::print(app, &printed, &number, &lines);
    });
    let save = second_button(app.t(k::SENT_DOWNLOAD), move || {
        copy::download(app, &copy, &reference, &more);
    });
    el("div")
        .put(heading(app.t(k::SENT_KEEP)))
        .put(row([print, save]))
        .into()
}

fn start_again(app: App) -> View {
    link(app, Route::Start, "btn second", app.t(k::START_AGAIN))
}
