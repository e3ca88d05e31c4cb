//! What a step offers to do right there.

use anyhow::Result;
use frontdoor_tests::{Stage, en, stage};
use serde_json::{Value, json};

use crate::own::{open, put};

/// A guide of one step with an action, and a question before it.
fn with(action: Value) -> Value {
    json!({ "id": "g", "title": "A guide", "questions": [
            { "id": "reason", "label": "What happened?", "options": [
                { "id": "stolen", "label": "It was stolen" }, { "id": "second", "label": "I want one more" } ] } ],
        "steps": [{ "id": "go", "title": "Go", "action": action }] })
}

const CART: &str = "recycling-cart";

/// On to the page of the form that asks for the reason.
async fn to_details(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.heading(&en("place.heading")).await?;
    page.fill(&en("place.label"), "118 Oak Street").await?;
    page.press(&en("continue")).await?;
    page.heading(&en("details.heading")).await
}

#[test]
fn a_form_opens_with_what_was_answered_in_the_guide() {
    stage(async |stage| {
        let page = &stage.page;
        let prefill = json!({ "reason": { "answer": "reason" }, "size": "64", "unknown": "x" });
        put(
            stage,
            &[with(
                json!({ "label": "Order it", "service": CART, "prefill": prefill }),
            )],
        );
        open(stage, "g").await?;
        page.press(&en("guide.check")).await?;
        page.choose("What happened?", "It was stolen").await?;
        page.press(&en("guide.show-mine")).await?;
        page.heading("A guide").await?;
        page.press("Order it").await?;
        to_details(stage).await?;
        let chosen = "[...document.querySelector('front-door').shadowRoot.querySelectorAll('input:checked')].map((box) => box.parentElement.textContent).join('|')";
        page.until(&format!(
            "({chosen}).includes('64') && ({chosen}).toLowerCase().includes('stolen')"
        ))
        .await
    });
}

#[test]
fn what_the_resident_answered_before_stays() {
    stage(async |stage| {
        let page = &stage.page;
        put(
            stage,
            &[with(
                json!({ "label": "Order it", "service": CART, "prefill": { "size": "64", "address": "9 Elm St" } }),
            )],
        );
        open(stage, "g").await?;
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

/// The calendar file that a press gives.
async fn calendar(stage: &Stage, calendar: Value) -> Result<String> {
    let page = &stage.page;
    put(
        stage,
        &[with(
            json!({ "label": "Save the days", "calendar": calendar }),
        )],
    );
    open(stage, "g").await?;
    page.heading("A guide").await?;
    let listen = "URL.createObjectURL = (blob) => {
            blob.text().then((text) => (window.saved = text));
            return 'about:blank';
        };
        HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download; };";
    page.script(listen, Vec::new()).await?;
    page.press("Save the days").await?;
    page.until("window.saved && window.savedAs === 'calendar.ics'")
        .await?;
    page.eval("saved").await
}

#[test]
fn dates_go_into_the_calendar_without_those_that_are_over() {
    stage(async |stage| {
        let dates = json!({ "title": { "en": "Pay; the tax" }, "place": "12 Main St, room 1", "dates": ["2020-01-01", "2099-06-01", "2099-06-02T19:00"], "remind": "1 day" });
        let file = calendar(stage, dates).await?;
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
fn a_time_from_now_is_counted_in_working_days() {
    stage(async |stage| {
        let file = calendar(stage, json!({ "title": "Answer", "in": "5 working days" })).await?;
        // Five working days are seven days, and more where holidays or a weekend lie in between.
        let (_, day) = file.split_once("DTSTART;VALUE=DATE:").expect("no day");
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
fn outside_addresses_telephones_files_and_guides_are_links() {
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
        put(
            stage,
            &[json!({ "id": "g", "title": "A guide", "steps": steps })],
        );
        open(stage, "g").await?;
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
