//! Checks prefilled answers: whether the form has such an attribute, and the attribute such a choice.

use super::context::CheckContext;
use super::questions::{options_of, report_unknown};
use crate::finding::Findings;
use crate::located::{self, Located};
use crate::services::{Attribute, Service};
use crate::suggest::did_you_mean;

/// Fields of every form, in addition to its attributes.
const STANDARD_FIELDS: [&str; 2] = ["description", "address"];

pub(crate) fn check(
    prefill: &Located,
    top: &Located,
    context: &CheckContext,
    findings: &mut Findings,
) {
    for (_, value) in prefill.fields() {
        if let Some(answer) = value.get("answer")
            && let Some(question) = answer.text()
            && options_of(question, top).is_none()
        {
            report_unknown(question, &answer.path, top, findings);
        }
    }
    if let Some(service) = service_of(prefill, top, context)
        && let Some(attributes) = &service.attributes
    {
        for (code, value) in prefill.fields() {
            check_answer(service, attributes, code, &value, top, findings);
        }
    }
}

/// The service of the action that has this prefill.
fn service_of<'a>(
    prefill: &Located,
    top: &Located,
    context: &CheckContext<'a>,
) -> Option<&'a Service> {
    let services = context.services?;
    let action = prefill.path.strip_suffix(".prefill")?;
    let actions = located::find_all(top, "service");
    let own = actions
        .iter()
        .find(|service| service.path.strip_suffix(".service") == Some(action))?;
    services.find(own.text()?)
}

fn check_answer(
    service: &Service,
    attributes: &[Attribute],
    code: &str,
    value: &Located,
    top: &Located,
    findings: &mut Findings,
) {
    if STANDARD_FIELDS.contains(&code) {
        return;
    }
    let asked = attributes.iter().filter(|attribute| attribute.is_question);
    let Some(attribute) = asked.clone().find(|attribute| attribute.code == code) else {
        let known = asked
            .map(|attribute| attribute.code.as_str())
            .chain(STANDARD_FIELDS);
        let problem = format!("the form of “{}” asks no “{code}”", service.code);
        findings.error(
            &value.path,
            problem,
            did_you_mean(code, known, "Remove it."),
        );
        return;
    };
    let Some(keys) = &attribute.keys else { return };
    let mut chosen: Vec<(String, String)> = Vec::new();
    for item in value.items().iter().chain([value]) {
        let text = item.value.text();
        chosen.extend(text.map(|key| (item.path.clone(), key.to_owned())));
    }
    if value.items().len() > 1 && !attribute.is_multiple {
        let problem = format!("“{code}” takes one key, not {}", value.items().len());
        findings.error(&value.path, problem, "Name only one.");
    }
    if let Some(question) = value.string("answer") {
        let options = options_of(question, top).unwrap_or_default();
        let of_it = options
            .iter()
            .map(|option| (value.path.clone(), (*option).to_owned()));
        chosen.extend(of_it);
    }
    for (path, key) in chosen {
        if !keys.contains(&key) {
            let problem = format!("“{code}” of “{}” has no key “{key}”", service.code);
            let known = keys.iter().map(String::as_str);
            findings.error(path, problem, did_you_mean(&key, known, "Remove it."));
        }
    }
}
