//! Files that are not as they should be: the author hears what is wrong, and the resident has the rest
//! of the guide and the telephone.

use std::time::Instant;

use frontdoor_tests::{Reply, en, stage};
use serde_json::{Value, json};

use crate::own::{open, put, shelter};

const LISTEN: &str = "window.told = []; for (const how of ['warn', 'error']) { const own = console[how]; console[how] = (...all) => { window.told.push(all.join(' ')); own(...all); }; }";

#[test]
fn what_is_unknown_is_left_out_and_told_with_its_path() {
    stage(async |stage| {
        let page = &stage.page;
        put(
            stage,
            &[json!({ "id": "g", "title": "A guide", "steps": [
            { "id": "a", "title": "One", "text": [{ "html": "<b>no</b>" }, "Yes"], "action": { "label": "Fly", "teleport": "x" } },
            { "id": "b", "title": "Two", "when": 7, "time": { "usual": "soon" } } ] })],
        );
        let tag = r#"<front-door config="/frontdoor.json" history="hash"></front-door>"#;
        page.open(&stage.host.page(&format!("<script>{LISTEN}</script>{tag}")))
            .await?;
        page.press(&en("way.how")).await?;
        page.press("A guide").await?;
        for words in ["One", "Yes", "Two", "311"] {
            page.sees(words).await?;
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
                "window.told.some((line) => line.includes({path:?}))"
            ))
            .await?;
        }
        Ok(())
    });
}

#[test]
fn of_half_a_file_what_the_index_says_is_there_with_the_telephone_and_it_can_be_asked_for_again() {
    stage(async |stage| {
        let page = &stage.page;
        put(stage, &[shelter()]);
        let whole = shelter().to_string();
        let half: String = whole.chars().take(whole.len() / 2).collect();
        stage.host.answer("/guides/shelter.json", Reply::json(half));
        open(stage, "shelter").await?;
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
fn three_hundred_steps_and_steps_that_wait_for_each_other_are_drawn() {
    stage(async |stage| {
        let page = &stage.page;
        let steps: Vec<Value> = (0..300)
            .map(|index| json!({ "id": format!("s{index}"), "title": format!("Thing {index}"), "after": [format!("s{}", (index + 1) % 300)] }))
            .collect();
        put(
            stage,
            &[json!({ "id": "g", "title": "A long guide", "steps": steps })],
        );
        let begun = Instant::now();
        open(stage, "g").await?;
        page.sees("Thing 299").await?;
        println!("300 steps: {:?} from opening the page", begun.elapsed());
        let name = en("guide.step-of")
            .replace("{step}", "300")
            .replace("{steps}", "300");
        page.heading(&format!("{name} Thing 299")).await
    });
}

#[test]
fn an_office_is_told_whole_once_and_then_by_its_name() {
    stage(async |stage| {
        let page = &stage.page;
        put(stage, &[shelter()]);
        open(stage, "shelter").await?;
        page.sees("40 River Rd").await?;
        page.sees("No steps.").await?;
        page.sees(&en("contact.open")).await?;
        page.sees(&en("guide.at").replace("{office}", "Parks Office"))
            .await?;
        let text = page.text().await?;
        assert_eq!(text.matches("40 River Rd").count(), 1, "{text}");
        page.sees("We say no if it rains.").await?;
        page.sees(&en("guide.appeal")).await?;
        // What may help, too.
        page.find("link", "Another guide").await?;
        page.find("link", "Pothole").await?;
        Ok(())
    });
}
