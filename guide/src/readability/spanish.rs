//! Counts the syllables of Spanish words, which follow from the spelling (RAE, Ortografía 2010, II.3.2: two open vowels are
//! separate syllables; a closed vowel joins its neighbour unless it has an accent).

/// The number of syllables, at least one. A word of digits has one.
pub(super) fn syllables(word: &str) -> usize {
    let whole = word.to_lowercase();
    whole.split('-').map(count_part).sum::<usize>().max(1)
}

#[derive(Clone, Copy, PartialEq)]
enum Sound {
    /// a, e, o, í, ú: always the nucleus of a syllable.
    Open,
    /// i, u, ü, and a final y: the nucleus only without an open vowel next to it.
    Closed,
    Consonant,
}

fn count_part(part: &str) -> usize {
    let letters: Vec<char> = part.chars().filter(|letter| *letter != 'h').collect();
    let mut count = 0;
    let (mut open, mut inside) = (0, false);
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| letters.get(index));
        match sound(*letter, before, letters.get(index + 1)) {
            Sound::Open => (open, inside) = (open + 1, true),
            Sound::Closed => inside = true,
            // Also the silent u of "qu" and "gu": it ends no group, because none has started.
            Sound::Consonant => {
                count += group(open, inside);
                (open, inside) = (0, false);
            }
        }
    }
    count += group(open, inside);
    count.max(usize::from(!part.is_empty()))
}

/// The syllables of a group of vowels with this many open ones.
fn group(open: usize, inside: bool) -> usize {
    if inside { open.max(1) } else { 0 }
}

fn sound(letter: char, before: Option<&char>, after: Option<&char>) -> Sound {
    let soft = matches!(after, Some('e' | 'i' | 'é' | 'í'));
    match letter {
        'u' if soft && matches!(before, Some('q' | 'g')) => Sound::Consonant,
        'a' | 'e' | 'o' | 'á' | 'é' | 'ó' | 'í' | 'ú' => Sound::Open,
        'i' | 'u' | 'ü' => Sound::Closed,
        'y' if after.is_none() => Sound::Closed,
        _ => Sound::Consonant,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spanish_words_have_the_syllables_of_the_orthography() {
        let words = "\
            de 1, y 1, hoy 1, ley 1, casa 2, ciudad 2, cuidado 3, construir 2, construcción 3, \
            agua 2, que 1, quiere 2, guía 2, pagué 2, vergüenza 3, río 2, país 2, leer 2, día 2, \
            días 2, hábiles 3, ahora 3, prohíbe 3, aéreo 4, oficina 4, identificación 6, \
            teléfono 4, terraza 3, baúl 2, ayuntamiento 5, solicitud 4, recoja 3, mayo 2, \
            reciclaje 4, creer 2, 35 1, veintiséis 3, aire 2";
        for (word, expected) in words.split(", ").map(|one| one.split_once(' ').unwrap()) {
            assert_eq!(syllables(word).to_string(), expected, "{word}");
        }
    }
}
