//! serde for the public types, for native tools only: the widget is built without this feature.
//!
//! A type is written as the document format has it (docs/guides.md), without what is absent, and read by the
//! same reader as a document. Where that reader ignores a value that does not fit, deserializing fails and names
//! it; unknown keys are ignored by both. The language of keywords is not part of the model: they are written
//! as one list.

use crate::reading::read_pairs;
use crate::text::is_language;
use crate::*;
use json::{Fields, Node, Value};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

/// Implements both traits of serde by a function that writes a [`Value`] and one that reads a [`Node`].
macro_rules! through_json {
    ($($type:ty, $write:expr, $read:expr;)*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let write: fn(&$type) -> Value = $write;
                write(self).serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let read: fn(Node) -> Option<$type> = $read;
                let value = Value::deserialize(deserializer)?;
                let (read, diagnostics) = json::read_value(&value, read);
                match (read, diagnostics.invalid_values.first()) {
                    (Some(read), None) => Ok(read),
                    (_, invalid) => Err(D::Error::custom(match invalid {
                        Some(invalid) if invalid.path.is_empty() => {
                            format!("expected {}", invalid.expected)
                        }
                        Some(invalid) => format!("{}: expected {}", invalid.path, invalid.expected),
                        None => "expected another value".to_owned(),
                    })),
                }
            }
        }
    )*};
}

through_json! {
    Guide, write_guide, |node| object(node, Guide::read);
    Question, write_question, |node| object(node, Question::read);
    Choice, write_choice, |node| object(node, Choice::read);
    Outcome, write_outcome, |node| object(node, Outcome::read);
    Step, write_step, |node| object(node, Step::read);
    Who, |who| word(Who::WORDS, who), |node| node.one_of(Who::WORDS);
    Choose, |choose| word(Choose::WORDS, choose), |node| node.one_of(Choose::WORDS);
    Evidence, write_evidence, |node| object(node, Evidence::read);
    Fee, write_fee, |node| object(node, Fee::read);
    Refusal, write_refusal, |node| object(node, Refusal::read);
    Related, write_related, |node| object(node, Related::read);
    Scenario, write_scenario, |node| object(node, Scenario::read);
    Index, write_index, |node| object(node, Index::read);
    Entry, write_entry, |node| object(node, Entry::read);
    Office, write_office, |node| object(node, Office::read);
    OfficeRef, write_office_ref, |node| Some(OfficeRef::read(node));
    Hours, write_hours, |node| object(node, Hours::read);
    Day, |day| word(Day::WORDS, day), |node| node.one_of(Day::WORDS);
    Action, write_action, Action::read;
    Calendar, write_calendar, |node| object(node, Calendar::read);
    Time, write_time, |node| object(node, Time::read);
    Duration, |duration| duration.to_string().into(), |node| Duration::read(&node);
    When, write_when, |node| When::read(&node);
    Text, write_text, |node| Some(Text::read(&node));
    Rich, write_rich, |node| Some(Rich::read(&node));
    Span, write_span, Span::read;
    Block, write_block, Block::read;
    Answers, |answers| write_pairs(answers.pairs()), |node| {
        let pairs = object(node, read_pairs)?;
        Some(pairs.iter().map(|(question, option)| (question.as_str(), option.as_str())).collect())
    };
}

fn object<T>(node: Node, read: fn(&Fields) -> T) -> Option<T> {
    Some(node.object(read))
}

/// An object of the fields that are present.
fn fields(fields: Vec<(&str, Option<Value>)>) -> Value {
    let fields = fields.into_iter();
    Value::object(
        fields
            .filter_map(|(name, value)| Some((name, value?)))
            .collect(),
    )
}

fn word<T: PartialEq>(words: &[(&str, T)], meaning: &T) -> Value {
    let found = words.iter().find(|(_, known)| known == meaning);
    found.map_or(Value::Null, |(word, _)| (*word).into())
}

fn string(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| text.into())
}

fn optional_string(text: &Option<String>) -> Option<Value> {
    text.as_deref().map(Value::from)
}

fn optional<T>(value: &Option<T>, write: fn(&T) -> Value) -> Option<Value> {
    value.as_ref().map(write)
}

fn list<T>(items: &[T], write: fn(&T) -> Value) -> Option<Value> {
    (!items.is_empty()).then(|| Value::List(items.iter().map(write).collect()))
}

fn strings(texts: &[String]) -> Option<Value> {
    (!texts.is_empty()).then(|| Value::texts(texts))
}

fn flag(flag: bool) -> Option<Value> {
    flag.then(|| flag.into())
}

fn text(text: &Text) -> Option<Value> {
    (!text.entries().is_empty()).then(|| write_text(text))
}

/// A whole number is written without a decimal point.
fn number(number: f64) -> Value {
    Value::Number(number.to_string())
}

fn write_guide(guide: &Guide) -> Value {
    fields(vec![
        ("id", Some(guide.id.as_str().into())),
        ("language", optional_string(&guide.language)),
        ("title", text(&guide.title)),
        ("topic", text(&guide.topic)),
        ("summary", text(&guide.summary)),
        ("keywords", strings(&guide.keywords)),
        ("office", optional(&guide.office, write_office_ref)),
        ("output", text(&guide.output)),
        ("time", time(&guide.time)),
        ("currency", optional_string(&guide.currency)),
        ("questions", list(&guide.questions, write_question)),
        ("outcomes", list(&guide.outcomes, write_outcome)),
        ("steps", list(&guide.steps, write_step)),
        ("refusal", refusal(&guide.refusal)),
        (
            "related",
            (guide.related != Related::default()).then(|| write_related(&guide.related)),
        ),
        ("reviewed", optional_string(&guide.reviewed)),
        (
            "review_months",
            guide.review_months.map(|months| i64::from(months).into()),
        ),
        ("scenarios", list(&guide.scenarios, write_scenario)),
    ])
}

fn write_question(question: &Question) -> Value {
    fields(vec![
        ("id", Some(question.id.as_str().into())),
        ("label", text(&question.label)),
        ("hint", text(&question.hint)),
        ("options", list(&question.options, write_choice)),
        ("when", optional(&question.when, write_when)),
    ])
}

fn write_choice(choice: &Choice) -> Value {
    fields(vec![
        ("id", Some(choice.id.as_str().into())),
        ("label", text(&choice.label)),
    ])
}

fn write_outcome(outcome: &Outcome) -> Value {
    fields(vec![
        ("id", Some(outcome.id.as_str().into())),
        ("when", optional(&outcome.when, write_when)),
        ("eligible", (!outcome.eligible).then(|| false.into())),
        ("title", text(&outcome.title)),
        ("text", list(&outcome.text, write_block)),
        ("try", list(&outcome.instead, write_action)),
    ])
}

fn write_step(step: &Step) -> Value {
    fields(vec![
        ("id", string(&step.id)),
        ("title", text(&step.title)),
        ("text", list(&step.text, write_block)),
        (
            "who",
            (step.who != Who::default()).then(|| word(Who::WORDS, &step.who)),
        ),
        ("actor", text(&step.actor)),
        ("office", optional(&step.office, write_office_ref)),
        ("optional", flag(step.optional)),
        ("time", time(&step.time)),
        ("when", optional(&step.when, write_when)),
        ("after", strings(&step.after)),
        ("evidence", list(&step.evidence, write_evidence)),
        ("fees", list(&step.fees, write_fee)),
        ("refusal", refusal(&step.refusal)),
        ("action", optional(&step.action, write_action)),
        (
            "choose",
            (step.choose != Choose::default()).then(|| word(Choose::WORDS, &step.choose)),
        ),
        ("steps", list(&step.steps, write_step)),
    ])
}

fn write_evidence(evidence: &Evidence) -> Value {
    fields(vec![
        ("id", Some(evidence.id.as_str().into())),
        ("title", text(&evidence.title)),
        ("text", text(&evidence.text)),
        ("without", text(&evidence.without)),
        ("optional", flag(evidence.optional)),
        ("when", optional(&evidence.when, write_when)),
    ])
}

fn write_fee(fee: &Fee) -> Value {
    fields(vec![
        ("id", Some(fee.id.as_str().into())),
        ("title", text(&fee.title)),
        ("amount", Some(number(fee.amount))),
        ("to", fee.to.map(number)),
        ("waiver", text(&fee.waiver)),
        ("pay", text(&fee.pay)),
        ("when", optional(&fee.when, write_when)),
    ])
}

fn refusal(refusal: &Refusal) -> Option<Value> {
    (!refusal.is_empty()).then(|| write_refusal(refusal))
}

fn write_refusal(refusal: &Refusal) -> Value {
    fields(vec![
        ("text", list(&refusal.text, write_block)),
        ("appeal", list(&refusal.appeal, write_block)),
    ])
}

fn write_related(related: &Related) -> Value {
    fields(vec![
        ("guides", strings(&related.guides)),
        ("services", strings(&related.services)),
    ])
}

fn write_scenario(scenario: &Scenario) -> Value {
    let expected = |ids: &Option<Vec<String>>| ids.as_deref().map(Value::texts);
    let outcome = |outcome: &Option<String>| outcome.as_deref().map_or(Value::Null, Value::from);
    fields(vec![
        ("name", Some(scenario.name.as_str().into())),
        (
            "answers",
            (!scenario.answers.is_empty()).then(|| write_pairs(&scenario.answers)),
        ),
        ("outcome", scenario.outcome.as_ref().map(outcome)),
        ("steps", expected(&scenario.steps)),
        ("evidence", expected(&scenario.evidence)),
        ("fees", expected(&scenario.fees)),
    ])
}

fn write_pairs(pairs: &[(String, String)]) -> Value {
    let pairs = pairs.iter();
    Value::object(
        pairs
            .map(|(name, value)| (name.as_str(), value.as_str().into()))
            .collect(),
    )
}

fn write_index(index: &Index) -> Value {
    fields(vec![
        ("guides", list(&index.guides, write_entry)),
        ("offices", list(&index.offices, write_office)),
        ("holidays", strings(&index.holidays)),
    ])
}

fn write_entry(entry: &Entry) -> Value {
    fields(vec![
        ("id", Some(entry.id.as_str().into())),
        ("title", text(&entry.title)),
        ("summary", text(&entry.summary)),
        ("topic", text(&entry.topic)),
        ("keywords", strings(&entry.keywords)),
        ("url", Some(entry.url.as_str().into())),
    ])
}

fn write_office(office: &Office) -> Value {
    fields(vec![
        ("id", string(&office.id)),
        ("name", text(&office.name)),
        ("phone", optional_string(&office.phone)),
        ("email", optional_string(&office.email)),
        ("address", text(&office.address)),
        ("hours", list(&office.hours, write_hours)),
        ("closed", strings(&office.closed)),
        ("accessibility", text(&office.accessibility)),
        ("note", text(&office.note)),
        ("map", optional_string(&office.map)),
    ])
}

fn write_office_ref(office: &OfficeRef) -> Value {
    match office {
        OfficeRef::Id(id) => id.as_str().into(),
        OfficeRef::Here(office) => write_office(office),
    }
}

fn write_hours(hours: &Hours) -> Value {
    fields(vec![
        ("days", list(&hours.days, |day| word(Day::WORDS, day))),
        ("opens", Some(hours.opens.as_str().into())),
        ("closes", Some(hours.closes.as_str().into())),
    ])
}

fn write_action(action: &Action) -> Value {
    let mut all = vec![("label", text(&action.label))];
    match &action.kind {
        ActionKind::Service { service, prefill } => {
            all.push(("service", Some(service.as_str().into())));
            all.push(("prefill", write_prefill(prefill)));
        }
        ActionKind::Address { url } => all.push(("url", Some(url.as_str().into()))),
        ActionKind::Phone { phone } => all.push(("phone", Some(phone.as_str().into()))),
        ActionKind::Guide { guide } => all.push(("guide", Some(guide.as_str().into()))),
        ActionKind::Download { download } => {
            all.push(("download", Some(download.as_str().into())));
        }
        ActionKind::Calendar { calendar } => {
            all.push(("calendar", Some(write_calendar(calendar))));
        }
    }
    fields(all)
}

fn write_prefill(prefill: &[(String, Prefill)]) -> Option<Value> {
    let write = |value: &Prefill| match value {
        Prefill::One(text) => text.as_str().into(),
        Prefill::Many(keys) => Value::texts(keys),
        Prefill::Answer { answer } => Value::object(vec![("answer", answer.as_str().into())]),
    };
    let prefill: Vec<(&str, Value)> = prefill
        .iter()
        .map(|(code, value)| (code.as_str(), write(value)))
        .collect();
    (!prefill.is_empty()).then(|| Value::object(prefill))
}

fn write_calendar(calendar: &Calendar) -> Value {
    let duration = |duration: &Option<Duration>| duration.map(|time| time.to_string().into());
    fields(vec![
        ("title", text(&calendar.title)),
        ("place", text(&calendar.place)),
        ("text", text(&calendar.text)),
        ("dates", strings(&calendar.dates)),
        ("in", duration(&calendar.from_now)),
        (
            "minutes",
            calendar.minutes.map(|minutes| i64::from(minutes).into()),
        ),
        ("remind", duration(&calendar.remind)),
    ])
}

fn time(time: &Time) -> Option<Value> {
    (!time.is_empty()).then(|| write_time(time))
}

fn write_time(time: &Time) -> Value {
    let duration = |duration: Option<Duration>| duration.map(|time| time.to_string().into());
    fields(vec![
        ("usual", duration(time.usual)),
        ("most", duration(time.most)),
    ])
}

fn write_when(when: &When) -> Value {
    let options = |options: &[String]| match options {
        [one] => one.as_str().into(),
        several => Value::texts(several),
    };
    let all_of = |all: &Vec<(String, Vec<String>)>| {
        let all = all.iter();
        Value::object(
            all.map(|(question, any)| (question.as_str(), options(any)))
                .collect(),
        )
    };
    match when.any() {
        [all] => all_of(all),
        any => Value::List(any.iter().map(all_of).collect()),
    }
}

fn write_text(text: &Text) -> Value {
    by_language(text.entries(), |words| words.as_str().into())
}

fn write_rich(rich: &Rich) -> Value {
    by_language(rich.entries(), |spans| match spans.as_slice() {
        [Span::Words(words)] => words.as_str().into(),
        spans => Value::List(spans.iter().map(write_span).collect()),
    })
}

/// An entry for all languages is written alone, any others under their language tags.
fn by_language<T>(entries: &[(String, T)], write: fn(&T) -> Value) -> Value {
    match entries {
        [(tag, only)] if tag.is_empty() => write(only),
        entries => {
            let entries = entries.iter();
            Value::object(
                entries
                    .map(|(tag, value)| (tag.as_str(), write(value)))
                    .collect(),
            )
        }
    }
}

fn write_span(span: &Span) -> Value {
    match span {
        Span::Words(words) => words.as_str().into(),
        Span::Emphasis(words) => Value::object(vec![("emphasis", words.as_str().into())]),
        Span::Link(words, target) => {
            let (key, value) = match target {
                Target::Address(address) => ("link", address),
                Target::Guide(id) => ("guide", id),
                Target::Service(code) => ("service", code),
                Target::Phone(phone) => ("phone", phone),
            };
            Value::object(vec![
                ("text", words.as_str().into()),
                (key, value.as_str().into()),
            ])
        }
    }
}

fn write_block(block: &Block) -> Value {
    match block {
        Block::Paragraph(rich) => write_paragraph(rich),
        Block::List { is_numbered, items } => {
            let key = if *is_numbered { "numbered" } else { "list" };
            let items = items.iter().map(write_rich).collect();
            Value::object(vec![(key, Value::List(items))])
        }
    }
}

/// A paragraph by language is named as one only if its first key could be taken for something else.
fn write_paragraph(rich: &Rich) -> Value {
    match write_rich(rich) {
        Value::Map(entries) if !entries.first().is_some_and(|(tag, _)| is_language(tag)) => {
            Value::object(vec![("paragraph", Value::Map(entries))])
        }
        value => value,
    }
}
