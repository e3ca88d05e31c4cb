//! What is sent, and how it is recognized in the city's list.

use super::*;
use crate::i18n::k;
use crate::request::photo::Photo;
use crate::request::submission::{PostContext, build_post};
use open311::form::AnswerValue;

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
