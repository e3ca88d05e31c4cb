//! Services that give a token first, or no number at all.

use frontdoor_tests::steps::common::{POST_REQUEST, TOKENS, arrived, word_after};
use frontdoor_tests::steps::request::{
    SPECIAL_TEXT, any_form_to_review, escape_html, open_form, sent_number,
};
use frontdoor_tests::{Reply, en, stage, stage_with};

#[test]
fn a_batch_service_gives_a_token_first_and_announces_the_number() {
    stage_with(&["--token-delay", "3000"], async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        open_form(stage, "tax-copy").await?;
        any_form_to_review(page).await?;
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        let token = word_after(page, &en("sent.token")).await?;
        page.hears(&en("sent.numbering")).await?;
        assert!(!page.text().await?.contains(&en("sent.number-later")));
        let number = sent_number(page).await?;
        assert_ne!(number, token);
        page.hears(&en("sent.numbered").replace("{number}", &number))
            .await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("sent.numbering")), "{text}");
        assert_eq!(stage.city.request_count().await?, before + 1);
        let row = stage.city.request(&number).await?;
        assert_eq!(row["service_code"], "tax-copy");
        assert_eq!(row["description"], SPECIAL_TEXT);
        // The token is not looked up again once it has a number.
        let look_ups = stage.host.seen("GET", TOKENS).len();
        page.press(&en("sent.follow")).await?;
        page.heading(&en("status.open")).await?;
        assert_eq!(stage.host.seen("GET", TOKENS).len(), look_ups);
        Ok(())
    });
}

#[test]
fn a_token_without_a_number_is_not_called_a_number() {
    stage_with(&["--token-delay", "600000"], async |stage| {
        let page = &stage.page;
        open_form(stage, "tax-copy").await?;
        any_form_to_review(page).await?;
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        arrived(stage, "GET", TOKENS, 2).await?;
        page.sees(&en("sent.numbering")).await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("sent.number")), "{text}");
        assert!(!text.contains(&en("sent.follow")), "{text}");
        Ok(())
    });
}

#[test]
fn a_black_box_promises_no_number_and_the_clerk_has_the_request() {
    stage(async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        open_form(stage, "feedback").await?;
        any_form_to_review(page).await?;
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        page.sees(&en("sent.no-number")).await?;
        let text = page.text().await?;
        for key in ["sent.number", "sent.token", "sent.numbering", "sent.follow"] {
            assert!(!text.contains(&en(key)), "{key}: {text}");
        }
        assert_eq!(stage.host.seen("GET", TOKENS).len(), 0);
        assert_eq!(stage.city.request_count().await?, before + 1);
        let clerk = stage.city.clerk_page().await?;
        assert!(clerk.contains("Tell us how we did"));
        assert!(clerk.contains(&escape_html(SPECIAL_TEXT)));
        Ok(())
    });
}

#[test]
fn a_black_box_request_whose_response_is_lost_is_sent_once() {
    stage(async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        open_form(stage, "feedback").await?;
        any_form_to_review(page).await?;
        stage.host.answer(POST_REQUEST, Reply::lost());
        page.press(&en("send")).await?;
        page.sees(&en("send.doubt-safe")).await?;
        stage.host.restore(POST_REQUEST);
        page.press(&en("problem.retry")).await?;
        page.sees(&en("sent.no-number")).await?;
        assert_eq!(stage.city.request_count().await?, before + 1);
        Ok(())
    });
}
