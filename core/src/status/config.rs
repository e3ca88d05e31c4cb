//! The city's settings for the time after a request was sent: the section `status` of `frontdoor.json`.
//!
//! It also translates the endpoint's own status words into statuses. The documentation of these types is part
//! of the published JSON Schema.

use crate::config::{Contact, Fields, Text};
use guide::{Day, ReadText as _};
use open311::{KnownStatus, ServiceRequest, Status};

/// Settings for the time after a request was sent.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct StatusConfig {
    /// The meaning of the endpoint's own status words, for example `{"assigned": "in-progress"}`. The case of the
    /// words does not matter, nor whether they are separated by blanks, `-` or `_`. A meaning is one of `received`,
    /// `under-review`, `acknowledged`, `planned`, `in-progress`, `on-hold`, `referred`, `done`, `declined`,
    /// `not-responsible`, `duplicate`, `withdrawn` and `archived`; or a sentence by language, for example
    /// `{"en": "A crew is on its way"}`. To also state whether the request is finished, add one of these meanings
    /// as `means`: `{"means": "done", "en": "We have fixed it"}`.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, Text>")
    )]
    pub words: Vec<(String, StatusMeaning)>,
    /// Whom residents can turn to if a request is late or was declined.
    pub escalate: Option<Contact>,
    /// The options offered for what matters most to a resident when the city asks for feedback on a closed
    /// request, for example `["A quick answer", "That it is really fixed"]`. Without any, this is not asked.
    pub matters: Vec<Text>,
    /// The days of the week on which the city works. Default: Monday to Friday.
    pub working_days: Vec<Day>,
    /// Address of a JSON file with the results of residents' feedback, shown on the report card: a list of objects
    /// with `service_code`, `language`, `channel`, `count`, `solved` and `score_mean`.
    pub satisfaction: Option<String>,
}

/// The meaning of one of the endpoint's status words: a known status, the city's own sentence, or both.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatusMeaning {
    /// The known status it stands for.
    pub known: Option<KnownStatus>,
    /// The city's own sentence for it.
    pub own: Option<Text>,
}

/// The meanings by their names in the config.
const KNOWN: &[(&str, KnownStatus)] = &[
    ("received", KnownStatus::Received),
    ("under-review", KnownStatus::UnderReview),
    ("acknowledged", KnownStatus::Acknowledged),
    ("planned", KnownStatus::Planned),
    ("in-progress", KnownStatus::InProgress),
    ("on-hold", KnownStatus::OnHold),
    ("referred", KnownStatus::Referred),
    ("done", KnownStatus::Done),
    ("declined", KnownStatus::Declined),
    ("not-responsible", KnownStatus::NotResponsible),
    ("duplicate", KnownStatus::Duplicate),
    ("withdrawn", KnownStatus::Withdrawn),
    ("archived", KnownStatus::Archived),
];

impl StatusConfig {
    /// Reads the section `status`. Problems are reported to the diagnostics of `fields`.
    pub fn read(fields: &Fields) -> Self {
        Self {
            words: fields.object("words", read_words).unwrap_or_default(),
            escalate: fields.object("escalate", Contact::read),
            matters: fields.texts("matters"),
            working_days: fields.list("working_days", |node| node.one_of(Day::WORDS)),
            satisfaction: fields.string("satisfaction"),
        }
    }
}

fn read_words(fields: &Fields) -> Vec<(String, StatusMeaning)> {
    let known = |name: &str| {
        let found = KNOWN.iter().find(|(known, _)| *known == name);
        found.map(|(_, status)| *status)
    };
    let mut words = Vec::new();
    for (word, node) in fields.entries() {
        fields.accept(word);
        let text = Text::read(&node);
        let name_only = match text.entries() {
            [(tag, name)] if tag.is_empty() => known(name),
            _ => None,
        };
        let meaning = match name_only {
            Some(known) => StatusMeaning {
                known: Some(known),
                own: None,
            },
            None => {
                let (means, own) = text.apart("means");
                StatusMeaning {
                    known: means.as_deref().and_then(known),
                    own: (!own.is_empty()).then_some(own),
                }
            }
        };
        words.push((folded(word), meaning));
    }
    words
}

/// The form in which status words are compared: folded, with single blanks between the parts.
fn folded(word: &str) -> String {
    let word = crate::search::folded(word);
    let parts: Vec<&str> = word.split(' ').filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// The meaning of a status: the one that the config gives for the endpoint's own word, else `status` itself;
/// with the city's sentence for it, if there is one.
pub fn meaning_of<'a>(
    config: &'a StatusConfig,
    word: Option<&str>,
    status: &Status,
) -> (Status, Option<&'a Text>) {
    let word = word.map(folded).unwrap_or_default();
    let meaning = config.words.iter().find(|(known, _)| *known == word);
    let Some((_, meaning)) = meaning else {
        return (status.clone(), None);
    };
    let known = meaning.known.map(Status::Known);
    (
        known.unwrap_or_else(|| status.clone()),
        meaning.own.as_ref(),
    )
}

/// Replaces the status of each request by the one that the config gives for the endpoint's own word.
pub fn apply_city_wording(config: &StatusConfig, requests: &mut [ServiceRequest]) {
    for request in requests {
        request.status = meaning_of(config, request.status_text.as_deref(), &request.status).0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::read;

    #[test]
    fn status_words_are_matched_in_any_case_and_with_any_separator() {
        let text = r#"{"words": {"Crew-Sent": {"en": "A crew is on its way"}, "zur_bearbeitung": "in-progress", "fertig": {"means": "done", "de": "Erledigt"}}, "working_days": ["mo", "sa"]}"#;
        let (config, diagnostics) = read(&json::parse(text).unwrap(), StatusConfig::read);
        assert!(diagnostics.unknown_keys.is_empty() && diagnostics.invalid_values.is_empty());
        let meaning = |word: &str| meaning_of(&config, Some(word), &Status::Other(word.into()));
        assert_eq!(
            meaning("crew sent").1.map(|text| text.get("en")),
            Some("A crew is on its way")
        );
        assert_eq!(
            meaning("Zur Bearbeitung").0,
            Status::Known(KnownStatus::InProgress)
        );
        let (status, own) = meaning("FERTIG");
        assert_eq!(status, Status::Known(KnownStatus::Done));
        assert_eq!(own.map(|text| text.get("de")), Some("Erledigt"));
        assert_eq!(own.map(|text| text.get("fr")), Some("Erledigt"));
        assert_eq!(meaning("odd"), (Status::Other("odd".into()), None));
        assert_eq!(
            meaning_of(&config, None, &Status::Open),
            (Status::Open, None)
        );
    }

    #[test]
    fn an_invalid_meaning_is_reported() {
        let (_, diagnostics) = read(
            &json::parse(r#"{"words": {"x": 7}}"#).unwrap(),
            StatusConfig::read,
        );
        assert_eq!(diagnostics.invalid_values.len(), 1);
    }
}
