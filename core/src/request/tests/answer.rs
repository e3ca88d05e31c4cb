//! Validation of answers.

use super::*;
use crate::request::answer::{AnswerError, check, date, number, w3c};
use crate::request::question::Purpose;
use open311::Choice;

#[test]
fn answers_are_validated_by_kind_of_question() {
    let list = || {
        vec![Choice {
            key: "a".into(),
            name: "A".into(),
            stop: None,
        }]
    };
    let email = || Kind::Line(Purpose::Email);
    let cases: Vec<(Kind, bool, Option<Answer>, Option<AnswerError>)> = vec![
        (
            Kind::Line(Purpose::Free),
            true,
            None,
            Some(AnswerError::Empty),
        ),
        (
            Kind::Line(Purpose::Free),
            true,
            Some(one("  ")),
            Some(AnswerError::Empty),
        ),
        (Kind::Line(Purpose::Free), false, None, None),
        (Kind::One(list()), true, None, Some(AnswerError::NotChosen)),
        (
            Kind::Many(list()),
            true,
            Some(Answer::Many(vec![])),
            Some(AnswerError::NotChosen),
        ),
        (
            Kind::Many(list()),
            true,
            Some(Answer::Many(vec!["a".into()])),
            None,
        ),
        (Kind::Number, false, Some(one("3")), None),
        (
            Kind::Number,
            false,
            Some(one("three")),
            Some(AnswerError::NotANumber),
        ),
        (Kind::Date, true, None, Some(AnswerError::DateIncomplete)),
        (Kind::Date, false, Some(day("", "", "", "")), None),
        (
            Kind::Date,
            false,
            Some(day("1", "", "2026", "")),
            Some(AnswerError::DateIncomplete),
        ),
        (
            Kind::Date,
            false,
            Some(day("29", "2", "2026", "")),
            Some(AnswerError::NoSuchDay),
        ),
        (
            Kind::Date,
            false,
            Some(day("29", "02", "2028", "23:59")),
            None,
        ),
        (
            Kind::Date,
            false,
            Some(day("1", "1", "26", "")),
            Some(AnswerError::DateIncomplete),
        ),
        (
            Kind::Date,
            false,
            Some(day("1", "1", "2026", "24:00")),
            Some(AnswerError::NoSuchDay),
        ),
        (email(), false, Some(one("ana@example.com")), None),
        (
            email(),
            false,
            Some(one("ana@example")),
            Some(AnswerError::NotAnEmail),
        ),
        (
            email(),
            false,
            Some(one("a b@example.com")),
            Some(AnswerError::NotAnEmail),
        ),
        (
            Kind::Paragraph(3),
            false,
            Some(one("ñandú")),
            Some(AnswerError::TooLong),
        ),
        (Kind::Paragraph(5), false, Some(one("ñandú")), None),
    ];
    for (kind, required, answer, expected) in cases {
        let asked = question(kind, required);
        assert_eq!(
            check(&asked, answer.as_ref()),
            expected,
            "{asked:?} {answer:?}"
        );
    }
}

#[test]
fn numbers_are_accepted_as_people_type_them() {
    let cases = [
        ("12", Some("12")),
        (" 1 200 ", Some("1200")),
        ("1,5", Some("1.5")),
        ("-3", Some("-3")),
        ("+3", Some("3")),
    ];
    for (typed, expected) in cases {
        assert_eq!(number(typed).as_deref(), expected, "{typed}");
    }
    for typed in ["", "-", "1.2.3", "1,2,3", "12a", "1e5", ".", "١٢"] {
        assert_eq!(number(typed), None, "{typed}");
    }
}

#[test]
fn a_date_is_sent_as_a_w3c_date_time_with_its_offset() {
    let date = date(&DateParts {
        day: "4".into(),
        month: "7".into(),
        year: "2026".into(),
        time: "09:05".into(),
    })
    .unwrap();
    assert_eq!(w3c(date, -300), "2026-07-04T09:05:00-05:00");
    assert_eq!(w3c(date, 345), "2026-07-04T09:05:00+05:45");
    assert!(
        open311::Moment::read(&w3c(date, 0))
            .unwrap()
            .unix_milliseconds()
            .is_some()
    );
}

proptest! {
    #[test]
    fn validation_never_panics(answer in any_answer(), required: bool) {
        for kind in [Kind::Number, Kind::Date, Kind::Paragraph(10), Kind::Line(Purpose::Email)] {
            let _ = check(&question(kind, required), Some(&answer));
        }
    }

    #[test]
    fn a_date_is_valid_exactly_if_the_calendar_has_it(day in 0u32..40, month in 0u32..15, year in 1900u32..2200) {
        let parts = DateParts { day: day.to_string(), month: month.to_string(), year: year.to_string(), time: String::new() };
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let days = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let exists = (1..=12).contains(&month) && day >= 1 && day <= days[month as usize - 1];
        prop_assert_eq!(date(&parts).is_ok(), exists);
    }
}
