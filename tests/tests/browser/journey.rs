//! The main job, from need to status, as a resident does it.

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Stage, en, stage, stage_with};

use crate::steps::{contact, no_photos, number, send, start_form};

#[test]
fn a_resident_reports_a_pothole_and_looks_it_up_again() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&format!("{}/", stage.city.origin())).await?;
        page.fill(&en("start.search"), "pothole").await?;
        page.press("Pothole").await?;

        page.heading(&en("place.heading")).await?;
        page.sees("Pothole · Step 1 of 5").await?;
        page.sees("3 working days").await?;
        page.fill(&en("place.label"), "4 Main St, beside the bakery")
            .await?;
        page.press(&en("continue")).await?;

        page.heading(&en("details.heading")).await?;
        page.sees("deep enough to stop a car, call 911 now").await?;
        page.choose("How deep is it?", "A hand’s width or more")
            .await?;
        page.choose("Where in the street is it?", "Bike lane")
            .await?;
        page.fill(&en("description.label"), "Cars swerve around it.")
            .await?;
        page.press(&en("continue")).await?;

        contact(page).await?;

        page.heading(&en("check.heading")).await?;
        for answer in [
            "Pothole",
            "4 Main St, beside the bakery",
            "A hand’s width or more",
            "Bike lane",
        ] {
            page.sees(answer).await?;
        }
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        let number = number(page).await?;

        let kept = stage.city.request(&number).await?;
        assert_eq!(kept["service_code"], "pothole");
        assert_eq!(kept["address"], "4 Main St, beside the bakery");
        assert_eq!(kept["description"], "Cars swerve around it.");

        look_up(stage, &number).await
    });
}

async fn look_up(stage: &Stage, number: &str) -> Result<()> {
    let page = &stage.page;
    page.press(&en("start-again")).await?;
    page.press(&en("way.see")).await?;
    page.fill(&en("lookup.label"), &format!(" #{number} "))
        .await?;
    page.press(&en("lookup.press")).await?;
    page.heading(&en("status.open")).await?;
    for words in [
        number,
        "Pothole",
        "4 Main St, beside the bakery",
        "Cars swerve around it.",
    ] {
        page.sees(words).await?;
    }
    let update = [
        ("service_request_id", number),
        ("status", "closed"),
        ("description", "We filled it on Tuesday."),
    ];
    stage
        .city
        .post("servicerequestupdates.json", &update)
        .await?;
    page.press(&en("status.look-again")).await?;
    page.heading(&en("status.closed")).await?;
    page.sees("We filled it on Tuesday.").await
}

#[test]
fn what_was_sent_cannot_be_sent_again_by_going_back() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "street-sweeping").await?;
        send(page).await?;
        number(page).await?;
        page.press(&en("back")).await?;
        page.loses(&en("sent.heading")).await?;
        page.loses(&en("send")).await?;
        assert_eq!(
            stage.host.seen("POST", "/open311/v2/requests.json").len(),
            1
        );
        // The next request of this kind begins empty.
        start_form(stage, "street-sweeping").await?;
        page.holds(&en("place.label"), "").await
    });
}

#[test]
fn a_service_with_tokens_gives_its_number_after_a_while() {
    stage_with(&["--token-delay", "500"], async |stage| {
        let page = &stage.page;
        start_form(stage, "tax-copy").await?;
        page.fill(&en("place.label"), "40 River Rd").await?;
        page.press(&en("continue")).await?;
        let question = first_question(page).await?;
        page.fill(&question, "2025").await?;
        page.press(&en("continue")).await?;
        no_photos(page).await?;
        page.press(&en("contact.anonymous")).await?;
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        page.sees(&en("sent.token")).await?;
        page.sees(&en("sent.numbering")).await?;
        let number = number(page).await?;
        page.loses(&en("sent.token")).await?;
        assert_eq!(
            stage.city.request(&number).await?["service_code"],
            "tax-copy"
        );
        Ok(())
    });
}

#[test]
fn a_black_box_service_says_that_there_is_no_number() {
    stage(async |stage| {
        let page = &stage.page;
        start_form(stage, "feedback").await?;
        page.fill(&en("place.label"), "City Hall").await?;
        page.press(&en("continue")).await?;
        page.heading(&en("details.heading")).await?;
        let radio = page.names("radio").await?;
        let group = page.names("group").await?;
        page.choose(
            group.first().context("no question")?,
            radio.first().context("no answer")?,
        )
        .await?;
        page.fill(&first_question(page).await?, "Friendly and quick.")
            .await?;
        page.press(&en("continue")).await?;
        no_photos(page).await?;
        page.press(&en("contact.anonymous")).await?;
        page.press(&en("send")).await?;
        page.heading(&en("sent.heading")).await?;
        page.sees(&en("sent.no-number")).await?;
        let text = page.text().await?;
        assert!(!text.contains(&en("sent.number")), "{text}");
        assert!(!text.contains(&en("sent.follow")), "{text}");
        Ok(())
    });
}

async fn first_question(page: &Page) -> Result<String> {
    page.heading(&en("details.heading")).await?;
    page.names("textbox")
        .await?
        .into_iter()
        .next()
        .context("the form asks nothing")
}

#[test]
fn a_page_may_start_anywhere() {
    stage(async |stage| {
        let rows = stage.city.ask("requests.json?page_size=1").await?;
        let id = rows[0]["service_request_id"]
            .as_str()
            .context("no request")?;
        let request = format!(r#"request="{id}""#);
        let starts = [
            ("", en("start.heading")),
            (r#"view="report""#, en("services.heading")),
            (r#"view="guides""#, en("guides.heading")),
            (r#"view="status""#, en("lookup.heading")),
            (r#"service="pothole""#, en("place.heading")),
            (
                r#"guide="park-shelter""#,
                "Reserve a park shelter".to_owned(),
            ),
            (&request, en("status.history")),
        ];
        for (attribute, heading) in starts {
            let page = stage.host.page(&format!(
                r#"<front-door config="/frontdoor.json" {attribute}></front-door>"#
            ));
            stage.page.open(&page).await?;
            stage
                .page
                .heading(&heading)
                .await
                .with_context(|| format!("with {attribute}"))?;
            assert_eq!(
                stage.page.told("errors").await?,
                [""; 0],
                "with {attribute}"
            );
        }
        Ok(())
    });
}

#[test]
fn a_service_or_guide_that_does_not_exist_leads_to_the_list() {
    stage(async |stage| {
        let starts = [
            (
                r#"service="no-such""#,
                "service.unknown",
                "services.heading",
            ),
            (r#"guide="no-such""#, "guide.unknown", "guides.heading"),
        ];
        for (attribute, words, list) in starts {
            let page = stage.host.page(&format!(
                r#"<front-door config="/frontdoor.json" {attribute}></front-door>"#
            ));
            stage.page.open(&page).await?;
            stage.page.heading(&en(words)).await?;
            stage.page.press(&en(&format!("{words}-list"))).await?;
            stage.page.heading(&en(list)).await?;
        }
        Ok(())
    });
}
