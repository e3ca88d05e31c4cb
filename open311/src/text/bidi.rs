//! Bidirectional control characters. A right-to-left override in user-written text must not reverse the rest of
//! the page. Letters of right-to-left scripts and balanced controls are kept.

/// Embeddings and overrides, closed by [`POP`].
const EMBED: [char; 4] = ['\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}'];
const POP: char = '\u{202c}';
/// Isolates, closed by [`POP_ISOLATE`].
const ISOLATE: [char; 3] = ['\u{2066}', '\u{2067}', '\u{2068}'];
const POP_ISOLATE: char = '\u{2069}';

/// Removes every bidi control without a partner in its line. Controls end at the end of a paragraph anyway
/// (Unicode Standard Annex 9, X8), but texts are often displayed with their lines joined.
pub(super) fn close_directions(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let mut paired = paired(line).into_iter();
        out.extend(
            line.chars()
                .filter(|char| !is_control(*char) || paired.next().unwrap_or_default()),
        );
    }
    out
}

pub(super) fn is_control(char: char) -> bool {
    EMBED.contains(&char) || ISOLATE.contains(&char) || char == POP || char == POP_ISOLATE
}

/// For each control of the line in order, whether it has a partner.
fn paired(line: &str) -> Vec<bool> {
    let mut paired = Vec::new();
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut open_isolates = 0;
    for char in line.chars().filter(|char| is_control(*char)) {
        let this = paired.len();
        paired.push(false);
        let partner = if char == POP_ISOLATE && open_isolates > 0 {
            open_isolates -= 1;
            // Closing an isolate also closes the embeddings left open inside it.
            while let Some((_, false)) = open.last() {
                open.pop();
            }
            open.pop()
        } else if char == POP && open.last().is_some_and(|(_, isolate)| !isolate) {
            open.pop()
        } else {
            if char != POP && char != POP_ISOLATE {
                let isolate = ISOLATE.contains(&char);
                open_isolates += usize::from(isolate);
                open.push((this, isolate));
            }
            None
        };
        if let Some((partner, _)) = partner {
            for index in [partner, this] {
                if let Some(paired) = paired.get_mut(index) {
                    *paired = true;
                }
            }
        }
    }
    paired
}

#[cfg(test)]
mod tests {
    use super::close_directions;

    #[test]
    fn controls_without_a_partner_are_removed_and_all_else_is_kept() {
        let cases = [
            ("שלום (hello) مرحبا", "שלום (hello) مرحبا"),
            ("a\u{200e}b\u{200f}c", "a\u{200e}b\u{200f}c"),
            ("a\u{202e}gpj.exe", "agpj.exe"),
            ("a\u{202e}b\u{202c}c", "a\u{202e}b\u{202c}c"),
            ("a\u{202c}b\u{2069}c", "abc"),
            ("\u{2067}a\u{202e}b\u{2069}c", "\u{2067}ab\u{2069}c"),
            ("\u{202e}a\u{2067}b\u{202c}c\u{2069}", "a\u{2067}bc\u{2069}"),
            ("\u{202e}a\nb\u{202c}", "a\nb"),
            ("\u{202a}\u{202b}a\u{202c}", "\u{202b}a\u{202c}"),
        ];
        for (text, expected) in cases {
            assert_eq!(close_directions(text), expected, "{text:?}");
        }
    }
}
