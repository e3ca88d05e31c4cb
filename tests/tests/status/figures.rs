//! The public report card, what is open around, and what the host page is told.

use frontdoor_tests::{en, stage};

const HASH: &str = r#"<front-door config="/frontdoor.json" history="hash"></front-door>"#;

#[test]
fn the_report_card_counts_the_city_s_own_list_and_gives_it_as_a_table() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&format!("{}#/report-card", stage.host.page(HASH)))
            .await?;
        page.sees(&en("card.how")).await?;
        let rows = "document.querySelector('front-door').shadowRoot.querySelectorAll('tbody tr').length > 10";
        page.until(rows).await?;
        let listen = "URL.createObjectURL = (blob) => { blob.text().then((text) => (window.saved = text)); return 'about:blank'; };
            HTMLAnchorElement.prototype.click = function () {};";
        page.script(listen, Vec::new()).await?;
        page.press(&en("card.csv")).await?;
        page.until("window.saved").await?;
        let csv = page.eval("saved").await?;
        assert!(
            csv.starts_with(&en("card.service")) && csv.contains("Pothole,"),
            "{csv}"
        );
        Ok(())
    });
}

#[test]
fn the_same_page_of_a_list_again_ends_the_count() {
    stage(async |stage| {
        let page = &stage.page;
        let rows: Vec<_> = (0..30)
            .map(|id| serde_json::json!({ "service_request_id": id, "service_code": "x", "service_name": "Thing", "status": "open" }))
            .collect();
        let reply = frontdoor_tests::Reply::json(serde_json::Value::from(rows).to_string());
        stage.host.answer("/open311/v2/requests.json", reply);
        page.open(&format!("{}#/report-card", stage.host.page(HASH)))
            .await?;
        page.sees(&en("card.how")).await?;
        assert_eq!(stage.host.seen("GET", "/open311/v2/requests.json").len(), 2);
        Ok(())
    });
}

#[test]
fn what_is_open_around_is_listed_nearest_first_and_leads_to_its_status() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&format!("{}#/around", stage.host.page(HASH)))
            .await?;
        page.sees(&en("around.show-more")).await?;
        let first =
            "document.querySelector('front-door').shadowRoot.querySelector('ol.list a').click()";
        page.script(first, Vec::new()).await?;
        page.sees(&en("status.history")).await
    });
}

#[test]
fn the_host_page_hears_what_happened_and_nothing_of_the_resident() {
    stage(async |stage| {
        let page = &stage.page;
        let listen = "<script>window.heard = []; for (const name of ['status-shown', 'guide-shown']) addEventListener('front-door:' + name, (event) => window.heard.push(event.type + JSON.stringify(event.detail)));</script>";
        page.open(&stage.host.page(&format!("{listen}{HASH}")))
            .await?;
        page.script("location.hash = '#/guide/park-shelter'", Vec::new())
            .await?;
        page.until(r#"window.heard.includes('front-door:guide-shown{"version":1,"guide":"park-shelter"}')"#).await?;
        let id = crate::number(stage, "01187").await?;
        page.script(&format!("location.hash = '#/status/{id}'"), Vec::new())
            .await?;
        page.until("window.heard.some((line) => line.startsWith('front-door:status-shown') && line.includes('\"stage\":\"open\"'))").await?;
        let heard = page.eval("window.heard.join()").await?;
        assert!(!heard.contains(&id), "{heard}");
        Ok(())
    });
}
