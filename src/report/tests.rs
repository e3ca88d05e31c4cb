use super::answer::*;
use super::draft::Draft;
use super::question::*;
use super::words::{answer_in_words, fault_in_words};
use crate::i18n::{Words, k};
use crate::route::Step;
use open311::{Choice, form::AnswerValue, json, read_definition};
use proptest::prelude::*;

fn definition() -> open311::Definition {
    let text = r#"{"service_code": "pothole", "attributes": [
        {"code": "NOTE", "variable": false, "order": 1, "description": "Do not step into the road."},
        {"code": "DEPTH", "variable": true, "datatype": "singlevaluelist", "required": true, "order": 2,
         "description": "How deep is it?", "datatype_description": "Compare it with your hand.",
         "values": [{"key": "low", "name": "Less than a hand"}, {"key": "high", "name": "More"}]},
        {"code": "WHERE", "variable": true, "datatype": "multivaluelist", "order": 3, "description": "Which lanes?",
         "values": [{"key": 1, "name": "Left"}, {"key": 2, "name": "Right"}]},
        {"code": "SIZE", "variable": true, "datatype": "number", "order": 4, "description": "How wide?"},
        {"code": "WHEN", "variable": true, "datatype": "datetime", "order": 5, "description": "Since when?"},
        {"code": "HIDDEN", "variable": true, "datatype": "string", "required": true, "automated": "server_set"},
        {"code": "ODD", "variable": true, "datatype": "hologram", "order": 6, "description": "Anything"}]}"#;
    read_definition(&json::parse(text).unwrap())
}

fn question(kind: Kind, required: bool) -> Question {
    Question {
        name: "attribute[X]".into(),
        label: "X?".into(),
        hint: String::new(),
        required,
        kind,
    }
}

fn one(text: &str) -> Answer {
    Answer::One(text.into())
}

fn day(day: &str, month: &str, year: &str, time: &str) -> Answer {
    Answer::Date(DateParts {
        day: day.into(),
        month: month.into(),
        year: year.into(),
        time: time.into(),
    })
}

#[test]
fn the_details_page_asks_what_the_definition_says_in_its_order_and_a_description() {
    let items = items(Step::Details, &definition(), &Words::english());
    let shown: Vec<String> = items
        .iter()
        .map(|item| match item {
            Item::Notice(notice) => format!("notice: {notice}"),
            Item::Question(question) => question.name.clone(),
        })
        .collect();
    let expected = [
        "notice: Do not step into the road.",
        "attribute[DEPTH]",
        "attribute[WHERE]",
        "attribute[SIZE]",
        "attribute[WHEN]",
        "attribute[ODD]",
        "description",
    ];
    assert_eq!(shown, expected);
}

#[test]
fn a_city_without_a_definition_still_gets_a_form() {
    let all = questions(&open311::Definition::default(), &Words::english());
    let names: Vec<&str> = all
        .iter()
        .map(|(_, question)| question.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "address_string",
            "description",
            "first_name",
            "last_name",
            "phone",
            "email"
        ]
    );
}

#[test]
fn answers_are_checked_by_kind() {
    let list = || {
        vec![Choice {
            key: "a".into(),
            name: "A".into(),
        }]
    };
    let email = || Kind::Line(Purpose::Email);
    let cases: Vec<(Kind, bool, Option<Answer>, Option<Fault>)> = vec![
        (Kind::Line(Purpose::Free), true, None, Some(Fault::Empty)),
        (
            Kind::Line(Purpose::Free),
            true,
            Some(one("  ")),
            Some(Fault::Empty),
        ),
        (Kind::Line(Purpose::Free), false, None, None),
        (Kind::One(list()), true, None, Some(Fault::NotChosen)),
        (
            Kind::Many(list()),
            true,
            Some(Answer::Many(vec![])),
            Some(Fault::NotChosen),
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
            Some(Fault::NotANumber),
        ),
        (Kind::Date, true, None, Some(Fault::DateIncomplete)),
        (Kind::Date, false, Some(day("", "", "", "")), None),
        (
            Kind::Date,
            false,
            Some(day("1", "", "2026", "")),
            Some(Fault::DateIncomplete),
        ),
        (
            Kind::Date,
            false,
            Some(day("29", "2", "2026", "")),
            Some(Fault::NoSuchDay),
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
            Some(Fault::DateIncomplete),
        ),
        (
            Kind::Date,
            false,
            Some(day("1", "1", "2026", "24:00")),
            Some(Fault::NoSuchDay),
        ),
        (email(), false, Some(one("ana@example.com")), None),
        (
            email(),
            false,
            Some(one("ana@example")),
            Some(Fault::NotAnEmail),
        ),
        (
            email(),
            false,
            Some(one("a b@example.com")),
            Some(Fault::NotAnEmail),
        ),
        (
            Kind::Paragraph(3),
            false,
            Some(one("ñandú")),
            Some(Fault::TooLong(2)),
        ),
        (Kind::Paragraph(5), false, Some(one("ñandú")), None),
    ];
    for (kind, required, answer, expected) in cases {
        let asked = question(kind, required);
        assert_eq!(
            fault(&asked, answer.as_ref()),
            expected,
            "{asked:?} {answer:?}"
        );
    }
}

#[test]
fn numbers_are_read_as_people_type_them() {
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

#[test]
fn a_draft_is_sent_under_the_names_of_the_specification() {
    let mut draft = Draft::new("key".into());
    draft.set("address_string", one(" 118 Oak Street "));
    draft.set("attribute[DEPTH]", one("high"));
    draft.set(
        "attribute[WHERE]",
        Answer::Many(vec!["1".into(), "2".into()]),
    );
    draft.set("attribute[SIZE]", one("1,5"));
    draft.set("attribute[WHEN]", day("1", "11", "2026", ""));
    draft.set(
        "attribute[GONE]",
        one("an answer to a question that is no longer asked"),
    );
    draft.set("email", one("ana@example.com"));
    let asked: Vec<Question> = questions(&definition(), &Words::english())
        .into_iter()
        .map(|(_, question)| question)
        .collect();
    let post = draft.post("pothole", &asked, |_| -360);
    assert_eq!(post.address_string, "118 Oak Street");
    assert_eq!(post.email, "ana@example.com");
    let sent: Vec<(&str, AnswerValue)> = post
        .attributes
        .iter()
        .map(|answer| (answer.code.as_str(), answer.value.clone()))
        .collect();
    let expected = [
        ("DEPTH", AnswerValue::One("high".into())),
        ("WHERE", AnswerValue::Many(vec!["1".into(), "2".into()])),
        ("SIZE", AnswerValue::One("1.5".into())),
        ("WHEN", AnswerValue::One("2026-11-01T00:00:00-06:00".into())),
    ];
    assert_eq!(sent, expected);
}

#[test]
fn answers_are_read_back_in_the_words_they_were_chosen_by() {
    let all = questions(&definition(), &Words::english());
    let asked = |name: &str| {
        &all.iter()
            .find(|(_, question)| question.name == name)
            .unwrap()
            .1
    };
    let many = Answer::Many(vec!["1".into(), "2".into()]);
    assert_eq!(
        answer_in_words(asked("attribute[DEPTH]"), Some(&one("high")), |_| {
            String::new()
        }),
        "More"
    );
    assert_eq!(
        answer_in_words(asked("attribute[WHERE]"), Some(&many), |_| String::new()),
        "Left, Right"
    );
    assert_eq!(
        answer_in_words(asked("attribute[WHERE]"), None, |_| String::new()),
        ""
    );
}

#[test]
fn a_mistake_names_the_question_without_its_question_mark() {
    let words = fault_in_words(&Words::english(), "How deep is it?", Fault::NotChosen);
    assert_eq!(words, "Choose an answer: How deep is it");
    let over = fault_in_words(&Words::english(), "What?", Fault::TooLong(12));
    assert!(over.contains("12"), "{over}");
    assert!(!Words::english().get(k::FAULT_EMPTY).is_empty());
}

fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        ".{0,40}".prop_map(Answer::One),
        proptest::collection::vec(".{0,10}", 0..4).prop_map(Answer::Many),
        ("[0-9]{0,4}", ".{0,3}", "[0-9]{0,5}", ".{0,6}").prop_map(|(day, month, year, time)| {
            Answer::Date(DateParts {
                day,
                month,
                year,
                time,
            })
        }),
    ]
}

proptest! {
    #[test]
    fn a_draft_that_was_kept_is_the_same_draft(
        answers in proptest::collection::vec(("[a-z_\\[\\]]{1,12}", any_answer()), 0..8),
    ) {
        let mut draft = Draft::new("k".into());
        for (name, answer) in answers {
            draft.set(&name, answer);
        }
        prop_assert_eq!(Draft::read(&draft.write()), Some(draft));
    }

    #[test]
    fn no_answer_can_harm_a_check(answer in any_answer(), required: bool) {
        for kind in [Kind::Number, Kind::Date, Kind::Paragraph(10), Kind::Line(Purpose::Email)] {
            let _ = fault(&question(kind, required), Some(&answer));
        }
    }

    #[test]
    fn what_was_kept_by_someone_else_is_no_draft(text in ".{0,60}") {
        let _ = Draft::read(&text);
    }

    #[test]
    fn every_accepted_date_is_one_that_a_calendar_has(day in 0u32..40, month in 0u32..15, year in 1900u32..2200) {
        let parts = DateParts { day: day.to_string(), month: month.to_string(), year: year.to_string(), time: String::new() };
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let days = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let exists = (1..=12).contains(&month) && day >= 1 && day <= days[month as usize - 1];
        prop_assert_eq!(date(&parts).is_ok(), exists);
    }
}
