//! Parses decimal numbers without the standard library's parser: `str::parse::<f64>` alone is 12 KB of
//! brotli, most of it tables that do not compress
//! (docs/decisions/0012-no-tables-of-fractions-and-letters.md).

/// Parses a decimal number as JSON or a person writes it: `-1.5`, `.5`, `+2e3`. Infinities and white space
/// are refused. The result is within two units in the last place of the nearest `f64`.
///
/// ```
/// assert_eq!(json::decimal("41.5"), Some(41.5));
/// assert_eq!(json::decimal("41,5"), None);
/// ```
pub fn decimal(text: &str) -> Option<f64> {
    let (negative, unsigned) = sign(text);
    let mut exponent = 0;
    let mut mantissa = 0u64;
    let mut any_digit = false;
    let mut after_point = false;
    let mut chars = unsigned.chars();
    while let Some(char) = chars.next() {
        match char {
            '.' if !after_point => after_point = true,
            'e' | 'E' => {
                exponent += exponent_of(chars.as_str())?;
                break;
            }
            _ => {
                let digit = char.to_digit(10)?;
                any_digit = true;
                // An f64 holds 17 digits; further digits only move the decimal point.
                if mantissa < 100_000_000_000_000_000 {
                    mantissa = mantissa * 10 + u64::from(digit);
                    exponent -= i32::from(after_point);
                } else {
                    exponent += i32::from(!after_point);
                }
            }
        }
    }
    let value = scale(mantissa as f64, exponent);
    let value = if negative { -value } else { value };
    (any_digit && value.is_finite()).then_some(value)
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(unsigned) => (true, unsigned),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// An exponent: a whole number of at most four digits.
fn exponent_of(text: &str) -> Option<i32> {
    let (negative, digits) = sign(text);
    if digits.is_empty() || digits.len() > 4 {
        return None;
    }
    let mut number = 0;
    for char in digits.chars() {
        number = number * 10 + char.to_digit(10)? as i32;
    }
    Some(if negative { -number } else { number })
}

fn scale(mut value: f64, exponent: i32) -> f64 {
    // Beyond 400 the value is zero or infinite, whatever the digits.
    let steps = exponent.unsigned_abs().min(400);
    // Powers of ten up to 10^22 are exact, so ordinary numbers are rounded only once.
    let mut left = steps;
    while left > 0 {
        let step = left.min(22);
        let mut power = 1.0;
        for _ in 0..step {
            power *= 10.0;
        }
        if exponent < 0 {
            value /= power;
        } else {
            value *= power;
        }
        left -= step;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn ordinary_numbers_agree_with_the_standard_library() {
        for text in [
            "41.858724777757864",
            "-87.66475146237676",
            "50.936597223574",
            "6.96852398907956",
            "0",
            "-0.0",
            "1e2",
            "1E-7",
            "+3.5",
            ".5",
            "5.",
            "000012.50",
        ] {
            let expected: f64 = text.parse().unwrap();
            let found = decimal(text).unwrap();
            assert!(
                (found - expected).abs() <= expected.abs() * 3e-16,
                "{text}: {found} for {expected}"
            );
        }
    }

    #[test]
    fn anything_but_a_decimal_number_is_refused() {
        for text in [
            "", "-", ".", "e5", "1e", "1e99999", "1e999", "NaN", "inf", "1,5", "1.2.3", "0x10",
            "1 2", "٣", "--1",
        ] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}
