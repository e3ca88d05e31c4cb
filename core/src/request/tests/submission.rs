//! What is sent, and how it is recognized in the city's list.

use super::*;
use crate::i18n::k;
use crate::request::photo::Photo;
use crate::request::submission::{PostContext, build_post, find_submitted};
use crate::time::UnixMs;
use open311::form::AnswerValue;
use open311::read_requests;

#[test]
fn answers_are_sent_under_the_names_of_the_specification() {
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
    let config = RequestConfig::default();
    let questionnaire = questionnaire_of(&definition(), &config);
    let asked: Vec<Question> = questionnaire
        .active_questions(&draft)
        .into_iter()
        .map(|(_, question)| question)
        .collect();
    let post = build_post(
        &draft,
        &PostContext {
            service: "pothole",
            questions: &asked,
            config: &config,
            catalog: &Catalog::english(),
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
fn what_the_endpoint_has_no_field_for_is_added_to_the_description() {
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
    let mut config = RequestConfig::default();
    let sent = |config: &RequestConfig| {
        let questionnaire = questionnaire_of(&open311::Definition::default(), config);
        let asked: Vec<Question> = questionnaire
            .active_questions(&draft)
            .into_iter()
            .map(|(_, question)| question)
            .collect();
        build_post(
            &draft,
            &PostContext {
                service: "x",
                questions: &asked,
                config,
                catalog: &Catalog::english(),
                offset: &|_| 0,
            },
        )
    };
    let plain = sent(&config);
    assert_eq!(plain.address_string, "118 Oak Street. blue door");
    let english = Catalog::english();
    let way = english.with(k::WAY_IN_WORDS, &[("way", english.get(k::WAY_TEXT))]);
    assert_eq!(
        plain.description,
        ["Deep.\nPhoto 1: The hole\n", &way].concat()
    );
    assert_eq!(plain.media_url, "https://x.example/1.jpg");
    assert_eq!(plain.preferred_contact, "");
    config.contact.in_post = true;
    config.photos.in_post = true;
    let rich = sent(&config);
    assert_eq!(
        (rich.description.as_str(), rich.preferred_contact.as_str()),
        ("Deep.", "text")
    );
}

#[test]
fn a_submitted_request_is_recognized_by_service_time_location_and_description() {
    // 2026-11-24T12:00:00Z
    const SENT: UnixMs = UnixMs(1_795_521_600_000);
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
        // If a field occurs twice, the last one counts.
        let text = format!("[{{{own}{change}}}]");
        let rows = read_requests(&json::parse(&text).unwrap()).rows;
        find_submitted(&rows, &sent, SENT).is_some()
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
