//! Finds questions, steps, evidence, fees and outcomes that no resident ever sees, by trying all combinations of
//! answers.

use std::collections::BTreeSet;

use guide::{Answers, Applies, Guide, Personal, Step, When};

use crate::collection::Document;
use crate::finding::Findings;
use crate::located::{self, Located};

/// At most this many combinations of answers are tried, which takes about a second. 10,000 to 1,000,000 is sensible: real
/// guides have fewer than 1,000.
const MAX_COMBINATIONS: usize = 100_000;

pub(crate) fn check(document: &Document, top: &Located, findings: &mut Findings) {
    let guide = &document.guide;
    let seen = Seen::of(guide);
    if seen.is_incomplete {
        let problem = format!(
            "there are more than {MAX_COMBINATIONS} ways to answer; only so many were tried"
        );
        let remedy = "Ask fewer questions, or let them depend on each other with “when”.";
        findings.warning("questions", problem, remedy);
        return;
    }
    let steps = located::steps(top);
    for (what, all, reached) in [
        ("question", top.list("questions"), &seen.questions),
        ("step", steps.clone(), &seen.steps),
        (
            "evidence",
            located::in_steps(&steps, "evidence"),
            &seen.evidence,
        ),
        ("fee", located::in_steps(&steps, "fees"), &seen.fees),
    ] {
        for located in all {
            // A missing id is reported elsewhere.
            if let Some(id) = located.id()
                && !reached.contains(id)
            {
                let problem = format!("no answers lead to the {what} “{id}”");
                let remedy = "Correct its “when”, or that of what is around it, or remove it.";
                findings.error(located.path, problem, remedy);
            }
        }
    }
    check_outcomes(guide, top, &seen, findings);
}

fn check_outcomes(guide: &Guide, top: &Located, seen: &Seen, findings: &mut Findings) {
    for (index, located) in top.list("outcomes").iter().enumerate() {
        let Some(id) = located.id() else { continue };
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
            let problem = format!("no answers lead to the outcome “{id}”");
            findings.error(&located.path, problem, "Correct its “when”, or remove it.");
        } else {
            let problem = format!(
                "the outcome “{id}” never shows: “{}” is met first",
                hidden_by.join("”, “")
            );
            let remedy = "Move it up, or let the other ask for more in its “when”.";
            findings.error(&located.path, problem, remedy);
        }
    }
    if let Some(answers) = &seen.without_outcome
        && !guide.outcomes.is_empty()
    {
        let problem = format!("these answers have no outcome: {answers}");
        let remedy = "Add one for them; at the end one without “when” is for all the rest.";
        findings.warning("outcomes", problem, remedy);
    }
}

/// What residents with any combination of answers see.
#[derive(Default)]
struct Seen {
    combinations: usize,
    /// There are more combinations than were tried.
    is_incomplete: bool,
    questions: BTreeSet<String>,
    steps: BTreeSet<String>,
    evidence: BTreeSet<String>,
    fees: BTreeSet<String>,
    outcomes: BTreeSet<usize>,
    /// Pairs of an outcome that applied, and a later one whose condition was met as well.
    shadows: BTreeSet<(usize, usize)>,
    /// The first answers without an outcome, as text.
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
                seen.add(guide, &personal, &answers);
                if seen.combinations > MAX_COMBINATIONS {
                    seen.is_incomplete = true;
                    break;
                }
                continue;
            };
            // Reversed, so that the first options are tried first and reported for a missing outcome.
            for option in question.options.iter().rev() {
                let mut more = answers.clone();
                more.set(&question.id, &option.id);
                open.push(more);
            }
        }
        seen
    }

    fn add(&mut self, guide: &Guide, personal: &Personal, answers: &Answers) {
        self.combinations += 1;
        for question in personal.asked() {
            insert(&mut self.questions, &question.id);
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
            let pairs_text: Vec<String> = pairs
                .map(|(question, option)| format!("{question}={option}"))
                .collect();
            self.without_outcome = Some(pairs_text.join(", "));
        }
        // There are no steps for residents to whom the guide does not apply.
        if personal.outcome().is_none_or(|outcome| outcome.eligible) {
            for step in personal.steps() {
                insert(&mut self.steps, &step.id);
                self.add_evidence_and_fees(step, personal);
            }
        }
    }

    fn add_evidence_and_fees(&mut self, step: &Step, personal: &Personal) {
        let applies = |when: &Option<When>| personal.applies(when.as_ref()) != Applies::No;
        for one in step.evidence.iter().filter(|one| applies(&one.when)) {
            insert(&mut self.evidence, &one.id);
        }
        for one in step.fees.iter().filter(|one| applies(&one.when)) {
            insert(&mut self.fees, &one.id);
        }
    }
}

/// Inserts an id; allocates only if it is new, because most have been inserted thousands of times.
fn insert(known: &mut BTreeSet<String>, id: &str) {
    if !known.contains(id) {
        known.insert(id.to_owned());
    }
}
