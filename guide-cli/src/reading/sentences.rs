//! Cuts a text into sentences and those into words.

/// What ends with a full stop and does not end a sentence.
const SHORT: &[&str] = &[
    "a.m", "ave", "apt", "approx", "art", "blvd", "co", "col", "dept", "dr", "dra", "e.g", "etc",
    "ext", "fig", "ft", "i.e", "inc", "jr", "lic", "mr", "mrs", "ms", "no", "núm", "p.ej", "p.m",
    "pág", "rd", "sr", "sra", "st", "sta", "sto", "tel", "ud", "uds", "vs",
];

/// Marks that may stand between the end of a sentence and the next one.
const CLOSING: [char; 9] = ['"', '”', '’', '»', ')', '.', '!', '?', '…'];

/// The sentences of a text. The end of the text ends the last one, with or without a mark.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in text.char_indices() {
        if !matches!(mark, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '\n') {
            continue;
        }
        // Marks that close belong to what they close.
        let follow = text.get(at + mark.len_utf8()..).unwrap_or_default();
        let closing = follow.len() - follow.trim_start_matches(CLOSING).len();
        let end = at + mark.len_utf8() + closing;
        if at < start {
            continue;
        }
        let (before, after) = text.split_at_checked(end).unwrap_or((text, ""));
        let sentence = before.get(start..).unwrap_or_default();
        if mark == '\n' || ends(sentence, mark, after) {
            found.push(sentence);
            start = end;
        }
    }
    found.extend(text.get(start..));
    found.retain(|sentence| words(sentence).next().is_some());
    found.into_iter().map(str::trim).collect()
}

/// Whether a mark with this before and after it ends the sentence: space and a capital follow,
/// and no abbreviation stands before.
fn ends(sentence: &str, mark: char, after: &str) -> bool {
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
    // "St." before a capital is most often the street that ends the sentence's address, or a saint:
    // a sentence too long is told to the writer, a sentence too short would hide.
    mark != '.' || !SHORT.contains(&last.as_str())
}

/// The words of a text: what has a letter or a digit, without the marks around it. An address of the
/// web or of e-mail is one word.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|mark: char| mark.is_whitespace() || matches!(mark, '—' | '–' | '/' | '·'))
        .map(|word| word.trim_matches(|mark: char| !mark.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_where_a_person_would_stop() {
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
