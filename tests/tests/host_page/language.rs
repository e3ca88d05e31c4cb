//! The language: from the element, the page or the widget's own button. Every text follows it, and
//! nothing that was typed is lost.

use anyhow::{Context, Result};
use frontdoor_tests::steps::common::open_tag;
use frontdoor_tests::steps::request::{date_parts, fill_date, open_form, to_details};
use frontdoor_tests::steps::status::newest_number;
use frontdoor_tests::{Page, ROOT, Reply, Stage, dist, en, en_gb, es, phrases, stage};
use serde_json::json;

/// English texts of the interface that are still shown.
async fn untranslated(page: &Page) -> Result<Vec<String>> {
    let text = page.text().await?;
    let spanish = phrases("es");
    let is_english = |phrase: &String| {
        // Short phrases are part of others, and some are the same in both languages.
        phrase.chars().count() > 6
            && text.contains(phrase.as_str())
            && !spanish.iter().any(|other| other.contains(phrase.as_str()))
    };
    Ok(phrases("en").into_iter().filter(is_english).collect())
}

async fn is_spanish(page: &Page, heading: &str) -> Result<()> {
    page.heading(&es(heading)).await?;
    assert_eq!(untranslated(page).await?, [""; 0]);
    let language = format!("{ROOT}.querySelector('[role=region]').lang");
    assert_eq!(page.eval(&language).await?, "es");
    Ok(())
}

const RABIES_SHOT: &str = "Until when is its rabies shot good?";
const RABIES_DATE: [&str; 3] = ["2", "1", "2027"];

async fn fill_half_a_form(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    open_form(stage, "dog-license").await?;
    to_details(page).await?;
    page.fill("The dog’s name", "Rex").await?;
    fill_date(page, RABIES_SHOT, RABIES_DATE).await?;
    page.choose("Are you over 65?", "Yes").await
}

async fn half_a_form_is_filled(page: &Page, text: fn(&str) -> String) -> Result<()> {
    page.holds("The dog’s name", "Rex").await?;
    assert_eq!(date_parts(page, RABIES_SHOT, text).await?, RABIES_DATE);
    assert!(page.is_chosen("Are you over 65?", "Yes").await?);
    Ok(())
}

#[test]
fn the_language_button_changes_every_text_and_keeps_what_was_typed() {
    stage(async |stage| {
        let page = &stage.page;
        fill_half_a_form(stage).await?;
        page.press("Español").await?;
        is_spanish(page, "details.heading").await?;
        half_a_form_is_filled(page, es).await?;
        // Spanish has the day before the month.
        let fields = page.names("textbox").await?;
        let index = |key: &str| fields.iter().position(|name| *name == es(key));
        assert!(index("date.day") < index("date.month"), "{fields:?}");

        page.press("English").await?;
        page.heading(&en("details.heading")).await?;
        half_a_form_is_filled(page, en).await?;
        // The resident's choice survives a reload.
        page.press("Español").await?;
        page.heading(&es("details.heading")).await?;
        page.reload().await?;
        is_spanish(page, "place.heading").await
    });
}

#[test]
fn errors_change_their_language_with_the_rest() {
    stage(async |stage| {
        let page = &stage.page;
        fill_half_a_form(stage).await?;
        page.fill("The dog’s name", "").await?;
        page.press(&en("continue")).await?;
        page.focus_on("alert", "").await?;
        page.press("Español").await?;
        is_spanish(page, "details.heading").await?;
        page.press(&es("continue")).await?;
        page.focus_on("alert", "Hay un problema").await?;
        page.find(
            "link",
            &es("fault.empty").replace("{label}", "The dog’s name"),
        )
        .await?;
        assert_eq!(untranslated(page).await?, [""; 0]);
        Ok(())
    });
}

#[test]
fn the_languages_of_element_and_page_are_followed() {
    stage(async |stage| {
        let page = &stage.page;
        fill_half_a_form(stage).await?;
        page.script("document.documentElement.lang = 'es-MX'", Vec::new())
            .await?;
        is_spanish(page, "details.heading").await?;
        half_a_form_is_filled(page, es).await?;

        page.script(
            "document.querySelector('front-door').lang = 'en'",
            Vec::new(),
        )
        .await?;
        page.heading(&en("details.heading")).await?;
        half_a_form_is_filled(page, en).await?;

        page.script(
            "document.querySelector('front-door').removeAttribute('lang')",
            Vec::new(),
        )
        .await?;
        is_spanish(page, "details.heading").await?;

        // For a language that the city does not offer, the first one that it offers.
        page.script("document.documentElement.lang = 'vi'", Vec::new())
            .await?;
        page.heading(&en("details.heading")).await?;
        half_a_form_is_filled(page, en).await
    });
}

#[test]
fn every_view_is_translated_to_spanish() {
    stage(async |stage| {
        let page = &stage.page;
        let views = [
            ("", "start.heading"),
            (r#"view="report""#, "services.heading"),
            (r#"view="guides""#, "guides.heading"),
            (r#"view="status""#, "lookup.heading"),
            (r#"service="no-such""#, "service.unknown"),
            (r#"guide="park-shelter""#, "guide.steps"),
            (r#"service="street-sweeping""#, "place.heading"),
        ];
        for (attribute, heading) in views {
            open_tag(stage, &format!(r#"lang="es" {attribute}"#)).await?;
            is_spanish(page, heading)
                .await
                .with_context(|| format!("with {attribute}"))?;
        }
        // On to the end of the journey.
        page.fill(&es("place.label"), "4 Main St").await?;
        page.press(&es("continue")).await?;
        is_spanish(page, "details.heading").await?;
        page.press(&es("continue")).await?;
        is_spanish(page, "photos.heading").await?;
        page.press(&es("continue")).await?;
        is_spanish(page, "how-to-reach.heading").await?;
        page.press(&es("continue")).await?;
        is_spanish(page, "check.heading").await?;
        page.press(&es("send")).await?;
        is_spanish(page, "sent.heading").await?;
        page.press(&es("sent.follow")).await?;
        is_spanish(page, "status.open").await
    });
}

#[test]
fn dates_are_formatted_for_the_language() {
    stage(async |stage| {
        let page = &stage.page;
        let id = newest_number(stage).await?;
        let sent = stage.city.request(&id).await?["requested_datetime"].clone();
        for language in ["en", "es"] {
            open_tag(stage, &format!(r#"lang="{language}" request="{id}""#)).await?;
            let date = page
                .script(FORMAT, vec![language.into(), sent.clone()])
                .await?;
            let date = date.as_str().context("no date")?;
            page.sees(&date.replace(['\u{a0}', '\u{202f}'], " "))
                .await?;
        }
        Ok(())
    });
}

/// Formats a moment in the city's time zone.
const FORMAT: &str = "return new Intl.DateTimeFormat(arguments[0], {
  weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', timeZone: 'America/Chicago',
}).format(new Date(arguments[1]));";

#[test]
fn english_elsewhere_than_in_the_united_states_is_british() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["languages"] = json!(["en-AU", "es"]))
            .await?;
        let british = en_gb("start.search");
        assert_ne!(british, en("start.search"), "nothing to tell them apart by");
        open_tag(stage, r#"lang="en-AU""#).await?;
        page.find("searchbox", &british).await?;
        // What does not differ is what is built in, and the language is the one that was asked for.
        page.heading(&en("start.heading")).await?;
        let language = format!("{ROOT}.querySelector('[role=region]').lang");
        assert_eq!(page.eval(&language).await?, "en-AU");
        Ok(())
    });
}

#[test]
fn texts_that_cannot_be_fetched_leave_english_and_a_warning() {
    stage(async |stage| {
        let page = &stage.page;
        stage.host.answer(dist::LOCALES, Reply::status(404));
        open_tag(stage, r#"lang="es""#).await?;
        page.heading(&en("start.heading")).await?;
        page.until("window.seen.warnings.some(line => line.includes('Frontdoor'))")
            .await
    });
}
