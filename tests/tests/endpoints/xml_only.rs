//! Cities that speak only XML. For all others the XML reader is never loaded.

use anyhow::Result;
use frontdoor_tests::steps::common::{POST_REQUEST, SERVICES, TAG, go_on};
use frontdoor_tests::steps::request::{
    KNOWN_ADDRESS, SPECIAL_TEXT, any_form_to_review, contact_by_email, describe, escape_html,
    look_up_address, open_form, past_nearby, search_service, sent_number,
};
use frontdoor_tests::{Page, Reply, Stage, dist, en, stage, stage_with};
use serde_json::json;

const REQUESTS_XML: &str = "/open311/v2/requests.xml";

/// Sends a request with choices, from the first view to its status.
async fn whole_journey(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.open(&stage.host.page(TAG)).await?;
    search_service(page, "pothole", "Pothole").await?;
    look_up_address(page, KNOWN_ADDRESS).await?;
    past_nearby(page).await?;
    page.sees("deep enough to stop a car, call 911 now").await?;
    page.choose("How deep is it?", "A hand’s width or more")
        .await?;
    page.choose("Where in the street is it?", "Bike lane")
        .await?;
    page.choose("Where in the street is it?", "Crosswalk")
        .await?;
    describe(page, SPECIAL_TEXT).await?;
    go_on(page, "photos.heading").await?;
    page.press(&en("continue")).await?;
    contact_by_email(page).await?;
    page.press(&en("send")).await?;
    sent_number(page).await?;
    page.press(&en("sent.follow")).await?;
    page.heading(&en("status.open")).await?;
    for text in [
        "Pothole",
        KNOWN_ADDRESS,
        SPECIAL_TEXT,
        &en("status.history"),
    ] {
        page.sees(text).await?;
    }
    Ok(())
}

/// The paths of the endpoint with this ending that were requested.
fn endpoint_paths(stage: &Stage, ending: &str) -> Vec<String> {
    let seen = ["GET", "POST"].map(|method| stage.host.seen(method, "/open311/*"));
    let paths = seen.into_iter().flatten().map(|seen| seen.path);
    paths.filter(|path| path.ends_with(ending)).collect()
}

#[test]
fn a_city_that_speaks_only_xml_is_detected() {
    stage_with(&["--xml-only"], async |stage| {
        let before = stage.city.request_count().await?;
        whole_journey(stage).await?;
        let json = endpoint_paths(stage, ".json");
        // JSON was requested once, and never again.
        assert!(json.iter().all(|path| path == SERVICES), "{json:?}");
        assert_eq!(json.len(), 1, "{json:?}");
        city_has_the_request(stage, before).await
    });
}

#[test]
fn with_format_xml_in_the_config_json_is_never_requested() {
    stage_with(&["--xml-only"], async |stage| {
        let before = stage.city.request_count().await?;
        stage
            .configure(|config| config["format"] = json!("xml"))
            .await?;
        whole_journey(stage).await?;
        assert_eq!(endpoint_paths(stage, ".json"), [""; 0]);
        city_has_the_request(stage, before).await
    });
}

async fn city_has_the_request(stage: &Stage, before: usize) -> Result<()> {
    assert_eq!(stage.host.seen("POST", REQUESTS_XML).len(), 1);
    assert_eq!(stage.host.seen("GET", dist::XML).len(), 1);
    assert_eq!(stage.city.request_count().await?, before + 1);
    let clerk = stage.city.clerk_page().await?;
    for text in [
        KNOWN_ADDRESS,
        SPECIAL_TEXT,
        "deep",
        "bike",
        "cross",
        "Byron",
        "ada@example.org",
    ] {
        assert!(clerk.contains(&escape_html(text)), "no {text}: {clerk}");
    }
    Ok(())
}

#[test]
fn a_token_in_xml_becomes_a_number() {
    stage_with(&["--xml-only", "--token-delay", "800"], async |stage| {
        let page = &stage.page;
        open_form(stage, "tax-copy").await?;
        any_form_to_review(page).await?;
        page.press(&en("send")).await?;
        page.sees(&en("sent.numbering")).await?;
        sent_number(page).await.map(drop)
    });
}

#[test]
fn an_error_in_xml_is_shown_as_text() {
    stage_with(&["--xml-only", "--api-key", "k"], async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        stage
            .configure(|config| config["api_key"] = json!(null))
            .await?;
        open_form(stage, "street-sweeping").await?;
        any_form_to_review(page).await?;
        page.press(&en("send")).await?;
        page.sees("api_key was not provided").await?;
        refused_as_text(page).await?;
        let post = format!("POST {REQUESTS_XML}");
        let body = "<errors><error><code>403</code><description>The key &lt;b&gt;is&lt;/b&gt; old &amp; gone</description></error></errors>";
        stage.host.answer(&post, Reply::text(403, "text/xml", body));
        page.press(&en("problem.retry")).await?;
        page.sees("is old & gone").await?;
        refused_as_text(page).await?;
        // As recorded: it contains an HTTP status line, and is not well-formed. It may be from a gateway, so it is not
        // taken for the city's refusal.
        let body = "HTTP/1.1 403 Forbidden \n\n<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<error>Invalid key -- can't proceed.</error>";
        stage.host.answer(&post, Reply::text(403, "text/xml", body));
        page.press(&en("problem.retry")).await?;
        page.sees(&en("send.doubt-safe")).await?;
        page.sees(SPECIAL_TEXT).await?;
        assert_eq!(stage.city.request_count().await?, before);
        Ok(())
    });
}

async fn refused_as_text(page: &Page) -> Result<()> {
    page.sees(&en("problem.refused")).await?;
    page.sees(&en("send.refused")).await?;
    page.sees(SPECIAL_TEXT).await?;
    let alerts = page.names("alert").await?.join(" ");
    assert!(!alerts.contains(['<', '>']), "{alerts}");
    assert!(alerts.contains("Call 311"), "{alerts}");
    Ok(())
}

#[test]
fn for_a_city_that_speaks_json_the_xml_reader_is_never_loaded() {
    stage_with(&["--token-delay", "300"], async |stage| {
        let page = &stage.page;
        whole_journey(stage).await?;
        open_form(stage, "tax-copy").await?;
        any_form_to_review(page).await?;
        // Not for a page in place of a response either.
        for reply in [
            Reply::html("<!DOCTYPE html><html><h1>Sign in</h1></html>"),
            Reply::html("\n<HTML><h1>Sign in</h1></HTML>"),
        ] {
            stage.host.answer(POST_REQUEST, reply);
            page.press(&en("send")).await?;
            page.find("alert", "").await?;
        }
        stage.host.answer(POST_REQUEST, Reply::passthrough());
        page.press(&en("send")).await?;
        sent_number(page).await?;
        assert_eq!(stage.host.seen("GET", dist::XML).len(), 0);
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
            .answer(POST_REQUEST, Reply::text(201, "text/xml", receipt));
        open_form(stage, "street-sweeping").await?;
        any_form_to_review(page).await?;
        page.press(&en("send")).await?;
        assert_eq!(sent_number(page).await?, "X-77");
        Ok(())
    });
}

#[test]
fn an_xml_reader_that_fails_to_load_can_be_tried_again() {
    stage_with(&["--xml-only"], async |stage| {
        let page = &stage.page;
        stage.host.answer(dist::XML, Reply::broken());
        page.open(&stage.host.page(TAG)).await?;
        // The city works: only the connection to the widget's server is broken.
        page.sees(&en("problem.unreachable")).await?;
        let alerts = page.names("alert").await?.join(" ");
        assert!(alerts.contains("Call 311"), "{alerts}");
        page.find("link", "Reserve a park shelter").await?;
        stage.host.restore(dist::XML);
        page.press(&en("problem.retry")).await?;
        search_service(page, "pothole", "Pothole").await
    });
}
