//! Answers that are too large, or written by somebody who means harm.

use anyhow::Result;
use frontdoor_tests::{Page, Reply, Stage, en, plural, stage};
use serde_json::{Value, json};

use crate::steps::{TAG, start_form};

const SERVICES: &str = "/open311/v2/services.json";
/// An interaction that takes longer than 200 ms is felt as slow (web.dev, INP); a machine that runs
/// other tests beside this one gets more.
const FELT: f64 = 500.0;

/// Types a text letter by letter into the first field and gives the milliseconds that each took
/// until what it changed was laid out.
const TYPE: &str = "
const done = arguments[arguments.length - 1];
const input = document.querySelector('front-door').shadowRoot.querySelector(arguments[0]);
const frame = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
(async () => {
  const times = [];
  for (let end = 1; end <= arguments[1].length; end++) {
    await frame();
    const start = performance.now();
    input.value = arguments[1].slice(0, end);
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    // What is drawn in answer is drawn in a task of its own, and laid out when it is asked for.
    await new Promise((go) => setTimeout(go));
    input.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  done(times);
})();";

async fn slowest(page: &Page, field: &str, text: &str) -> Result<f64> {
    let told = page
        .browser
        .execute_async(TYPE, vec![field.into(), text.into()])
        .await?;
    let times: Vec<f64> = told.convert()?;
    let slowest = times.iter().copied().fold(0.0, f64::max);
    println!("“{text}” in {field}: {slowest:.1} ms for the slowest letter, all: {times:.1?}");
    Ok(slowest)
}

#[test]
fn the_search_stays_quick_with_two_thousand_services() {
    stage(async |stage| {
        let page = &stage.page;
        let services: Vec<Value> = (0..2000).map(service).collect();
        stage
            .host
            .answer(SERVICES, Reply::json(Value::from(services).to_string()));
        page.open(&stage.host.page(TAG)).await?;
        page.heading(&en("start.heading")).await?;
        page.fill(&en("start.search"), "pot").await?;
        page.find("link", "Request 0 about potholes").await?;
        assert!(slowest(page, "#start-search", "street light 1234").await? < FELT);
        page.find("link", "Request 1234").await?;

        page.open(
            &stage
                .host
                .page(r#"<front-door config="/frontdoor.json" view="report"></front-door>"#),
        )
        .await?;
        page.find("link", "Request 1999").await?;
        assert!(slowest(page, "#services-search", "pothole 1500").await? < FELT);
        page.loses("Request 1999 ").await
    });
}

fn service(number: usize) -> Value {
    let about = match number % 4 {
        0 => "potholes",
        1 => "street lights",
        2 => "trees",
        _ => "trash",
    };
    json!({
        "service_code": format!("s{number}"), "service_name": format!("Request {number} about {about}"),
        "description": "Something that a large city lists", "metadata": false, "type": "realtime",
        "keywords": "street, light, pothole, tree, bin", "group": format!("Group {}", number % 40),
    })
}

#[test]
fn a_form_of_two_hundred_questions_stays_quick_and_keeps_all_answers() {
    stage(async |stage| {
        let page = &stage.page;
        let attributes: Vec<Value> = (0..200)
            .map(|number| {
                let datatype = ["string", "number", "text", "datetime", "singlevaluelist", "multivaluelist"][number % 6];
                let values: Vec<Value> = (0..5).map(|key| json!({ "key": key, "name": format!("Answer {key}") })).collect();
                json!({ "code": format!("q{number}"), "datatype": datatype, "required": true, "variable": true,
                        "order": number, "description": format!("Question number {number}?"), "values": values })
            })
            .collect();
        let definition = json!({ "service_code": "pothole", "attributes": attributes });
        stage.host.answer(
            "/open311/v2/services/pothole.json",
            Reply::json(definition.to_string()),
        );
        start_form(stage, "pothole").await?;
        page.fill(&en("place.label"), "4 Main St").await?;
        page.press(&en("continue")).await?;
        page.heading(&en("details.heading")).await?;
        page.sees("Question number 7?").await?;
        assert!(
            slowest(
                page,
                "input[type=text]",
                "an answer to the first of many questions"
            )
            .await?
                < FELT
        );
        page.fill("Question number 6?", "The last line").await?;
        page.press(&en("continue")).await?;
        // All of the first page but the two that were answered.
        page.focus_on("alert", &plural("summary.heading", 6))
            .await?;
        page.holds("Question number 6?", "The last line").await?;
        page.press(&en("fault.empty").replace("{label}", "Question number 1"))
            .await?;
        page.focus_on("textbox", "Question number 1?").await?;
        // Nothing of it is lost on the way to another page and back, or with a reload.
        page.press(&en("back")).await?;
        page.press(&en("continue")).await?;
        page.holds("Question number 6?", "The last line").await?;
        page.reload().await?;
        page.press(&en("continue")).await?;
        page.holds("Question number 6?", "The last line").await
    });
}

/// All pages of a long form, one after the other, and back at the first one with all that was typed.
#[test]
fn a_form_of_many_pages_keeps_the_answers_of_all_of_them() {
    stage(async |stage| {
        let page = &stage.page;
        let attributes: Vec<Value> = (0..40)
            .map(|number| json!({ "code": format!("q{number}"), "datatype": "string", "required": number % 4 == 0,
                                  "variable": true, "order": number, "description": format!("Question {number} of forty?") }))
            .collect();
        let definition = json!({ "service_code": "pothole", "attributes": attributes });
        stage.host.answer(
            "/open311/v2/services/pothole.json",
            Reply::json(definition.to_string()),
        );
        start_form(stage, "pothole").await?;
        page.fill(&en("place.label"), "4 Main St").await?;
        page.press(&en("continue")).await?;
        let required: Vec<usize> = (0..40).step_by(4).collect();
        for number in &required {
            let question = format!("Question {number} of forty?");
            // Eight questions are a page.
            if *number > 0 && number % 8 == 0 {
                page.press(&en("continue")).await?;
            }
            page.fill(&question, &format!("answer {number}")).await?;
        }
        page.press(&en("continue")).await?;
        page.heading(&en("photos.heading")).await?;
        for number in required.iter().rev() {
            if number % 8 == 4 {
                page.press(&en("back")).await?;
            }
            page.holds(
                &format!("Question {number} of forty?"),
                &format!("answer {number}"),
            )
            .await?;
        }
        Ok(())
    });
}

const EVIL: &str =
    "<img src=x onerror=window.ran=1><script>window.ran=1</script>\u{202e}Pot<b>hole</b>";

async fn is_harmless(page: &Page) -> Result<()> {
    assert_eq!(page.eval("window.ran").await?, "undefined");
    let strangers = page.eval("document.querySelector('front-door').shadowRoot.querySelectorAll('img, script, iframe, b b, [onerror], [href^=javascript]').length").await?;
    assert_eq!(strangers, "0");
    // An override that is left open would turn round what stands after it.
    assert!(!page.text().await?.contains('\u{202e}'));
    Ok(())
}

#[test]
fn markup_and_turned_letters_in_a_service_are_text() {
    stage(async |stage| {
        let page = &stage.page;
        let services = json!([{ "service_code": "evil", "service_name": EVIL, "description": EVIL, "metadata": true, "type": "realtime",
                                "keywords": EVIL, "group": EVIL }]);
        let definition = json!({ "service_code": "evil", "attributes": [
            { "code": "note", "variable": false, "description": EVIL, "order": 1 },
            { "code": EVIL, "variable": true, "datatype": "string", "required": true, "description": EVIL, "datatype_description": EVIL, "order": 2 },
            { "code": "one", "variable": true, "datatype": "singlevaluelist", "required": true, "description": "Choose", "order": 3,
              "values": [{ "key": EVIL, "name": EVIL }] },
        ]});
        stage
            .host
            .answer(SERVICES, Reply::json(services.to_string()));
        stage.host.answer(
            "/open311/v2/services/*",
            Reply::json(definition.to_string()),
        );
        page.open(
            &stage
                .host
                .page(r#"<front-door config="/frontdoor.json" view="report"></front-door>"#),
        )
        .await?;
        page.sees("Pot").await?;
        let name = page
            .names("link")
            .await?
            .into_iter()
            .find(|name| name.contains("Pot"))
            .unwrap_or_default();
        is_harmless(page).await?;
        page.press(&name).await?;
        page.heading(&en("place.heading")).await?;
        is_harmless(page).await?;
        page.fill(&en("place.label"), EVIL).await?;
        page.press(&en("continue")).await?;
        page.heading(&en("details.heading")).await?;
        page.sees("Pothole").await?;
        is_harmless(page).await?;
        page.press(&en("continue")).await?;
        page.focus_on("alert", "").await?;
        is_harmless(page).await
    });
}

#[test]
fn markup_and_turned_letters_in_a_request_are_text() {
    stage(async |stage| {
        let page = &stage.page;
        let update = json!([{ "update_id": "1", "service_request_id": "13", "status": EVIL, "description": EVIL, "updated_datetime": EVIL }]);
        let request = json!([{ "service_request_id": "13", "status": EVIL, "status_notes": EVIL, "service_name": EVIL, "description": EVIL,
            "agency_responsible": EVIL, "address": EVIL, "requested_datetime": EVIL, "expected_datetime": "\u{202e}soon", "media_url": "javascript:window.ran=1" }]);
        stage.host.answer(
            "/open311/v2/requests/13.json",
            Reply::json(request.to_string()),
        );
        stage.host.answer(
            "/open311/v2/servicerequestupdates.json",
            Reply::json(update.to_string()),
        );
        page.open(
            &stage
                .host
                .page(r#"<front-door config="/frontdoor.json" request="13"></front-door>"#),
        )
        .await?;
        page.sees(&en("status.history")).await?;
        is_harmless(page).await
    });
}

#[test]
fn markup_in_an_address_or_a_number_is_text() {
    stage(async |stage| {
        let page: &Page = &stage.page;
        let markup = "<img/src=x/onerror=window.ran=1>/../13?x=#y";
        look_up(stage, markup).await?;
        page.sees(&en("status.not-found-why")).await?;
        page.sees(markup).await?;
        is_harmless(page).await
    });
}

async fn look_up(stage: &Stage, number: &str) -> Result<()> {
    let page = &stage.page;
    page.open(
        &stage
            .host
            .page(r#"<front-door config="/frontdoor.json" view="status"></front-door>"#),
    )
    .await?;
    page.fill(&en("lookup.label"), number).await?;
    page.press(&en("lookup.press")).await
}
