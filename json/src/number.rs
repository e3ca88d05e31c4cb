//! Decimal numbers from text, without the standard library's parser: `str::parse::<f64>` alone is
//! 12 KB of brotli, most of it tables that do not compress (docs/decisions/0012-no-tables-of-fractions-and-letters.md).

/// A decimal number as JSON or a person writes it: `-1.5`, `.5`, `2e3`. No infinities, no blanks.
/// Within a unit in the last place or two of the nearest `f64`.
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
                exponent += whole(chars.as_str())?;
                break;
            }
            _ => {
                let digit = char.to_digit(10)?;
                any_digit = true;
                // An f64 holds 17 digits; further ones only move the point.
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

/// A whole number of at most four digits, as in an exponent.
fn whole(text: &str) -> Option<i32> {
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
    // Past 400 the value is zero or infinite whatever the digits are.
    let steps = exponent.unsigned_abs().min(400);
    // Powers up to 10^22 are exact, so that ordinary numbers are rounded once.
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
    fn ordinary_numbers_are_read_exactly_as_the_standard_library_reads_them() {
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
    fn what_is_no_decimal_number_is_none() {
        for text in [
            "", "-", ".", "e5", "1e", "1e99999", "1e999", "NaN", "inf", "1,5", "1.2.3", "0x10",
            "1 2", "٣", "--1",
        ] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}
