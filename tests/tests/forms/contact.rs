//! How the resident can be reached: why it is asked, that it may be left out, and where it goes.

use anyhow::{Context, Result};
use frontdoor_tests::{Stage, en, pairs, stage};
use serde_json::json;

use crate::steps::{REQUESTS, send, to_contact};

/// What the resident is called and how to reach them, as it stands in the last POST.
async fn personal(stage: &Stage) -> Result<Vec<(String, String)>> {
    let sent = stage.host.seen("POST", REQUESTS);
    let mut pairs = pairs(&sent.last().context("nothing was sent")?.body)?;
    pairs.retain(|(name, _)| {
        [
            "first_name",
            "last_name",
            "phone",
            "email",
            "preferred_contact",
            "postal_address",
        ]
        .contains(&name.as_str())
    });
    Ok(pairs)
}

#[test]
fn it_is_said_why_and_one_press_leaves_all_of_it_out() {
    stage(async |stage| {
        let page = &stage.page;
        to_contact(stage).await?;
        page.sees(&en("contact.why")).await?;
        // Even what was typed already does not go.
        page.fill(&en("first-name"), "Ada").await?;
        page.press(&en("contact.anonymous")).await?;
        page.heading(&en("check.heading")).await?;
        page.sees(&en("check.anonymous")).await?;
        send(page).await?;
        assert_eq!(personal(stage).await?, []);
        Ok(())
    });
}

#[test]
fn the_way_that_was_chosen_goes_to_the_city_and_needs_what_it_takes() {
    stage(async |stage| {
        let page = &stage.page;
        to_contact(stage).await?;
        page.choose(&en("preferred-contact"), &en("way.text"))
            .await?;
        page.press(&en("continue")).await?;
        page.focus_on("alert", "").await?;
        page.press(&en("fault.empty").replace("{label}", &en("phone")))
            .await?;
        page.focus_on("textbox", &en("phone")).await?;
        page.fill(&en("phone"), "(555) 010-0199").await?;
        page.press(&en("continue")).await?;
        send(page).await?;
        let sent = personal(stage).await?;
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            sent,
            [
                pair("phone", "(555) 010-0199"),
                pair("preferred_contact", "text")
            ]
        );
        let clerk = stage.city.clerk_page().await?;
        assert!(clerk.contains("text"), "{clerk}");
        Ok(())
    });
}

#[test]
fn a_letter_asks_for_the_address_and_only_then() {
    stage(async |stage| {
        let page = &stage.page;
        to_contact(stage).await?;
        let fields = page.names("textbox").await?;
        assert!(!fields.contains(&en("postal-address")), "{fields:?}");
        page.choose(&en("preferred-contact"), &en("way.post"))
            .await?;
        page.fill(&en("postal-address"), "7 Elm St, Riverton")
            .await?;
        page.press(&en("continue")).await?;
        send(page).await?;
        let sent = personal(stage).await?;
        let address = sent.iter().find(|(name, _)| name == "postal_address");
        assert_eq!(
            address.map(|(_, value)| value.as_str()),
            Some("7 Elm St, Riverton")
        );
        // It stands in no field that everybody can read.
        let rows = stage.city.ask("requests.json?page_size=1").await?;
        assert!(!rows.to_string().contains("7 Elm St, Riverton"), "{rows}");
        Ok(())
    });
}

#[test]
fn who_the_resident_is_is_remembered_if_they_ask_for_it_and_not_otherwise() {
    stage(async |stage| {
        let page = &stage.page;
        let name = en("first-name");
        to_contact(stage).await?;
        page.fill(&name, "Ada").await?;
        page.press(&en("continue")).await?;
        send(page).await?;
        to_contact(stage).await?;
        page.holds(&name, "").await?;
        page.fill(&name, "Grace").await?;
        page.find("checkbox", &en("contact.remember"))
            .await?
            .click()
            .await?;
        page.press(&en("continue")).await?;
        send(page).await?;
        to_contact(stage).await?;
        page.holds(&name, "Grace").await?;
        // Taking it back is one press, too.
        page.find("checkbox", &en("contact.remember"))
            .await?
            .click()
            .await?;
        page.press(&en("contact.anonymous")).await?;
        send(page).await?;
        to_contact(stage).await?;
        page.holds(&name, "").await
    });
}

#[test]
fn what_the_city_requires_has_to_be_said() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["report"]["contact"] = json!({ "required": ["email"] }))
            .await?;
        to_contact(stage).await?;
        page.sees(&en("contact.why-needed")).await?;
        let buttons = page.names("button").await?;
        assert!(!buttons.contains(&en("contact.anonymous")), "{buttons:?}");
        page.press(&en("continue")).await?;
        page.press(&en("fault.empty").replace("{label}", &en("email")))
            .await?;
        page.focus_on("textbox", &en("email")).await?;
        page.fill(&en("email"), "ada@example.org").await?;
        page.press(&en("continue")).await?;
        send(page).await
    });
}

#[test]
fn without_a_field_for_the_way_it_is_a_line_of_the_description() {
    stage(async |stage| {
        let page = &stage.page;
        stage.without_extension("preferred_contact").await?;
        to_contact(stage).await?;
        let ways = page.names("radio").await?;
        // A letter would need an address, which everybody could read there.
        assert!(!ways.contains(&en("way.post")), "{ways:?}");
        page.fill(&en("phone"), "555").await?;
        page.choose(&en("preferred-contact"), &en("way.phone"))
            .await?;
        page.press(&en("continue")).await?;
        send(page).await?;
        let rows = stage.city.ask("requests.json?page_size=1").await?;
        let words = en("way.in-words").replace("{way}", &en("way.phone"));
        assert_eq!(rows[0]["description"], words.as_str());
        Ok(())
    });
}
