//! Days as the city counts them: its time zone, its weekends, its holidays. The page's clock is
//! stopped in these tests.

use anyhow::Result;
use frontdoor_tests::steps::common::tag;
use frontdoor_tests::steps::guides::{guide_of, serve_guides};
use frontdoor_tests::{Page, ROOT, Reply, Stage, en, stage};
use serde_json::{Value, json};

/// Opens a guide of one step with the page's clock stopped at a moment (RFC 3339), and with these
/// holidays in the index.
async fn open_at(stage: &Stage, moment: &str, holidays: &[&str], step: Value) -> Result<()> {
    serve_guides(stage, &[guide_of(json!([step]))])?;
    let index = json!({
        "guides": [{ "id": "g", "title": "A guide", "url": "g.json" }],
        "offices": [{ "id": "parks", "name": "Parks Office", "closed": ["2026-11-25"],
            "hours": [{ "days": ["mo", "tu", "we", "th", "fr"], "opens": "09:00", "closes": "16:30" }] }],
        "holidays": holidays
    });
    let index = Reply::json(index.to_string());
    stage.host.answer("/guides/index.json", index);
    let stopped_clock =
        format!("<script>{{ const now = Date.parse('{moment}'); Date.now = () => now; }}</script>");
    let address = stage
        .host
        .page_with_head(&stopped_clock, &tag(r#"guide="g""#));
    stage.page.go("about:blank").await?;
    stage.page.open(&address).await?;
    stage.page.heading("A guide").await
}

/// The days in the calendar file that the guide saves.
async fn saved_days(page: &Page) -> Result<Vec<String>> {
    let file = page.save("Save").await?.text;
    let lines = file.lines();
    let days = lines.filter_map(|line| Some(line.strip_prefix("DTSTART")?.split_once(':')?.1));
    Ok(days.map(str::to_owned).collect())
}

fn step_with_calendar(calendar: Value) -> Value {
    json!({ "id": "s", "title": "Go", "action": { "label": "Save", "calendar": calendar } })
}

#[test]
fn working_days_skip_weekends_and_the_holidays_of_index_and_config() {
    stage(async |stage| {
        // A Tuesday. November 26 is a holiday in the sample city's config.
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
            let step = step_with_calendar(json!({ "title": "Answer", "in": time }));
            open_at(stage, "2026-11-24T15:00:00Z", &["2026-12-01"], step).await?;
            assert_eq!(saved_days(&stage.page).await?, [day], "{time}");
        }
        Ok(())
    });
}

#[test]
fn today_is_the_date_in_the_city_s_time_zone() {
    stage(async |stage| {
        // 10:30 pm on November 24 in Riverton.
        let evening = "2026-11-25T04:30:00Z";
        let step = step_with_calendar(
            json!({ "title": "Pay", "dates": ["2026-11-23", "2026-11-24", "2026-12-01T19:00"] }),
        );
        open_at(stage, evening, &[], step).await?;
        assert_eq!(
            saved_days(&stage.page).await?,
            ["20261124", "20261201T190000"]
        );
        let step = step_with_calendar(json!({ "title": "Pay", "in": "1 day" }));
        open_at(stage, evening, &[], step).await?;
        assert_eq!(saved_days(&stage.page).await?, ["20261125"]);
        Ok(())
    });
}

#[test]
fn an_office_says_whether_it_is_open_and_is_closed_on_its_own_and_the_city_s_holidays() {
    let open = en("contact.open-until").replace("{time}", "4:30 PM");
    let tomorrow = en("contact.opens-tomorrow").replace("{time}", "9:00 AM");
    let on = |day: &str| {
        let text = en("contact.opens-on").replace("{time}", "9:00 AM");
        text.replace("{day}", day)
    };
    let cases = [
        ("2026-11-24T16:00:00Z", &[][..], open),
        // The next day is a holiday of this office, and the one after it of the whole city.
        ("2026-11-24T23:00:00Z", &[], on("Friday")),
        ("2026-11-23T16:00:00Z", &["2026-11-23"], tomorrow),
        ("2026-11-28T16:00:00Z", &["2026-11-30"], on("Tuesday")),
    ];
    stage(async |stage| {
        for (moment, holidays, expected) in &cases {
            let step = json!({ "id": "s", "title": "Go", "office": "parks" });
            open_at(stage, moment, holidays, step).await?;
            let office =
                format!("{ROOT}.querySelector('.office').textContent.replace(/\\s+/g, ' ')");
            let text = stage.page.eval(&office).await?;
            assert!(
                text.contains(expected.as_str()),
                "{moment}: “{expected}” is not in “{text}”"
            );
        }
        Ok(())
    });
}

#[test]
fn a_day_with_a_daylight_saving_change_counts_as_one_day() {
    stage(async |stage| {
        let cases = [
            // 12:30 am on October 30; the night to November 1 is an hour longer.
            ("2026-10-30T05:30:00Z", "5 days", "20261104"),
            // 11:30 pm on March 10; the night to March 14 is an hour shorter.
            ("2027-03-11T05:30:00Z", "5 days", "20270315"),
            ("2027-03-11T05:30:00Z", "5 working days", "20270317"),
        ];
        let mut wrong = Vec::new();
        for (moment, time, day) in cases {
            let step = step_with_calendar(json!({ "title": "Answer", "in": time }));
            open_at(stage, moment, &[], step).await?;
            let found = saved_days(&stage.page).await?;
            if found != [day] {
                wrong.push(format!("{time} from {moment}: {found:?} instead of {day}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
        Ok(())
    });
}

#[test]
fn if_all_dates_are_past_no_empty_file_is_saved() {
    stage(async |stage| {
        let page = &stage.page;
        let step = step_with_calendar(json!({ "title": "Pay", "dates": ["2020-01-01"] }));
        open_at(stage, "2026-11-24T15:00:00Z", &[], step).await?;
        if page.text().await?.contains("Save") {
            let file = page.save("Save").await?.text;
            assert!(file.contains("BEGIN:VEVENT"), "an empty calendar: {file}");
        }
        Ok(())
    });
}
