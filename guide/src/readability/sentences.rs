//! Splits a text into sentences and words.

/// Abbreviations: their full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "a.m", "ave", "apt", "approx", "art", "blvd", "co", "col", "dept", "dr", "dra", "e.g", "etc",
    "ext", "fig", "ft", "i.e", "inc", "jr", "lic", "mr", "mrs", "ms", "no", "núm", "p.ej", "p.m",
    "pág", "rd", "sr", "sra", "st", "sta", "sto", "tel", "ud", "uds", "vs",
];

/// Marks that can follow the end of a sentence and belong to it.
const CLOSING: [char; 9] = ['"', '”', '’', '»', ')', '.', '!', '?', '…'];

/// The sentences of a text. The last one does not need a final mark.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (index, mark) in text.char_indices() {
        if !matches!(mark, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '\n') {
            continue;
        }
        // Closing marks belong to the sentence before.
        let follow = text.get(index + mark.len_utf8()..).unwrap_or_default();
        let closing = follow.len() - follow.trim_start_matches(CLOSING).len();
        let end = index + mark.len_utf8() + closing;
        if index < start {
            continue;
        }
        let (before, after) = text.split_at_checked(end).unwrap_or((text, ""));
        let sentence = before.get(start..).unwrap_or_default();
        if mark == '\n' || is_end(sentence, mark, after) {
            found.push(sentence);
            start = end;
        }
    }
    found.extend(text.get(start..));
    found.retain(|sentence| words(sentence).next().is_some());
    found.into_iter().map(str::trim).collect()
}

/// Whether a mark ends the sentence: it is followed by white space and no lower case letter, and not preceded by an
/// abbreviation.
fn is_end(sentence: &str, mark: char, after: &str) -> bool {
    if after.is_empty() {
        return true;
    }
    if !after.starts_with(char::is_whitespace) {
        return matches!(mark, '。' | '！' | '？');
    }
    let next = after
        .trim_start()
        .trim_start_matches(['"', '“', '‘', '«', '(', '¿', '¡'])
        .chars()
        .next();
    if next.is_some_and(char::is_lowercase) {
        return false;
    }
    let last = sentence
        .trim_end_matches(CLOSING)
        .rsplit(|letter: char| letter.is_whitespace() || letter == '(')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    // "St." before a capital is ambiguous: a street at the end of a sentence, or a saint. Joining two sentences is
    // reported to the author as one that is too long; splitting one would hide that it is.
    mark != '.' || !ABBREVIATIONS.contains(&last.as_str())
}

/// The words of a text: everything with a letter or a digit, without surrounding punctuation. An e-mail address is one
/// word.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|mark: char| mark.is_whitespace() || matches!(mark, '—' | '–' | '/' | '·'))
        .map(|word| word.trim_matches(|mark: char| !mark.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_final_marks_but_not_at_abbreviations() {
        for (text, expected) in [
            ("Pay now.", vec!["Pay now."]),
            ("Pay now. Keep it", vec!["Pay now.", "Keep it"]),
            (
                "Is it broken? Leave it!",
                vec!["Is it broken?", "Leave it!"],
            ),
            ("It costs $4.50 for each.", vec!["It costs $4.50 for each."]),
            (
                "Come by 4 p.m. on Monday.",
                vec!["Come by 4 p.m. on Monday."],
            ),
            (
                "Ask Mr. Hill. He knows.",
                vec!["Ask Mr. Hill.", "He knows."],
            ),
            ("¿Tiene dudas? ¡Llame!", vec!["¿Tiene dudas?", "¡Llame!"]),
            (
                "He said “No.” Then he left.",
                vec!["He said “No.”", "Then he left."],
            ),
            ("Fecha y 2.ª opción.", vec!["Fecha y 2.ª opción."]),
            ("…", vec![]),
        ] {
            assert_eq!(sentences(text), expected);
        }
    }

    #[test]
    fn a_word_has_a_letter_or_a_digit() {
        let text = "You (or they) pay $35 — on-line, at https://riverton.example.";
        let found: Vec<&str> = words(text).collect();
        assert_eq!(
            found,
            [
                "You",
                "or",
                "they",
                "pay",
                "35",
                "on-line",
                "at",
                "https:",
                "riverton.example"
            ]
            .map(|word| word.trim_end_matches(':'))
        );
    }
}
