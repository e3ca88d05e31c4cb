//! After sending: the number, what comes next and by when, and a copy to keep.

use anyhow::Result;
use frontdoor_tests::steps::common::open_hash;
use frontdoor_tests::steps::request::{ADDRESS, posts, sent_number, to_review};
use frontdoor_tests::{ROOT, Stage, en, stage};

const HOSTILE_TEXT: &str = "Glass <script>alert(1)</script> & <b>more</b>";

/// Sends a request with a hostile description, and returns its number.
async fn send_hostile_text(stage: &Stage) -> Result<String> {
    let page = &stage.page;
    open_hash(stage, "#/report/street-sweeping").await?;
    to_review(page, HOSTILE_TEXT).await?;
    page.press(&en("send")).await?;
    sent_number(page).await
}

#[test]
fn the_confirmation_has_the_number_what_comes_next_and_whom_to_call() {
    stage(async |stage| {
        let page = &stage.page;
        let number = send_hostile_text(stage).await?;
        page.focus_on("heading", &en("sent.heading")).await?;
        page.heading(&en("sent.next")).await?;
        page.sees(&en("sent.city-has-it")).await?;
        let by = en("sent.answer-by");
        let (by, _) = by.split_once("{day}").unwrap();
        // The city promises a first reply within 24 hours.
        let due = "new Intl.DateTimeFormat('en', { timeZone: 'America/Chicago', day: 'numeric' })
            .format(Date.now() + 24 * 3600 * 1000)";
        let due = page.eval(due).await?;
        let text = page.text().await?;
        let (_, after) = text.split_once(by).expect("the confirmation has no date");
        let day: String = after.chars().take(40).collect();
        assert!(day.contains(&due), "“{day}” does not name the {due}");
        page.sees("A person will read it and tell you what happens next.")
            .await?;
        page.sees("311 Center").await?;
        page.press(&en("sent.follow")).await?;
        page.heading(&en("status.open")).await?;
        page.sees(&number).await
    });
}

#[test]
fn the_saved_file_has_everything_that_was_sent_and_nothing_that_runs() {
    stage(async |stage| {
        let page = &stage.page;
        let number = send_hostile_text(stage).await?;
        let copy = page.save(&en("sent.download")).await?;
        assert_eq!(copy.name, format!("{number}.html"));
        let parse = "window.copy = new DOMParser().parseFromString(savedText, 'text/html')";
        page.script(parse, Vec::new()).await?;
        let text = page.eval("copy.body.textContent").await?;
        for part in [
            &number,
            ADDRESS,
            HOSTILE_TEXT,
            "Ada",
            "Byron",
            "ada@example.org",
            "Street sweeping",
            "City of Riverton",
            "Call 311",
            "A person will read it and tell you what happens next.",
        ] {
            assert!(text.contains(part), "no “{part}” in {text}");
        }
        let risky =
            "copy.querySelectorAll('script, b, img, link, iframe, [onclick], [src]').length";
        assert_eq!(page.eval(risky).await?, "0", "{}", copy.text);
        let address = page.eval("copy.querySelector('a').href").await?;
        page.go("about:blank").await?;
        page.open(&address).await?;
        page.heading(&en("status.open")).await?;
        page.sees(&number).await
    });
}

#[test]
fn only_the_copy_is_printed() {
    stage(async |stage| {
        let page = &stage.page;
        let number = send_hostile_text(stage).await?;
        let printed = page.print(&en("sent.print")).await?;
        for part in [&number, ADDRESS, HOSTILE_TEXT, "Byron"] {
            assert!(printed.contains(part), "no “{part}” in {printed}");
        }
        assert!(!printed.contains("City services"), "{printed}");
        let frames = format!("{ROOT}.querySelectorAll('iframe').length");
        assert_eq!(page.eval(&frames).await?, "1");
        let end = "printedFrame.dispatchEvent(new Event('afterprint'))";
        page.script(end, Vec::new()).await?;
        page.until(&format!("{frames} === 0")).await
    });
}

#[test]
fn a_reload_keeps_the_number_and_the_copy() {
    stage(async |stage| {
        let page = &stage.page;
        let given = send_hostile_text(stage).await?;
        page.reload().await?;
        assert_eq!(sent_number(page).await?, given);
        let copy = page.save(&en("sent.download")).await?.text;
        for part in [&given, ADDRESS, "Byron"] {
            assert!(copy.contains(part), "no “{part}” in {copy}");
        }
        assert_eq!(posts(stage), 1);
        Ok(())
    });
}
