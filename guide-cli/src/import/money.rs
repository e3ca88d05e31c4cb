//! Parses amounts of money: `35`, `$35`, `35.50 USD`, `35-90`, `free`.

/// An amount or a range.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Money {
    pub(super) amount: f64,
    pub(super) to: Option<f64>,
    /// The currency (ISO 4217), if a symbol or a code is given.
    pub(super) currency: Option<String>,
}

/// Currency symbols. `$` alone means US dollars, unless the column `currency` has another currency.
const SYMBOLS: [(&str, &str); 5] = [
    ("us$", "USD"),
    ("ca$", "CAD"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
];

/// Parses a cell; `None` if it is not an amount.
pub(super) fn parse(text: &str) -> Option<Money> {
    let mut text = text.trim().to_lowercase();
    if matches!(text.as_str(), "free" | "none" | "no fee" | "gratis") {
        text = "0".to_owned();
    }
    let mut currency = None;
    for (symbol, code) in SYMBOLS {
        if text.contains(symbol) {
            text = text.replace(symbol, " ");
            currency.get_or_insert_with(|| code.to_owned());
        }
    }
    let mut letters = text.split_whitespace().filter(|word| word.len() == 3);
    let code = letters.find(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic()));
    if let Some(code) = code.map(str::to_owned) {
        currency = Some(code.to_uppercase());
        text = text.replace(&code, " ");
    }
    let text: String = text.split_whitespace().collect();
    let (amount, to) = match text.split_once(['-', '–']) {
        Some((amount, to)) => (number(amount)?, Some(number(to)?)),
        None => (number(&text)?, None),
    };
    to.is_none_or(|to| to >= amount).then_some(Money {
        amount,
        to,
        currency,
    })
}

/// Parses `1,200.50`, `1.200,50`, `35,5` and `1,200`. A separator before one or two final digits is the decimal one.
fn number(text: &str) -> Option<f64> {
    let is_plain = !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    if !is_plain {
        return None;
    }
    let last = text.rfind(['.', ',']);
    let decimals = last.and_then(|at| text.get(at + 1..)).unwrap_or_default();
    let has_decimals = last.is_some() && (1..=2).contains(&decimals.len());
    let whole = match last {
        Some(at) if has_decimals => text.get(..at)?,
        _ => text,
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let decimals = if has_decimals { decimals } else { "0" };
    format!("{whole}.{decimals}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_parsed_as_in_spreadsheets() {
        for (text, expected) in [
            ("35", Some((35.0, None, None))),
            ("$35", Some((35.0, None, Some("USD")))),
            ("35.50 USD", Some((35.5, None, Some("USD")))),
            ("35,50 €", Some((35.5, None, Some("EUR")))),
            ("$35-$90", Some((35.0, Some(90.0), Some("USD")))),
            ("1,200", Some((1200.0, None, None))),
            ("1.200,50", Some((1200.5, None, None))),
            ("Free", Some((0.0, None, None))),
            ("0", Some((0.0, None, None))),
            ("about 35", None),
            ("90-35", None),
            ("-5", None),
        ] {
            let found = parse(text);
            let found = found
                .as_ref()
                .map(|money| (money.amount, money.to, money.currency.as_deref()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
