//! `guide check` on language: translations, reading level, jargon.

mod city;

use city::{City, check_each, remove, set};
use serde_json::json;

#[test]
fn texts_are_required_in_every_language_of_a_title() {
    check_each(&[
        (
            |guide| remove(guide, "/steps/0/text/0/es"),
            "steps[0].text[0]: warning: the text is not there in Spanish",
        ),
        (
            |guide| set(guide, "/summary/es", json!(" ")),
            "summary: warning: the text is not there in Spanish",
        ),
        (
            |guide| remove(guide, "/keywords/es"),
            "keywords: warning: the text is not there in Spanish",
        ),
        (
            |guide| remove(guide, "/summary/en"),
            "summary: error: the text is not there in English, the guide’s own language",
        ),
        (
            |guide| set(guide, "/title/vi-t-en", json!("Đặt chỗ")),
            "texts are not there in Vietnamese",
        ),
        (
            |guide| set(guide, "/summary/sp", json!("x")),
            "summary.sp: warning: no title is in “sp”",
        ),
        (
            |guide| set(guide, "/summary/english", json!("x")),
            "summary.english: error: “english” is no language tag",
        ),
        (
            |guide| set(guide, "/summary", json!("For a party of up to 80 people.")),
            "summary: warning: this sentence is the same in every language",
        ),
    ]);
}

#[test]
fn machine_translations_are_counted_and_reported_for_fees_and_refusals() {
    check_each(&[
        (
            |guide| {
                set(guide, "/title/vi-t-en", json!("Đặt chỗ"));
                set(guide, "/summary/vi-t-en", json!("Cho bữa tiệc."));
            },
            "texts in Vietnamese are a machine’s translation (vi-t-en)",
        ),
        (
            |guide| set(guide, "/steps/2/fees/0/title/es-t-en", json!("Renta")),
            "steps[2].fees[0].title.es-t-en: warning: a machine translated a fee",
        ),
        (
            |guide| set(guide, "/refusal/appeal/0/es-t-en", json!("Llame.")),
            "refusal.appeal[0].es-t-en: warning: a machine translated a refusal",
        ),
    ]);
}

const HARD: &str = "The municipal administration is responsible for evaluating applications regarding \
    recreational facilities. Applications containing insufficient documentation are automatically \
    considered unsatisfactory. Additional information regarding availability is distributed electronically \
    following verification.";

#[test]
fn hard_language_is_reported_with_the_hardest_sentences() {
    let city = City::changed(|guide| set(guide, "/steps/0/text/0/en", json!(HARD)));
    let output = city.check(&[]);
    assert!(
        output
            .stdout
            .contains("warning: English is hard to read: grade "),
        "{}",
        output.stdout
    );
    assert!(
        output
            .stdout
            .contains("steps[0].text[0].en “Applications containing insufficient"),
        "{}",
        output.stdout
    );
    check_each(&[
        (
            |guide| {
                set(
                    guide,
                    "/steps/0/text/0/es",
                    json!(
                        "La administración municipal determinará la procedencia de las solicitudes relacionadas con \
                 instalaciones recreativas. La documentación complementaria indispensable será verificada \
                 posteriormente por las autoridades administrativas correspondientes del departamento."
                    ),
                )
            },
            "warning: Spanish is hard to read: Fernández-Huerta ",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/steps/0/text/0/en",
                    json!(
                        "We say no if the place is not free on that day and you do not want to take it on the next day or \
                 on the day after that one."
                    ),
                )
            },
            "steps[0].text[0].en: warning: this sentence has 31 words: “We say no if",
        ),
    ]);
    let hard = "Die Verwaltungsvorschriften erfordern vollständige Antragsunterlagen einschließlich \
        Einverständniserklärung beider Erziehungsberechtigten. Unvollständige Antragsunterlagen verzögern \
        regelmäßig die Bearbeitung. Rückfragen beantwortet ausschließlich die zuständige Fachabteilung während \
        der angegebenen Sprechstunden. Terminvereinbarungen werden telefonisch entgegengenommen, anschließend \
        erhalten Antragstellende schriftliche Bestätigungen.";
    let city = City::changed(|guide| set(guide, "/steps/0/text/0/de", json!(hard)));
    assert!(
        city.check(&[])
            .stdout
            .contains("warning: German is hard to read: LIX ")
    );
}

#[test]
fn jargon_is_reported_with_plain_words_and_a_city_can_add_words() {
    check_each(&[
        (
            |guide| set(guide, "/steps/0/text/0/en", json!("Call prior to digging.")),
            "steps[0].text[0].en: warning: “prior to” is office English. Say: before.",
        ),
        (
            |guide| {
                set(
                    guide,
                    "/steps/0/text/0/es",
                    json!("Llame con anterioridad a excavar."),
                )
            },
            "steps[0].text[0].es: warning: “con anterioridad a” is office Spanish. Say: antes de.",
        ),
    ]);
    let city = City::changed(|guide| set(guide, "/steps/0/text/0/en", json!("Call the ROW desk.")));
    city.write("words.list", r#"{"en": {"ROW": "the street"}}"#);
    let output = city.check(&["--jargon", city.file("words.list").to_str().unwrap()]);
    assert!(
        output
            .stdout
            .contains("“row” is office English. Say: the street."),
        "{}",
        output.stdout
    );
}
