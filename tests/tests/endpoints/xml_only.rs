//! Cities that speak nothing but XML, and what those hear of it whose city speaks JSON: nothing.

use anyhow::Result;
use frontdoor_tests::{Page, Reply, Stage, en, stage, stage_with};
use serde_json::json;

use crate::steps::{
    ADDRESS, POST, SERVICES, TAG, WORDS, contact, count, describe, go_on, in_markup, number,
    past_nearby, pin, search, start_form, to_check,
};

const PART: &str = "/fd/xml-*";
const REQUESTS_XML: &str = "/open311/v2/requests.xml";

/// A request with choices, from the first view to its status; gives its number.
async fn whole_journey(stage: &Stage) -> Result<String> {
    let page = &stage.page;
    page.open(&stage.host.page(TAG)).await?;
    search(page, "pothole", "Pothole").await?;
    pin(page, ADDRESS).await?;
    past_nearby(page).await?;
    page.sees("deep enough to stop a car, call 911 now").await?;
    page.choose("How deep is it?", "A hand’s width or more")
        .await?;
    page.choose("Where in the street is it?", "Bike lane")
        .await?;
    page.choose("Where in the street is it?", "Crosswalk")
        .await?;
    describe(page, WORDS).await?;
    go_on(page, "photos.heading").await?;
    page.press(&en("continue")).await?;
    contact(page).await?;
    page.press(&en("send")).await?;
    let number = number(page).await?;
    page.press(&en("sent.follow")).await?;
    page.heading(&en("status.open")).await?;
    for words in ["Pothole", ADDRESS, WORDS, &en("status.history")] {
        page.sees(words).await?;
    }
    Ok(number)
}

/// The paths of the endpoint that were asked and end so.
fn asked(stage: &Stage, ending: &str) -> Vec<String> {
    let seen = ["GET", "POST"].map(|method| stage.host.seen(method, "/open311/*"));
    let paths = seen.into_iter().flatten().map(|seen| seen.path);
    paths.filter(|path| path.ends_with(ending)).collect()
}

#[test]
fn a_city_that_speaks_only_xml_is_found_out_and_served() {
    stage_with(&["--xml-only"], async |stage| {
        let before = count(&stage.city).await?;
        whole_journey(stage).await?;
        let json = asked(stage, ".json");
        // It was asked once in JSON, and never again.
        assert!(json.iter().all(|path| path == SERVICES), "{json:?}");
        assert_eq!(json.len(), 1, "{json:?}");
        the_city_has_it(stage, before).await
    });
}

#[test]
fn a_city_whose_config_says_xml_is_never_asked_for_json() {
    stage_with(&["--xml-only"], async |stage| {
        let before = count(&stage.city).await?;
        stage
            .configure(|config| config["format"] = json!("xml"))
            .await?;
        whole_journey(stage).await?;
        assert_eq!(asked(stage, ".json"), [""; 0]);
        the_city_has_it(stage, before).await
    });
}

async fn the_city_has_it(stage: &Stage, before: usize) -> Result<()> {
    assert_eq!(stage.host.seen("POST", REQUESTS_XML).len(), 1);
    assert_eq!(stage.host.seen("GET", PART).len(), 1);
    assert_eq!(count(&stage.city).await?, before + 1);
    let kept = stage.city.clerk_page().await?;
    for words in [
        ADDRESS,
        WORDS,
        "deep",
        "bike",
        "cross",
        "Byron",
        "ada@example.org",
    ] {
        assert!(kept.contains(&in_markup(words)), "no {words}: {kept}");
    }
    Ok(())
}

#[test]
fn a_receipt_in_xml_becomes_a_number() {
    stage_with(&["--xml-only", "--token-delay", "800"], async |stage| {
        let page = &stage.page;
        start_form(stage, "tax-copy").await?;
        to_check(page).await?;
        page.press(&en("send")).await?;
        page.sees(&en("sent.numbering")).await?;
        number(page).await.map(drop)
    });
}

#[test]
fn an_error_in_xml_is_read_as_words() {
    stage_with(&["--xml-only", "--api-key", "k"], async |stage| {
        let page = &stage.page;
        let before = count(&stage.city).await?;
        stage
            .configure(|config| config["api_key"] = json!(null))
            .await?;
        start_form(stage, "street-sweeping").await?;
        to_check(page).await?;
        page.press(&en("send")).await?;
        page.sees("api_key was not provided").await?;
        refused_in_words(page).await?;
        // As recorded: the status line of HTTP stands inside, and it is not well-formed.
        let post = format!("POST {REQUESTS_XML}");
        let bodies = [
            (
                "HTTP/1.1 403 Forbidden \n\n<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<error>Invalid key -- can't proceed.</error>",
                "Invalid key -- can't proceed.",
            ),
            (
                "<errors><error><code>403</code><description>The key &lt;b&gt;is&lt;/b&gt; old &amp; gone</description></error></errors>",
                "is old & gone",
            ),
        ];
        for (body, words) in bodies {
            stage.host.answer(&post, Reply::text(403, "text/xml", body));
            page.press(&en("problem.retry")).await?;
            page.sees(words).await?;
            refused_in_words(page).await?;
        }
        assert_eq!(count(&stage.city).await?, before);
        Ok(())
    });
}

async fn refused_in_words(page: &Page) -> Result<()> {
    page.sees(&en("problem.refused")).await?;
    page.sees(&en("send.refused")).await?;
    page.sees(WORDS).await?;
    let alerts = page.names("alert").await?.join(" ");
    assert!(!alerts.contains(['<', '>']), "{alerts}");
    assert!(alerts.contains("Call 311"), "{alerts}");
    Ok(())
}

#[test]
fn whoever_has_a_city_that_speaks_json_never_fetches_the_reader_of_xml() {
    stage_with(&["--token-delay", "300"], async |stage| {
        let page = &stage.page;
        whole_journey(stage).await?;
        start_form(stage, "tax-copy").await?;
        to_check(page).await?;
        // Nor does it for an error, or for a page that stands in the place of an answer.
        for reply in [
            Reply::text(400, "text/xml", "<errors><error>No</error></errors>"),
            Reply::html("<!DOCTYPE html><html><h1>Sign in</h1></html>"),
            Reply::html("\n<HTML><h1>Sign in</h1></HTML>"),
        ] {
            stage.host.answer(POST, reply);
            page.press(&en("send")).await?;
            page.find("alert", "").await?;
        }
        stage.host.answer(POST, Reply::passed());
        page.press(&en("send")).await?;
        number(page).await?;
        assert_eq!(stage.host.seen("GET", PART).len(), 0);
        Ok(())
    });
}

#[test]
fn a_receipt_in_xml_from_a_city_that_speaks_json_is_read() {
    stage(async |stage| {
        let page = &stage.page;
        let receipt = "<?xml version='1.0'?>\n<service_requests><request>\
            <service_request_id>X-77</service_request_id></request></service_requests>";
        stage
            .host
            .answer(POST, Reply::text(201, "text/xml", receipt));
        start_form(stage, "street-sweeping").await?;
        to_check(page).await?;
        page.press(&en("send")).await?;
        assert_eq!(number(page).await?, "X-77");
        Ok(())
    });
}

#[test]
fn a_reader_of_xml_that_does_not_come_can_be_asked_for_again() {
    stage_with(&["--xml-only"], async |stage| {
        let page = &stage.page;
        stage.host.answer(PART, Reply::broken());
        page.open(&stage.host.page(TAG)).await?;
        // The city is well: it is the way to it that is broken.
        page.sees(&en("problem.unreachable")).await?;
        let alerts = page.names("alert").await?.join(" ");
        assert!(alerts.contains("Call 311"), "{alerts}");
        page.find("link", "Reserve a park shelter").await?;
        stage.host.heal(PART);
        page.press(&en("problem.retry")).await?;
        search(page, "pothole", "Pothole").await
    });
}
