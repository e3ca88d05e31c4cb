//! Guide files with errors: the author reads in the console what is wrong, and the resident gets the
//! rest of the guide and the phone number.

use std::time::Instant;

use frontdoor_tests::steps::common::{HASH_TAG, open_tag, shows_problem};
use frontdoor_tests::steps::guides::{guide_of, open_guide, open_served, serve_guides, shelter};
use frontdoor_tests::{Reply, en, stage};
use serde_json::{Value, json};

#[test]
fn unknown_parts_are_left_out_and_logged_with_their_path() {
    stage(async |stage| {
        let page = &stage.page;
        let guide = guide_of(json!([
            { "id": "a", "title": "One", "text": [{ "html": "<b>no</b>" }, "Yes"], "action": { "label": "Fly", "teleport": "x" } },
            { "id": "b", "title": "Two", "when": 7, "time": { "usual": "soon" } } ]));
        serve_guides(stage, &[guide])?;
        page.open(&stage.host.page(HASH_TAG)).await?;
        page.press(&en("way.how")).await?;
        page.press("A guide").await?;
        for text in ["One", "Yes", "Two", "311"] {
            page.sees(text).await?;
        }
        let text = page.text().await?;
        assert!(!text.contains("Fly") && !text.contains("<b>"), "{text}");
        for path in [
            "steps[0].text[0]",
            "steps[0].action",
            "steps[1].when",
            "steps[1].time.usual",
        ] {
            page.until(&format!(
                "[...seen.warnings, ...seen.errors].some((line) => line.includes({path:?}))"
            ))
            .await?;
        }
        Ok(())
    });
}

#[test]
fn for_a_truncated_file_the_index_entry_is_shown_and_loading_can_be_tried_again() {
    stage(async |stage| {
        let page = &stage.page;
        serve_guides(stage, &[shelter()])?;
        let whole = shelter().to_string();
        let half: String = whole.chars().take(whole.len() / 2).collect();
        stage.host.answer("/guides/shelter.json", Reply::json(half));
        open_guide(stage, "shelter").await?;
        page.heading("Get a shelter").await?;
        page.sees("For everybody.").await?;
        page.sees(&en("problem.trouble")).await?;
        page.sees(&en("contact.call").replace("{phone}", "311"))
            .await?;
        stage
            .host
            .answer("/guides/shelter.json", Reply::json(whole));
        page.press(&en("problem.retry")).await?;
        page.sees("Pick a day").await
    });
}

#[test]
fn three_hundred_steps_that_depend_on_each_other_in_a_circle_are_shown() {
    stage(async |stage| {
        let page = &stage.page;
        let steps: Vec<Value> = (0..300)
            .map(|index| json!({ "id": format!("s{index}"), "title": format!("Thing {index}"), "after": [format!("s{}", (index + 1) % 300)] }))
            .collect();
        let start = Instant::now();
        open_served(stage, guide_of(json!(steps))).await?;
        page.sees("Thing 299").await?;
        println!("300 steps: {:?} from opening the page", start.elapsed());
        let name = en("guide.step-of")
            .replace("{step}", "300")
            .replace("{steps}", "300");
        page.heading(&format!("{name} Thing 299")).await
    });
}

#[test]
fn a_guide_that_fails_to_load_can_be_tried_again() {
    stage(async |stage| {
        let page = &stage.page;
        for path in ["/guides/index.json", "/guides/park-shelter.json"] {
            stage.host.answer(path, Reply::html("<h1>Not a guide</h1>"));
            open_tag(stage, r#"guide="park-shelter""#).await?;
            shows_problem(page, "problem.trouble").await?;
            stage.host.restore(path);
            page.press(&en("problem.retry")).await?;
            page.sees("Pick a shelter and a date").await?;
        }
        Ok(())
    });
}
