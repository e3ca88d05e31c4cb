//! Services that number later or not at all, and endpoints that want a key or a jurisdiction.

use anyhow::Result;
use frontdoor_tests::{Reply, Stage, en, eventually, pairs, stage, stage_with};
use serde_json::json;

use crate::steps::{
    POST, REQUESTS, SERVICES, TAG, WORDS, after_words, arrived, count, in_markup, number,
    start_form, to_check,
};

#[test]
fn a_batch_service_gives_a_receipt_first_and_announces_the_number() {
    stage_with(&["--token-delay", "3000"], async |stage| {
        let page = &stage.page;
        let before = count(&stage.city).await?;
        start_form(stage, "tax-copy").await?;
        to_check(page).await?;
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        let token = after_words(page, &en("sent.token")).await?;
        page.hears(&en("sent.numbering")).await?;
        assert!(!page.text().await?.contains(&en("sent.number-later")));
        let number = number(page).await?;
        assert_ne!(number, token);
        page.hears(&en("sent.numbered").replace("{number}", &number))
            .await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("sent.numbering")), "{text}");
        assert_eq!(count(&stage.city).await?, before + 1);
        let kept = stage.city.request(&number).await?;
        assert_eq!(kept["service_code"], "tax-copy");
        assert_eq!(kept["description"], WORDS);
        // The receipt is asked for again only until it has become a number.
        let asked = stage.host.seen("GET", "/open311/v2/tokens/*").len();
        page.press(&en("sent.follow")).await?;
        page.heading(&en("status.open")).await?;
        assert_eq!(stage.host.seen("GET", "/open311/v2/tokens/*").len(), asked);
        Ok(())
    });
}

#[test]
fn a_receipt_that_is_not_numbered_while_one_waits_is_not_called_a_number() {
    stage_with(&["--token-delay", "600000"], async |stage| {
        let page = &stage.page;
        start_form(stage, "tax-copy").await?;
        to_check(page).await?;
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        arrived(stage, "GET", "/open311/v2/tokens/*", 2).await?;
        page.sees(&en("sent.numbering")).await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("sent.number")), "{text}");
        assert!(!text.contains(&en("sent.follow")), "{text}");
        Ok(())
    });
}

#[test]
fn a_black_box_promises_no_number_and_the_clerk_has_it() {
    stage(async |stage| {
        let page = &stage.page;
        let before = count(&stage.city).await?;
        start_form(stage, "feedback").await?;
        to_check(page).await?;
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        page.sees(&en("sent.no-number")).await?;
        let text = page.text().await?;
        for key in ["sent.number", "sent.token", "sent.numbering", "sent.follow"] {
            assert!(!text.contains(&en(key)), "{key}: {text}");
        }
        assert_eq!(stage.host.seen("GET", "/open311/v2/tokens/*").len(), 0);
        assert_eq!(count(&stage.city).await?, before + 1);
        let kept = stage.city.clerk_page().await?;
        assert!(kept.contains("Tell us how we did") && kept.contains(&in_markup(WORDS)));
        Ok(())
    });
}

#[test]
fn a_black_box_whose_answer_is_lost_is_sent_once() {
    stage(async |stage| {
        let page = &stage.page;
        let before = count(&stage.city).await?;
        start_form(stage, "feedback").await?;
        to_check(page).await?;
        stage.host.answer(POST, Reply::lost());
        page.press(&en("send")).await?;
        page.sees(&en("send.doubt-safe")).await?;
        stage.host.heal(POST);
        page.press(&en("problem.retry")).await?;
        page.sees(&en("sent.no-number")).await?;
        assert_eq!(count(&stage.city).await?, before + 1);
        Ok(())
    });
}

const KEYED: [&str; 2] = ["--api-key", "open-sesame"];

#[test]
fn with_its_key_an_endpoint_that_wants_one_takes_the_request() {
    stage_with(&KEYED, async |stage| {
        let page = &stage.page;
        let before = count(&stage.city).await?;
        start_form(stage, "street-sweeping").await?;
        to_check(page).await?;
        page.press(&en("send")).await?;
        number(page).await?;
        let sent = stage.host.seen("POST", REQUESTS);
        assert_eq!(sent.len(), 1);
        let key = ("api_key".to_owned(), "open-sesame".to_owned());
        assert!(pairs(&sent[0].body)?.contains(&key), "{}", sent[0].body);
        assert_eq!(count(&stage.city).await?, before + 1);
        Ok(())
    });
}

#[test]
fn without_its_key_the_refusal_is_said_and_nothing_is_lost() {
    let wrong = [
        (json!(null), "api_key was not provided"),
        (json!("open-barley"), "api_key is not known here"),
    ];
    for (key, reason) in wrong {
        stage_with(&KEYED, async |stage| {
            let page = &stage.page;
            let before = count(&stage.city).await?;
            stage.configure(|config| config["api_key"] = key).await?;
            start_form(stage, "street-sweeping").await?;
            to_check(page).await?;
            page.press(&en("send")).await?;
            refused(stage, reason).await?;
            page.sees(&en("send.refused")).await?;
            assert_eq!(count(&stage.city).await?, before);
            // The webmaster puts the key in: what was typed is still there.
            stage.host.heal("/frontdoor.json");
            page.reload().await?;
            page.holds(&en("place.label"), "4 Main St").await?;
            for heading in ["details.heading", "photos.heading", "how-to-reach.heading"] {
                crate::steps::go_on(page, heading).await?;
            }
            page.holds(&en("email"), "ada@example.org").await?;
            crate::steps::go_on(page, "check.heading").await?;
            page.sees(WORDS).await?;
            page.press(&en("send")).await?;
            number(page).await?;
            assert_eq!(count(&stage.city).await?, before + 1);
            Ok(())
        });
    }
}

/// The one alert: the city said no, why, and the telephone.
async fn refused(stage: &Stage, reason: &str) -> Result<()> {
    let page = &stage.page;
    let said = async || {
        let alerts = page.names("alert").await?.join("\n");
        let said = [&en("problem.refused"), reason, "Call 311"]
            .iter()
            .all(|words| alerts.contains(*words));
        Ok((!said).then_some(alerts))
    };
    eventually(&format!("the refusal “{reason}”"), said).await
}

const FAR: [&str; 2] = ["--jurisdiction", "far.example"];

#[test]
fn an_endpoint_of_many_cities_hears_with_every_call_which_city_is_meant() {
    stage_with(&FAR, async |stage| {
        let page = &stage.page;
        let before = count(&stage.city).await?;
        page.open(&stage.host.page(TAG)).await?;
        crate::steps::search(page, "tax bill", "Copy of a property tax bill").await?;
        to_check(page).await?;
        page.press(&en("send")).await?;
        // The call for the number behind the receipt names the city, too.
        number(page).await?;
        page.press(&en("sent.follow")).await?;
        page.heading(&en("status.open")).await?;
        assert_eq!(count(&stage.city).await?, before + 1);
        Ok(())
    });
}

#[test]
fn an_endpoint_that_is_not_told_which_city_is_meant_says_so_on_the_page() {
    stage_with(&FAR, async |stage| {
        let page = &stage.page;
        let missing = [
            (json!(null), "jurisdiction_id was not provided"),
            (
                json!("near.example"),
                "jurisdiction_id near.example was not found",
            ),
        ];
        for (named, reason) in missing {
            stage
                .configure(|config| config["jurisdiction"] = named)
                .await?;
            page.open(&stage.host.page(TAG)).await?;
            refused(stage, reason).await?;
        }
        // The attribute on the page comes before the config.
        let tag =
            r#"<front-door config="/frontdoor.json" jurisdiction="far.example"></front-door>"#;
        page.open(&stage.host.page(tag)).await?;
        crate::steps::search(page, "pothole", "Pothole").await?;
        assert!(page.names("alert").await?.is_empty());
        assert!(!stage.host.seen("GET", SERVICES).is_empty());
        Ok(())
    });
}
