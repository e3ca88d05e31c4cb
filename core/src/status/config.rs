//! What a city's config says of the status journey, `status` in `frontdoor.json`: its own words for
//! where a request stands, who gets what is late, and what people may say matters to them.

use crate::config::{Contact, Fields, Text};
use guide::{Day, ReadText as _};
use open311::{KnownStatus, ServiceRequest, Status};

/// What a city decides for the time after sending.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct StatusConfig {
    /// The endpoint's own words for where a request stands (in any case). Each is one of received, under-review,
    /// acknowledged, planned, in-progress, on-hold, referred, done, declined, not-responsible, duplicate,
    /// withdrawn, archived; or a sentence by language, with one of these under `means`, so that it is known
    /// whether it is done.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, Text>")
    )]
    pub words: Vec<(String, StatusMeaning)>,
    /// Who gets it when it is late and nothing happens.
    pub escalate: Option<Contact>,
    /// What people may say matters most to them.
    pub matters: Vec<Text>,
    /// The days on which the city works; Monday to Friday by itself.
    pub working_days: Vec<Day>,
    /// Address of what residents said, for the report card: a list of `service_code`, `language`,
    /// `channel`, `count`, `solved` and `score_mean`.
    pub satisfaction: Option<String>,
}

/// What a word of the city's means: one of ours, a sentence of the city's own, or both.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatusMeaning {
    /// What it is to us.
    pub known: Option<KnownStatus>,
    /// The city's sentence.
    pub own: Option<Text>,
}

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
    /// Reads what stands under `status`.
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
    let mut words = Vec::new();
    for (word, node) in fields.entries() {
        fields.accept(word);
        let text = Text::read(&node);
        let known = |word: &str| {
            let found = KNOWN.iter().find(|(name, _)| *name == word);
            found.map(|(_, known)| *known)
        };
        let plain = match text.entries() {
            [(tag, word)] if tag.is_empty() => known(word),
            _ => None,
        };
        let meaning = match plain {
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

/// As words are compared, with one blank between them.
fn folded(word: &str) -> String {
    let word = crate::search::folded(word);
    let parts: Vec<&str> = word.split(' ').filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// What a status means: as the config has it for the city's own word, else as it is known; with the
/// city's sentence, where it has one.
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

/// Gives requests the status that the config has for the city's own word.
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
    fn the_city_s_words_are_known_in_any_case() {
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
    fn a_meaning_of_no_kind_is_told() {
        let (_, diagnostics) = read(
            &json::parse(r#"{"words": {"x": 7}}"#).unwrap(),
            StatusConfig::read,
        );
        assert_eq!(diagnostics.invalid_values.len(), 1);
    }
}
