//! What services and requests are called outside: codes and numbers, and the way back.

use rusqlite::Transaction;
use serde_json::{Value, json};

use crate::store::requests::as_text;
use crate::store::services;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Codes {
    Own,
    /// 24 hexadecimal digits.
    Hex,
    Number,
    /// A number as text.
    Digits,
    /// The service's name.
    Name,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ids {
    Own,
    /// 26-01187 as the number 2601187.
    Number,
    /// The same digits as text, after this.
    Digits(&'static str),
}

/// The city's services as this dialect calls them.
pub(crate) struct Catalog(Vec<Entry>);

struct Entry {
    own: String,
    outside: Value,
}

impl Catalog {
    pub(crate) fn read(tx: &Transaction, codes: Codes) -> Result<Self, crate::answer::Failure> {
        let services = services::all(tx)?;
        let entries = services.iter().enumerate().map(|(place, service)| {
            let own = service.row.get("service_code").and_then(as_text);
            let own = own.unwrap_or_default();
            let outside = match codes {
                Codes::Own => json!(own),
                Codes::Hex => json!(hex(&own)),
                Codes::Number => json!(place + 101),
                Codes::Digits => json!((place + 1101).to_string()),
                Codes::Name => json!(service.text("service_name")),
            };
            Entry { own, outside }
        });
        Ok(Catalog(entries.collect()))
    }

    /// What a service is called outside.
    pub(crate) fn outside(&self, own: &str) -> Value {
        let entry = self.0.iter().find(|entry| entry.own == own);
        entry.map_or_else(|| json!(own), |entry| entry.outside.clone())
    }

    /// The city's own code. A name that is not known is kept: the refusal will tell it.
    pub(crate) fn own(&self, outside: &str) -> String {
        let found = self
            .0
            .iter()
            .find(|entry| as_text(&entry.outside).as_deref() == Some(outside));
        found.map_or_else(|| outside.to_owned(), |entry| entry.own.clone())
    }

    /// The codes of services in the city's own files: its config, its guides, its notices. In a guide
    /// they stand in actions, in spans of text and among what is related. The codes of attributes and
    /// the keys of their values, which a `prefill` names, are the same in every dialect; one may leave
    /// an attribute out.
    pub(crate) fn translate(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (name, field) in fields {
                    match name.as_str() {
                        "popular" | "services" | "service" => self.translate_codes(field),
                        // There the names are the city's own: of attributes, and of questions.
                        "prefill" | "when" | "answers" => {}
                        _ => self.translate(field),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.translate(item)),
            _ => {}
        }
    }

    fn translate_codes(&self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.translate_codes(item)),
            Value::String(own) => {
                // There a code is always text.
                if let Some(text) = as_text(&self.outside(own)) {
                    *own = text;
                }
            }
            other => self.translate(other),
        }
    }
}

impl Ids {
    pub(super) fn outside(self, own: &str) -> Value {
        let digits: String = own.chars().filter(char::is_ascii_digit).collect();
        match self {
            Ids::Own => json!(own),
            Ids::Number => digits
                .parse::<u64>()
                .map_or_else(|_| json!(own), |id| json!(id)),
            Ids::Digits(before) => json!(format!("{before}{digits}")),
        }
    }

    pub(super) fn own(self, outside: &str) -> String {
        let digits = match self {
            Ids::Own => return outside.to_owned(),
            Ids::Number => outside,
            Ids::Digits(before) => outside.strip_prefix(before).unwrap_or_default(),
        };
        match digits.split_at_checked(2) {
            Some((year, number)) if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
                format!("{year}-{number}")
            }
            _ => outside.to_owned(),
        }
    }
}

/// Twelve bytes that stay the same for the same code (FNV-1a, and once more from its end).
fn hex(code: &str) -> String {
    let hash = |seed: u64| {
        code.bytes().fold(seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
    };
    let first = hash(0xcbf2_9ce4_8422_2325);
    format!("{first:016x}{:08x}", hash(first) & 0xffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_translated_wherever_a_guide_names_them_and_nothing_else_is() {
        let catalog = Catalog(vec![Entry {
            own: "cart".into(),
            outside: json!(101),
        }]);
        let mut guide = json!({
            "id": "cart",
            "questions": [{ "id": "service", "when": { "service": "cart" } }],
            "outcomes": [{ "try": [{ "service": "cart" }] }],
            "steps": [{
                "text": [
                    { "en": ["Get ", { "text": "a cart", "service": "cart" }], "es": "cart" },
                    { "list": [[{ "text": "cart", "service": "cart" }]] }
                ],
                "steps": [{ "action": { "service": "cart", "prefill": { "service": "cart" } } }]
            }],
            "related": { "guides": ["cart"], "services": ["cart", "unknown"] },
            "scenarios": [{ "answers": { "service": "cart" } }]
        });
        catalog.translate(&mut guide);
        for (pointer, value) in [
            ("/outcomes/0/try/0/service", "101"),
            ("/steps/0/text/0/en/1/service", "101"),
            ("/steps/0/text/1/list/0/0/service", "101"),
            ("/steps/0/steps/0/action/service", "101"),
            ("/related/services/0", "101"),
            ("/related/services/1", "unknown"),
            ("/id", "cart"),
            ("/questions/0/when/service", "cart"),
            ("/steps/0/text/0/es", "cart"),
            ("/steps/0/text/1/list/0/0/text", "cart"),
            ("/steps/0/steps/0/action/prefill/service", "cart"),
            ("/related/guides/0", "cart"),
            ("/scenarios/0/answers/service", "cart"),
        ] {
            assert_eq!(guide.pointer(pointer), Some(&json!(value)), "{pointer}");
        }
    }

    #[test]
    fn a_number_finds_its_way_back() {
        for (ids, outside) in [
            (Ids::Own, json!("26-01187")),
            (Ids::Number, json!(2_601_187)),
            (Ids::Digits("A-"), json!("A-2601187")),
            (Ids::Digits("10100"), json!("101002601187")),
        ] {
            assert_eq!(ids.outside("26-01187"), outside);
            assert_eq!(ids.own(&as_text(&outside).unwrap()), "26-01187");
            for other in ["none", "", "A-x"] {
                assert_eq!(ids.own(other), other, "{ids:?}");
            }
        }
        assert_eq!(hex("pothole").len(), 24);
        assert_ne!(hex("pothole"), hex("sidewalk"));
    }
}
