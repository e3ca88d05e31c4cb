//! An attribute of a service definition: one question, or a notice between the questions.

use serde::Deserialize;
use serde_json::Value;

use super::conditions::{Answers, ConditionGroup};
use crate::json::{lenient, lenient_list, lenient_text};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Attribute {
    /// An attribute without a code cannot be answered.
    #[serde(deserialize_with = "lenient_text")]
    pub(crate) code: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub(crate) datatype: String,
    #[serde(deserialize_with = "lenient")]
    pub(crate) description: String,
    #[serde(deserialize_with = "lenient")]
    variable: Option<bool>,
    #[serde(deserialize_with = "lenient")]
    pub(crate) required: bool,
    automated: Option<Value>,
    #[serde(deserialize_with = "lenient_list")]
    pub(crate) values: Option<Vec<OfferedValue>>,
    #[serde(deserialize_with = "lenient")]
    dependencies: Option<ConditionGroup>,
    #[serde(alias = "conditionalValues", deserialize_with = "lenient_list")]
    conditional_values: Option<Vec<ConditionalValues>>,
    #[serde(deserialize_with = "lenient_list")]
    stops: Option<Vec<Stop>>,
}

/// A value to choose from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct OfferedValue {
    #[serde(deserialize_with = "lenient_text")]
    pub(crate) key: Option<String>,
    /// The message with which the form ends when this value is chosen.
    #[serde(deserialize_with = "lenient")]
    pub(crate) stop: Option<String>,
}

/// Values that are offered instead of the attribute's own while a condition is met.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ConditionalValues {
    #[serde(alias = "dependentOn", deserialize_with = "lenient")]
    dependent_on: Option<ConditionGroup>,
    #[serde(deserialize_with = "lenient_list")]
    values: Option<Vec<OfferedValue>>,
}

/// A condition under which the request is not for this form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Stop {
    #[serde(flatten)]
    condition: ConditionGroup,
    #[serde(deserialize_with = "lenient")]
    message: Option<String>,
}

impl Attribute {
    /// Whether it is a question; else it is a notice.
    pub(crate) fn is_question(&self) -> bool {
        self.variable != Some(false)
    }

    /// Whether the server fills it in. A form never shows it, even if it is required.
    pub(crate) fn is_automated(&self) -> bool {
        self.automated.is_some()
    }

    /// Whether several answers are allowed.
    pub(crate) fn is_multiple(&self) -> bool {
        self.datatype == "multivaluelist"
    }

    pub(crate) fn is_choice(&self) -> bool {
        self.datatype.ends_with("valuelist")
    }

    pub(crate) fn is_conditional(&self) -> bool {
        self.dependencies.is_some()
    }

    /// Whether it is asked, given the other answers. An unreadable condition hides nothing.
    pub(crate) fn is_asked(&self, answers: &Answers) -> bool {
        let group = self.dependencies.as_ref();
        group.is_none_or(|group| group.is_met(answers, true))
    }

    /// The values to choose from: those of the first `conditional_values` whose condition is met,
    /// else the attribute's own. An unreadable condition selects nothing.
    pub(crate) fn offered_values(&self, answers: &Answers) -> &[OfferedValue] {
        let alternatives = self.conditional_values.iter().flatten();
        let met = alternatives.into_iter().find(|alternative| {
            let group = alternative.dependent_on.as_ref();
            group.is_some_and(|group| group.is_met(answers, false))
        });
        let values = met.map_or(&self.values, |alternative| &alternative.values);
        values.as_deref().unwrap_or_default()
    }

    pub(crate) fn has_conditional_values(&self) -> bool {
        self.conditional_values.is_some()
    }

    /// Why the request is not for this form: the first message of `stops` whose condition is met.
    /// An unreadable condition stops nobody.
    pub(crate) fn stop_message(&self, answers: &Answers) -> Option<&str> {
        let stops = self.stops.iter().flatten();
        stops
            .filter(|stop| stop.condition.is_met(answers, false))
            .find_map(|stop| stop.message.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn answers() -> Answers {
        Answers::from([
            ("pet".to_owned(), vec!["dog".to_owned()]),
            ("age".to_owned(), vec!["12".to_owned()]),
        ])
    }

    fn attribute(value: &Value) -> Attribute {
        Attribute::deserialize(value).unwrap()
    }

    fn group(code: &str, op: &str, value: Value) -> Value {
        json!({
            "clause": "AND",
            "conditions": [{ "attribute": code, "op": op, "value": value }],
        })
    }

    fn keys(values: &[OfferedValue]) -> Vec<&str> {
        values
            .iter()
            .filter_map(|value| value.key.as_deref())
            .collect()
    }

    #[test]
    fn an_unreadable_condition_hides_nothing_selects_nothing_and_stops_nobody() {
        for broken in [
            group("pet", "like", json!("x")),
            json!({ "clause": "AND", "conditions": [{ "op": "eq", "value": "x" }] }),
            json!({ "clause": "AND", "conditions": [{ "attribute": "pet", "op": "eq" }] }),
            json!({ "clause": "OR", "conditions": [
                { "attribute": "pet", "op": "in", "value": "x" }] }),
            json!({ "clause": "OR", "conditions": [
                { "attribute": "age", "op": "gt", "value": "many" }] }),
            json!({ "clause": "OR", "conditions": [] }),
            json!({ "clause": "AND" }),
            json!("always"),
        ] {
            let mut stop = broken.clone();
            if let Some(fields) = stop.as_object_mut() {
                fields.insert("message".into(), json!("no"));
            }
            let attribute = attribute(&json!({
                "dependencies": broken,
                "stops": [stop],
                "conditional_values": [{ "dependent_on": broken, "values": [{ "key": 1 }] }],
            }));
            assert!(attribute.is_asked(&answers()), "{broken}");
            assert_eq!(attribute.stop_message(&answers()), None, "{broken}");
            assert!(attribute.offered_values(&answers()).is_empty(), "{broken}");
        }
        assert!(attribute(&json!({})).is_asked(&answers()));
    }

    #[test]
    fn the_first_conditional_values_that_are_met_are_offered_in_both_spellings() {
        for (list, on) in [
            ("conditional_values", "dependent_on"),
            ("conditionalValues", "dependentOn"),
        ] {
            for (pets, expected) in [
                (["dog", "dog"], "first"),
                (["cat", "dog"], "second"),
                (["cat", "cat"], "own"),
            ] {
                let value = json!({ "values": [{ "key": "own" }], list: [
                    { on: group("pet", "eq", json!(pets[0])), "values": [{ "key": "first" }] },
                    { on: group("pet", "eq", json!(pets[1])), "values": [{ "key": "second" }] },
                ] });
                let attribute = attribute(&value);
                assert_eq!(
                    keys(attribute.offered_values(&answers())),
                    [expected],
                    "{value}"
                );
            }
        }
    }

    #[test]
    fn a_stop_gives_its_message_when_its_condition_is_met() {
        for (bound, message) in [(10.5, Some("Too old.")), (12.0, None)] {
            let mut stop = group("age", "gt", json!(bound));
            stop["message"] = json!("Too old.");
            let attribute = attribute(&json!({ "stops": [stop] }));
            assert_eq!(attribute.stop_message(&answers()), message);
        }
    }

    #[test]
    fn fields_of_the_wrong_type_count_as_missing() {
        let attribute = attribute(&json!({
            "code": 7,
            "required": "true",
            "variable": "false",
            "automated": null,
            "values": "none",
            "stops": { "message": "no" },
        }));
        assert_eq!(attribute.code.as_deref(), Some("7"));
        assert!(attribute.is_question() && !attribute.required && !attribute.is_automated());
        assert!(attribute.values.is_none() && attribute.stop_message(&answers()).is_none());
    }
}
