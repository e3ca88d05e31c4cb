//! What nobody ever sees: goes through every way to answer the questions and notes what is for
//! somebody. The rest is told.

use std::collections::BTreeSet;

use guide::{Answers, Applies, Guide, Personal, Step, When};

use crate::collection::Document;
use crate::finding::Notes;
use crate::place::{self, Place};

/// The most ways to answer that are tried.
const MOST: usize = 100_000;

pub(crate) fn check(document: &Document, top: &Place, notes: &mut Notes) {
    let guide = &document.guide;
    let seen = Seen::of(guide);
    if seen.is_capped {
        let wrong = format!("there are more than {MOST} ways to answer; only so many were tried");
        let remedy = "Ask fewer questions, or let them depend on each other with “when”.";
        notes.warning("questions", wrong, remedy);
        return;
    }
    let steps = place::steps(top);
    let inside =
        |key: &str| -> Vec<Place> { steps.iter().flat_map(|step| step.list(key)).collect() };
    for (what, places, reached) in [
        ("question", top.list("questions"), &seen.questions),
        ("step", steps.clone(), &seen.steps),
        ("evidence", inside("evidence"), &seen.evidence),
        ("fee", inside("fees"), &seen.fees),
    ] {
        for place in places {
            // What has no id is told elsewhere.
            if let Some(id) = place.id()
                && !reached.contains(id)
            {
                let wrong = format!("no answers lead to the {what} “{id}”");
                let remedy = "Correct its “when”, or that of what is around it, or remove it.";
                notes.error(place.path, wrong, remedy);
            }
        }
    }
    outcomes(guide, top, &seen, notes);
}

fn outcomes(guide: &Guide, top: &Place, seen: &Seen, notes: &mut Notes) {
    for (index, place) in top.list("outcomes").iter().enumerate() {
        let Some(id) = place.id() else { continue };
        if seen.outcomes.contains(&index) {
            continue;
        }
        let hidden_by: Vec<&str> = seen
            .shadows
            .iter()
            .filter(|(_, later)| *later == index)
            .filter_map(|(first, _)| guide.outcomes.get(*first))
            .map(|outcome| outcome.id.as_str())
            .collect();
        if hidden_by.is_empty() {
            let wrong = format!("no answers lead to the outcome “{id}”");
            notes.error(&place.path, wrong, "Correct its “when”, or remove it.");
        } else {
            let wrong = format!(
                "the outcome “{id}” never shows: “{}” is met first",
                hidden_by.join("”, “")
            );
            let remedy = "Move it up, or let the other ask for more in its “when”.";
            notes.error(&place.path, wrong, remedy);
        }
    }
    if let Some(answers) = &seen.without_outcome
        && !guide.outcomes.is_empty()
    {
        let wrong = format!("these answers have no outcome: {answers}");
        let remedy = "Add one for them; at the end one without “when” is for all the rest.";
        notes.warning("outcomes", wrong, remedy);
    }
}

/// What was for somebody.
#[derive(Default)]
struct Seen {
    ways: usize,
    is_capped: bool,
    questions: BTreeSet<String>,
    steps: BTreeSet<String>,
    evidence: BTreeSet<String>,
    fees: BTreeSet<String>,
    outcomes: BTreeSet<usize>,
    /// The outcome that came first, and one that was met as well.
    shadows: BTreeSet<(usize, usize)>,
    /// The first answers that led to no outcome, in words.
    without_outcome: Option<String>,
}

impl Seen {
    fn of(guide: &Guide) -> Self {
        let mut seen = Self::default();
        let mut open = vec![Answers::default()];
        while let Some(answers) = open.pop() {
            let personal = Personal::new(guide, &answers);
            let mut asked = personal.asked();
            let next = asked.find(|question| {
                personal.answer(&question.id).is_none() && !question.options.is_empty()
            });
            let Some(question) = next else {
                seen.take(guide, &personal, &answers);
                if seen.ways > MOST {
                    seen.is_capped = true;
                    break;
                }
                continue;
            };
            // The first option is tried first: what has no outcome is told with answers that come first.
            for option in question.options.iter().rev() {
                let mut more = answers.clone();
                more.set(&question.id, &option.id);
                open.push(more);
            }
        }
        seen
    }

    fn take(&mut self, guide: &Guide, personal: &Personal, answers: &Answers) {
        self.ways += 1;
        for question in personal.asked() {
            keep(&mut self.questions, &question.id);
        }
        let met = guide
            .outcomes
            .iter()
            .enumerate()
            .filter(|(_, outcome)| personal.applies(outcome.when.as_ref()) == Applies::Yes);
        let met: Vec<usize> = met.map(|(index, _)| index).collect();
        if let Some((first, later)) = met.split_first() {
            self.outcomes.insert(*first);
            self.shadows
                .extend(later.iter().map(|later| (*first, *later)));
        } else if self.without_outcome.is_none() {
            let pairs = answers.pairs().iter();
            let told: Vec<String> = pairs
                .map(|(question, option)| format!("{question}={option}"))
                .collect();
            self.without_outcome = Some(told.join(", "));
        }
        // For whom the guide is not, there is nothing to do.
        if personal.outcome().is_none_or(|outcome| outcome.eligible) {
            for step in personal.steps() {
                keep(&mut self.steps, &step.id);
                self.take_things(step, personal);
            }
        }
    }

    fn take_things(&mut self, step: &Step, personal: &Personal) {
        let is_for_them = |when: &Option<When>| personal.applies(when.as_ref()) != Applies::No;
        for one in step.evidence.iter().filter(|one| is_for_them(&one.when)) {
            keep(&mut self.evidence, &one.id);
        }
        for one in step.fees.iter().filter(|one| is_for_them(&one.when)) {
            keep(&mut self.fees, &one.id);
        }
    }
}

/// Keeps an id that is new: nearly all have been there a hundred thousand times.
fn keep(known: &mut BTreeSet<String>, id: &str) {
    if !known.contains(id) {
        known.insert(id.to_owned());
    }
}
