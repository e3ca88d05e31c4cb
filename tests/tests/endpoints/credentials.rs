//! Endpoints that require an API key or a jurisdiction.

use frontdoor_tests::steps::common::{SERVICES, TAG, alerts, go_on, open_tag};
use frontdoor_tests::steps::request::{
    SPECIAL_TEXT, any_form_to_review, open_form, posted_fields, posts, search_service, sent_number,
};
use frontdoor_tests::{en, stage_with};
use serde_json::json;

const KEYED: [&str; 2] = ["--api-key", "open-sesame"];

#[test]
fn with_the_key_an_endpoint_that_requires_one_takes_the_request() {
    stage_with(&KEYED, async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        open_form(stage, "street-sweeping").await?;
        any_form_to_review(page).await?;
        page.press(&en("send")).await?;
        sent_number(page).await?;
        assert_eq!(posts(stage), 1);
        let fields = posted_fields(stage)?;
        let key = ("api_key".to_owned(), "open-sesame".to_owned());
        assert!(fields.contains(&key), "{fields:?}");
        assert_eq!(stage.city.request_count().await?, before + 1);
        Ok(())
    });
}

#[test]
fn without_the_key_the_refusal_is_shown_and_nothing_is_lost() {
    let wrong = [
        (json!(null), "api_key was not provided"),
        (json!("open-barley"), "api_key is not known here"),
    ];
    for (key, reason) in wrong {
        stage_with(&KEYED, async |stage| {
            let page = &stage.page;
            let before = stage.city.request_count().await?;
            stage.configure(|config| config["api_key"] = key).await?;
            open_form(stage, "street-sweeping").await?;
            any_form_to_review(page).await?;
            page.press(&en("send")).await?;
            alerts(page, &[&en("problem.refused"), reason]).await?;
            page.sees(&en("send.refused")).await?;
            assert_eq!(stage.city.request_count().await?, before);
            // The webmaster adds the key: what was typed is still there.
            stage.host.restore("/frontdoor.json");
            page.reload().await?;
            page.holds(&en("place.label"), "4 Main St").await?;
            for heading in ["details.heading", "photos.heading", "how-to-reach.heading"] {
                go_on(page, heading).await?;
            }
            page.holds(&en("email"), "ada@example.org").await?;
            go_on(page, "check.heading").await?;
            page.sees(SPECIAL_TEXT).await?;
            page.press(&en("send")).await?;
            sent_number(page).await?;
            assert_eq!(stage.city.request_count().await?, before + 1);
            Ok(())
        });
    }
}

const FAR: [&str; 2] = ["--jurisdiction", "far.example"];

#[test]
fn every_call_names_the_jurisdiction() {
    stage_with(&FAR, async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        page.open(&stage.host.page(TAG)).await?;
        search_service(page, "tax bill", "Copy of a property tax bill").await?;
        any_form_to_review(page).await?;
        page.press(&en("send")).await?;
        // The look-up of the token names the jurisdiction, too.
        sent_number(page).await?;
        page.press(&en("sent.follow")).await?;
        page.heading(&en("status.open")).await?;
        assert_eq!(stage.city.request_count().await?, before + 1);
        Ok(())
    });
}

#[test]
fn a_missing_or_wrong_jurisdiction_is_shown_on_the_page() {
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
            alerts(page, &[&en("problem.refused"), reason]).await?;
        }
        // The attribute of the tag overrides the config.
        open_tag(stage, r#"jurisdiction="far.example""#).await?;
        search_service(page, "pothole", "Pothole").await?;
        assert!(page.names("alert").await?.is_empty());
        assert!(!stage.host.seen("GET", SERVICES).is_empty());
        Ok(())
    });
}
