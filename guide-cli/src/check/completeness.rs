//! Finds what is missing: whom to call, the cost, the duration, what happens after a refusal, titles and labels, and
//! texts that are still placeholders.

use guide::OfficeRef;

use super::context::CheckContext;
use crate::collection::Document;
use crate::finding::Findings;
use crate::located::{self, Located};
use crate::texts::{self, PLACEHOLDER, Translation};

/// A guide with more steps, including parts, should be several guides. Real ones have 3 to 20 steps.
const MAX_STEPS: usize = 60;

pub(crate) fn check(
    document: &Document,
    context: &CheckContext,
    top: &Located,
    findings: &mut Findings,
) {
    check_facts(document, context, findings);
    check_titles(top, findings);
    check_fees(top, findings);
    let steps = located::steps(top);
    if steps.is_empty() {
        findings.error(
            "steps",
            "there are no steps",
            "Say what is done, one step after the other.",
        );
    }
    if steps.len() > MAX_STEPS {
        let problem = format!("there are {} steps; nobody reads that far", steps.len());
        findings.warning(
            "steps",
            problem,
            "Make several guides of it that lead to each other.",
        );
    }
    check_placeholders(top, findings);
}

fn check_placeholders(top: &Located, findings: &mut Findings) {
    let texts = texts::all_texts(top).into_iter();
    let open = texts.filter(|text| text.translations.iter().any(Translation::is_placeholder));
    let keywords = located::find_all(top, "keywords").into_iter();
    let lists = keywords.flat_map(|list| list.fields().into_iter().map(|(_, list)| list));
    let words = lists.flat_map(|list| list.items());
    let words = words.filter(|word| word.text().is_some_and(|text| text.contains(PLACEHOLDER)));
    for path in open
        .map(|text| text.path)
        .chain(words.map(|word| word.path))
    {
        let remedy = "Write it, or remove what is not needed.";
        findings.error(path, "this is still to be written", remedy);
    }
}

fn check_facts(document: &Document, context: &CheckContext, findings: &mut Findings) {
    let guide = &document.guide;
    let offices = guide.all_steps().filter_map(|step| step.office.as_ref());
    let mut offices = offices.chain(&guide.office);
    let can_be_reached = |office: &OfficeRef| {
        office
            .find(context.collection.offices())
            .is_some_and(|office| office.phone.is_some() || !office.address.is_empty())
    };
    if !offices.any(can_be_reached) {
        let remedy = "Name an office with a phone number or an address in “office”.";
        findings.warning(
            "office",
            "nobody is named whom a resident can call or visit",
            remedy,
        );
    }
    if guide.all_steps().all(|step| step.fees.is_empty()) {
        let remedy = "Add it to “fees” of a step; if it is free, say so with amount 0.";
        findings.warning("", "the guide does not say what it costs", remedy);
    }
    if guide.time.is_empty() && guide.all_steps().all(|step| step.time.is_empty()) {
        let remedy = "Add “time”, such as {\"usual\": \"2-4 weeks\"}.";
        findings.warning("time", "the guide does not say how long it takes", remedy);
    }
    if guide.refusal.is_empty() && guide.all_steps().all(|step| step.refusal.is_empty()) {
        let remedy = "Add “refusal”: the usual reasons in “text”, what to do then in “appeal”.";
        findings.warning(
            "refusal",
            "the guide does not say what happens if the city says no",
            remedy,
        );
    }
}

/// Checks that everything that is displayed by a title or a label has one.
fn check_titles(top: &Located, findings: &mut Findings) {
    let mut required: Vec<(Located, &str)> = vec![(top.clone(), "title")];
    let mut under = |key: &str, name: &'static str| {
        let lists = located::find_all(top, key).into_iter();
        let items = lists.flat_map(|list| list.items());
        required.extend(items.filter(Located::is_map).map(|item| (item, name)));
    };
    under("steps", "title");
    under("evidence", "title");
    under("outcomes", "title");
    under("questions", "label");
    under("options", "label");
    under("try", "label");
    let actions = located::find_all(top, "action").into_iter();
    required.extend(actions.map(|action| (action, "label")));
    for (located, name) in required {
        let is_blank = located.get(name).is_none_or(|text| text.value.is_blank());
        if is_blank && located.is_map() {
            let problem = format!("there is no {name}");
            findings.error(
                located.path_of(name),
                problem,
                "Write it: this is what is shown.",
            );
        }
    }
    for question in top.list("questions") {
        if question.list("options").len() < 2 {
            let remedy = "Give it at least two, or remove it.";
            findings.error(
                question.path_of("options"),
                "there is nothing to choose",
                remedy,
            );
        }
    }
    for step in located::steps(top) {
        if step.get("choose").is_some() && step.list("steps").is_empty() {
            let remedy = "Add the parts in “steps”, or remove “choose”.";
            findings.warning(
                step.path_of("choose"),
                "there is nothing to choose from",
                remedy,
            );
        }
    }
}

fn check_fees(top: &Located, findings: &mut Findings) {
    let fees = located::in_steps(&located::steps(top), "fees");
    let number = |fee: &Located, key: &str| fee.get(key)?.value.text()?.parse::<f64>().ok();
    let mut is_paid = false;
    for fee in &fees {
        let amount = number(fee, "amount").unwrap_or_default();
        let to = number(fee, "to");
        is_paid |= amount > 0.0 || to.is_some();
        if to.is_some_and(|to| to < amount) {
            let problem = "“to” is less than “amount”";
            findings.error(
                fee.path_of("to"),
                problem,
                "Write the smaller one in “amount”.",
            );
        }
    }
    match top.string("currency") {
        None if is_paid => {
            let remedy = "Write “currency”, such as \"USD\".";
            findings.warning("currency", "there are fees and no currency", remedy);
        }
        Some(code) if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            let remedy = "Write the three letters of ISO 4217, such as USD or EUR.";
            findings.error("currency", format!("“{code}” is no currency"), remedy);
        }
        _ => {}
    }
}
