//! What the request journey shows in the gallery: every kind of question, notices, and the states of a photo.

use super::field::{Field, draw_field};
use super::interstitial::notice_for_everyone;
use super::photos_page::progress;
use crate::app::App;
use crate::ui::paragraph;
use crate::view::{View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::request::answer::{Answer, DateParts};
use frontdoor_core::request::config::{NoticeKind, ServiceNotice};
use frontdoor_core::request::question::{Kind, Purpose, Question};
use guide::Text;
use open311::Choice;
use std::rc::Rc;

/// The samples, each with what it shows.
pub fn samples(app: App) -> Vec<(&'static str, View)> {
    vec![
        ("question: each kind, not answered", {
            fields(app, "n", &|_| None, None)
        }),
        ("question: each kind, answered", {
            fields(app, "a", &|kind| Some(answer(kind)), None)
        }),
        ("question: each kind, with an error", {
            fields(app, "e", &|_| None, Some("Enter an answer"))
        }),
        ("notice: each kind", {
            let kinds = [
                NoticeKind::Emergency,
                NoticeKind::NotOurs,
                NoticeKind::Paused,
                NoticeKind::Known,
            ];
            kinds
                .map(|kind| notice_for_everyone(app, &notice(kind)))
                .into_iter()
                .collect::<Vec<_>>()
                .into()
        }),
        ("photo: being prepared, half sent, failed", {
            let states = [
                progress(app, None),
                progress(app, Some(0.5)),
                paragraph("msg", app.t(k::PHOTO_UNREADABLE)),
            ];
            let name = || paragraph("quiet name", "IMG_2041.jpg");
            let rows = states.map(|state| el("li").child([name(), state]).into());
            el("ul")
                .class("photos")
                .child(rows.into_iter().collect::<Vec<View>>())
                .into()
        }),
    ]
}

fn choices(count: usize) -> Vec<Choice> {
    let names = [
        "Shallow",
        "As deep as a hand",
        "As deep as a forearm, or deeper than that, so that a wheel could be caught in it",
        "Unknown",
    ];
    let names = names.iter().cycle().enumerate().take(count);
    names
        .map(|(index, name)| Choice {
            key: index.to_string(),
            name: (*name).to_owned(),
            stop: None,
        })
        .collect()
}

fn kinds() -> [(&'static str, Kind); 9] {
    [
        ("Which lane?", Kind::Line(Purpose::Free)),
        ("Email address", Kind::Line(Purpose::Email)),
        ("Phone number", Kind::Line(Purpose::Phone)),
        ("What is wrong?", Kind::Paragraph(400)),
        ("How many?", Kind::Number),
        ("Since when?", Kind::Date),
        ("How deep is it?", Kind::One(choices(4))),
        ("On which route?", Kind::One(choices(12))),
        ("What is in it?", Kind::Many(choices(3))),
    ]
}

fn answer(kind: &Kind) -> Answer {
    match kind {
        Kind::Many(_) => Answer::Many(vec![String::from("0"), String::from("2")]),
        Kind::Date => Answer::Date(DateParts {
            day: String::from("9"),
            month: String::from("11"),
            year: String::from("2026"),
            time: String::new(),
        }),
        Kind::One(_) | Kind::Number => Answer::One(String::from("1")),
        Kind::Line(_) | Kind::Paragraph(_) => Answer::One(String::from("In front of the library")),
    }
}

fn fields(
    app: App,
    prefix: &str,
    answer: &dyn Fn(&Kind) -> Option<Answer>,
    error: Option<&'static str>,
) -> View {
    let fields = kinds()
        .into_iter()
        .enumerate()
        .map(|(index, (label, kind))| {
            let answer = answer(&kind);
            let id = ["g-", prefix, &index.to_string()].concat();
            let mut question = Question::new(&id, label, kind);
            question.required = index % 2 == 0;
            if index % 3 == 0 {
                question.hint = String::from("Compare it with your hand.");
            }
            draw_field(Field {
                app,
                id,
                question,
                answer,
                error: Rc::new(move || error.map(String::from)),
                on_answer: Rc::new(|_| ()),
            })
        });
    fields.collect::<Vec<View>>().into()
}

fn notice(kind: NoticeKind) -> ServiceNotice {
    ServiceNotice {
        kind,
        title: Text::plain("The water in Elm Street is brown"),
        text: Text::plain(
            "We flush the pipes until Friday. The water is safe; let it run for a minute.",
        ),
        phone: Some(String::from("555-010-0140")),
        link: Some(String::from("https://riverton.example/water")),
        until: Some(String::from("2027-05-01")),
        ..ServiceNotice::default()
    }
}
