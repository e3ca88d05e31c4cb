//! The endpoint responds with a refusal, with nonsense or with nothing: every shape that servers have
//! for it becomes a sentence, and none becomes markup.

use anyhow::Context;
use frontdoor_tests::steps::common::{
    POTHOLE, SERVICES, TAG, go_on, nothing_ran, open_services, shows_problem,
};
use frontdoor_tests::steps::request::{open_form, to_details};
use frontdoor_tests::{Reply, en, stage};

#[test]
fn every_shape_of_refusal_becomes_a_sentence_with_the_city_s_reason_as_text() {
    // Status, content type, body, the key of the message, and the reason that is shown.
    let shapes = [
        (
            400,
            "application/json",
            r#"[{"code":400,"description":"jurisdiction_id was not provided"}]"#,
            "problem.refused",
            "jurisdiction_id was not provided",
        ),
        (
            404,
            "application/json",
            r#"{"code":404,"description":"This city is not here"}"#,
            "problem.refused",
            "This city is not here",
        ),
        (
            403,
            "application/json",
            r#"{"error":"The key is wrong"}"#,
            "problem.refused",
            "The key is wrong",
        ),
        (
            422,
            "application/json",
            r#"{"errors":["One reason","Another reason"]}"#,
            "problem.refused",
            "Another reason",
        ),
        (
            400,
            "application/json",
            r#"{"code":"x","detail":"A detail"}"#,
            "problem.refused",
            "A detail",
        ),
        (
            400,
            "application/json",
            r#"{"code":"x","detail":{"lat":["Outside of the city"]}}"#,
            "problem.refused",
            "Outside of the city",
        ),
        (
            400,
            "application/json",
            r#"{"code":"x","detail":[{"msg":"In a list"}]}"#,
            "problem.refused",
            "In a list",
        ),
        (
            400,
            "text/html",
            "<html><title>Bad</title><body><h1>No <b>way</b></h1><script>window.ran=1</script><img src=x onerror=window.ran=1></body></html>",
            "problem.refused",
            "No way",
        ),
        (
            400,
            "text/plain",
            "Plainly no",
            "problem.refused",
            "Plainly no",
        ),
        (400, "text/plain", "", "problem.refused", ""),
        (
            400,
            "application/json",
            r#"[{"description":"<img src=x onerror=window.ran=1>Marked <b>up</b>"}]"#,
            "problem.refused",
            "Marked up",
        ),
        (
            429,
            "application/json",
            r#"{"error":"slow down"}"#,
            "problem.busy",
            "",
        ),
        (
            500,
            "text/html",
            "<h1>Internal Server Error</h1>",
            "problem.trouble",
            "",
        ),
        (
            502,
            "text/html",
            "<html><script>window.ran=1</script></html>",
            "problem.trouble",
            "",
        ),
        (
            503,
            "application/json",
            r#"[{"code":503,"description":"maintenance"}]"#,
            "problem.trouble",
            "",
        ),
        (504, "text/plain", "", "problem.trouble", ""),
    ];
    stage(async |stage| {
        let page = &stage.page;
        open_services(stage, Reply::broken()).await?;
        shows_problem(page, "problem.unreachable").await?;
        for (status, content_type, body, sentence, reason) in shapes {
            let at = || format!("HTTP {status} {body}");
            // In XML, too, which is requested if there is no JSON.
            for path in [SERVICES, "/open311/v2/services.xml"] {
                stage
                    .host
                    .answer(path, Reply::text(status, content_type, body));
            }
            page.press(&en("problem.retry")).await?;
            page.loses(&en("loading")).await?;
            shows_problem(page, sentence).await.with_context(at)?;
            page.sees(reason).await.with_context(at)?;
            nothing_ran(page).await.with_context(at)?;
            let text = page.text().await?;
            assert!(!text.contains("window.ran"), "{text}");
        }
        Ok(())
    });
}

#[test]
fn a_response_that_is_not_json_is_a_problem_of_the_city() {
    let bodies = [
        ("application/json", r#"[{"service_code": "pothole","#),
        ("application/json", ""),
        (
            "text/html",
            "<!doctype html><title>Sign in</title><h1>Sign in</h1>",
        ),
        (
            "application/json",
            "<?xml version=\"1.0\"?><feed>Sign in</feed>",
        ),
        ("application/json", "null of it"),
    ];
    stage(async |stage| {
        let page = &stage.page;
        open_services(stage, Reply::status(500)).await?;
        for (content_type, body) in bodies {
            stage
                .host
                .answer(SERVICES, Reply::text(200, content_type, body));
            shows_problem(page, "problem.trouble").await?;
            page.press(&en("problem.retry")).await?;
            page.loses(&en("loading")).await?;
            shows_problem(page, "problem.trouble")
                .await
                .with_context(|| format!("with {body}"))?;
            assert!(!page.text().await?.contains("Sign in"));
        }
        Ok(())
    });
}

#[test]
fn an_empty_list_of_services_leads_to_the_phone() {
    stage(async |stage| {
        let page = &stage.page;
        open_services(stage, Reply::json("[]")).await?;
        page.sees(&en("services.none")).await?;
        page.find("link", "Call 311").await?;
        page.open(&stage.host.page(TAG)).await?;
        page.heading(&en("start.heading")).await?;
        page.fill(&en("start.search"), "birthday").await?;
        // Guides are still there.
        page.press("Reserve a park shelter").await?;
        page.sees("Pick a shelter and a date").await
    });
}

#[test]
fn a_malformed_definition_still_gives_a_form() {
    let malformed = [
        Reply::text(404, "text/html", "<h1>404</h1>"),
        Reply::json("[]"),
        Reply::json("null"),
        Reply::json(r#"{"service_code":"pothole"}"#),
        Reply::json(r#"{"service_code":"pothole","attributes":{}}"#),
        Reply::json(
            r#"[{"attributes":[null, 7, {"code":"depth","datatype":"singlevaluelist","variable":"true","values":"none"}]}]"#,
        ),
    ];
    for reply in malformed {
        stage(async |stage| {
            let page = &stage.page;
            stage.host.answer(POTHOLE, reply);
            open_form(stage, "pothole").await?;
            to_details(page).await?;
            go_on(page, "photos.heading").await
        });
    }
}
