//! The whole journey against each of the ten dialects: searched, located, answered, sent once, looked
//! up, and found by the next resident at the same place.

use anyhow::{Context, Result, ensure};
use frontdoor_tests::steps::common::{TAG, go_on, one_of, word_after};
use frontdoor_tests::steps::request::{
    KNOWN_ADDRESS, SPECIAL_TEXT, add_photo, answer_required, contact_by_email, describe,
    escape_html, look_up_address, past_nearby, search_service, sent_number,
};
use frontdoor_tests::{Page, Stage, en, eventually, plural, stage_with};

/// What a resident sees of a dialect.
struct Dialect {
    name: &'static str,
    /// Whether it asks how deep the hole is.
    asks: bool,
    /// Whether it takes photos.
    photos: bool,
    /// Whether a token comes before the number.
    tokens: bool,
    /// Whether a request is shown only after a while.
    late: bool,
    /// The headline after the clerk has accepted it, and after the clerk has closed it.
    headlines: [&'static str; 2],
}

const PLAIN: Dialect = Dialect {
    name: "",
    asks: true,
    photos: false,
    tokens: false,
    late: false,
    headlines: ["status.open", "status.closed"],
};

#[rustfmt::skip]
const ALL: [Dialect; 10] = [
    Dialect { name: "seeclickfix", headlines: ["status.acknowledged", "status.closed"], ..PLAIN },
    Dialect { name: "connected-bits", photos: true, tokens: true, ..PLAIN },
    Dialect { name: "bos311", ..PLAIN },
    Dialect { name: "ureport", photos: true, ..PLAIN },
    Dialect { name: "klarschiff", asks: false, late: true, ..PLAIN },
    Dialect { name: "markaspot", ..PLAIN },
    Dialect { name: "6aika", photos: true, ..PLAIN },
    Dialect { name: "fixmystreet", asks: false, headlines: ["status.under-review", "status.done"], ..PLAIN },
    Dialect { name: "adapter", headlines: ["status.in-progress", "status.closed"], ..PLAIN },
    Dialect { name: "libre311", headlines: ["status.acknowledged", "status.closed"], ..PLAIN },
];

fn run_journey(name: &str) {
    let dialect = ALL.iter().find(|dialect| dialect.name == name);
    let dialect = dialect.expect("no such dialect");
    // Long enough to be noticed.
    let delay = if dialect.late { "6000" } else { "1200" };
    let options = ["--dialect", name, "--token-delay", delay];
    stage_with(&options, async |stage| {
        stage.page.open(&stage.host.page(TAG)).await?;
        let before = stage.city.request_count().await?;
        to_review(stage, dialect).await?;
        let number = send(stage, dialect).await?;
        assert_eq!(
            stage.city.request_count().await?,
            before + 1,
            "requests of {name}"
        );
        clerk_has_everything(stage, dialect).await?;
        follow_status(stage, dialect, &number).await?;
        next_resident_follows_it(stage, &number).await?;
        assert_eq!(
            stage.city.request_count().await?,
            before + 1,
            "requests of {name}"
        );
        assert_eq!(stage.page.logged("errors").await?, [""; 0]);
        Ok(())
    });
}

async fn to_review(stage: &Stage, dialect: &Dialect) -> Result<()> {
    let page = &stage.page;
    search_service(page, "pothole", "Pothole").await?;
    look_up_address(page, KNOWN_ADDRESS).await?;
    past_nearby(page).await?;
    if dialect.asks {
        page.choose("How deep is it?", "A hand’s width or more")
            .await?;
        page.choose("Where in the street is it?", "Bike lane")
            .await?;
    }
    answer_everything_else(page, dialect).await?;
    describe(page, SPECIAL_TEXT).await?;
    page.press(&en("continue")).await?;
    let next = one_of(page, &["photos.heading", "how-to-reach.heading"]).await?;
    assert_eq!(next == "photos.heading", dialect.photos);
    if dialect.photos {
        let _file = add_photo(page, "The hole, with a shoe beside it").await?;
        page.sees(&en("photo.ready").replace("{name}", "hole.png"))
            .await?;
        go_on(page, "how-to-reach.heading").await?;
    }
    contact_by_email(page).await?;
    for text in [KNOWN_ADDRESS, SPECIAL_TEXT, "Ada", "ada@example.org"] {
        page.sees(text).await?;
    }
    if dialect.photos {
        page.sees(&plural("check.photos", 1)).await?;
    }
    Ok(())
}

/// Nothing else is asked, not even what the city fills in itself.
async fn answer_everything_else(page: &Page, dialect: &Dialect) -> Result<()> {
    let groups = page.names("group").await?;
    assert_eq!(groups.len(), if dialect.asks { 2 } else { 0 }, "{groups:?}");
    let fields = page.names("textbox").await?;
    assert_eq!(fields.len(), 1, "{fields:?}");
    if !dialect.asks {
        answer_required(page).await?;
    }
    Ok(())
}

/// Sends the request, and returns its number.
async fn send(stage: &Stage, dialect: &Dialect) -> Result<String> {
    let page = &stage.page;
    page.press(&en("send")).await?;
    page.heading(&en("sent.heading")).await?;
    if dialect.tokens {
        let token = word_after(page, &en("sent.token")).await?;
        page.sees(&en("sent.numbering")).await?;
        let number = sent_number(page).await?;
        assert_ne!(number, token);
        page.loses(&token).await?;
    }
    let number = sent_number(page).await?;
    assert_eq!(stage.host.seen("POST", "*").len(), 1);
    Ok(number)
}

/// The city has what was typed.
async fn clerk_has_everything(stage: &Stage, dialect: &Dialect) -> Result<()> {
    let clerk = stage.city.clerk_page().await?;
    let channel = en("way.in-words").replace("{way}", &en("way.email"));
    let mut expected = vec![
        "Pothole",
        KNOWN_ADDRESS,
        SPECIAL_TEXT,
        &channel,
        "Ada",
        "Byron",
        "(555) 010-0199",
        "ada@example.org",
    ];
    if dialect.asks {
        expected.extend(["deep", "bike"]);
    }
    if dialect.photos {
        expected.extend(["The hole, with a shoe beside it", "/media/"]);
    }
    for text in expected {
        ensure!(
            clerk.contains(&escape_html(text)),
            "the clerk does not see “{text}”: {clerk}"
        );
    }
    Ok(())
}

async fn follow_status(stage: &Stage, dialect: &Dialect, number: &str) -> Result<()> {
    let page = &stage.page;
    page.press(&en("sent.follow")).await?;
    if dialect.late {
        page.heading(&en("status.not-found").replace("{number}", number))
            .await?;
        page.sees(&en("status.not-found-why")).await?;
        refresh_until(page, "status.open").await?;
    }
    page.heading(&en("status.open")).await?;
    let number_shown = en("status.number").replace("{number}", number);
    for text in [&number_shown, "Pothole", KNOWN_ADDRESS, SPECIAL_TEXT] {
        page.sees(text).await?;
    }
    let clerk = stage.city.clerk_page().await?;
    let (_, form) = clerk.split_once("action=\"/clerk/").context("no form")?;
    let id: String = form.chars().take_while(char::is_ascii_digit).collect();
    for (stage_name, headline) in ["in_progress", "closed"].iter().zip(dialect.headlines) {
        let note = format!("A note for {stage_name}.");
        let fields = [("stage", *stage_name), ("note", note.as_str())];
        stage.city.post_to(&format!("/clerk/{id}"), &fields).await?;
        page.press(&en("status.look-again")).await?;
        page.heading(&en(headline)).await?;
        page.sees(&note).await?;
    }
    // It is reopened, so that the next resident finds it nearby.
    let fields = [("stage", "received"), ("note", "Open again.")];
    stage.city.post_to(&format!("/clerk/{id}"), &fields).await
}

async fn refresh_until(page: &Page, headline: &str) -> Result<()> {
    let is_missing = async || {
        page.press(&en("status.look-again")).await?;
        page.loses(&en("loading")).await?;
        let headings = page.names("heading").await?;
        Ok((!headings.contains(&en(headline))).then(|| headings.join(" | ")))
    };
    eventually(headline, is_missing).await
}

/// The next resident at the same location is shown the request, and follows it instead of sending
/// another.
async fn next_resident_follows_it(stage: &Stage, number: &str) -> Result<()> {
    let page = &stage.page;
    page.open(&stage.host.page(TAG)).await?;
    search_service(page, "hole", "Pothole").await?;
    look_up_address(page, KNOWN_ADDRESS).await?;
    go_on(page, "nearby.heading").await?;
    page.sees(&en("nearby.here")).await?;
    page.press(&format!("{} {number}", en("nearby.same")))
        .await?;
    page.heading(&en("status.open")).await?;
    page.sees(SPECIAL_TEXT).await
}

/// One test for each dialect, so that a failure names it.
macro_rules! dialects {
    ($($test:ident: $name:literal),*) => {
        $(#[test]
        fn $test() {
            run_journey($name);
        })*
    };
}

dialects!(
    the_journey_works_with_seeclickfix: "seeclickfix",
    the_journey_works_with_connected_bits: "connected-bits",
    the_journey_works_with_bos311: "bos311",
    the_journey_works_with_ureport: "ureport",
    the_journey_works_with_klarschiff: "klarschiff",
    the_journey_works_with_markaspot: "markaspot",
    the_journey_works_with_6aika: "6aika",
    the_journey_works_with_fixmystreet: "fixmystreet",
    the_journey_works_with_adapter: "adapter",
    the_journey_works_with_libre311: "libre311"
);
