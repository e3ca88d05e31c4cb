//! A guide to take along: printed, as text, or its address.

use frontdoor_tests::{en, stage};

use crate::own::open_shelter;

#[test]
fn a_guide_is_printed_without_the_city_s_page_and_says_all_that_is_on_the_screen() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        let listen = "const own = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow').get;
            Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', { get() {
                const inside = own.call(this);
                if (inside) inside.print = () => { window.printed = inside.document.body.innerText; };
                return inside;
            } });
            window.print = () => { window.printed = 'the page'; };";
        page.script(listen, Vec::new()).await?;
        page.press(&en("sent.print")).await?;
        page.until("window.printed").await?;
        let printed = page.eval("printed").await?;
        for words in [
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
            assert!(printed.contains(words), "{words} is not in {printed}");
        }
        Ok(())
    });
}

#[test]
fn a_guide_is_copied_as_text_and_its_address_is_shared() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        let listen = "Object.defineProperty(navigator, 'clipboard', { value: { writeText: (text) => { window.copied = text; return Promise.resolve(); } } });
            Object.defineProperty(navigator, 'share', { value: undefined, configurable: true });";
        page.script(listen, Vec::new()).await?;
        page.press(&en("guide.copy")).await?;
        page.sees(&en("guide.copied")).await?;
        let copied = page.eval("copied").await?;
        assert!(
            copied.contains("1. Pick a day") && copied.contains("- A photo ID"),
            "{copied}"
        );
        page.press(&en("guide.share")).await?;
        page.sees(&en("guide.link-copied")).await?;
        let address = page.eval("copied").await?;
        assert!(address.ends_with("#/guide/shelter"), "{address}");
        let listen = "Object.defineProperty(navigator, 'share', { value: (what) => { window.shared = what; return Promise.resolve(); } });";
        page.script(listen, Vec::new()).await?;
        page.press(&en("guide.share")).await?;
        page.until("window.shared?.title === 'Get a shelter' && window.shared.url.endsWith('#/guide/shelter')").await
    });
}
