//! Readability formulas, and their limits.

use super::sentences::{sentences, words};
use super::{english, spanish};

/// The formula of a language. Levels are in the unit of the formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formula {
    /// Flesch-Kincaid: years of school, about 1 to 18; the limit is 8.
    FleschKincaid,
    /// Fernández-Huerta: 100 is easy, 0 is hard; the limit is 60, which is grade 8.
    FernandezHuerta,
    /// LIX: 20 is easy, 60 is hard; the limit is 40, the level of newspapers.
    Lix,
}

impl Formula {
    /// The formula of a language; `None` for languages without spaces between words, to which none applies.
    pub fn of(language: &str) -> Option<Self> {
        let primary = language.split('-').next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "en" => Some(Self::FleschKincaid),
            "es" => Some(Self::FernandezHuerta),
            "zh" | "ja" | "th" | "lo" | "km" | "my" | "bo" => None,
            _ => Some(Self::Lix),
        }
    }

    /// Whether a level is beyond the limit.
    pub fn is_too_hard(self, level: f64) -> bool {
        match self {
            Self::FleschKincaid => level > 8.0,
            Self::FernandezHuerta => level < 60.0,
            Self::Lix => level > 40.0,
        }
    }

    /// A number that is higher for harder texts in every formula, for sorting.
    pub fn hardness(self, level: f64) -> f64 {
        match self {
            Self::FernandezHuerta => -level,
            Self::FleschKincaid | Self::Lix => level,
        }
    }

    /// A level as text: `grade 9.4`.
    pub fn format(self, level: f64) -> String {
        match self {
            Self::FleschKincaid => format!("grade {level:.1}"),
            Self::FernandezHuerta => format!("Fernández-Huerta {level:.0}"),
            Self::Lix => format!("LIX {level:.0}"),
        }
    }

    /// The limit as text.
    pub fn limit(self) -> &'static str {
        match self {
            Self::FleschKincaid => "grade 8 is the most",
            Self::FernandezHuerta => "60 is the least, which is grade 8",
            Self::Lix => "40 is the most",
        }
    }
}

/// The counts of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    pub sentences: usize,
    pub words: usize,
    syllables: usize,
    /// Words of more than six letters.
    long_words: usize,
}

impl Measure {
    pub fn of(text: &str, formula: Formula) -> Self {
        let mut measure = Self {
            sentences: sentences(text).len(),
            ..Self::default()
        };
        for word in words(text) {
            measure.words += 1;
            measure.long_words += usize::from(word.chars().count() > 6);
            measure.syllables += match formula {
                Formula::FleschKincaid => english::syllables(word),
                Formula::FernandezHuerta => spanish::syllables(word),
                Formula::Lix => 0,
            };
        }
        measure
    }

    pub fn add(&mut self, other: Self) {
        self.sentences += other.sentences;
        self.words += other.words;
        self.syllables += other.syllables;
        self.long_words += other.long_words;
    }

    /// The level; `None` without words.
    pub fn level(self, formula: Formula) -> Option<f64> {
        if self.words == 0 || self.sentences == 0 {
            return None;
        }
        let ratio = |part: usize, whole: usize| part as f64 / whole as f64;
        let length = ratio(self.words, self.sentences);
        let syllables = ratio(self.syllables, self.words);
        Some(match formula {
            Formula::FleschKincaid => 0.39 * length + 11.8 * syllables - 15.59,
            Formula::FernandezHuerta => 206.84 - 60.0 * syllables - 1.02 * length,
            Formula::Lix => length + 100.0 * ratio(self.long_words, self.words),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(text: &str, language: &str) -> f64 {
        let formula = Formula::of(language).unwrap();
        Measure::of(text, formula).level(formula).unwrap()
    }

    /// Words, sentences and syllables were counted by hand, and the levels computed from them.
    #[test]
    fn texts_have_the_levels_computed_by_hand() {
        for (language, text, expected) in [
            // 6 words, 1 sentence, 6 syllables: 2.34 + 11.8 - 15.59
            ("en", "The cat sat on the mat.", -1.45),
            // 7 words, 1 sentence, 9 syllables (a-gain, mon-ey): 2.73 + 15.1714 - 15.59
            ("en", "Pay again when you have the money.", 2.311),
            // 9 words, 2 sentences, 11 syllables (bro-ken, o-pen): 1.755 + 14.4222 - 15.59
            ("en", "Is it broken? Leave the box open for us.", 0.587),
            // 8 words, 1 sentence, 21 syllables (ap-pli-cant sub-mit ad-di-tion-al
            // doc-u-men-ta-tion pri-or in-spec-tion): 3.12 + 30.975 - 15.59
            (
                "en",
                "The applicant must submit additional documentation prior inspection.",
                18.505,
            ),
            // 12 words, 1 sentence, 15 syllables (per-mit, ci-ty, be-fore): 4.68 + 14.75 - 15.59
            (
                "en",
                "You need a permit from the city before you dig a hole.",
                3.84,
            ),
            // 10 words, 2 sentences, 14 syllables (of-fice, o-pens, Mon-day, clo-ses):
            // 1.95 + 16.52 - 15.59
            (
                "en",
                "The office opens at nine. On Monday it closes late.",
                2.88,
            ),
            // 6 words, 1 sentence, 9 syllables (el ga-to es-tá en ca-sa hoy): 206.84 - 90 - 6.12
            ("es", "El gato está en casa hoy.", 110.72),
            // 7 words, 1 sentence, 14 syllables (lla-me a la o-fi-ci-na de par-ques ma-ña-na):
            // 206.84 - 120 - 7.14
            ("es", "Llame a la oficina de parques mañana.", 79.7),
            // 4 words, 1 sentence, 17 syllables (pre-sen-te do-cu-men-ta-ción com-ple-men-ta-ria
            // a-di-cio-nal): 206.84 - 255 - 4.08
            (
                "es",
                "Presente documentación complementaria adicional.",
                -52.24,
            ),
            // 5 words, 1 sentence, 1 long word (kommunen): 5 + 20
            ("sv", "Ring till kommunen i dag.", 25.0),
        ] {
            let found = level(text, language);
            assert!(
                (found - expected).abs() < 0.01,
                "{text}: {found:.3}, not {expected}"
            );
        }
    }

    #[test]
    fn limits_depend_on_the_language() {
        for (language, level, hard) in [
            ("en-US", 8.0, false),
            ("en", 8.1, true),
            ("es", 60.0, false),
            ("es-MX", 59.9, true),
            ("de", 40.1, true),
        ] {
            assert_eq!(
                Formula::of(language).unwrap().is_too_hard(level),
                hard,
                "{language} {level}"
            );
        }
        assert_eq!(Formula::of("zh-Hans"), None);
    }
}
