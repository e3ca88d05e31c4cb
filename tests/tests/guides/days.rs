//! Days as the city counts them: its clock, its weekends, its holidays. The page's clock stands still here.

use anyhow::Result;
use frontdoor_tests::{Page, Reply, Stage, en, host_page, stage};
use serde_json::{Value, json};

use crate::own::put;

/// Opens a guide of one step at a moment (RFC 3339). These days are holidays in the index.
async fn open_at(stage: &Stage, moment: &str, holidays: &[&str], step: Value) -> Result<()> {
    put(
        stage,
        &[json!({ "id": "g", "title": "A guide", "steps": [step] })],
    );
    let index = json!({
        "guides": [{ "id": "g", "title": "A guide", "url": "g.json" }],
        "offices": [{ "id": "parks", "name": "Parks Office", "closed": ["2026-11-25"],
            "hours": [{ "days": ["mo", "tu", "we", "th", "fr"], "opens": "09:00", "closes": "16:30" }] }],
        "holidays": holidays
    });
    let index = Reply::json(index.to_string());
    stage.host.answer("/guides/index.json", index);
    let stands_still =
        format!("<script>{{ const now = Date.parse('{moment}'); Date.now = () => now; }}</script>");
    let tag = r#"<front-door config="/frontdoor.json" guide="g"></front-door>"#;
    let page = Reply::html(host_page(&stands_still, tag));
    stage.host.answer("/", page);
    stage.page.go("about:blank").await?;
    stage.page.open(&stage.host.url("/")).await?;
    stage.page.heading("A guide").await
}

const LISTEN: &str = "URL.createObjectURL = (blob) => {
        blob.text().then((text) => (window.saved = text));
        return 'about:blank';
    };
    HTMLAnchorElement.prototype.click = function () {};";

/// The days that a press puts into the calendar.
async fn days(page: &Page) -> Result<Vec<String>> {
    page.script(LISTEN, Vec::new()).await?;
    page.press("Save").await?;
    page.until("window.saved").await?;
    let file = page.eval("saved").await?;
    let lines = file.lines();
    let days = lines.filter_map(|line| Some(line.strip_prefix("DTSTART")?.split_once(':')?.1));
    Ok(days.map(str::to_owned).collect())
}

fn save(calendar: Value) -> Value {
    json!({ "id": "s", "title": "Go", "action": { "label": "Save", "calendar": calendar } })
}

#[test]
fn working_days_pass_over_weekends_and_the_holidays_of_the_index_and_of_the_config() {
    stage(async |stage| {
        // A Tuesday. The config of the sample city has the 26th of November.
        let cases = [
            ("0 working days", "20261124"),
            ("1 working day", "20261125"),
            ("2 working days", "20261127"),
            ("3 working days", "20261130"),
            ("4 working days", "20261202"),
            ("2-5 working days", "20261203"),
            ("3 days", "20261127"),
            ("2 weeks", "20261208"),
        ];
        for (time, day) in cases {
            let step = save(json!({ "title": "Answer", "in": time }));
            open_at(stage, "2026-11-24T15:00:00Z", &["2026-12-01"], step).await?;
            assert_eq!(days(&stage.page).await?, [day], "{time}");
        }
        Ok(())
    });
}

#[test]
fn today_is_the_city_s_day_and_not_the_one_of_the_world_s_clock() {
    stage(async |stage| {
        // Half past ten in the evening of the 24th in Riverton.
        let evening = "2026-11-25T04:30:00Z";
        let step = save(
            json!({ "title": "Pay", "dates": ["2026-11-23", "2026-11-24", "2026-12-01T19:00"] }),
        );
        open_at(stage, evening, &[], step).await?;
        assert_eq!(days(&stage.page).await?, ["20261124", "20261201T190000"]);
        let step = save(json!({ "title": "Pay", "in": "1 day" }));
        open_at(stage, evening, &[], step).await?;
        assert_eq!(days(&stage.page).await?, ["20261125"]);
        Ok(())
    });
}

#[test]
fn an_office_says_whether_it_is_open_and_is_closed_on_its_own_days_and_on_everyone_s() {
    let until = en("contact.until").replace("{time}", "4:30 PM");
    let open = format!("{}{until}", en("contact.open"));
    let tomorrow = en("contact.opens-tomorrow").replace("{time}", "9:00 AM");
    let on = |day: &str| {
        let words = en("contact.opens-on").replace("{time}", "9:00 AM");
        words.replace("{day}", day)
    };
    let cases = [
        ("2026-11-24T16:00:00Z", &[][..], open),
        // The day after is closed for this office, and the next one for all of the city.
        ("2026-11-24T23:00:00Z", &[], on("Friday")),
        ("2026-11-23T16:00:00Z", &["2026-11-23"], tomorrow),
        ("2026-11-28T16:00:00Z", &["2026-11-30"], on("Tuesday")),
    ];
    stage(async |stage| {
        for (moment, holidays, words) in &cases {
            let step = json!({ "id": "s", "title": "Go", "office": "parks" });
            open_at(stage, moment, holidays, step).await?;
            let office = "document.querySelector('front-door').shadowRoot.querySelector('.office').textContent.replace(/\\s+/g, ' ')";
            let said = stage.page.eval(office).await?;
            assert!(
                said.contains(words.as_str()),
                "{moment}: “{words}” is not in “{said}”"
            );
        }
        Ok(())
    });
}

#[test]
fn the_day_on_which_the_clock_is_set_back_or_forward_is_one_day() {
    stage(async |stage| {
        let cases = [
            // Half past midnight on October 30; the night to November 1 is an hour longer.
            ("2026-10-30T05:30:00Z", "5 days", "20261104"),
            // Half past eleven in the evening of March 10; the night to March 14 is an hour shorter.
            ("2027-03-11T05:30:00Z", "5 days", "20270315"),
            ("2027-03-11T05:30:00Z", "5 working days", "20270317"),
        ];
        let mut wrong = Vec::new();
        for (moment, time, day) in cases {
            let step = save(json!({ "title": "Answer", "in": time }));
            open_at(stage, moment, &[], step).await?;
            let found = days(&stage.page).await?;
            if found != [day] {
                wrong.push(format!("{time} from {moment}: {found:?} and not {day}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
        Ok(())
    });
}

#[test]
fn where_all_dates_are_over_no_empty_file_is_given() {
    stage(async |stage| {
        let page = &stage.page;
        let step = save(json!({ "title": "Pay", "dates": ["2020-01-01"] }));
        open_at(stage, "2026-11-24T15:00:00Z", &[], step).await?;
        page.script(LISTEN, Vec::new()).await?;
        let before = page.text().await?;
        if before.contains("Save") {
            page.press("Save").await?;
            page.until("window.saved").await?;
            let file = page.eval("saved").await?;
            assert!(
                file.contains("BEGIN:VEVENT"),
                "a calendar of nothing: {file}"
            );
        }
        Ok(())
    });
}
