//! The codes of services in a dialect, and back.

use rusqlite::Transaction;
use serde_json::{Value, json};

use crate::json::{as_text, text_field};
use crate::store::services;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeFormat {
    /// The city's own, such as `pothole`.
    Internal,
    /// 24 hexadecimal digits.
    Hex,
    Number,
    /// A number as text.
    Digits,
    /// The name of the service.
    Name,
}

/// The code of each service inside the city and in the dialect.
pub(crate) struct ServiceCodes(Vec<Entry>);

struct Entry {
    internal: String,
    external: Value,
}

impl ServiceCodes {
    pub(crate) fn read(tx: &Transaction, format: CodeFormat) -> rusqlite::Result<Self> {
        let services = services::all(tx)?;
        let entries = services.iter().enumerate().map(|(index, service)| {
            let internal = text_field(&service.row, "service_code").unwrap_or_default();
            let external = match format {
                CodeFormat::Internal => json!(internal),
                CodeFormat::Hex => json!(hex(&internal)),
                CodeFormat::Number => json!(index + 101),
                CodeFormat::Digits => json!((index + 1101).to_string()),
                CodeFormat::Name => json!(service.name()),
            };
            Entry { internal, external }
        });
        Ok(ServiceCodes(entries.collect()))
    }

    pub(crate) fn external(&self, internal: &str) -> Value {
        let entry = self.0.iter().find(|entry| entry.internal == internal);
        entry.map_or_else(|| json!(internal), |entry| entry.external.clone())
    }

    /// An unknown code is not changed, so that the error message names it.
    pub(crate) fn internal(&self, external: &str) -> String {
        let found = self
            .0
            .iter()
            .find(|entry| as_text(&entry.external).as_deref() == Some(external));
        found.map_or_else(|| external.to_owned(), |entry| entry.internal.clone())
    }

    /// Replaces the codes of services in the city's own files: its config, its guides, its notices. A
    /// guide has them in actions, in spans of text and in `related`. The codes of attributes and the
    /// keys of their values, which a `prefill` contains, are the same in every dialect; a dialect can
    /// only leave attributes out.
    pub(crate) fn translate(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (name, field) in fields {
                    match name.as_str() {
                        "popular" | "services" | "service" => self.translate_codes(field),
                        // Their keys are codes of attributes and ids of questions.
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
            Value::String(code) => {
                // In these files a code is always text.
                if let Some(text) = as_text(&self.external(code)) {
                    *code = text;
                }
            }
            other => self.translate(other),
        }
    }
}

/// Twelve bytes that depend only on the code (FNV-1a, and once more from its result).
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
    fn only_the_codes_of_services_in_a_guide_are_replaced() {
        let codes = ServiceCodes(vec![Entry {
            internal: "cart".into(),
            external: json!(101),
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
        codes.translate(&mut guide);
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
    fn hexadecimal_codes_have_24_digits_and_differ() {
        assert_eq!(hex("pothole").len(), 24);
        assert_ne!(hex("pothole"), hex("sidewalk"));
    }
}
