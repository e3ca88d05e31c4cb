//! Every text of a document with its path and languages. Walks the JSON and not the typed guide, because authors
//! need the path of a text to fix it.

use json::Value;

use crate::located::Located;

/// The kind of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or an address: not a sentence, and possibly the same in every language.
    Name,
    /// Words and sentences in a language.
    Prose,
}

/// The start of the placeholders that `guide new` writes where an author has to write something.
pub(crate) const PLACEHOLDER: &str = "[fill in";

/// A text in all its languages, with its path.
#[derive(Debug)]
pub(crate) struct LocatedText {
    pub(crate) path: String,
    pub(crate) kind: Kind,
    pub(crate) translations: Vec<Translation>,
}

/// A text in one language.
#[derive(Debug)]
pub(crate) struct Translation {
    /// The language tag; empty for all languages.
    pub(crate) tag: String,
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Translation {
    /// True if the author has not written it yet.
    pub(crate) fn is_placeholder(&self) -> bool {
        self.text.contains(PLACEHOLDER)
    }
}

impl LocatedText {
    /// The translation into a primary language, or the text for all languages.
    pub(crate) fn in_language(&self, language: &str) -> Option<&Translation> {
        let mut translations = self.translations.iter();
        translations.find(|translation| {
            translation.tag.is_empty()
                || guide::primary(&translation.tag).eq_ignore_ascii_case(language)
        })
    }
}

/// Every text of the document, from top to bottom.
pub(crate) fn all_texts(top: &Located) -> Vec<LocatedText> {
    let mut all = Vec::new();
    visit(top, &mut all);
    all
}

fn visit(located: &Located, all: &mut Vec<LocatedText>) {
    for (key, field) in located.fields() {
        match key {
            "name" | "address" | "place" | "actor" | "topic" => text(&field, Kind::Name, all),
            "title" | "label" | "output" | "summary" | "hint" | "note" | "waiver" | "pay"
            | "without" | "accessibility" => text(&field, Kind::Prose, all),
            "text" | "appeal" => blocks(&field, all),
            "keywords" | "when" | "answers" | "prefill" | "scenarios" | "time" => {}
            _ => visit(&field, all),
        }
    }
    for item in located.items() {
        visit(&item, all);
    }
}

fn blocks(located: &Located, all: &mut Vec<LocatedText>) {
    if !matches!(located.value, Value::List(_)) {
        return text(located, Kind::Prose, all);
    }
    for block in located.items() {
        let inside = block.fields().into_iter().next();
        match inside {
            Some(("paragraph", paragraph)) => text(&paragraph, Kind::Prose, all),
            Some(("list" | "numbered", list)) => {
                for item in list.items() {
                    text(&item, Kind::Prose, all);
                }
            }
            _ => text(&block, Kind::Prose, all),
        }
    }
}

fn text(located: &Located, kind: Kind, all: &mut Vec<LocatedText>) {
    let one = |tag: &str, path: &str, value: &Value| Translation {
        tag: tag.to_owned(),
        path: path.to_owned(),
        text: plain_text(value),
    };
    let translations = match located.value {
        Value::Map(_) => {
            let fields = located.fields().into_iter();
            fields
                .map(|(tag, field)| one(tag, &field.path, field.value))
                .collect()
        }
        Value::Text(_) | Value::List(_) => vec![one("", &located.path, located.value)],
        _ => return,
    };
    all.push(LocatedText {
        path: located.path.clone(),
        kind,
        translations,
    });
}

/// The text of a string or of a list of spans.
fn plain_text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::List(spans) => spans.iter().map(span_text).collect(),
        _ => String::new(),
    }
}

fn span_text(value: &Value) -> &str {
    match value.get("emphasis").or(value.get("text")).unwrap_or(value) {
        Value::Text(text) => text,
        _ => "",
    }
}

/// The written translations of all texts, each with its primary language in lower case. A text for all languages counts
/// as one in the `source` language.
pub(crate) fn written<'a>(
    texts: &'a [LocatedText],
    source: &str,
) -> impl Iterator<Item = (String, &'a LocatedText, &'a Translation)> {
    let all = texts.iter().flat_map(|text| {
        let translations = text.translations.iter();
        translations.map(move |translation| (text, translation))
    });
    let written = all.filter(|(_, translation)| !translation.is_placeholder());
    written.map(move |(text, translation)| {
        let tag = match translation.tag.as_str() {
            "" => source,
            tag => tag,
        };
        let language = guide::primary(tag).to_ascii_lowercase();
        (language, text, translation)
    })
}

/// The English name of a language, for messages; the tag itself for less common ones.
pub(crate) fn language_name(tag: &str) -> String {
    let name = match guide::primary(tag).to_ascii_lowercase().as_str() {
        "ar" => "Arabic",
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "fr" => "French",
        "ht" => "Haitian Creole",
        "ko" => "Korean",
        "pl" => "Polish",
        "pt" => "Portuguese",
        "ru" => "Russian",
        "so" => "Somali",
        "tl" => "Tagalog",
        "vi" => "Vietnamese",
        "zh" => "Chinese",
        _ => return format!("“{tag}”"),
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use json::parse;

    #[test]
    fn texts_in_paragraphs_lists_and_spans_are_found_with_their_paths() {
        let document = parse(
            r#"{"title": {"en": "Get a bin", "es": "Obtener un bote"}, "keywords": {"en": ["can"]},
                "steps": [{"title": "Go", "text": [
                    "One.",
                    {"en": ["Look at ", {"text": "this", "link": "https://x.example"}, "."]},
                    {"list": [{"en": "First"}, "Second"]},
                    {"paragraph": {"es": "Fin"}}
                ]}]}"#,
        )
        .unwrap();
        let all = all_texts(&Located::top(&document));
        let lines: Vec<String> = all
            .iter()
            .flat_map(|text| &text.translations)
            .map(|one| format!("{} = {}", one.path, one.text))
            .collect();
        assert_eq!(
            lines,
            [
                "title.en = Get a bin",
                "title.es = Obtener un bote",
                "steps[0].title = Go",
                "steps[0].text[0] = One.",
                "steps[0].text[1].en = Look at this.",
                "steps[0].text[2].list[0].en = First",
                "steps[0].text[2].list[1] = Second",
                "steps[0].text[3].paragraph.es = Fin",
            ]
        );
    }
}
