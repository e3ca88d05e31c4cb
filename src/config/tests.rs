use super::*;
use open311::json;

fn config(text: &str) -> Result<(Config, Vec<String>), Misfit> {
    read(&json::parse(text).unwrap())
}

#[test]
fn an_empty_file_is_a_config_with_nothing_in_it() {
    let (config, unknown) = config("{}").unwrap();
    assert!(config.name.is_empty() && config.endpoint.is_none() && config.extensions.is_empty());
    assert!(unknown.is_empty());
}

#[test]
fn unknown_keys_are_named_by_their_path_and_do_not_stop_the_rest() {
    let (config, unknown) = config(
        r#"{"nmae": "Riverton", "contact": [{"phone": "311"}, {"fone": "1"}], "endpoint": "open311/v2"}"#,
    )
    .unwrap();
    assert_eq!(unknown, ["nmae", "contact[1].fone"]);
    assert_eq!(config.endpoint.as_deref(), Some("open311/v2"));
}

#[test]
fn a_wrong_value_names_its_path_and_what_was_expected() {
    let cases = [
        (r#"{"contact": {"phone": "311"}}"#, "contact", "expected a sequence"),
        (r#"{"contact": [{"phone": 311}]}"#, "contact[0].phone", "expected a string"),
        (r#"{"contact": [{"hours": [{"days": ["monday"]}]}]}"#, "contact[0].hours[0].days[0]", "`mo`"),
        (r#"{"contact": [{"hours": [{"days": ["mo"]}]}]}"#, "contact[0].hours[0]", "missing field `opens`"),
        (r#"{"standards": [{"answer_hours": -1}]}"#, "standards[0].answer_hours", "expected u32"),
        (r#"{"extensions": ["telepathy"]}"#, "extensions[0]", "`idempotency`"),
        (r#"{"name": 7}"#, "name", "a text, or an object of texts by language"),
        (r#"{"map": []}"#, "map", "expected an object"),
        (r#"[]"#, "", "expected an object"),
    ];
    for (text, path, expected) in cases {
        let misfit = config(text).err().unwrap_or_else(|| panic!("{text} was read"));
        assert_eq!(misfit.path, path, "{text}: {misfit}");
        assert!(misfit.problem.contains(expected), "{text}: {misfit}");
    }
}

#[test]
fn a_text_is_found_by_language_then_primary_language_then_english() {
    let (config, _) = config(r#"{"name": {"en": "City", "es": "Ciudad", "pt": "Cidade"}, "emergency": "911"}"#).unwrap();
    let cases = [("es-MX", "Ciudad"), ("ES", "Ciudad"), ("pt-BR", "Cidade"), ("vi", "City"), ("en", "City")];
    for (language, expected) in cases {
        assert_eq!(config.name.get(language), expected, "{language}");
    }
    assert_eq!(config.emergency.get("vi"), "911");
}

#[test]
fn the_standard_that_names_a_service_comes_before_the_one_for_all() {
    let (config, _) =
        config(r#"{"standards": [{"answer_hours": 24}, {"services": ["pothole"], "done_days": 3}]}"#).unwrap();
    assert_eq!(config.standard("pothole").and_then(|s| s.done_days), Some(3));
    assert_eq!(config.standard("tree").and_then(|s| s.answer_hours), Some(24));
}
