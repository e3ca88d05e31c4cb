//! The events that the host page hears.

use frontdoor_tests::steps::common::HASH_TAG;
use frontdoor_tests::steps::guides::open_shelter;
use frontdoor_tests::steps::status::sample_number;
use frontdoor_tests::{en, stage};

#[test]
fn events_name_the_guide_and_the_stage_of_a_request_and_nothing_personal() {
    stage(async |stage| {
        let page = &stage.page;
        let listen = "<script>window.heard = []; for (const name of ['status-shown', 'guide-shown']) addEventListener('front-door:' + name, (event) => window.heard.push(event.type + JSON.stringify(event.detail)));</script>";
        page.open(&stage.host.page_with_head(listen, HASH_TAG))
            .await?;
        page.script("location.hash = '#/guide/park-shelter'", Vec::new())
            .await?;
        page.until(r#"window.heard.includes('front-door:guide-shown{"version":1,"guide":"park-shelter"}')"#).await?;
        let id = sample_number(stage, "01187").await?;
        page.script(&format!("location.hash = '#/status/{id}'"), Vec::new())
            .await?;
        page.until("window.heard.some((line) => line.startsWith('front-door:status-shown') && line.includes('\"stage\":\"open\"'))").await?;
        let heard = page.eval("window.heard.join()").await?;
        assert!(!heard.contains(&id), "{heard}");
        Ok(())
    });
}

#[test]
fn the_event_of_a_guide_has_no_answers_in_it() {
    stage(async |stage| {
        let page = &stage.page;
        open_shelter(stage).await?;
        let listen = "window.heard = []; document.addEventListener('front-door:guide-shown', (event) => window.heard.push(JSON.stringify(event.detail)));";
        page.script(listen, Vec::new()).await?;
        page.press(&en("guide.check")).await?;
        page.choose("How many come?", "Too many").await?;
        page.press(&en("guide.show-mine")).await?;
        page.sees("Our roof is too small").await?;
        let heard = page.eval("heard.join()").await?;
        assert!(heard.contains(r#""guide":"shelter""#), "{heard}");
        for answer in ["people", "many", "too-many"] {
            assert!(!heard.contains(answer), "“{answer}” is in {heard}");
        }
        Ok(())
    });
}
