//! Which questions a form asks, on which pages, and given which answers.

use super::*;
use crate::request::answer::AnswerError;
use crate::request::config::{ContactField, ContactMethod};
use crate::request::question::Item;
use crate::route::Step;

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
fn the_details_page_has_the_questions_of_the_definition_in_order_and_a_description() {
    let questionnaire = questionnaire_of(&definition(), &RequestConfig::default());
    let items = questionnaire.items(Step::Details(0));
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
fn a_service_without_a_definition_still_has_a_form() {
    let questionnaire =
        questionnaire_of(&open311::Definition::default(), &RequestConfig::default());
    let names: Vec<&str> = questionnaire
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
fn questions_are_asked_depending_on_other_answers() {
    let questionnaire = questionnaire(PETS);
    let mut draft = Draft::new("key".into());
    assert_eq!(asked(&questionnaire, &draft), ["pet", "breed"]);
    draft.set("attribute[pet]", one("dog"));
    assert_eq!(asked(&questionnaire, &draft), ["pet", "breed", "age"]);
    draft.set("attribute[age]", one(" 1 2,5"));
    assert_eq!(
        asked(&questionnaire, &draft),
        ["pet", "breed", "age", "vet"]
    );
    // A question that depends on a question that is no longer asked is not asked, either.
    draft.set("attribute[pet]", one("cat"));
    assert_eq!(asked(&questionnaire, &draft), ["pet", "breed"]);
    draft.set("attribute[breed]", one("tabby"));
    assert_eq!(
        asked(&questionnaire, &draft),
        ["pet", "breed", "age", "vet"]
    );
}

#[test]
fn values_depend_on_other_answers_and_a_choice_no_longer_offered_is_invalid() {
    let questionnaire = questionnaire(PETS);
    let mut draft = Draft::new("key".into());
    draft.set("attribute[pet]", one("dog"));
    draft.set("attribute[breed]", one("mixed"));
    let breed = |draft: &Draft| questionnaire.active_questions(draft).remove(3).1;
    assert_eq!(breed(&draft).code(), Some("breed"));
    assert_eq!(questionnaire.check(&breed(&draft), &draft), None);
    draft.set("attribute[pet]", one("cat"));
    assert_eq!(breed(&draft).choices()[0].key, "tabby");
    assert_eq!(
        questionnaire.check(&breed(&draft), &draft),
        Some(AnswerError::NotChosen)
    );
}

#[test]
fn an_answer_can_mean_that_this_is_the_wrong_form() {
    let questionnaire = questionnaire(PETS);
    let mut draft = Draft::new("key".into());
    draft.set("attribute[pet]", one("bear"));
    let first_error = |draft: &Draft| {
        questionnaire
            .active_questions(draft)
            .into_iter()
            .filter(|(_, question)| question.code().is_some())
            .find_map(|(_, question)| questionnaire.check(&question, draft))
    };
    let stopped = |message: &str| Some(AnswerError::Stopped(message.into()));
    assert_eq!(first_error(&draft), stopped("Go inside and call 911."));
    draft.set("attribute[pet]", one("dog"));
    draft.set("attribute[breed]", one("mixed"));
    assert_eq!(first_error(&draft), None);
    draft.set("attribute[age]", one("31"));
    assert_eq!(first_error(&draft), stopped("No pet is that old."));
}

#[test]
fn circular_conditions_do_not_loop_forever() {
    let circle = r#"[
        {"code":"a","dependencies":{"conditions":[{"attribute":"b","op":"eq","value":"1"}]}},
        {"code":"b","dependencies":{"conditions":[{"attribute":"a","op":"eq","value":"1"}]}},
        {"code":"c","dependencies":{"conditions":[{"attribute":"c","op":"neq","value":"1"}]}}]"#;
    let questionnaire = questionnaire(circle);
    let mut draft = Draft::new("key".into());
    for code in ["a", "b", "c"] {
        draft.set(&format!("attribute[{code}]"), one("1"));
    }
    let _ = questionnaire.steps(&draft);
    let _ = questionnaire.active_questions(&draft);
}

#[test]
fn a_long_form_is_split_by_topic_and_its_steps_are_visited_in_order_once() {
    let questionnaire = questionnaire(&long_form(200));
    let draft = Draft::new("key".into());
    let steps = questionnaire.steps(&draft);
    for step in &steps {
        let items = questionnaire.items(*step).iter();
        let questions = items.filter(|item| matches!(item, Item::Question(_)));
        assert!(questions.count() <= 9, "{step:?}");
    }
    assert!(steps.len() > 20, "{steps:?}");
    // Continuing from each step visits all of them, in order, once.
    let mut walked = vec![Step::Place];
    while let Some(last) = walked.last().filter(|step| **step != Step::Check) {
        walked.push(questionnaire.after(*last, &draft));
        assert!(walked.len() <= steps.len());
    }
    assert_eq!(walked, steps);
    assert_eq!(questionnaire.after(Step::Nearby, &draft), Step::Details(0));
}

#[test]
fn a_page_without_active_questions_is_not_a_step() {
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
    let questionnaire = questionnaire(&format!("[{}]", questions.join(",")));
    let mut draft = Draft::new("key".into());
    let without = questionnaire.steps(&draft);
    draft.set("attribute[more]", one("yes"));
    let with = questionnaire.steps(&draft);
    assert!(with.len() > without.len(), "{with:?} {without:?}");
    draft.set("attribute[more]", one("no"));
    assert_eq!(questionnaire.steps(&draft), without);
    // From a page that is no longer a step, the next step is one that still exists.
    let gone = with.iter().find(|step| !without.contains(step)).unwrap();
    assert!(without.contains(&questionnaire.after(*gone, &draft)));
}

#[test]
fn appointments_are_offered_with_formatted_times() {
    let questionnaire = questionnaire(
        r#"[{"code":"slot","datatype":"datetime","required":true,
             "values":[{"key":"2026-12-01T09:00:00Z","name":"x"},{"key":"later","name":"By phone"}]}]"#,
    );
    let (_, slot) = questionnaire
        .active_questions(&Draft::new("key".into()))
        .remove(2);
    let names: Vec<&str> = slot
        .choices()
        .iter()
        .map(|choice| choice.name.as_str())
        .collect();
    assert_eq!(names, ["9 AM on 2026-12-01", "By phone"]);
}

#[test]
fn a_pin_is_a_location_and_an_inaccurate_one_requires_a_landmark() {
    let questionnaire = questionnaire("[]");
    let mut draft = Draft::new("key".into());
    let errors = |draft: &Draft| -> Vec<Option<AnswerError>> {
        let asked = questionnaire.active_questions(draft);
        let place = asked.iter().filter(|(step, _)| *step == Step::Place);
        place
            .map(|(_, question)| questionnaire.check(question, draft))
            .collect()
    };
    assert_eq!(errors(&draft), [Some(AnswerError::Empty), None]);
    draft.pin = Some(place(20.0));
    assert_eq!(errors(&draft), [None, None]);
    draft.pin = Some(place(101.0));
    assert_eq!(errors(&draft), [None, Some(AnswerError::Empty)]);
    draft.set("landmark", one("blue door"));
    assert_eq!(errors(&draft), [None, None]);
}

#[test]
fn the_preferred_contact_requires_the_matching_detail() {
    let mut config = RequestConfig::default();
    config.contact.in_post = true;
    let questionnaire = questionnaire_of(&open311::Definition::default(), &config);
    let mut draft = Draft::new("key".into());
    let missing = |draft: &Draft| -> Vec<String> {
        let asked = questionnaire.active_questions(draft).into_iter();
        asked
            .filter(|(step, question)| {
                *step == Step::Contact && questionnaire.check(question, draft).is_some()
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
    config.contact.required = vec![ContactField::Email];
    assert!(!config.contact_methods().contains(&ContactMethod::None));
    let questionnaire = questionnaire_of(&open311::Definition::default(), &config);
    let nothing = Draft::new("key".into());
    let asked = questionnaire.active_questions(&nothing);
    let email = asked
        .iter()
        .find(|(_, question)| question.name == "email")
        .unwrap();
    assert_eq!(
        questionnaire.check(&email.1, &nothing),
        Some(AnswerError::Empty)
    );
}
