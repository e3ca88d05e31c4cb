//! The confirmation after sending: the number, large enough to read out, and what happens next. “We’ve received
//! your request” appears only here, after the city has responded. Sending itself is in `submit`.

use super::journey::RequestJourney;
use super::sent_copy::{SentCopy, keep_update, update_route};
use crate::app::App;
use crate::platform::{intl, time};
use crate::ui::{
    heading, link, link_with, paragraph, phone_line, promise_lines, row, secondary_button,
    service_promise, title,
};
use crate::view::{Signal, View, el};
use frontdoor_core::config::Extension;
use frontdoor_core::i18n::k;
use frontdoor_core::ids::{RequestNumber, ServiceCode, Token};
use frontdoor_core::request::reference::Reference;
use frontdoor_core::route::Route;
use frontdoor_core::time::HOUR;

/// How often the city is asked for the number of a token. With doubling waits, 6 tries take about two minutes.
/// Sensible: 4 to 8.
const TOKEN_TRIES: u32 = 6;
/// First wait before the city is asked for the number of a token, in milliseconds. Sensible: 1 to 5 s.
const FIRST_WAIT_MS: i32 = 2_000;

/// The page after sending: the reference that the city gave, and what happens next.
pub(super) fn confirmation_page(app: App, service: ServiceCode, reference: Reference) -> View {
    match reference {
        Reference::Number(number) => with_number(app, &service, number),
        Reference::Token(token) => with_token(app, service, token),
        Reference::Nothing => [
            title(app, app.t(k::SENT_HEADING)),
            SentCopy::of(app, &Reference::Nothing)
                .map(|copy| late_changes(app, copy, None))
                .into(),
            paragraph("", app.t(k::SENT_NO_NUMBER)),
            next_steps(app, &service),
            keep_copy(app, &service, Reference::Nothing),
            row(start_again(app)),
        ]
        .into(),
    }
}

fn with_number(app: App, service: &ServiceCode, number: RequestNumber) -> View {
    let to = Route::Status {
        number: number.clone(),
    };
    let follow = link(app, to, "btn second", app.t(k::SENT_FOLLOW));
    let copy = SentCopy::of(app, &Reference::Number(number.clone()));
    [
        title(app, app.t(k::SENT_HEADING)),
        large_number(app.t(k::SENT_NUMBER), &number),
        copy.as_ref().map(|copy| twins(app, copy)).into(),
        copy.map(|copy| late_changes(app, copy, Some(&number)))
            .into(),
        next_steps(app, service),
        keep_copy(app, service, Reference::Number(number)),
        row([follow, start_again(app)]),
    ]
    .into()
}

fn with_token(app: App, service: ServiceCode, token: Token) -> View {
    let is_asking = Signal::new(true);
    let asking = is_asking.clone();
    let (asked_service, asked_token) = (service.clone(), token.clone());
    app.spawn(async move {
        wait_for_number(app, asked_service, asked_token).await;
        asking.set(false);
    });
    let text = move || {
        app.t(if is_asking.get() {
            k::SENT_NUMBERING
        } else {
            k::SENT_NUMBER_LATER
        })
    };
    [
        title(app, app.t(k::SENT_HEADING)),
        large_number(app.t(k::SENT_TOKEN), &token),
        el("p").attr("role", "status").child(text).into(),
        next_steps(app, &service),
        keep_copy(app, &service, Reference::Token(token)),
        row(start_again(app)),
    ]
    .into()
}

/// Asks for the number of a token, with growing waits, and shows it. Until then, the token serves as the reference.
async fn wait_for_number(app: App, service: ServiceCode, token: Token) {
    let token_reference = Reference::Token(token.clone());
    let here = Route::Sent {
        service: service.clone(),
        reference: token_reference.clone(),
    };
    // The resident may have left the page.
    let is_here = || !app.is_gone() && app.route_untracked() == here;
    let client = app.client();
    let mut wait = FIRST_WAIT_MS;
    for _ in 0..TOKEN_TRIES {
        time::sleep(wait).await;
        if !is_here() {
            return;
        }
        if let Ok(Some(receipt)) = client.token(&token).await
            && let Some(id) = receipt.service_request_id
            && is_here()
        {
            let number = RequestNumber::from(id);
            let reference = Reference::Number(number.clone());
            if let Some(copy) = SentCopy::of(app, &token_reference) {
                copy.save(app, &reference);
            }
            let journey = RequestJourney::of(app);
            journey.store.number_own(&token, &number).await;
            if app.is_gone() {
                return;
            }
            app.reset_to(Route::Sent { service, reference });
            let text = app.t_with(k::SENT_NUMBERED, &[("number", &number)]);
            return app.toast_after_navigation(text);
        }
        wait = wait.saturating_mul(2);
    }
}

fn large_number(label: String, number: &str) -> View {
    let number = el("span").class("number").child(number);
    el("div")
        .class("promise")
        .attr("part", "number")
        .child(el("span").child(label))
        .child(number)
        .into()
}

/// The numbers of further requests that the city made of the same one; nothing if there are none.
fn twins(app: App, copy: &SentCopy) -> View {
    if copy.twins.is_empty() {
        return View::Nothing;
    }
    let numbers = copy.twins.join(", ");
    paragraph(
        "notice",
        app.t_with(k::SENT_TWINS, &[("numbers", &numbers)]),
    )
}

/// What the resident changed after the city had received the request, with a way to send it; nothing if that is
/// nothing.
fn late_changes(app: App, copy: SentCopy, number: Option<&RequestNumber>) -> View {
    if copy.changes.is_empty() {
        return View::Nothing;
    }
    // Without rows it is unknown what the city has: another window sent it.
    let (heading, more) = if copy.rows.is_empty() {
        (k::SENT_ELSEWHERE, k::SENT_ELSEWHERE_MORE)
    } else {
        (k::SENT_CHANGES, k::SENT_CHANGES_MORE)
    };
    let rows = copy.changes.iter().map(|(label, text)| {
        el("div")
            .child(el("dt").child(label.as_str()))
            .child(el("dd").child(text.as_str()))
            .into()
    });
    let rows = el("dl").class("answers").child(rows.collect::<Vec<View>>());
    let can_update = number.filter(|_| app.offers(Extension::Updates));
    let send = can_update.map(|number| {
        let (to, number) = (update_route(number), number.clone());
        let text = copy.changes_text();
        row(link_with(
            app,
            to,
            "btn",
            app.t(k::SENT_CHANGES_SEND),
            move || keep_update(app, &number, &text),
        ))
    });
    el("div")
        .class("promise late")
        .child(el("b").child(app.t(heading)))
        .child(paragraph("", app.t(more)))
        .child(rows)
        .child(send.or_else(|| phone_line(app)))
        .into()
}

/// The next steps, and when the city will reply if it promises that.
fn next_steps(app: App, service: &ServiceCode) -> View {
    let hours = app.with_config(|config| config.standard(service)?.answer_hours);
    let by = hours.and_then(|hours| {
        let due = time::now().plus(i64::from(hours) * HOUR);
        let day = intl::day_and_time(&app.language(), app.time_zone().as_deref(), due)?;
        Some(app.t_with(k::SENT_ANSWER_BY, &[("day", &day)]))
    });
    let Some(by) = by else {
        return service_promise(app, service).into();
    };
    let promise = app.with_config(|config| {
        let standard = config.standard(service);
        standard.map(|standard| app.text(&standard.text))
    });
    let promise = promise
        .filter(|text| !text.is_empty())
        .map(|text| el("li").child(text));
    let now = el("li")
        .class("now")
        .child(el("span").child(app.t(k::SENT_CITY_HAS_IT)));
    let steps = el("ol")
        .class("time")
        .child(now)
        .child(el("li").child(by))
        .child(promise);
    el("div")
        .child(heading(app.t(k::SENT_NEXT)))
        .child(steps)
        .into()
}

/// Buttons to print or save a copy of the request; nothing if it was not sent from this tab.
fn keep_copy(app: App, service: &ServiceCode, reference: Reference) -> View {
    let Some(copy) = SentCopy::of(app, &reference) else {
        return View::Nothing;
    };
    let more = promise_lines(app, service);
    let (printed, number, lines) = (copy.clone(), reference.clone(), more.clone());
    let print = secondary_button(app.t(k::SENT_PRINT), move || {
        printed.print(app, &number, &lines);
    });
    let save = secondary_button(app.t(k::SENT_DOWNLOAD), move || {
        copy.download(app, &reference, &more);
    });
    el("div")
        .child(heading(app.t(k::SENT_KEEP)))
        .child(row([print, save]))
        .into()
}

fn start_again(app: App) -> View {
    link(app, Route::Start, "btn second", app.t(k::START_AGAIN))
}
