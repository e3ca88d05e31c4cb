//! After sending: the number, what comes next and by when, and a copy to keep.

use anyhow::Result;
use frontdoor_tests::{Stage, en, stage};

use crate::steps::{ADDRESS, number, posts, to_check_with};

const HASH: &str = r#"<front-door config="/frontdoor.json" history="hash"></front-door>"#;
const HOSTILE: &str = "Glass <script>alert(1)</script> & <b>more</b>";

/// Sends a request with hostile words, and gives its number.
async fn sent(stage: &Stage) -> Result<String> {
    let page = &stage.page;
    let address = format!("{}#/report/street-sweeping", stage.host.page(HASH));
    page.open(&address).await?;
    to_check_with(page, HOSTILE).await?;
    page.press(&en("send")).await?;
    number(page).await
}

/// The copy that “Save as a file” gives, put at `window.copy`, and the file's name.
async fn saved(stage: &Stage) -> Result<(String, String)> {
    let page = &stage.page;
    let listen = "URL.createObjectURL = (blob) => {
            blob.text().then((text) => (window.copy = text));
            return 'about:blank';
        };
        HTMLAnchorElement.prototype.click = function () { window.saved = this.download; };";
    page.script(listen, Vec::new()).await?;
    page.press(&en("sent.download")).await?;
    page.until("window.copy && window.saved").await?;
    Ok((page.eval("copy").await?, page.eval("saved").await?))
}

#[test]
fn the_number_stands_there_with_what_comes_next_and_whom_to_call() {
    stage(async |stage| {
        let page = &stage.page;
        let number = sent(stage).await?;
        page.focus_on("heading", &en("sent.heading")).await?;
        page.heading(&en("sent.next")).await?;
        page.sees(&en("sent.city-has-it")).await?;
        let by = en("sent.answer-by");
        let (by, _) = by.split_once("{day}").unwrap();
        // The city promises an answer within 24 hours.
        let due = "new Intl.DateTimeFormat('en', { timeZone: 'America/Chicago', day: 'numeric' })
            .format(Date.now() + 24 * 3600 * 1000)";
        let due = page.eval(due).await?;
        let text = page.text().await?;
        let (_, after) = text.split_once(by).expect("no day by which");
        let day: String = after.chars().take(40).collect();
        assert!(day.contains(&due), "“{day}” does not name the {due}");
        page.sees("You hear from us within 24 hours.").await?;
        page.sees("311 Center").await?;
        page.press(&en("sent.follow")).await?;
        page.heading(&en("status.open")).await?;
        page.sees(&number).await
    });
}

#[test]
fn the_file_holds_all_that_was_sent_and_nothing_that_runs() {
    stage(async |stage| {
        let page = &stage.page;
        let number = sent(stage).await?;
        let (copy, name) = saved(stage).await?;
        assert_eq!(name, format!("{number}.html"));
        let parse = "window.kept = new DOMParser().parseFromString(copy, 'text/html')";
        page.script(parse, Vec::new()).await?;
        let text = page.eval("kept.body.textContent").await?;
        for words in [
            &number,
            ADDRESS,
            HOSTILE,
            "Ada",
            "Byron",
            "ada@example.org",
            "Street sweeping",
            "City of Riverton",
            "Call 311",
            "You hear from us within 24 hours.",
        ] {
            assert!(text.contains(words), "no “{words}” in {text}");
        }
        let risky =
            "kept.querySelectorAll('script, b, img, link, iframe, [onclick], [src]').length";
        assert_eq!(page.eval(risky).await?, "0", "{copy}");
        let address = page.eval("kept.querySelector('a').href").await?;
        page.go("about:blank").await?;
        page.open(&address).await?;
        page.heading(&en("status.open")).await?;
        page.sees(&number).await
    });
}

#[test]
fn on_paper_there_is_the_copy_alone() {
    stage(async |stage| {
        let page = &stage.page;
        let number = sent(stage).await?;
        let listen = "const own = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow').get;
            Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', { get() {
                const inside = own.call(this);
                if (inside) inside.print = () => { window.inside = inside; window.printed = inside.document.body.innerText; };
                return inside;
            } });
            window.print = () => { window.printed = 'the page'; };";
        page.script(listen, Vec::new()).await?;
        page.press(&en("sent.print")).await?;
        page.until("window.printed").await?;
        let printed = page.eval("printed").await?;
        for words in [&number, ADDRESS, HOSTILE, "Byron"] {
            assert!(printed.contains(words), "no “{words}” in {printed}");
        }
        assert!(!printed.contains("City services"), "{printed}");
        let frames =
            "document.querySelector('front-door').shadowRoot.querySelectorAll('iframe').length";
        assert_eq!(page.eval(frames).await?, "1");
        page.script("inside.dispatchEvent(new Event('afterprint'))", Vec::new())
            .await?;
        page.until(&format!("{frames} === 0")).await
    });
}

#[test]
fn a_reload_keeps_number_and_copy() {
    stage(async |stage| {
        let page = &stage.page;
        let given = sent(stage).await?;
        page.reload().await?;
        assert_eq!(number(page).await?, given);
        let (copy, _) = saved(stage).await?;
        for words in [&given, ADDRESS, "Byron"] {
            assert!(copy.contains(words), "no “{words}” in {copy}");
        }
        assert_eq!(posts(stage), 1);
        Ok(())
    });
}
