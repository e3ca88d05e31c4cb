//! Suggestions for misspelt words.

/// The word of `known` that is most similar to `word`, if it can be a typing error: one edit for every three
/// characters of the longer one, at least one and at most three.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = |candidate: &str| {
        let longer = word.chars().count().max(candidate.chars().count());
        (longer / 3).clamp(1, 3)
    };
    known
        .into_iter()
        .map(|candidate| (edit_distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= limit(candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// At most this many known names are listed in full. Around 10 still fit into one sentence.
const MAX_LISTED: usize = 12;

/// The remedy for an unknown name: the most similar one, or the list of all; `none` if there are none.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    none: &str,
) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match (nearest(word, known.iter().copied()), known.as_slice()) {
        (Some(near), _) => format!("Did you mean “{near}”?"),
        (None, []) => none.to_owned(),
        (None, few) if few.len() <= MAX_LISTED => format!("There is: {}.", few.join(", ")),
        (None, many) => format!("There are {}; check the spelling.", many.len()),
    }
}

/// The number of insertions, deletions, replacements and swaps of neighbours (optimal string alignment distance).
fn edit_distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (row, left) in one.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, right) in other.iter().enumerate() {
            let at =
                |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&above, column) + usize::from(left != right);
            let mut fewest = replaced
                .min(at(&above, column + 1) + 1)
                .min(at(&line, column) + 1);
            let swapped = row > 0
                && column > 0
                && one.get(row - 1) == Some(right)
                && other.get(column - 1) == Some(left);
            if swapped {
                fewest = fewest.min(at(&before, column - 1) + 1);
            }
            line.push(fewest);
        }
        before = std::mem::replace(&mut above, line);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_is_recognized_and_an_unrelated_one_is_not() {
        const KNOWN: [&str; 5] = ["title", "steps", "evidence", "refusal", "when"];
        for (word, meant) in [
            ("titel", Some("title")),
            ("step", Some("steps")),
            ("evidences", Some("evidence")),
            ("Refusals", Some("refusal")),
            ("whne", Some("when")),
            ("colour", None),
            ("x", None),
        ] {
            assert_eq!(nearest(word, KNOWN), meant, "{word}");
        }
    }
}
