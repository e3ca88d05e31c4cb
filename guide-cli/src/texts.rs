//! Every text of a document, with its path and its languages. It walks the JSON and not the typed
//! guide, because whoever mends a text has to find it.

use json::Value;

use super::place::Place;

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or a place: may be the same in every language, is no sentence.
    Name,
    /// Words that are read as language.
    Prose,
}

/// What `guide new` writes where somebody has to write something.
pub(crate) const FILL_IN: &str = "[fill in";

/// A text in all of its languages.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) path: String,
    pub(crate) kind: Kind,
    pub(crate) words: Vec<Words>,
}

/// A text in one language.
#[derive(Debug)]
pub(crate) struct Words {
    /// The tag; empty for every language.
    pub(crate) tag: String,
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Words {
    /// True if somebody has yet to write it.
    pub(crate) fn is_to_fill_in(&self) -> bool {
        self.text.contains(FILL_IN)
    }
}

impl Told {
    /// The words whose primary language this is, or that are for every language.
    pub(crate) fn in_language(&self, language: &str) -> Option<&Words> {
        let mut words = self.words.iter();
        words.find(|words| {
            words.tag.is_empty() || guide::primary(&words.tag).eq_ignore_ascii_case(language)
        })
    }
}

/// Every text in the document, from top to bottom.
pub(crate) fn told(top: &Place) -> Vec<Told> {
    let mut all = Vec::new();
    visit(top, &mut all);
    all
}

fn visit(place: &Place, all: &mut Vec<Told>) {
    for (key, field) in place.fields() {
        match key {
            "name" | "address" | "place" | "actor" | "topic" => text(&field, Kind::Name, all),
            "title" | "label" | "output" | "summary" | "hint" | "note" | "waiver" | "pay"
            | "without" | "accessibility" => text(&field, Kind::Prose, all),
            "text" | "appeal" => blocks(&field, all),
            "keywords" | "when" | "answers" | "prefill" | "scenarios" | "time" => {}
            _ => visit(&field, all),
        }
    }
    for item in place.items() {
        visit(&item, all);
    }
}

fn blocks(place: &Place, all: &mut Vec<Told>) {
    if !matches!(place.value, Value::List(_)) {
        return text(place, Kind::Prose, all);
    }
    for block in place.items() {
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

fn text(place: &Place, kind: Kind, all: &mut Vec<Told>) {
    let one = |tag: &str, path: &str, value: &Value| Words {
        tag: tag.to_owned(),
        path: path.to_owned(),
        text: joined(value),
    };
    let words = match place.value {
        Value::Map(_) => {
            let fields = place.fields().into_iter();
            fields
                .map(|(tag, field)| one(tag, &field.path, field.value))
                .collect()
        }
        Value::Text(_) | Value::List(_) => vec![one("", &place.path, place.value)],
        _ => return,
    };
    let path = place.path.clone();
    all.push(Told { path, kind, words });
}

/// The words of a string or of spans.
fn joined(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::List(spans) => spans.iter().map(span).collect(),
        _ => String::new(),
    }
}

fn span(value: &Value) -> &str {
    match value.get("emphasis").or(value.get("text")).unwrap_or(value) {
        Value::Text(text) => text,
        _ => "",
    }
}

/// A language in words, as far as that helps whoever reads the message.
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
    fn texts_are_found_in_paragraphs_lists_and_spans_with_their_paths() {
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
        let all = told(&Place::top(&document));
        let lines: Vec<String> = all
            .iter()
            .flat_map(|told| &told.words)
            .map(|words| format!("{} = {}", words.path, words.text))
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
