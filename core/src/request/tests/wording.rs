//! The texts for answers and errors.

use super::*;
use crate::i18n::k;
use crate::request::answer::AnswerError;
use crate::request::wording::{answer_text, error_text};

#[test]
fn answers_are_shown_by_the_names_of_the_chosen_values() {
    let questionnaire = questionnaire_of(&definition(), &RequestConfig::default());
    let asked = |name: &str| {
        questionnaire
            .questions()
            .find(|(_, question)| question.name == name)
            .unwrap()
            .1
    };
    let many = Answer::Many(vec!["1".into(), "2".into()]);
    assert_eq!(
        answer_text(asked("attribute[DEPTH]"), Some(&one("high")), |_| {
            String::new()
        }),
        "More"
    );
    assert_eq!(
        answer_text(asked("attribute[WHERE]"), Some(&many), |_| String::new()),
        "Left, Right"
    );
    assert_eq!(
        answer_text(asked("attribute[WHERE]"), None, |_| String::new()),
        ""
    );
}

#[test]
fn an_error_names_the_question_without_its_question_mark() {
    let english = Catalog::english();
    for (label, named) in [
        ("How deep is it?", "How deep is it"),
        ("Email *", "Email"),
        ("¿Qué tan profundo es?", "Qué tan profundo es"),
    ] {
        assert_eq!(
            error_text(&english, label, AnswerError::NotChosen),
            english.with(k::FAULT_NOT_CHOSEN, &[("label", named)])
        );
    }
}
