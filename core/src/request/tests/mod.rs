//! Tests of the request journey that involve several modules, by subject, and the fixtures they share.

mod answer;
mod questionnaire;
mod saved;
mod sending;
mod sending_model;
mod submission;
mod wording;

use super::answer::{Answer, DateParts};
use super::config::RequestConfig;
use super::draft::Draft;
use super::location::{Pin, PinOrigin};
use super::question::{Kind, Question};
use super::questionnaire::{Questionnaire, QuestionnaireInputs};
use crate::i18n::Catalog;
use open311::{Location, read_definition};
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

fn questionnaire_of(definition: &open311::Definition, config: &RequestConfig) -> Questionnaire {
    Questionnaire::new(&QuestionnaireInputs {
        definition,
        config,
        catalog: &Catalog::english(),
        moment: &|key| {
            key.strip_suffix("T09:00:00Z")
                .map(|day| format!("9 AM on {day}"))
        },
    })
}

fn questionnaire(text: &str) -> Questionnaire {
    let definition = read_definition(&json::parse(text).unwrap());
    questionnaire_of(&definition, &RequestConfig::default())
}

fn asked(questionnaire: &Questionnaire, draft: &Draft) -> Vec<String> {
    let asked = questionnaire.active_questions(draft).into_iter();
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

fn long_form(questions: usize) -> String {
    let attribute = |index: usize| match index % 10 {
        0 => format!(r#"{{"code":"n{index}","variable":false,"description":"Topic {index}"}}"#),
        _ => {
            format!(r#"{{"code":"q{index}","datatype":"string","description":"Question {index}"}}"#)
        }
    };
    let all: Vec<String> = (0..questions).map(attribute).collect();
    format!("[{}]", all.join(","))
}

fn place(metres: f64) -> Pin {
    Pin {
        location: Location::new(40.6205, -89.918).unwrap(),
        origin: PinOrigin::Device(metres),
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
