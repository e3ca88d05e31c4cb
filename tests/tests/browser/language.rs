//! The resident's language: from the element, the page or the widget's own button, with every
//! word of the interface in it and nothing lost that was typed.

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Stage, en, es, phrases, stage};

use crate::steps::{TAG, start_form};

/// English words of the interface that are still to be read.
async fn left_over(page: &Page) -> Result<Vec<String>> {
    let text = page.text().await?;
    let spanish = phrases("es");
    let is_left = |words: &String| {
        // Short words are in others, and some are the same in both languages.
        words.chars().count() > 6
            && text.contains(words.as_str())
            && !spanish.iter().any(|other| other.contains(words.as_str()))
    };
    Ok(phrases("en").into_iter().filter(is_left).collect())
}

async fn is_spanish(page: &Page, heading: &str) -> Result<()> {
    page.heading(&es(heading)).await?;
    assert_eq!(left_over(page).await?, [""; 0]);
    let language = page
        .eval("document.querySelector('front-door').shadowRoot.querySelector('[role=region]').lang")
        .await?;
    assert_eq!(language, "es");
    Ok(())
}

async fn half_a_form(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    start_form(stage, "dog-license").await?;
    page.fill(&en("place.label"), "4 Main St").await?;
    page.press(&en("continue")).await?;
    page.fill("The dog’s name", "Rex").await?;
    for (part, text) in [
        ("date.month", "2"),
        ("date.day", "1"),
        ("date.year", "2027"),
    ] {
        page.fill_in(&en(part), text, "Until when is its rabies shot good?")
            .await?;
    }
    page.choose("Are you over 65?", "Yes").await
}

async fn the_half_is_there(page: &Page, words: fn(&str) -> String) -> Result<()> {
    page.holds("The dog’s name", "Rex").await?;
    for (part, text) in [
        ("date.month", "2"),
        ("date.day", "1"),
        ("date.year", "2027"),
    ] {
        let field = page
            .find_in(
                "textbox",
                &words(part),
                "Until when is its rabies shot good?",
            )
            .await?;
        assert_eq!(field.prop("value").await?.as_deref(), Some(text));
    }
    assert!(page.is_chosen("Are you over 65?", "Yes").await?);
    Ok(())
}

#[test]
fn the_language_button_changes_every_word_and_keeps_what_was_typed() {
    stage(async |stage| {
        let page = &stage.page;
        half_a_form(stage).await?;
        page.press("Español").await?;
        is_spanish(page, "details.heading").await?;
        the_half_is_there(page, es).await?;
        // Day before month, as Spanish writes it.
        let fields = page.names("textbox").await?;
        let place = |key: &str| fields.iter().position(|name| *name == es(key));
        assert!(place("date.day") < place("date.month"), "{fields:?}");

        page.press("English").await?;
        page.heading(&en("details.heading")).await?;
        the_half_is_there(page, en).await?;
        // The choice is the resident's, and outlives a reload.
        page.press("Español").await?;
        page.heading(&es("details.heading")).await?;
        page.reload().await?;
        is_spanish(page, "place.heading").await
    });
}

#[test]
fn mistakes_change_their_language_with_the_rest() {
    stage(async |stage| {
        let page = &stage.page;
        half_a_form(stage).await?;
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
        assert_eq!(left_over(page).await?, [""; 0]);
        Ok(())
    });
}

#[test]
fn the_element_s_language_and_the_page_s_are_followed() {
    stage(async |stage| {
        let page = &stage.page;
        half_a_form(stage).await?;
        page.script("document.documentElement.lang = 'es-MX'", Vec::new())
            .await?;
        is_spanish(page, "details.heading").await?;
        the_half_is_there(page, es).await?;

        page.script(
            "document.querySelector('front-door').lang = 'en'",
            Vec::new(),
        )
        .await?;
        page.heading(&en("details.heading")).await?;
        the_half_is_there(page, en).await?;

        page.script(
            "document.querySelector('front-door').removeAttribute('lang')",
            Vec::new(),
        )
        .await?;
        is_spanish(page, "details.heading").await?;

        // A language that nobody offers: the first one that is offered.
        page.script("document.documentElement.lang = 'vi'", Vec::new())
            .await?;
        page.heading(&en("details.heading")).await?;
        the_half_is_there(page, en).await
    });
}

#[test]
fn every_view_can_be_read_in_spanish() {
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
            let tag = format!(
                r#"<front-door lang="es" config="/frontdoor.json" {attribute}></front-door>"#
            );
            page.open(&stage.host.page(&tag)).await?;
            is_spanish(page, heading)
                .await
                .with_context(|| format!("with {attribute}"))?;
        }
        // On, to the last words of the journey.
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
fn dates_are_written_as_the_language_writes_them() {
    stage(async |stage| {
        let page = &stage.page;
        let rows = stage.city.ask("requests.json?page_size=1").await?;
        let text = |field: &str| rows[0][field].as_str().context("a request without it");
        let (id, sent) = (text("service_request_id")?, text("requested_datetime")?);
        for language in ["en", "es"] {
            let tag = format!(
                r#"<front-door lang="{language}" config="/frontdoor.json" request="{id}"></front-door>"#
            );
            page.open(&stage.host.page(&tag)).await?;
            let arguments = vec![language.into(), sent.into()];
            let written = page.script(WRITE, arguments).await?;
            let written = written
                .as_str()
                .unwrap_or_default()
                .replace(['\u{a0}', '\u{202f}'], " ");
            page.sees(&written).await?;
        }
        Ok(())
    });
}

/// A moment in the city's time zone.
const WRITE: &str = "return new Intl.DateTimeFormat(arguments[0], {
  weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', timeZone: 'America/Chicago',
}).format(new Date(arguments[1]));";

#[test]
fn words_that_cannot_be_fetched_leave_english_and_a_warning() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer("/fd/locales*", frontdoor_tests::Reply::status(404));
        page.open(
            &stage
                .host
                .page(&TAG.replace("<front-door", r#"<front-door lang="es""#)),
        )
        .await?;
        page.heading(&en("start.heading")).await?;
        page.until("window.seen.warnings.some(line => line.includes('Frontdoor'))")
            .await
    });
}
