//! Which known word somebody probably meant.

/// The nearest of `known` to `word`, if it is near enough to be a slip of the hand: one change
/// for each three characters of the longer one, three at most.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = |candidate: &str| {
        let longer = word.chars().count().max(candidate.chars().count());
        (longer / 3).clamp(1, 3)
    };
    known
        .into_iter()
        .map(|candidate| (changes(&word, &candidate.to_lowercase()), candidate))
        .filter(|(changes, candidate)| *changes <= limit(candidate))
        .min_by_key(|(changes, _)| *changes)
        .map(|(_, candidate)| candidate)
}

/// The remedy for a name that is not known: the near one, or all that there are.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    none: &str,
) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match (nearest(word, known.iter().copied()), known.as_slice()) {
        (Some(near), _) => format!("Did you mean “{near}”?"),
        (None, []) => none.to_owned(),
        (None, few) if few.len() <= 12 => format!("There is: {}.", few.join(", ")),
        (None, many) => format!("There are {}; check the spelling.", many.len()),
    }
}

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
fn changes(one: &str, other: &str) -> usize {
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
    fn the_word_that_was_meant_is_found_and_a_strange_one_is_not() {
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
