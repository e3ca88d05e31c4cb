//! A guide to take along: printed, as text, or as a link, with what is on the screen.

use frontdoor_tests::steps::guides::{answer_shelter, open_shelter};
use frontdoor_tests::{en, stage};

#[test]
fn a_guide_is_printed_without_the_city_s_page_and_with_everything_on_the_screen() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        let printed = page.print(&en("sent.print")).await?;
        for text in [
            "Get a shelter",
            "1. Pick a day",
            "2. Pay the rent",
            "$35",
            "A school letter",
            "Call us.",
            "Parks Office, 40 River Rd",
            "We say no if it rains.",
            "Ask again.",
            "311",
        ] {
            assert!(printed.contains(text), "{text} is not in {printed}");
        }
        Ok(())
    });
}

#[test]
fn a_guide_can_be_copied_as_text_and_its_address_shared() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        let copied = page.copy(&en("guide.copy")).await?;
        page.sees(&en("guide.copied")).await?;
        assert!(
            copied.contains("1. Pick a day") && copied.contains("- A photo ID"),
            "{copied}"
        );
        let without_share =
            "Object.defineProperty(navigator, 'share', { value: undefined, configurable: true });";
        page.script(without_share, Vec::new()).await?;
        let address = page.copy(&en("guide.share")).await?;
        page.sees(&en("guide.link-copied")).await?;
        assert!(address.ends_with("#/guide/shelter"), "{address}");
        let with_share = "Object.defineProperty(navigator, 'share', { value: (data) => { window.shared = data; return Promise.resolve(); } });";
        page.script(with_share, Vec::new()).await?;
        page.press(&en("guide.share")).await?;
        page.until("window.shared?.title === 'Get a shelter' && window.shared.url.endsWith('#/guide/shelter')").await
    });
}

#[test]
fn the_copy_has_the_outcome_and_only_the_steps_evidence_and_fees_that_apply() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        answer_shelter(page, "A few", Some("Yes, a school")).await?;
        let copied = page.copy(&en("guide.copy")).await?;
        for text in [
            "It is free for you",
            "1. Pick a day",
            "2. Wait for us",
            "A school letter",
        ] {
            assert!(copied.contains(text), "no “{text}” in {copied}");
        }
        for text in ["Pay the rent", "$35", "Only if"] {
            assert!(!copied.contains(text), "“{text}” in {copied}");
        }
        Ok(())
    });
}

#[test]
fn a_browser_that_refuses_to_copy_is_reported() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        let refuse = "Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } });
            Object.defineProperty(navigator, 'share', { value: undefined });
            document.execCommand = () => false;";
        page.script(refuse, Vec::new()).await?;
        page.press(&en("guide.copy")).await?;
        page.hears(&en("guide.copy-failed")).await?;
        page.press(&en("guide.share")).await?;
        page.loses(&en("guide.copy-failed")).await
    });
}

#[test]
fn the_copy_has_all_steps_if_the_screen_shows_them() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        answer_shelter(page, "A few", Some("Yes, a school")).await?;
        page.press(&en("guide.show-all")).await?;
        page.sees("Pay the rent").await?;
        let copied = page.copy(&en("guide.copy")).await?;
        assert!(copied.contains("Pay the rent"), "{copied}");
        Ok(())
    });
}

#[test]
fn the_copy_for_a_resident_who_is_not_eligible_says_what_to_try_and_has_no_steps() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        answer_shelter(page, "Too many", None).await?;
        let copied = page.copy(&en("guide.copy")).await?;
        assert!(copied.contains("Our roof is too small"), "{copied}");
        assert!(copied.contains("Close your block"), "{copied}");
        assert!(!copied.contains("Pick a day"), "{copied}");
        Ok(())
    });
}
