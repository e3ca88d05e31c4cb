//! The ids of requests in a dialect, and back.

use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IdFormat {
    /// The city's own, such as `26-01187`.
    Internal,
    /// 26-01187 as the number 2601187.
    Number,
    /// The same digits as text, after this prefix.
    Digits(&'static str),
}

impl IdFormat {
    pub(super) fn external(self, internal: &str) -> Value {
        let digits: String = internal.chars().filter(char::is_ascii_digit).collect();
        match self {
            IdFormat::Internal => json!(internal),
            IdFormat::Number => digits
                .parse::<u64>()
                .map_or_else(|_| json!(internal), |id| json!(id)),
            IdFormat::Digits(prefix) => json!(format!("{prefix}{digits}")),
        }
    }

    /// An id that the dialect cannot have is not changed, so that the error message names it.
    pub(super) fn internal(self, external: &str) -> String {
        let digits = match self {
            IdFormat::Internal => return external.to_owned(),
            IdFormat::Number => external,
            IdFormat::Digits(prefix) => external.strip_prefix(prefix).unwrap_or_default(),
        };
        match digits.split_at_checked(2) {
            Some((year, number)) if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
                format!("{year}-{number}")
            }
            _ => external.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::as_text;

    #[test]
    fn an_external_id_leads_back_to_the_internal_one() {
        for (ids, external) in [
            (IdFormat::Internal, json!("26-01187")),
            (IdFormat::Number, json!(2_601_187)),
            (IdFormat::Digits("A-"), json!("A-2601187")),
            (IdFormat::Digits("10100"), json!("101002601187")),
        ] {
            assert_eq!(ids.external("26-01187"), external);
            assert_eq!(ids.internal(&as_text(&external).unwrap()), "26-01187");
            for other in ["none", "", "A-x"] {
                assert_eq!(ids.internal(other), other, "{ids:?}");
            }
        }
    }
}
