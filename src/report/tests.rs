use super::answer::*;
use super::draft::Draft;
use super::outline::{Outline, Source};
use super::parcel::{Parcel, State};
use super::photo::Photo;
use super::place::{Origin, Place};
use super::post::{Frame, find_own, post};
use super::question::*;
use super::setting::{ContactField, Setting, Way};
use super::words::{answer_in_words, fault_in_words};
use crate::i18n::{Words, k};
use crate::route::{Reference, Step};
use open311::{Choice, Location, form::AnswerValue, json, read_definition, read_requests};
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
        required,
        ..Question::new("attribute[X]", "X?", kind)
    }
}

fn outline_of(definition: &open311::Definition, setting: &Setting) -> Outline {
    Outline::new(&Source {
        definition,
        setting,
        words: &Words::english(),
        moment: &|key| {
            key.strip_suffix("T09:00:00Z")
                .map(|day| format!("9 AM on {day}"))
        },
    })
}

fn outline(text: &str) -> Outline {
    let definition = read_definition(&json::parse(text).unwrap());
    outline_of(&definition, &Setting::default())
}

fn asked(outline: &Outline, draft: &Draft) -> Vec<String> {
    let asked = outline.asked(draft).into_iter();
    asked
        .filter_map(|(_, question)| question.code().map(str::to_owned))
        .collect()
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
    let outline = outline_of(&definition(), &Setting::default());
    let items = outline.items(Step::Details(0));
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
    let outline = outline_of(&open311::Definition::default(), &Setting::default());
    let names: Vec<&str> = outline
        .questions()
        .map(|(_, question)| question.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "address_string",
            "landmark",
            "description",
            "first_name",
            "last_name",
            "phone",
            "email",
            "preferred_contact"
        ]
    );
}

#[test]
fn answers_are_checked_by_kind() {
    let list = || {
        vec![Choice {
            key: "a".into(),
            name: "A".into(),
            stop: None,
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
    let setting = Setting::default();
    let outline = outline_of(&definition(), &setting);
    let asked: Vec<Question> = outline
        .asked(&draft)
        .into_iter()
        .map(|(_, question)| question)
        .collect();
    let post = post(
        &draft,
        &Frame {
            service: "pothole",
            asked: &asked,
            setting: &setting,
            words: &Words::english(),
            offset: &|_| -360,
        },
    );
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
    let outline = outline_of(&definition(), &Setting::default());
    let asked = |name: &str| {
        outline
            .questions()
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

const PETS: &str = r#"[
    {"code":"pet","datatype":"singlevaluelist","required":true,"order":1,"description":"Which animal?",
     "values":[{"key":"dog","name":"Dog"},{"key":"cat","name":"Cat"},{"key":"bear","name":"Bear","stop":"Go inside and call 911."}]},
    {"code":"breed","datatype":"singlevaluelist","required":true,"order":2,"description":"Which breed?",
     "values":[{"key":"mixed","name":"Mixed"}],
     "conditional_values":[{"dependent_on":{"conditions":[{"attribute":"pet","op":"eq","value":"cat"}]},"values":[{"key":"tabby","name":"Tabby"}]}]},
    {"code":"age","datatype":"number","order":3,"description":"How old?",
     "dependencies":{"clause":"OR","conditions":[{"attribute":"pet","op":"eq","value":"dog"},{"attribute":"breed","op":"eq","value":"tabby"}]},
     "stops":[{"conditions":[{"attribute":"age","op":"gt","value":30}],"message":"No pet is that old."}]},
    {"code":"vet","datatype":"string","required":true,"order":4,"description":"Whose patient is it?",
     "dependencies":{"conditions":[{"attribute":"age","op":"gte","value":10}]}}]"#;

#[test]
fn questions_come_and_go_with_the_answers_to_others() {
    let outline = outline(PETS);
    let mut draft = Draft::new("key".into());
    assert_eq!(asked(&outline, &draft), ["pet", "breed"]);
    draft.set("attribute[pet]", one("dog"));
    assert_eq!(asked(&outline, &draft), ["pet", "breed", "age"]);
    draft.set("attribute[age]", one(" 1 2,5"));
    assert_eq!(asked(&outline, &draft), ["pet", "breed", "age", "vet"]);
    // What hangs on an answer that is no longer asked for is not asked for either.
    draft.set("attribute[pet]", one("cat"));
    assert_eq!(asked(&outline, &draft), ["pet", "breed"]);
    draft.set("attribute[breed]", one("tabby"));
    assert_eq!(asked(&outline, &draft), ["pet", "breed", "age", "vet"]);
}

#[test]
fn values_depend_on_answers_and_an_old_choice_does_not_count() {
    let outline = outline(PETS);
    let mut draft = Draft::new("key".into());
    draft.set("attribute[pet]", one("dog"));
    draft.set("attribute[breed]", one("mixed"));
    let breed = |draft: &Draft| outline.asked(draft).remove(3).1;
    assert_eq!(breed(&draft).code(), Some("breed"));
    assert_eq!(outline.fault(&breed(&draft), &draft), None);
    draft.set("attribute[pet]", one("cat"));
    assert_eq!(breed(&draft).choices()[0].key, "tabby");
    assert_eq!(
        outline.fault(&breed(&draft), &draft),
        Some(Fault::NotChosen)
    );
}

#[test]
fn an_answer_may_say_that_the_request_is_not_for_this_form() {
    let outline = outline(PETS);
    let mut draft = Draft::new("key".into());
    draft.set("attribute[pet]", one("bear"));
    let fault = |draft: &Draft| {
        outline
            .asked(draft)
            .into_iter()
            .filter(|(_, question)| question.code().is_some())
            .find_map(|(_, question)| outline.fault(&question, draft))
    };
    let stopped = |words: &str| Some(Fault::Stopped(words.into()));
    assert_eq!(fault(&draft), stopped("Go inside and call 911."));
    draft.set("attribute[pet]", one("dog"));
    draft.set("attribute[breed]", one("mixed"));
    assert_eq!(fault(&draft), None);
    draft.set("attribute[age]", one("31"));
    assert_eq!(fault(&draft), stopped("No pet is that old."));
}

#[test]
fn questions_that_hang_on_one_another_in_a_circle_do_not_hang_the_form() {
    let circle = r#"[
        {"code":"a","dependencies":{"conditions":[{"attribute":"b","op":"eq","value":"1"}]}},
        {"code":"b","dependencies":{"conditions":[{"attribute":"a","op":"eq","value":"1"}]}},
        {"code":"c","dependencies":{"conditions":[{"attribute":"c","op":"neq","value":"1"}]}}]"#;
    let outline = outline(circle);
    let mut draft = Draft::new("key".into());
    for code in ["a", "b", "c"] {
        draft.set(&format!("attribute[{code}]"), one("1"));
    }
    let _ = outline.steps(&draft);
    let _ = outline.asked(&draft);
}

fn long_form(questions: usize) -> String {
    let one = |index: usize| match index % 10 {
        0 => format!(r#"{{"code":"n{index}","variable":false,"description":"Topic {index}"}}"#),
        _ => {
            format!(r#"{{"code":"q{index}","datatype":"string","description":"Question {index}"}}"#)
        }
    };
    let all: Vec<String> = (0..questions).map(one).collect();
    format!("[{}]", all.join(","))
}

#[test]
fn a_long_form_has_a_page_for_each_topic_and_says_how_many_steps_there_are() {
    let outline = outline(&long_form(200));
    let draft = Draft::new("key".into());
    let steps = outline.steps(&draft);
    for step in &steps {
        let items = outline.items(*step).iter();
        let questions = items.filter(|item| matches!(item, Item::Question(_)));
        assert!(questions.count() <= 9, "{step:?}");
    }
    assert!(steps.len() > 20, "{steps:?}");
    // Going on leads through all of them, in order, once.
    let mut walked = vec![Step::Place];
    while let Some(last) = walked.last().filter(|step| **step != Step::Check) {
        walked.push(outline.after(*last, &draft));
        assert!(walked.len() <= steps.len());
    }
    assert_eq!(walked, steps);
    assert_eq!(outline.after(Step::Nearby, &draft), Step::Details(0));
}

#[test]
fn a_page_on_which_nothing_is_asked_is_no_step() {
    let mut questions = vec![
        r#"{"code":"more","datatype":"singlevaluelist","values":[{"key":"yes"},{"key":"no"}]}"#
            .to_owned(),
    ];
    questions
        .extend((0..7).map(|index| format!(r#"{{"code":"always{index}","datatype":"string"}}"#)));
    let hidden = |index: usize| {
        format!(
            r#"{{"code":"only{index}","datatype":"string","dependencies":{{"conditions":[{{"attribute":"more","op":"eq","value":"yes"}}]}}}}"#
        )
    };
    questions.extend((0..8).map(hidden));
    questions.push(r#"{"code":"last","datatype":"string"}"#.into());
    let outline = outline(&format!("[{}]", questions.join(",")));
    let mut draft = Draft::new("key".into());
    let without = outline.steps(&draft);
    draft.set("attribute[more]", one("yes"));
    let with = outline.steps(&draft);
    assert!(with.len() > without.len(), "{with:?} {without:?}");
    draft.set("attribute[more]", one("no"));
    assert_eq!(outline.steps(&draft), without);
    // From a page that is gone, the way leads on to the next one that is there.
    let gone = with.iter().find(|step| !without.contains(step)).unwrap();
    assert!(without.contains(&outline.after(*gone, &draft)));
}

#[test]
fn free_times_are_chosen_from_by_the_names_people_read() {
    let outline = outline(
        r#"[{"code":"slot","datatype":"datetime","required":true,
             "values":[{"key":"2026-12-01T09:00:00Z","name":"x"},{"key":"later","name":"By phone"}]}]"#,
    );
    let (_, slot) = outline.asked(&Draft::new("key".into())).remove(2);
    let names: Vec<&str> = slot
        .choices()
        .iter()
        .map(|choice| choice.name.as_str())
        .collect();
    assert_eq!(names, ["9 AM on 2026-12-01", "By phone"]);
}

fn place(metres: f64) -> Place {
    Place {
        location: Location::new(40.6205, -89.918).unwrap(),
        origin: Origin::Device(metres),
    }
}

#[test]
fn a_pin_is_a_place_and_a_vague_one_needs_a_landmark() {
    let outline = outline("[]");
    let mut draft = Draft::new("key".into());
    let faults = |draft: &Draft| -> Vec<Option<Fault>> {
        let asked = outline.asked(draft);
        let place = asked.iter().filter(|(step, _)| *step == Step::Place);
        place
            .map(|(_, question)| outline.fault(question, draft))
            .collect()
    };
    assert_eq!(faults(&draft), [Some(Fault::Empty), None]);
    draft.place = Some(place(20.0));
    assert_eq!(faults(&draft), [None, None]);
    draft.place = Some(place(101.0));
    assert_eq!(faults(&draft), [None, Some(Fault::Empty)]);
    draft.set("landmark", one("blue door"));
    assert_eq!(faults(&draft), [None, None]);
}

#[test]
fn a_way_to_be_reached_needs_what_it_takes() {
    let mut setting = Setting::default();
    setting.contact.in_post = true;
    let outline = outline_of(&open311::Definition::default(), &setting);
    let mut draft = Draft::new("key".into());
    let missing = |draft: &Draft| -> Vec<String> {
        let asked = outline.asked(draft).into_iter();
        asked
            .filter(|(step, question)| {
                *step == Step::Contact && outline.fault(question, draft).is_some()
            })
            .map(|(_, question)| question.name)
            .collect()
    };
    for (way, expected) in [
        ("none", &[][..]),
        ("phone", &["phone"]),
        ("text", &["phone"]),
        ("email", &["email"]),
        ("post", &["postal_address"]),
    ] {
        draft.set("preferred_contact", one(way));
        assert_eq!(missing(&draft), expected, "{way}");
    }
    setting.contact.required = vec![ContactField::Email];
    assert!(!setting.ways().contains(&Way::None));
    let outline = outline_of(&open311::Definition::default(), &setting);
    let nothing = Draft::new("key".into());
    let asked = outline.asked(&nothing);
    let email = asked
        .iter()
        .find(|(_, question)| question.name == "email")
        .unwrap();
    assert_eq!(outline.fault(&email.1, &nothing), Some(Fault::Empty));
}

#[test]
fn what_the_endpoint_has_no_field_for_is_said_in_words() {
    let mut draft = Draft::new("key".into());
    draft.set("address_string", one("118 Oak Street"));
    draft.set("landmark", one("blue door"));
    draft.set("description", one("Deep."));
    draft.set("preferred_contact", one("text"));
    draft.set("phone", one("555"));
    draft.photos = vec![
        Photo {
            description: "The hole".into(),
            url: Some("https://x.example/1.jpg".into()),
            ..Photo::default()
        },
        Photo::default(),
    ];
    let mut setting = Setting::default();
    let sent = |setting: &Setting| {
        let outline = outline_of(&open311::Definition::default(), setting);
        let asked: Vec<Question> = outline
            .asked(&draft)
            .into_iter()
            .map(|(_, question)| question)
            .collect();
        post(
            &draft,
            &Frame {
                service: "x",
                asked: &asked,
                setting,
                words: &Words::english(),
                offset: &|_| 0,
            },
        )
    };
    let plain = sent(&setting);
    assert_eq!(plain.address_string, "118 Oak Street. blue door");
    assert_eq!(
        plain.description,
        "Deep.\nPhoto 1: The hole\nHow to reach me: Send me a text message"
    );
    assert_eq!(plain.media_url, "https://x.example/1.jpg");
    assert_eq!(plain.preferred_contact, "");
    setting.contact.in_post = true;
    setting.photos.in_post = true;
    let rich = sent(&setting);
    assert_eq!(
        (rich.description.as_str(), rich.preferred_contact.as_str()),
        ("Deep.", "text")
    );
}

#[test]
fn a_request_in_the_city_s_list_is_the_one_that_was_sent_or_it_is_not() {
    // 2026-11-24T12:00:00Z
    const SENT: u64 = 1_795_521_600_000;
    let sent = open311::form::Post {
        service_code: "pothole".into(),
        address_string: "118 Oak Street".into(),
        description: "Deep hole\nbeside the drain".into(),
        location: Location::new(40.6205, -89.918),
        ..open311::form::Post::default()
    };
    let row = |change: &str| {
        let own = r#""service_request_id":"7","service_code":"pothole","description":"Deep hole beside  the drain",
            "requested_datetime":"2026-11-24T12:00:05Z","lat":40.62051,"long":-89.91801,"address":"118 Oak Street""#;
        // The last of two fields with one name is the one that counts.
        let text = format!("[{{{own}{change}}}]");
        let rows = read_requests(&json::parse(&text).unwrap()).rows;
        find_own(&rows, &sent, SENT).is_some()
    };
    for (change, is_own) in [
        ("", true),
        (r#","description":"""#, true),
        (r#","description":"Another hole""#, false),
        (r#","service_code":"graffiti""#, false),
        (r#","requested_datetime":"2026-11-24T11:40:00Z""#, false),
        (r#","requested_datetime":null"#, false),
        (r#","lat":40.63"#, false),
        (r#","lat":null,"long":null"#, true),
        (r#","lat":null,"long":null,"address":"5 Elm St""#, false),
    ] {
        assert_eq!(row(change), is_own, "{change}");
    }
}

#[test]
fn a_parcel_that_was_kept_is_the_same_parcel() {
    let mut draft = Draft::new("key".into());
    draft.set("description", one("x"));
    for state in [
        State::Waiting,
        State::Refused("why".into()),
        State::Unclear,
        State::Sent(Reference::Number("26-1 #".into())),
        State::Sent(Reference::Token("t".into())),
        State::Sent(Reference::Nothing),
    ] {
        let parcel = Parcel {
            key: "key".into(),
            service: "pothole".into(),
            service_name: "Pothole".into(),
            post: open311::form::Post {
                service_code: "pothole".into(),
                location: Location::new(40.5, -89.25),
                description: "x".into(),
                ..open311::form::Post::default()
            },
            photos: vec![Photo {
                id: "p".into(),
                ..Photo::default()
            }],
            draft: draft.clone(),
            composed: 12,
            in_doubt: Some(7),
            state,
        };
        assert_eq!(Parcel::read(&parcel.write()), Some(parcel));
    }
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
        metres in (0u32..5_000).prop_map(f64::from), id in ".{0,20}", changed: u64, in_doubt: bool,
    ) {
        let mut draft = Draft::new("k".into());
        for (name, answer) in answers {
            draft.set(&name, answer);
        }
        draft.place = Some(place(metres));
        draft.photos = vec![Photo { id, taken_at: Some(("1.5".into(), "-2".into())), ..Photo::default() }];
        draft.changed = changed;
        draft.in_doubt = Some(changed).filter(|_| in_doubt);
        draft.passed = vec!["a notice".into()];
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
