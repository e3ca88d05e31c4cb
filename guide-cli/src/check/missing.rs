//! What a resident asks first and the guide does not say: whom to call, what it costs, how long it
//! takes, what happens on a no. And words that were never written.

use guide::OfficeRef;

use super::City;
use crate::collection::Document;
use crate::finding::Notes;
use crate::place::{self, Place};
use crate::texts::{self, FILL_IN, Words};

/// More steps than this are more than one process.
const MANY_STEPS: usize = 60;

pub(crate) fn check(document: &Document, city: &City, top: &Place, notes: &mut Notes) {
    facts(document, city, notes);
    titles(top, notes);
    money(top, notes);
    let steps = place::steps(top);
    if steps.is_empty() {
        notes.error(
            "steps",
            "there are no steps",
            "Say what is done, one step after the other.",
        );
    }
    if steps.len() > MANY_STEPS {
        let wrong = format!("there are {} steps; nobody reads that far", steps.len());
        notes.warning(
            "steps",
            wrong,
            "Make several guides of it that lead to each other.",
        );
    }
    still_to_write(top, notes);
}

fn still_to_write(top: &Place, notes: &mut Notes) {
    let told = texts::told(top).into_iter();
    let open = told.filter(|told| told.words.iter().any(Words::is_to_fill_in));
    let keywords = place::everywhere(top, "keywords").into_iter();
    let lists = keywords.flat_map(|list| list.fields().into_iter().map(|(_, list)| list));
    let words = lists.flat_map(|list| list.items());
    let words = words.filter(|word| word.text().is_some_and(|text| text.contains(FILL_IN)));
    for path in open
        .map(|told| told.path)
        .chain(words.map(|word| word.path))
    {
        let remedy = "Write it, or remove what is not needed.";
        notes.error(path, "this is still to be written", remedy);
    }
}

fn facts(document: &Document, city: &City, notes: &mut Notes) {
    let guide = &document.guide;
    let offices = guide.all_steps().filter_map(|step| step.office.as_ref());
    let mut offices = offices.chain(&guide.office);
    let can_be_reached = |office: &OfficeRef| {
        office
            .find(city.collection.offices())
            .is_some_and(|office| office.phone.is_some() || !office.address.is_empty())
    };
    if !offices.any(can_be_reached) {
        let remedy = "Name an office with a phone number or an address in “office”.";
        notes.warning(
            "office",
            "nobody is named whom a resident can call or visit",
            remedy,
        );
    }
    if guide.all_steps().all(|step| step.fees.is_empty()) {
        let remedy = "Add it to “fees” of a step; if it is free, say so with amount 0.";
        notes.warning("", "the guide does not say what it costs", remedy);
    }
    if guide.time.is_empty() && guide.all_steps().all(|step| step.time.is_empty()) {
        let remedy = "Add “time”, such as {\"usual\": \"2-4 weeks\"}.";
        notes.warning("time", "the guide does not say how long it takes", remedy);
    }
    if guide.refusal.is_empty() && guide.all_steps().all(|step| step.refusal.is_empty()) {
        let remedy = "Add “refusal”: the usual reasons in “text”, what to do then in “appeal”.";
        notes.warning(
            "refusal",
            "the guide does not say what happens if the city says no",
            remedy,
        );
    }
}

/// Things that are shown by their title or label, and have none.
fn titles(top: &Place, notes: &mut Notes) {
    let mut needed: Vec<(Place, &str)> = vec![(top.clone(), "title")];
    let mut under = |key: &str, name: &'static str| {
        let lists = place::everywhere(top, key).into_iter();
        let items = lists.flat_map(|list| list.items());
        needed.extend(items.filter(Place::is_map).map(|item| (item, name)));
    };
    under("steps", "title");
    under("evidence", "title");
    under("outcomes", "title");
    under("questions", "label");
    under("options", "label");
    under("try", "label");
    let actions = place::everywhere(top, "action").into_iter();
    needed.extend(actions.map(|action| (action, "label")));
    for (place, name) in needed {
        let is_blank = place.get(name).is_none_or(|text| text.value.is_blank());
        if is_blank && place.is_map() {
            let wrong = format!("there is no {name}");
            notes.error(
                place.path_of(name),
                wrong,
                "Write it: this is what is shown.",
            );
        }
    }
    for question in top.list("questions") {
        if question.list("options").len() < 2 {
            let remedy = "Give it at least two, or remove it.";
            notes.error(
                question.path_of("options"),
                "there is nothing to choose",
                remedy,
            );
        }
    }
    for step in place::steps(top) {
        if step.get("choose").is_some() && step.list("steps").is_empty() {
            let remedy = "Add the parts in “steps”, or remove “choose”.";
            notes.warning(
                step.path_of("choose"),
                "there is nothing to choose from",
                remedy,
            );
        }
    }
}

fn money(top: &Place, notes: &mut Notes) {
    let fees: Vec<Place> = place::steps(top)
        .iter()
        .flat_map(|step| step.list("fees"))
        .collect();
    let number = |fee: &Place, key: &str| fee.get(key)?.value.text()?.parse::<f64>().ok();
    let mut is_paid = false;
    for fee in &fees {
        let amount = number(fee, "amount").unwrap_or_default();
        let to = number(fee, "to");
        is_paid |= amount > 0.0 || to.is_some();
        if to.is_some_and(|to| to < amount) {
            let wrong = "“to” is less than “amount”";
            notes.error(
                fee.path_of("to"),
                wrong,
                "Write the smaller one in “amount”.",
            );
        }
    }
    match top.string("currency") {
        None if is_paid => {
            let remedy = "Write “currency”, such as \"USD\".";
            notes.warning("currency", "there are fees and no currency", remedy);
        }
        Some(code) if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            let remedy = "Write the three letters of ISO 4217, such as USD or EUR.";
            notes.error("currency", format!("“{code}” is no currency"), remedy);
        }
        _ => {}
    }
}
