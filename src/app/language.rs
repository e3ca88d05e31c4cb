//! The language in use, and the interface's phrases in it. The catalogue itself is in `frontdoor_core::i18n`;
//! texts written by the city are read with `App::text`.

use super::App;
use crate::net::{ApiError, fetch_json};
use crate::platform::prefetch::PrefetchedResponses;
use crate::platform::{console, focus, intl};
use frontdoor_core::i18n::{Catalog, Key};
use frontdoor_core::storage::Entry;
use leptos::task::spawn_local;
use std::rc::Rc;

impl App {
    /// The language in use (BCP 47 tag); views that read it are redrawn when it changes.
    pub fn language(self) -> String {
        let state = self.state();
        state.catalog.with(|catalog| catalog.language().to_owned())
    }

    /// All phrases in the language in use.
    pub fn catalog(self) -> Rc<Catalog> {
        self.state().catalog.get()
    }

    /// A phrase.
    pub fn t(self, key: Key) -> String {
        let state = self.state();
        state.catalog.with(|catalog| catalog.get(key).to_owned())
    }

    /// A phrase with its placeholders filled from pairs of name and value.
    pub fn t_with(self, key: Key, values: &[(&str, &str)]) -> String {
        let state = self.state();
        state.catalog.with(|catalog| catalog.with(key, values))
    }

    /// A phrase in the plural form for `count`, which also fills the placeholder `{count}`.
    pub fn t_count(self, key: Key, count: usize, values: &[(&str, &str)]) -> String {
        let language = self.language();
        let number = intl::number(&language, count as f64);
        let category = intl::plural_category(&language, count as f64);
        let mut all = vec![("count", number.as_str())];
        all.extend_from_slice(values);
        let state = self.state();
        state
            .catalog
            .with(|catalog| catalog.plural(key, &category, &all))
    }

    /// Changes the language to the best match for `wanted` (BCP 47 tag), once its phrases are loaded.
    pub fn set_language(self, wanted: &str) {
        let state = self.state();
        let language = choose_language(&state.options.config.languages, wanted);
        if state
            .catalog
            .with_untracked(|catalog| catalog.language() == language)
        {
            return;
        }
        spawn_local(async move {
            let options = &state.options;
            match load_catalog(&options.locales, &language, &options.prefetched).await {
                // Everything is redrawn, including the button that was pressed.
                Ok(catalog) => focus::keep_focus(&options.root, ".languages button", || {
                    state.catalog.set(Rc::new(catalog));
                }),
                Err(_) => {
                    console::warn(&["the words for “", &language, "” could not be fetched."]);
                }
            }
        });
    }

    /// Changes the language to the resident's choice, and remembers it in this tab.
    pub fn remember_language(self, language: &str) {
        self.write(Entry::Language, language);
        self.set_language(language);
    }
}

/// Chooses among the `offered` languages: an exact match for `wanted`, else one with the same primary tag, else
/// the first one; English if none is offered.
pub fn choose_language(offered: &[String], wanted: &str) -> String {
    let primary = |tag: &str| {
        tag.split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let fits = offered
        .iter()
        .find(|tag| tag.eq_ignore_ascii_case(wanted))
        .or_else(|| offered.iter().find(|tag| primary(tag) == primary(wanted)));
    fits.or_else(|| offered.first())
        .map_or_else(|| String::from("en"), String::clone)
}

/// Loads the interface's phrases in a language. English as in the United States is built in and is not fetched; where
/// other English differs from it is in a file of its own, because elsewhere it is written as in Britain.
///
/// # Errors
/// The file could not be fetched.
pub async fn load_catalog(
    locales: &str,
    language: &str,
    prefetched: &PrefetchedResponses,
) -> Result<Catalog, ApiError> {
    let file = match file_of(language) {
        Some(file) => file,
        None => return Ok(Catalog::english()),
    };
    let url = [locales, &file, ".json"].concat();
    Ok(Catalog::fetched(
        language,
        fetch_json(&url, prefetched).await?,
    ))
}

/// The name of the file with a language's phrases; `None` for the English that is built in.
fn file_of(language: &str) -> Option<String> {
    let (primary, rest) = language.split_once('-').unwrap_or((language, ""));
    if !primary.eq_ignore_ascii_case("en") {
        return Some(primary.to_ascii_lowercase());
    }
    let is_built_in = rest.is_empty() || rest.eq_ignore_ascii_case("US");
    (!is_built_in).then(|| String::from("en-GB"))
}

#[cfg(test)]
mod tests {
    use super::{choose_language, file_of};

    #[test]
    fn english_outside_the_united_states_has_a_file_of_its_own() {
        let cases = [
            ("en", None),
            ("EN-us", None),
            ("en-GB", Some("en-GB")),
            ("en-AU", Some("en-GB")),
            ("es-MX", Some("es")),
        ];
        for (language, expected) in cases {
            assert_eq!(file_of(language).as_deref(), expected, "{language}");
        }
    }

    #[test]
    fn the_offered_language_that_fits_best_is_used() {
        let offered = [
            String::from("en"),
            String::from("es"),
            String::from("pt-BR"),
        ];
        let cases = [
            ("es-MX", "es"),
            ("ES", "es"),
            ("pt", "pt-BR"),
            ("vi", "en"),
            ("", "en"),
        ];
        for (wanted, expected) in cases {
            assert_eq!(choose_language(&offered, wanted), expected, "{wanted}");
        }
        assert_eq!(choose_language(&[], "es"), "en");
    }
}
