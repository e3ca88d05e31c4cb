//! Contact details: why they are asked, that they may be left out, and where they go.

use anyhow::Result;
use frontdoor_tests::steps::common::go_on;
use frontdoor_tests::steps::request::{open_form, posted_fields, to_details};
use frontdoor_tests::{Page, Stage, en, stage};
use serde_json::json;

/// Opens a form and goes to the step “How can we reach you?”.
async fn open_contact_step(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    open_form(stage, "street-sweeping").await?;
    to_details(page).await?;
    go_on(page, "photos.heading").await?;
    go_on(page, "how-to-reach.heading").await
}

/// From the review to the city's response.
async fn send(page: &Page) -> Result<()> {
    page.heading(&en("check.heading")).await?;
    page.press(&en("send")).await?;
    page.heading(&en("sent.heading")).await
}

/// The contact fields of the last request that was posted.
fn posted_contact(stage: &Stage) -> Result<Vec<(String, String)>> {
    let mut fields = posted_fields(stage)?;
    fields.retain(|(name, _)| {
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
    Ok(fields)
}

#[test]
fn the_step_says_why_and_one_press_leaves_everything_out() {
    stage(async |stage| {
        let page = &stage.page;
        open_contact_step(stage).await?;
        page.sees(&en("contact.why")).await?;
        // Not even what was already typed is sent.
        page.fill(&en("first-name"), "Ada").await?;
        page.press(&en("contact.anonymous")).await?;
        page.heading(&en("check.heading")).await?;
        page.sees(&en("check.anonymous")).await?;
        send(page).await?;
        assert_eq!(posted_contact(stage)?, []);
        Ok(())
    });
}

#[test]
fn the_preferred_channel_is_sent_and_requires_its_field() {
    stage(async |stage| {
        let page = &stage.page;
        open_contact_step(stage).await?;
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
        let sent = posted_contact(stage)?;
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
fn a_postal_address_is_asked_only_for_letters() {
    stage(async |stage| {
        let page = &stage.page;
        open_contact_step(stage).await?;
        let fields = page.names("textbox").await?;
        assert!(!fields.contains(&en("postal-address")), "{fields:?}");
        page.choose(&en("preferred-contact"), &en("way.post"))
            .await?;
        page.fill(&en("postal-address"), "7 Elm St, Riverton")
            .await?;
        page.press(&en("continue")).await?;
        send(page).await?;
        let sent = posted_contact(stage)?;
        let address = sent.iter().find(|(name, _)| name == "postal_address");
        assert_eq!(
            address.map(|(_, value)| value.as_str()),
            Some("7 Elm St, Riverton")
        );
        // It is in no public field.
        let rows = stage.city.get("requests.json?page_size=1").await?;
        assert!(!rows.to_string().contains("7 Elm St, Riverton"), "{rows}");
        Ok(())
    });
}

#[test]
fn contact_details_are_remembered_only_on_request() {
    stage(async |stage| {
        let page = &stage.page;
        let name = en("first-name");
        open_contact_step(stage).await?;
        page.fill(&name, "Ada").await?;
        page.press(&en("continue")).await?;
        send(page).await?;
        open_contact_step(stage).await?;
        page.holds(&name, "").await?;
        page.fill(&name, "Grace").await?;
        page.find("checkbox", &en("contact.remember"))
            .await?
            .click()
            .await?;
        page.press(&en("continue")).await?;
        send(page).await?;
        open_contact_step(stage).await?;
        page.holds(&name, "Grace").await?;
        // Forgetting them is one press, too.
        page.find("checkbox", &en("contact.remember"))
            .await?
            .click()
            .await?;
        page.press(&en("contact.anonymous")).await?;
        send(page).await?;
        open_contact_step(stage).await?;
        page.holds(&name, "").await
    });
}

#[test]
fn contact_details_that_the_city_requires_cannot_be_left_out() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["report"]["contact"] = json!({ "required": ["email"] }))
            .await?;
        open_contact_step(stage).await?;
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
fn without_the_extension_the_channel_is_a_line_of_the_description() {
    stage(async |stage| {
        let page = &stage.page;
        stage.without_extension("preferred_contact").await?;
        open_contact_step(stage).await?;
        let channels = page.names("radio").await?;
        // A letter would need an address, which would be public in the description.
        assert!(!channels.contains(&en("way.post")), "{channels:?}");
        page.fill(&en("phone"), "555").await?;
        page.choose(&en("preferred-contact"), &en("way.phone"))
            .await?;
        page.press(&en("continue")).await?;
        send(page).await?;
        let rows = stage.city.get("requests.json?page_size=1").await?;
        let line = en("way.in-words").replace("{way}", &en("way.phone"));
        assert_eq!(rows[0]["description"], line.as_str());
        Ok(())
    });
}
