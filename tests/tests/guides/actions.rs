//! What a step of a guide offers to do.

use anyhow::Result;
use frontdoor_tests::steps::guides::{guide_of, open_served};
use frontdoor_tests::steps::request::to_details;
use frontdoor_tests::{ROOT, Stage, en, stage};
use serde_json::{Value, json};

/// A guide of one step with an action, and a question.
fn guide_with_action(action: Value) -> Value {
    json!({ "id": "g", "title": "A guide", "questions": [
            { "id": "reason", "label": "What happened?", "options": [
                { "id": "stolen", "label": "It was stolen" }, { "id": "second", "label": "I want one more" } ] } ],
        "steps": [{ "id": "go", "title": "Go", "action": action }] })
}

const CART: &str = "recycling-cart";

#[test]
fn a_form_opens_with_the_answers_from_the_guide() {
    stage(async |stage| {
        let page = &stage.page;
        let prefill = json!({ "reason": { "answer": "reason" }, "size": "64", "unknown": "x" });
        let action = json!({ "label": "Order it", "service": CART, "prefill": prefill });
        open_served(stage, guide_with_action(action)).await?;
        page.press(&en("guide.check")).await?;
        page.choose("What happened?", "It was stolen").await?;
        page.press(&en("guide.show-mine")).await?;
        page.heading("A guide").await?;
        page.press("Order it").await?;
        page.heading(&en("place.heading")).await?;
        to_details(page).await?;
        let chosen = format!(
            "[...{ROOT}.querySelectorAll('input:checked')].map((box) => box.parentElement.textContent).join('|')"
        );
        page.until(&format!(
            "({chosen}).includes('64') && ({chosen}).toLowerCase().includes('stolen')"
        ))
        .await
    });
}

#[test]
fn an_action_does_not_overwrite_what_the_resident_changed() {
    stage(async |stage| {
        let page = &stage.page;
        let action = json!({ "label": "Order it", "service": CART,
            "prefill": { "size": "64", "address": "9 Elm St" } });
        open_served(stage, guide_with_action(action)).await?;
        page.press("Order it").await?;
        page.heading(&en("place.heading")).await?;
        page.holds(&en("place.label"), "9 Elm St").await?;
        page.fill(&en("place.label"), "118 Oak Street").await?;
        page.press(&en("back")).await?;
        page.heading("A guide").await?;
        page.press("Order it").await?;
        page.heading(&en("place.heading")).await?;
        page.holds(&en("place.label"), "118 Oak Street").await
    });
}

/// Saves a calendar file from a guide, and returns its contents.
async fn save_calendar(stage: &Stage, calendar: Value) -> Result<String> {
    let action = json!({ "label": "Save the days", "calendar": calendar });
    open_served(stage, guide_with_action(action)).await?;
    stage.page.heading("A guide").await?;
    let file = stage.page.save("Save the days").await?;
    assert_eq!(file.name, "calendar.ics");
    Ok(file.text)
}

#[test]
fn dates_can_be_saved_to_the_calendar_without_past_ones() {
    stage(async |stage| {
        let dates = json!({ "title": { "en": "Pay; the tax" }, "place": "12 Main St, room 1", "dates": ["2020-01-01", "2099-06-01", "2099-06-02T19:00"], "remind": "1 day" });
        let file = save_calendar(stage, dates).await?;
        for line in [
            "BEGIN:VCALENDAR",
            "DTSTART;VALUE=DATE:20990601",
            "DTSTART:20990602T190000",
            "SUMMARY:Pay\\; the tax",
            "TRIGGER:-P1D",
        ] {
            assert!(file.contains(line), "{line} is not in {file}");
        }
        assert!(!file.contains("2020"), "{file}");
        Ok(())
    });
}

#[test]
fn a_date_in_working_days_is_counted_from_today() {
    stage(async |stage| {
        let file =
            save_calendar(stage, json!({ "title": "Answer", "in": "5 working days" })).await?;
        // Five working days are seven days, or more if there is a holiday among them.
        let (_, day) = file
            .split_once("DTSTART;VALUE=DATE:")
            .expect("the file has no date");
        let day: String = day.chars().take(8).collect();
        let expected = "(() => {
            const holidays = HOLIDAYS; const iso = (date) => new Intl.DateTimeFormat('sv', { timeZone: 'America/Chicago' }).format(date);
            let date = Date.now(); let left = 5;
            while (left) { date += 864e5; const name = new Intl.DateTimeFormat('en', { timeZone: 'America/Chicago', weekday: 'short' }).format(date);
                if (!['Sat', 'Sun'].includes(name) && !holidays.includes(iso(date))) left -= 1; }
            return iso(date).replaceAll('-', ''); })()";
        let config = stage.city.file("/frontdoor.json").await?;
        let expected = expected.replace("HOLIDAYS", &config["holidays"].to_string());
        assert_eq!(day, stage.page.eval(&expected).await?);
        Ok(())
    });
}

#[test]
fn external_addresses_phone_numbers_files_and_guides_are_links() {
    stage(async |stage| {
        let page = &stage.page;
        let steps = [
            json!({ "label": "Call us", "phone": "(555) 010-0160" }),
            json!({ "label": "Read more", "url": "https://riverton.example/parks" }),
            json!({ "label": "Take the list", "download": "/list.txt" }),
            json!({ "label": "The other one", "guide": "other" }),
        ];
        let steps: Vec<Value> = steps.iter().enumerate()
            .map(|(index, action)| json!({ "id": format!("s{index}"), "title": format!("Step {index}"), "action": action })).collect();
        open_served(stage, guide_of(json!(steps))).await?;
        for (name, address) in [
            ("Call us", "tel:5550100160"),
            ("Read more", "https://riverton.example/parks"),
            ("Take the list", "/list.txt"),
            ("The other one", "#/guide/other"),
        ] {
            let link = page.find("link", name).await?;
            assert_eq!(link.attr("href").await?.as_deref(), Some(address), "{name}");
        }
        Ok(())
    });
}
