//! Parses the column `action`: `service:CODE`, `guide:ID`, `tel:311`, `download:…`, or a URL.

use super::document::ActionTarget;

/// The target of an action; `None` if the cell is none of the known kinds.
pub(super) fn parse(text: &str) -> Option<ActionTarget> {
    type Variant = fn(String) -> ActionTarget;
    const PREFIXES: [(&str, Variant); 4] = [
        ("service:", ActionTarget::Service),
        ("guide:", ActionTarget::Guide),
        ("tel:", ActionTarget::Phone),
        ("download:", ActionTarget::Download),
    ];
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    for (prefix, variant) in PREFIXES {
        if lower.starts_with(prefix) {
            let value = text.get(prefix.len()..)?.trim();
            return (!value.is_empty()).then(|| variant(value.to_owned()));
        }
    }
    let is_url = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme));
    is_url.then(|| ActionTarget::Url(text.to_owned()))
}
