//! Responses that are cut off, in the browser.

use anyhow::{Context, Result};
use frontdoor_tests::steps::common::{
    POST_REQUEST, POTHOLE, REQUESTS, SERVICES, alerts, arrived, one_of, open_tag,
};
use frontdoor_tests::steps::request::{SPECIAL_TEXT, any_form_to_review, open_form, sent_number};
use frontdoor_tests::steps::status::newest_number;
use frontdoor_tests::{Corruption, Reply, Stage, en, stage};

/// A dozen lengths at which a response is cut off, one of them inside a character.
fn cuts(text: &str) -> Vec<usize> {
    let bytes = text.trim_end().len();
    let mut cuts: Vec<usize> = (0..10).map(|tenth| bytes * tenth / 10).collect();
    cuts.extend([1, bytes - 1]);
    cuts.extend((0..bytes).find(|length| !text.is_char_boundary(*length)));
    cuts
}

async fn full_response(stage: &Stage, path: &str) -> Result<String> {
    Ok(String::from_utf8(stage.city.bytes(path).await?)?)
}

#[test]
fn a_truncated_list_or_definition_is_a_problem_of_the_city() {
    stage(async |stage| {
        let page = &stage.page;
        for (path, attribute) in [
            (SERVICES, r#"view="report""#),
            (POTHOLE, r#"service="pothole""#),
        ] {
            let cuts = cuts(&full_response(stage, path).await?);
            assert!(cuts.len() >= 12);
            stage.host.answer(path, Reply::status(500));
            open_tag(stage, attribute).await?;
            for length in cuts {
                alerts(page, &[&en("problem.trouble")]).await?;
                let reply = Reply::corrupted(Corruption::Truncated(length));
                stage.host.answer(path, reply);
                page.press(&en("problem.retry")).await?;
                page.loses(&en("loading")).await?;
                alerts(page, &[&en("problem.trouble")])
                    .await
                    .with_context(|| format!("{path} after {length} bytes"))?;
            }
            stage.host.answer(path, Reply::passthrough());
            page.press(&en("problem.retry")).await?;
            one_of(page, &["services.heading", "place.heading"]).await?;
            page.loses(&en("problem.trouble")).await?;
        }
        Ok(())
    });
}

#[test]
fn a_truncated_receipt_is_not_called_received() {
    stage(async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        open_form(stage, "street-sweeping").await?;
        any_form_to_review(page).await?;
        let mut cuts = vec![0, 1, 2, 10, 20, 24, 26, 30, 33, 40, 50, 60];
        stage
            .host
            .answer(POST_REQUEST, Reply::corrupted(Corruption::Truncated(5)));
        page.press(&en("send")).await?;
        for sent in 1.. {
            // The widget repeats the request once, with the same key.
            arrived(stage, "POST", REQUESTS, sent * 2).await?;
            page.loses(&en("sending")).await?;
            alerts(page, &[&en("problem.trouble")]).await?;
            page.sees(&en("send.doubt-safe")).await?;
            page.sees(SPECIAL_TEXT).await?;
            let text = page.text().await?;
            assert!(!text.contains(&en("sent.number")), "{text}");
            let Some(length) = cuts.pop() else { break };
            let reply = Reply::corrupted(Corruption::Truncated(length));
            stage.host.answer(POST_REQUEST, reply);
            page.press(&en("problem.retry")).await?;
        }
        stage.host.answer(POST_REQUEST, Reply::passthrough());
        page.press(&en("problem.retry")).await?;
        let number = sent_number(page).await?;
        assert_eq!(stage.city.request_count().await?, before + 1);
        assert_eq!(
            stage.city.request(&number).await?["description"],
            SPECIAL_TEXT
        );
        Ok(())
    });
}

#[test]
fn a_truncated_status_is_neither_shown_nor_called_unknown() {
    stage(async |stage| {
        let page = &stage.page;
        let id = newest_number(stage).await?;
        let path = format!("/open311/v2/requests/{id}.json");
        let mut cuts = cuts(&full_response(stage, &path).await?);
        // Some cities respond with an empty body about a number that they do not know yet.
        cuts.retain(|length| *length > 0);
        stage.host.answer(&path, Reply::status(500));
        open_tag(stage, &format!(r#"request="{id}""#)).await?;
        for length in cuts {
            alerts(page, &[&en("problem.trouble")]).await?;
            let reply = Reply::corrupted(Corruption::Truncated(length));
            stage.host.answer(&path, reply);
            page.press(&en("problem.retry")).await?;
            page.loses(&en("loading")).await?;
            alerts(page, &[&en("problem.trouble")])
                .await
                .with_context(|| format!("after {length} bytes"))?;
        }
        stage.host.answer(&path, Reply::passthrough());
        page.press(&en("problem.retry")).await?;
        page.sees(&en("status.history")).await
    });
}
