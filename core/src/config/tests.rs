//! Reading `frontdoor.json`: what is valid is kept, everything else is reported.

use super::*;

fn config(text: &str) -> (Config, Diagnostics) {
    read(&json::parse(text).unwrap(), Config::read)
}

#[test]
fn an_empty_file_gives_an_empty_config_without_warnings() {
    let (config, diagnostics) = config("{}");
    assert!(config.name.is_empty() && config.endpoint.is_none() && config.extensions.is_empty());
    assert_eq!(diagnostics, Diagnostics::default());
}

#[test]
fn unknown_keys_are_reported_with_their_path_and_the_rest_is_read() {
    let (config, diagnostics) = config(
        r#"{"nmae": "Riverton", "contact": [{"phone": "311"}, {"fone": "1"}], "endpoint": "open311/v2"}"#,
    );
    assert_eq!(diagnostics.unknown_keys, ["contact[1].fone", "nmae"]);
    assert_eq!(config.endpoint.as_deref(), Some("open311/v2"));
}

#[test]
fn an_invalid_value_is_reported_with_its_path_and_what_was_expected() {
    let cases = [
        (r#"{"contact": {"phone": "311"}}"#, "contact", "a list"),
        (
            r#"{"contact": [{"phone": 311}]}"#,
            "contact[0].phone",
            "a string",
        ),
        (
            r#"{"contact": [{"hours": [{"days": ["monday"], "opens": "8:00", "closes": "9:00"}]}]}"#,
            "contact[0].hours[0].days[0]",
            "one of mo, tu",
        ),
        (
            r#"{"contact": [{"hours": [{"days": ["mo"], "closes": "9:00"}]}]}"#,
            "contact[0].hours[0]",
            "the key “opens”",
        ),
        (
            r#"{"contact": [{"hours": [{"days": [], "opens": "8 am", "closes": "9:00"}]}]}"#,
            "contact[0].hours[0].opens",
            "a time as HH:MM",
        ),
        (
            r#"{"standards": [{"answer_hours": -1}]}"#,
            "standards[0].answer_hours",
            "a whole number",
        ),
        (
            r#"{"extensions": ["telepathy"]}"#,
            "extensions[0]",
            "one of updates, notes, idempotency, media",
        ),
        (
            r#"{"name": 7}"#,
            "name",
            "a text, or an object of texts by language",
        ),
        (r#"{"map": []}"#, "map", "an object"),
        (
            r#"{"map": {"center": ["north"]}}"#,
            "map.center",
            "a list of two numbers",
        ),
        ("[]", "", "an object"),
    ];
    for (text, path, expected) in cases {
        let (_, diagnostics) = config(text);
        let [invalid] = diagnostics.invalid_values.as_slice() else {
            panic!("{text}: {diagnostics:?}")
        };
        assert_eq!(invalid.path, path, "{text}");
        assert!(
            invalid.expected.starts_with(expected),
            "{text}: {}",
            invalid.expected
        );
    }
}

#[test]
fn invalid_values_do_not_discard_valid_ones() {
    let (config, diagnostics) =
        config(r#"{"languages": ["en", 7, "es"], "popular": "pothole", "endpoint": "v2"}"#);
    assert_eq!(config.languages, ["en", "es"]);
    assert_eq!(config.endpoint.as_deref(), Some("v2"));
    assert_eq!(diagnostics.invalid_values.len(), 2);
}

#[test]
fn a_text_is_looked_up_by_language_then_primary_language_then_english() {
    let (config, _) =
        config(r#"{"name": {"en": "City", "es": "Ciudad", "pt": "Cidade"}, "emergency": "911"}"#);
    let cases = [
        ("es-MX", "Ciudad"),
        ("ES", "Ciudad"),
        ("pt-BR", "Cidade"),
        ("vi", "City"),
        ("en", "City"),
    ];
    for (language, expected) in cases {
        assert_eq!(config.name.get(language), expected, "{language}");
    }
    assert_eq!(config.emergency.get("vi"), "911");
}

#[test]
fn a_standard_that_names_the_service_takes_precedence_over_the_general_one() {
    let (config, _) = config(
        r#"{"standards": [{"answer_hours": 24}, {"services": ["pothole"], "done_days": 3}]}"#,
    );
    assert_eq!(
        config.standard("pothole").and_then(|s| s.done_days),
        Some(3)
    );
    assert_eq!(
        config.standard("tree").and_then(|s| s.answer_hours),
        Some(24)
    );
}
