//! Ways to embed the widget: attributes, several elements, an element inside a form, and one that is
//! moved or removed.

use std::time::Duration;

use anyhow::{Context, ensure};
use frontdoor_tests::steps::common::{TAG, console_is_clean, open_tag, tag};
use frontdoor_tests::steps::request::{posts, ready_to_send, send_pothole};
use frontdoor_tests::steps::status::newest_number;
use frontdoor_tests::{Reply, en, stage};

#[test]
fn a_tag_can_start_in_any_view() {
    stage(async |stage| {
        let request = format!(r#"request="{}""#, newest_number(stage).await?);
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
            open_tag(stage, attribute).await?;
            let page = &stage.page;
            page.heading(&heading)
                .await
                .with_context(|| format!("with {attribute}"))?;
            assert_eq!(page.logged("errors").await?, [""; 0], "with {attribute}");
        }
        Ok(())
    });
}

#[test]
fn an_unknown_service_or_guide_leads_to_the_list() {
    stage(async |stage| {
        let starts = [
            (
                r#"service="no-such""#,
                "service.unknown",
                "services.heading",
            ),
            (r#"guide="no-such""#, "guide.unknown", "guides.heading"),
        ];
        for (attribute, heading, list) in starts {
            open_tag(stage, attribute).await?;
            stage.page.heading(&en(heading)).await?;
            stage.page.press(&en(&format!("{heading}-list"))).await?;
            stage.page.heading(&en(list)).await?;
        }
        Ok(())
    });
}

#[test]
fn a_form_around_the_element_is_not_submitted() {
    stage(async |stage| {
        let body = format!(
            r#"<form action="/elsewhere" onsubmit="window.outerWasSent = 1">{TAG}<input name="q"></form>"#
        );
        stage.page.open(&stage.host.page(&body)).await?;
        send_pothole(&stage.page).await?;
        ensure!(
            stage.page.eval("window.outerWasSent").await? == "undefined",
            "the outer form was submitted"
        );
        ensure!(
            stage.host.seen("GET", "/elsewhere").is_empty(),
            "the page was left"
        );
        Ok(())
    });
}

#[test]
fn two_elements_have_separate_state_and_share_the_wasm() {
    stage(async |stage| {
        let body = ["a", "b"].map(|id| tag(&format!(r#"id="{id}" service="pothole""#)));
        stage.page.open(&stage.host.page(&body.concat())).await?;
        let (one, two) = (stage.page.widget(0), stage.page.widget(1));
        two.ready().await?;
        one.fill(&en("place.label"), "first").await?;
        two.fill(&en("place.label"), "second").await?;
        one.press(&en("continue")).await?;
        one.heading(&en("details.heading")).await?;
        two.holds(&en("place.label"), "second").await?;
        one.press(&en("back")).await?;
        one.holds(&en("place.label"), "first").await?;
        stage.page.reload().await?;
        two.holds(&en("place.label"), "second").await?;
        one.holds(&en("place.label"), "first").await?;
        let wasm = "performance.getEntriesByType('resource').filter(e => /app-.*wasm/.test(e.name)).length";
        ensure!(
            stage.page.eval(wasm).await? == "1",
            "the wasm was fetched twice"
        );
        Ok(())
    });
}

#[test]
fn the_script_may_be_on_the_page_twice() {
    stage(async |stage| {
        let twice = r#"<script type="module" src="/fd/frontdoor.js"></script>
            <script type="module" src="/fd/frontdoor.js?v=2"></script>"#;
        stage
            .page
            .open(&stage.host.page_with_head(twice, TAG))
            .await?;
        send_pothole(&stage.page).await?;
        console_is_clean(&stage.page).await
    });
}

#[test]
fn a_moved_element_keeps_its_view_and_what_was_typed() {
    stage(async |stage| {
        let body = [r#"<div id="elsewhere"></div>"#, TAG].concat();
        let page = &stage.page;
        page.open(&stage.host.page(&body)).await?;
        page.press(&en("way.see")).await?;
        page.fill(&en("lookup.label"), "26-0118").await?;
        page.script(
            "document.querySelector('#elsewhere').append(document.querySelector('front-door'))",
            vec![],
        )
        .await?;
        page.holds(&en("lookup.label"), "26-0118").await?;
        page.heading(&en("lookup.heading")).await?;
        console_is_clean(page).await
    });
}

#[test]
fn an_element_that_is_removed_and_put_back_shows_the_same_view() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&stage.host.page(TAG)).await?;
        page.press(&en("way.ask")).await?;
        page.press("Pothole").await?;
        page.fill(&en("place.label"), "118 Oak Street").await?;
        let remove_and_put_back =
            "const element = document.querySelector('front-door'); element.remove();
            await new Promise((later) => setTimeout(later, 60));
            const isEmpty = !element.shadowRoot.querySelector('.fd');
            document.querySelector('main').append(element);
            return isEmpty;";
        ensure!(
            page.script(remove_and_put_back, vec![]).await? == true,
            "the widget was not unmounted"
        );
        page.ready().await?;
        page.heading(&en("place.heading")).await?;
        page.holds(&en("place.label"), "118 Oak Street").await?;
        console_is_clean(page).await
    });
}

#[test]
fn an_element_that_is_removed_while_a_request_is_sent_keeps_the_number_and_harms_no_other() {
    stage(async |stage| {
        let page = &stage.page;
        let slow = Reply::passthrough().delayed(Duration::from_millis(1500));
        ready_to_send(stage, slow).await?;
        // A second widget beside it, which must go on.
        page.script(
            "const other = document.createElement('front-door');
            other.id = 'other';
            other.setAttribute('config', '/frontdoor.json');
            const isReady = new Promise((ready) => other.addEventListener('front-door:ready', ready));
            document.querySelector('main').append(other);
            other.scrollIntoView();
            await isReady;",
            vec![],
        )
        .await?;
        let press_and_remove = "const element = document.querySelector('front-door');
            element.shadowRoot.querySelector('.view .btn').click();
            await new Promise((later) => setTimeout(later, 400));
            element.remove();
            await new Promise((later) => setTimeout(later, 2500));
            return document.getElementById('other').shadowRoot.querySelector('.fd') !== null;";
        let is_alive = page.script(press_and_remove, vec![]).await?;
        ensure!(is_alive == true, "the other widget was stopped");
        ensure!(posts(stage) == 1, "{} posts", posts(stage));
        let number = newest_number(stage).await?;
        page.database_contains(&number, true).await?;
        console_is_clean(page).await
    });
}
