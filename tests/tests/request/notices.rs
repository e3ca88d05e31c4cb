//! What a resident has to know before typing: an emergency, not the city's responsibility, paused, or
//! already known. Notices are a file of their own, so they change without a new config.

use anyhow::{Context, Result};
use frontdoor_tests::steps::common::{NOTICES, TAG, go_on, open_hash, open_tag};
use frontdoor_tests::steps::request::{form_page, open_form};
use frontdoor_tests::{Page, Reply, Stage, en, stage};
use serde_json::json;

/// Opens the form of a service and expects a notice in its place.
async fn shows_notice(stage: &Stage, service: &str, title: &str) -> Result<()> {
    let page = &stage.page;
    page.open(&form_page(stage, service)).await?;
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

async fn links_to(page: &Page, link: &str, address: &str) -> Result<()> {
    let link = page.find("link", link).await?;
    assert_eq!(link.attr("href").await?.as_deref(), Some(address));
    Ok(())
}

#[test]
fn an_emergency_leads_to_the_phone_and_the_resident_can_go_on() {
    stage(async |stage| {
        let page = &stage.page;
        shows_notice(stage, "sewer", "Do you smell gas?").await?;
        page.sees("Go outside first.").await?;
        // The notice's own link, not the one at the foot of every page.
        let call = page.names("link").await?;
        assert_eq!(call.first().map(String::as_str), Some("Call 911"));
        links_to(page, "Call 911", "tel:911").await?;
        page.press(&en("notice.no-emergency")).await?;
        page.heading(&en("place.heading")).await?;
        page.fill(&en("place.label"), "4 Main St").await?;
        // The notice is not shown again once it was read.
        go_on(page, "details.heading").await?;
        page.press(&en("back")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn a_notice_about_another_authority_names_it_and_takes_no_request() {
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
            shows_notice(stage, service, title).await?;
            links_to(page, &en("contact.call").replace("{phone}", phone), address).await?;
            let buttons = page.names("button").await?;
            for key in ["notice.no-emergency", "notice.something-else"] {
                assert!(!buttons.contains(&en(key)), "{buttons:?}");
            }
            page.press(&en("service.unknown-list")).await?;
            page.heading(&en("services.heading")).await?;
        }
        shows_notice(stage, "traffic-signal", "Traffic lights are the state’s").await?;
        links_to(page, &en("notice.more"), "https://roads.example/report").await
    });
}

#[test]
fn a_paused_service_says_until_when_and_has_no_form() {
    stage(async |stage| {
        let page = &stage.page;
        let title = "Yard waste pickup pauses for the season";
        shows_notice(stage, "yard-waste", title).await?;
        let until = en("notice.paused-until");
        let (until, _) = until.split_once('{').unwrap();
        page.sees(until).await?;
        let text = page.text().await?;
        let (_, day) = text.split_once(until).unwrap();
        let day: String = day.chars().take_while(|letter| *letter != '.').collect();
        let year = page
            .eval("new Date(Date.now() + 111 * 864e5).getFullYear()")
            .await?;
        assert!(day.contains(&year), "until “{day}”");
        // The address of a later step does not open the form either.
        for step in ["details", "contact", "check"] {
            page.go("about:blank").await?;
            open_hash(stage, &format!("#/report/yard-waste/{step}")).await?;
            page.heading(title).await?;
            nothing_can_be_typed(page).await?;
            let buttons = page.names("button").await?;
            assert!(!buttons.contains(&en("send")), "{step}: {buttons:?}");
        }
        Ok(())
    });
}

#[test]
fn a_known_problem_is_shown_and_the_resident_can_go_on() {
    stage(async |stage| {
        let page = &stage.page;
        shows_notice(stage, "water-leak", "Water work on Elm St and Maple St").await?;
        page.sees("You don’t need to report it.").await?;
        let until = en("notice.until");
        page.sees(until.split('{').next().unwrap()).await?;
        page.press(&en("notice.something-else")).await?;
        page.heading(&en("place.heading")).await
    });
}

#[test]
fn notices_are_in_the_language_of_the_page() {
    stage(async |stage| {
        let page = &stage.page;
        open_tag(stage, r#"lang="es" service="sewer""#).await?;
        page.heading("¿Huele a gas?").await?;
        page.sees("Luego llame al 911.").await
    });
}

#[test]
fn a_notice_that_the_clerk_adds_appears_before_the_next_form() {
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
        // On the same page, which has loaded the notices before.
        page.press("Graffiti").await?;
        page.heading("We are painting <b>&</b> paving").await?;
        page.sees("Nothing is taken in this week.").await?;
        nothing_can_be_typed(page).await?;
        // And on another page.
        shows_notice(stage, "pothole", "We are painting <b>&</b> paving").await
    });
}

#[test]
fn a_notice_for_all_services_appears_above_the_list_and_before_no_form() {
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
fn notices_in_the_config_and_in_the_file_are_both_shown() {
    stage(async |stage| {
        stage
            .configure(|config| {
                config["report"]["notices"] = json!([{
                    "kind": "not-ours", "services": ["sidewalk"],
                    "title": "Sidewalks are the owners’", "text": "Ask the owner of the house."
                }]);
            })
            .await?;
        shows_notice(stage, "sidewalk", "Sidewalks are the owners’").await?;
        shows_notice(stage, "sewer", "Do you smell gas?").await
    });
}

#[test]
fn notices_that_cannot_be_loaded_do_not_stop_a_form() {
    stage(async |stage| {
        let bad = [
            ("missing", Reply::status(404)),
            ("failing", Reply::text(500, "text/html", "<h1>500</h1>")),
            ("not JSON", Reply::json("[{\"kind\": \"paused\",")),
            ("not a list", Reply::json(r#"{"error": "none"}"#)),
            (
                "odd rows",
                Reply::json(
                    r#"[7, null, "x", {"services": ["pothole"], "kind": 3}, {"services": 9}, []]"#,
                ),
            ),
            ("silent", Reply::silence()),
            ("disconnected", Reply::broken()),
        ];
        for (what, reply) in bad {
            stage.host.answer(NOTICES, reply);
            open_form(stage, "pothole").await.context(what)?;
            let uncaught = stage.page.logged("uncaught").await?;
            assert!(uncaught.is_empty(), "{what}: {uncaught:?}");
        }
        Ok(())
    });
}
