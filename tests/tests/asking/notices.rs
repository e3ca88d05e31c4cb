//! What a resident has to know before typing: that it is an emergency, not the city's, not there now, or
//! known already. The city's notices are its own, so that each comes and goes without a new config.

use anyhow::Result;
use frontdoor_tests::{Page, Reply, Stage, en, stage};
use serde_json::json;

use crate::steps::{TAG, go_on, start_form, tag_for};

const NOTICES: &str = "/notices.json";

/// Opens the page of a service that has a notice, and waits for that.
async fn meets(stage: &Stage, service: &str, title: &str) -> Result<()> {
    let page = &stage.page;
    page.open(&stage.host.page(&tag_for(service))).await?;
    page.heading(title).await?;
    nothing_can_be_typed(page).await
}

async fn nothing_can_be_typed(page: &Page) -> Result<()> {
    for role in ["textbox", "searchbox", "combobox", "radio", "checkbox"] {
        let fields = page.names(role).await?;
        assert!(fields.is_empty(), "{role}: {fields:?}");
    }
    let buttons = page.names("button").await?;
    assert!(!buttons.contains(&en("continue")), "{buttons:?}");
    Ok(())
}

async fn leads_to(page: &Page, link: &str, address: &str) -> Result<()> {
    let link = page.find("link", link).await?;
    assert_eq!(link.attr("href").await?.as_deref(), Some(address));
    Ok(())
}

#[test]
fn an_emergency_goes_to_the_telephone_and_the_resident_may_go_on() {
    stage(async |stage| {
        let page = &stage.page;
        meets(stage, "sewer", "Do you smell gas?").await?;
        page.sees("Go outside first.").await?;
        // Not the one at the foot of every page, but the notice's own.
        let call = page.names("link").await?;
        assert_eq!(call.first().map(String::as_str), Some("Call 911"));
        leads_to(page, "Call 911", "tel:911").await?;
        page.press(&en("notice.no-emergency")).await?;
        page.heading(&en("place.heading")).await?;
        page.fill(&en("place.label"), "4 Main St").await?;
        // Whoever has read it is not asked again.
        go_on(page, "details.heading").await?;
        page.press(&en("back")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn what_is_not_the_city_s_names_who_is_in_charge_and_takes_no_request() {
    let cases = [
        (
            "traffic-signal",
            "Traffic lights are the state’s",
            "(555) 010-0180",
            "tel:5550100180",
        ),
        (
            "wildlife",
            "Wild animals are the county’s",
            "(555) 010-0170",
            "tel:5550100170",
        ),
    ];
    stage(async |stage| {
        let page = &stage.page;
        for (service, title, phone, address) in cases {
            meets(stage, service, title).await?;
            leads_to(page, &en("contact.call").replace("{phone}", phone), address).await?;
            let buttons = page.names("button").await?;
            for on in ["notice.no-emergency", "notice.something-else"] {
                assert!(!buttons.contains(&en(on)), "{buttons:?}");
            }
            page.press(&en("service.unknown-list")).await?;
            page.heading(&en("services.heading")).await?;
        }
        meets(stage, "traffic-signal", "Traffic lights are the state’s").await?;
        leads_to(page, &en("notice.more"), "https://roads.example/report").await
    });
}

#[test]
fn a_paused_service_says_until_when_and_its_form_does_not_begin() {
    stage(async |stage| {
        let page = &stage.page;
        let title = "Yard waste pickup pauses for the season";
        meets(stage, "yard-waste", title).await?;
        let (said, _) = en("notice.paused-until")
            .split_once('{')
            .map(|(said, rest)| (said.to_owned(), rest.to_owned()))
            .unwrap();
        page.sees(&said).await?;
        let text = page.text().await?;
        let (_, day) = text.split_once(&said).unwrap();
        let day: String = day.chars().take_while(|letter| *letter != '.').collect();
        let year = page
            .eval("new Date(Date.now() + 111 * 864e5).getFullYear()")
            .await?;
        assert!(day.contains(&year), "until “{day}”");
        // Nor by the address of a later page.
        let tag = TAG.replace("<front-door", r#"<front-door history="hash""#);
        for step in ["details", "contact", "check"] {
            let address = format!("{}#/report/yard-waste/{step}", stage.host.page(&tag));
            page.go("about:blank").await?;
            page.open(&address).await?;
            page.heading(title).await?;
            nothing_can_be_typed(page).await?;
            let buttons = page.names("button").await?;
            assert!(!buttons.contains(&en("send")), "{step}: {buttons:?}");
        }
        Ok(())
    });
}

#[test]
fn what_the_city_knows_already_is_said_and_the_resident_may_go_on() {
    stage(async |stage| {
        let page = &stage.page;
        meets(stage, "water-leak", "Water work on Elm St and Maple St").await?;
        page.sees("You don’t need to report it.").await?;
        let until = en("notice.until");
        page.sees(until.split('{').next().unwrap()).await?;
        page.press(&en("notice.something-else")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn the_notice_comes_in_the_language_of_the_page() {
    stage(async |stage| {
        let page = &stage.page;
        let tag = tag_for("sewer").replace("<front-door", r#"<front-door lang="es""#);
        page.open(&stage.host.page(&tag)).await?;
        page.heading("¿Huele a gas?").await?;
        page.sees("Luego llame al 911.").await
    });
}

#[test]
fn a_notice_of_the_clerk_stands_before_the_next_form_without_a_new_config() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&stage.host.page(TAG)).await?;
        page.press(&en("way.ask")).await?;
        page.press("Pothole").await?;
        page.heading(&en("place.heading")).await?;
        page.press(&en("back")).await?;
        let notice = [
            ("kind", "paused"),
            ("services", "pothole,graffiti"),
            ("title", "We are painting <b>&</b> paving"),
            ("text", "Nothing is taken in this week."),
        ];
        stage.city.post_to("/clerk/notices", &notice).await?;
        // In the same page, which has asked for notices before.
        page.press("Graffiti").await?;
        page.heading("We are painting <b>&</b> paving").await?;
        page.sees("Nothing is taken in this week.").await?;
        nothing_can_be_typed(page).await?;
        // And in another one.
        meets(stage, "pothole", "We are painting <b>&</b> paving").await
    });
}

#[test]
fn a_notice_for_everybody_stands_above_the_list_and_before_no_form() {
    stage(async |stage| {
        let page = &stage.page;
        let notice = [
            ("kind", "known"),
            ("services", ""),
            ("title", "City Hall is closed on Monday"),
            ("text", "Phones are answered."),
        ];
        stage.city.post_to("/clerk/notices", &notice).await?;
        page.open(&stage.host.page(TAG)).await?;
        page.press(&en("way.ask")).await?;
        page.sees("City Hall is closed on Monday").await?;
        page.press("Pothole").await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn notices_in_the_config_and_in_the_file_count_together() {
    stage(async |stage| {
        stage
            .configure(|config| {
                config["report"]["notices"] = json!([{
                    "kind": "not-ours", "services": ["sidewalk"],
                    "title": "Sidewalks are the owners’", "text": "Ask the owner of the house."
                }]);
            })
            .await?;
        meets(stage, "sidewalk", "Sidewalks are the owners’").await?;
        meets(stage, "sewer", "Do you smell gas?").await
    });
}

#[test]
fn notices_that_cannot_be_had_do_not_stop_a_form() {
    stage(async |stage| {
        let broken = [
            ("missing", Reply::status(404)),
            ("in trouble", Reply::text(500, "text/html", "<h1>500</h1>")),
            ("no JSON", Reply::json("[{\"kind\": \"paused\",")),
            ("no list", Reply::json(r#"{"error": "none"}"#)),
            (
                "odd rows",
                Reply::json(
                    r#"[7, null, "x", {"services": ["pothole"], "kind": 3}, {"services": 9}, []]"#,
                ),
            ),
            ("silent", Reply::silence()),
            ("broken off", Reply::broken()),
        ];
        for (what, reply) in broken {
            stage.host.answer(NOTICES, reply);
            start_form(stage, "pothole")
                .await
                .map_err(|error| error.context(what))?;
            let uncaught = stage.page.told("uncaught").await?;
            assert!(uncaught.is_empty(), "{what}: {uncaught:?}");
        }
        Ok(())
    });
}
