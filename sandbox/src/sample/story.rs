//! How a request went: an outcome is drawn, and the steps up to now are told in the city's words.

use jiff::{Timestamp, ToSpan};
use serde_json::Value;

use super::random::Random;
use crate::clock::Zone;
use crate::store::stage::Stage;
use crate::store::steps::{Author, Step};

/// What is known of a request before its story begins.
pub(super) struct Case {
    pub(super) requested: Timestamp,
    pub(super) now: Timestamp,
    pub(super) code: String,
    pub(super) agency: String,
    pub(super) done_days: u32,
    /// The work is done at a desk: no crew goes out.
    pub(super) desk: bool,
    /// The earlier request that this one repeats.
    pub(super) twin: Option<String>,
}

impl Case {
    /// Where the words for this kind of work stand in the notes.
    fn words(&self, moment: &str) -> String {
        format!("/{}/{moment}", if self.desk { "desk" } else { "crew" })
    }
}

/// The city's words for what happens, from `data/notes.json`.
pub(super) struct Notes(Value);

impl Notes {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        serde_json::from_str(text)
            .map(Notes)
            .map_err(|error| error.to_string())
    }

    fn pick(&self, pointer: &str, random: &mut Random) -> Option<&Value> {
        let items = self.0.pointer(pointer).and_then(Value::as_array)?;
        random.pick(items)
    }

    fn text(&self, pointer: &str, random: &mut Random) -> String {
        self.pick(pointer, random)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }
}

enum Outcome {
    OnTime,
    Late,
    Declined,
    /// The promise passes and nobody says a word: what the city promises never to do.
    Forgotten,
    Duplicate(String),
}

/// The steps that have happened by now, oldest first.
pub(super) fn steps(case: &Case, notes: &Notes, random: &mut Random, zone: &Zone) -> Vec<Step> {
    let mut steps = vec![Step::by_city(
        case.requested,
        Some(Stage::Received),
        "Received",
    )];
    match outcome(case, random) {
        Outcome::Duplicate(other) => {
            let note = notes.text("/duplicate", random).replace("{other}", &other);
            steps.push(closing(after(case, zone, random, 1), "duplicate", &note));
        }
        Outcome::Declined => {
            steps.push(seen(case, notes, random, zone));
            let at = after(case, zone, random, case.done_days.min(4));
            steps.extend(declined(case, notes, random, at));
        }
        Outcome::Forgotten => steps.push(seen(case, notes, random, zone)),
        Outcome::OnTime => {
            steps.push(seen(case, notes, random, zone));
            steps.extend(handover(case, notes, random, zone));
            let days = 1 + random.below(case.done_days);
            steps.push(done(case, notes, random, zone, days));
        }
        Outcome::Late => {
            steps.push(seen(case, notes, random, zone));
            steps.extend(handover(case, notes, random, zone));
            let late_by = 1 + random.below(case.done_days.max(3));
            // Half of the new dates are kept, the others are missed by a day.
            let new_days = case.done_days + late_by - u32::from(late_by.is_multiple_of(2));
            let expected = zone.working_days_later(case.requested, new_days);
            let note = notes
                .text(&case.words("waiting"), random)
                .replace("{date}", &day(zone, expected));
            let at = after(case, zone, random, case.done_days.saturating_sub(1));
            let mut waiting = Step::by_city(at, Some(Stage::Waiting), &note);
            waiting.expected = Some(expected);
            steps.push(waiting);
            if random.percent(25) {
                let mut word = Step::by_city(
                    after(case, zone, random, case.done_days + 1),
                    None,
                    &notes.text("/resident", random),
                );
                word.author = Author::Resident;
                steps.push(word);
            }
            steps.push(done(case, notes, random, zone, case.done_days + late_by));
        }
    }
    in_order(steps, case.now)
}

fn outcome(case: &Case, random: &mut Random) -> Outcome {
    if let Some(other) = &case.twin {
        return Outcome::Duplicate(other.clone());
    }
    match random.below(100) {
        0..70 => Outcome::OnTime,
        70..89 => Outcome::Late,
        89..94 => Outcome::Forgotten,
        _ => Outcome::Declined,
    }
}

fn seen(case: &Case, notes: &Notes, random: &mut Random, zone: &Zone) -> Step {
    let note = notes
        .text(&case.words("seen"), random)
        .replace("{agency}", &case.agency);
    let days = random.below(2);
    Step::by_city(
        after(case, zone, random, days),
        Some(Stage::InProgress),
        &note,
    )
}

/// Of the work outdoors, one in eight came to the wrong office first.
fn handover(case: &Case, notes: &Notes, random: &mut Random, zone: &Zone) -> Option<Step> {
    if case.desk || !random.percent(12) {
        return None;
    }
    let handover = notes.pick("/handover", random)?;
    let to = handover
        .get("to")
        .and_then(Value::as_str)
        .filter(|to| *to != case.agency)?;
    let note = handover
        .get("note")
        .and_then(Value::as_str)?
        .replace("{agency}", &case.agency);
    let mut step = Step::by_city(after(case, zone, random, 1), Some(Stage::InProgress), &note);
    step.agency = Some(to.to_owned());
    step.status = Some("internal_referral".to_owned());
    Some(step)
}

/// Each way to say no has a reason, and a next step.
fn declined(case: &Case, notes: &Notes, random: &mut Random, at: Timestamp) -> Option<Step> {
    let declined = notes.pick(&case.words("declined"), random)?;
    let text = |name: &str| declined.get(name).and_then(Value::as_str);
    Some(closing(at, text("status")?, text("note")?))
}

fn done(case: &Case, notes: &Notes, random: &mut Random, zone: &Zone, days: u32) -> Step {
    let mut note = notes.text(&format!("/done/{}", case.code), random);
    if note.is_empty() {
        note = notes.text("/done/", random);
    }
    closing(after(case, zone, random, days), "closed", &note)
}

fn closing(at: Timestamp, status: &str, note: &str) -> Step {
    let mut step = Step::by_city(at, Some(Stage::Closed), note);
    step.status = Some(status.to_owned());
    step
}

fn after(case: &Case, zone: &Zone, random: &mut Random, days: u32) -> Timestamp {
    let (hour, minute) = (8 + random.below(9), random.below(60));
    working_moment(zone, case.requested, days, hour, minute)
}

/// So many working days later, at this hour of the city's clock.
pub(super) fn working_moment(
    zone: &Zone,
    from: Timestamp,
    days: u32,
    hour: u32,
    minute: u32,
) -> Timestamp {
    let day = zone.local(zone.working_days_later(from, days)).date();
    zone.at(day, hour, minute)
}

pub(super) fn day(zone: &Zone, at: Timestamp) -> String {
    zone.local(at).strftime("%a %-d %b").to_string()
}

/// Drawn hours may cross; a later step then follows shortly after the one before it.
fn in_order(mut steps: Vec<Step>, now: Timestamp) -> Vec<Step> {
    let mut last: Option<Timestamp> = None;
    for step in &mut steps {
        if let Some(last) = last
            && step.at <= last
        {
            step.at = last + 35.minutes();
        }
        last = Some(step.at);
    }
    steps.retain(|step| step.at <= now);
    steps
}
