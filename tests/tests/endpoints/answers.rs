//! Answers that are none: a network's own page in the place of all of them, and answers that break
//! off.

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Reply, Stage, Turn, en, eventually, stage};

use crate::steps::{
    ADDRESS, FOUND, POST, REQUESTS, SERVICES, TAG, WORDS, count, describe, go_on, number, one_of,
    past_nearby, pin, retry_on_start, search, start_form, tag_for, to_check,
};

const POTHOLE: &str = "/open311/v2/services/pothole.json";
const LOGIN: &str = "<!DOCTYPE html><html><head><title>Wi-Fi</title></head><body><h1>Welcome to Café Wi-Fi</h1><form><input name=room></form></body></html>";

/// All of the city's paths answer with the network's page: 200, and HTML.
fn capture(stage: &Stage, is_captured: bool) {
    for path in [
        "/open311/*",
        "/notices.json",
        "/geocode/*",
        "/boundary.geojson",
        "/upload",
    ] {
        match is_captured {
            true => stage.host.answer(path, Reply::html(LOGIN)),
            false => stage.host.heal(path),
        }
    }
}

/// The sentence, the telephone, and nothing of the page that came instead.
async fn says(page: &Page, sentence: &str) -> Result<()> {
    let there = async || {
        let alerts = page.names("alert").await?.join("\n");
        let is_said = [&en(sentence), "Call 311"]
            .iter()
            .all(|words| alerts.contains(*words));
        Ok((!is_said).then_some(alerts))
    };
    eventually(sentence, there).await?;
    let text = page.text().await?;
    assert!(!text.contains("Wi-Fi"), "{text}");
    Ok(())
}

#[test]
fn a_network_that_answers_everything_with_its_own_page_is_not_taken_for_the_city() {
    stage(async |stage| {
        let page = &stage.page;
        let before = count(&stage.city).await?;
        capture(stage, true);
        page.open(&stage.host.page(TAG)).await?;
        says(page, "problem.trouble").await?;
        capture(stage, false);
        retry_on_start(page).await?;
        search(page, "pothole", "Pothole").await?;
        pin(page, ADDRESS).await?;
        // In the middle of it the phone changes into such a network.
        capture(stage, true);
        page.press(&en("place.find")).await?;
        let failed = ["place.find-failed", "place.not-found"].map(en);
        let said = async || {
            let text = page.text().await?;
            Ok((!failed.iter().any(|words| text.contains(words))).then_some(text))
        };
        eventually("a word on the address", said).await?;
        page.holds(&en("place.label"), FOUND).await?;
        past_nearby(page).await?;
        page.choose("How deep is it?", "I don’t know").await?;
        describe(page, WORDS).await?;
        go_on(page, "photos.heading").await?;
        go_on(page, "how-to-reach.heading").await?;
        page.fill(&en("email"), "ada@example.org").await?;
        go_on(page, "check.heading").await?;
        page.press(&en("send")).await?;
        says(page, "problem.trouble").await?;
        for words in [ADDRESS, WORDS, "ada@example.org"] {
            page.sees(words).await?;
        }
        assert!(!page.text().await?.contains(&en("sent.heading")));
        capture(stage, false);
        page.press(&en("problem.retry")).await?;
        number(page).await?;
        assert_eq!(count(&stage.city).await?, before + 1);
        Ok(())
    });
}

#[test]
fn such_a_page_is_no_status_and_no_number_either() {
    stage(async |stage| {
        let page = &stage.page;
        let rows = stage.city.ask("requests.json?page_size=1").await?;
        let id = rows[0]["service_request_id"].as_str().context("no id")?;
        stage
            .host
            .answer("/open311/v2/requests/*", Reply::html(LOGIN));
        let tag = format!(r#"<front-door config="/frontdoor.json" request="{id}"></front-door>"#);
        page.open(&stage.host.page(&tag)).await?;
        says(page, "problem.trouble").await?;
        stage.host.heal("/open311/v2/requests/*");
        page.press(&en("problem.retry")).await?;
        page.sees(&en("status.history")).await?;
        // A token that is answered so stays a token.
        start_form(stage, "tax-copy").await?;
        to_check(page).await?;
        stage
            .host
            .answer("/open311/v2/tokens/*", Reply::html(LOGIN));
        page.press(&en("send")).await?;
        page.sees(&en("sent.token")).await?;
        crate::steps::arrived(stage, "GET", "/open311/v2/tokens/*", 1).await?;
        page.sees(&en("sent.numbering")).await?;
        stage.host.heal("/open311/v2/tokens/*");
        number(page).await.map(drop)
    });
}

/// A dozen places in an answer where it may break off, one of them inside a character.
fn places(text: &str) -> Vec<usize> {
    let bytes = text.trim_end().len();
    let mut places: Vec<usize> = (0..10).map(|tenth| bytes * tenth / 10).collect();
    places.extend([1, bytes - 1]);
    places.extend((0..bytes).find(|place| !text.is_char_boundary(*place)));
    places
}

async fn real(stage: &Stage, path: &str) -> Result<String> {
    Ok(String::from_utf8(stage.city.bytes(path).await?)?)
}

#[test]
fn a_list_or_a_form_that_breaks_off_anywhere_is_the_city_s_trouble() {
    stage(async |stage| {
        let page = &stage.page;
        let list = r#"<front-door config="/frontdoor.json" view="report"></front-door>"#;
        for (path, tag) in [(SERVICES, list.to_owned()), (POTHOLE, tag_for("pothole"))] {
            let places = places(&real(stage, path).await?);
            assert!(places.len() >= 12);
            stage.host.answer(path, Reply::status(500));
            page.open(&stage.host.page(&tag)).await?;
            for place in places {
                says(page, "problem.trouble").await?;
                stage.host.answer(path, Reply::turned(Turn::First(place)));
                page.press(&en("problem.retry")).await?;
                page.loses(&en("loading")).await?;
                says(page, "problem.trouble")
                    .await
                    .with_context(|| format!("{path} after {place} bytes"))?;
            }
            stage.host.answer(path, Reply::passed());
            page.press(&en("problem.retry")).await?;
            one_of(page, &["services.heading", "place.heading"]).await?;
            page.loses(&en("problem.trouble")).await?;
        }
        Ok(())
    });
}

#[test]
fn a_receipt_that_breaks_off_anywhere_is_not_called_received() {
    stage(async |stage| {
        let page = &stage.page;
        let before = count(&stage.city).await?;
        start_form(stage, "street-sweeping").await?;
        to_check(page).await?;
        let mut places = vec![0, 1, 2, 10, 20, 24, 26, 30, 33, 40, 50, 60];
        stage.host.answer(POST, Reply::turned(Turn::First(5)));
        page.press(&en("send")).await?;
        for sent in 1.. {
            // The widget asks once more by itself, under the same key.
            crate::steps::arrived(stage, "POST", REQUESTS, sent * 2).await?;
            page.loses(&en("sending")).await?;
            says(page, "problem.trouble").await?;
            page.sees(&en("send.doubt-safe")).await?;
            page.sees(WORDS).await?;
            let text = page.text().await?;
            assert!(!text.contains(&en("sent.number")), "{text}");
            let Some(place) = places.pop() else { break };
            stage.host.answer(POST, Reply::turned(Turn::First(place)));
            page.press(&en("problem.retry")).await?;
        }
        stage.host.answer(POST, Reply::passed());
        page.press(&en("problem.retry")).await?;
        let number = number(page).await?;
        assert_eq!(count(&stage.city).await?, before + 1);
        assert_eq!(stage.city.request(&number).await?["description"], WORDS);
        Ok(())
    });
}

#[test]
fn a_status_that_breaks_off_anywhere_is_neither_shown_nor_called_unknown() {
    stage(async |stage| {
        let page = &stage.page;
        let rows = stage.city.ask("requests.json?page_size=1").await?;
        let id = rows[0]["service_request_id"].as_str().context("no id")?;
        let path = format!("/open311/v2/requests/{id}.json");
        let mut places = places(&real(stage, &path).await?);
        // Nothing at all is what some cities say of a number that they do not know yet.
        places.retain(|place| *place > 0);
        stage.host.answer(&path, Reply::status(500));
        let tag = format!(r#"<front-door config="/frontdoor.json" request="{id}"></front-door>"#);
        page.open(&stage.host.page(&tag)).await?;
        for place in places {
            says(page, "problem.trouble").await?;
            stage.host.answer(&path, Reply::turned(Turn::First(place)));
            page.press(&en("problem.retry")).await?;
            page.loses(&en("loading")).await?;
            says(page, "problem.trouble")
                .await
                .with_context(|| format!("after {place} bytes"))?;
        }
        stage.host.answer(&path, Reply::passed());
        page.press(&en("problem.retry")).await?;
        page.sees(&en("status.history")).await
    });
}
