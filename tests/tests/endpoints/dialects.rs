//! The whole journey against each of the ten dialects: found, placed, answered, sent once, seen
//! again, and found by the next resident who stands there.

use anyhow::{Context, Result, ensure};
use frontdoor_tests::{Page, Stage, en, eventually, plural, stage_with};

use crate::steps::{
    ADDRESS, TAG, WORDS, add_photo, after_words, answer_required, contact, count, describe, go_on,
    in_markup, number, one_of, past_nearby, pin, search,
};

/// What a dialect does that a resident sees.
struct Dialect {
    name: &'static str,
    /// Whether it asks how deep the hole is.
    asks: bool,
    /// Whether it takes photos.
    photos: bool,
    /// Whether a receipt comes before the number.
    tokens: bool,
    /// Whether a request is shown only after a while.
    late: bool,
    /// The sentence after the clerk took it up, and after the clerk closed it.
    becomes: [&'static str; 2],
}

const PLAIN: Dialect = Dialect {
    name: "",
    asks: true,
    photos: false,
    tokens: false,
    late: false,
    becomes: ["status.open", "status.closed"],
};

#[rustfmt::skip]
const ALL: [Dialect; 10] = [
    Dialect { name: "seeclickfix", becomes: ["status.acknowledged", "status.closed"], ..PLAIN },
    Dialect { name: "connected-bits", photos: true, tokens: true, ..PLAIN },
    Dialect { name: "bos311", ..PLAIN },
    Dialect { name: "ureport", photos: true, ..PLAIN },
    Dialect { name: "klarschiff", asks: false, late: true, ..PLAIN },
    Dialect { name: "markaspot", ..PLAIN },
    Dialect { name: "6aika", photos: true, ..PLAIN },
    Dialect { name: "fixmystreet", asks: false, becomes: ["status.under-review", "status.done"], ..PLAIN },
    Dialect { name: "adapter", becomes: ["status.in-progress", "status.closed"], ..PLAIN },
    Dialect { name: "libre311", becomes: ["status.acknowledged", "status.closed"], ..PLAIN },
];

fn plays(name: &str) {
    let dialect = ALL.iter().find(|dialect| dialect.name == name);
    let dialect = dialect.expect("no such dialect");
    // Late enough that it can be seen that it is late.
    let delay = if dialect.late { "6000" } else { "1200" };
    let options = ["--dialect", name, "--token-delay", delay];
    stage_with(&options, async |stage| {
        stage.page.open(&stage.host.page(TAG)).await?;
        let before = count(&stage.city).await?;
        to_check(stage, dialect).await?;
        let number = send(stage, dialect).await?;
        assert_eq!(count(&stage.city).await?, before + 1, "requests of {name}");
        the_clerk_has_it(stage, dialect).await?;
        see_where_it_stands(stage, dialect, &number).await?;
        the_next_one_follows_it(stage, &number).await?;
        assert_eq!(count(&stage.city).await?, before + 1, "requests of {name}");
        assert_eq!(stage.page.told("errors").await?, [""; 0]);
        Ok(())
    });
}

async fn to_check(stage: &Stage, dialect: &Dialect) -> Result<()> {
    let page = &stage.page;
    search(page, "pothole", "Pothole").await?;
    pin(page, ADDRESS).await?;
    past_nearby(page).await?;
    if dialect.asks {
        page.choose("How deep is it?", "A hand’s width or more")
            .await?;
        page.choose("Where in the street is it?", "Bike lane")
            .await?;
    }
    answer_the_rest(page, dialect).await?;
    describe(page, WORDS).await?;
    page.press(&en("continue")).await?;
    let next = one_of(page, &["photos.heading", "how-to-reach.heading"]).await?;
    assert_eq!(next == "photos.heading", dialect.photos);
    if dialect.photos {
        add_photo(page, "The hole, with a shoe beside it").await?;
        page.sees(&en("photo.ready").replace("{name}", "hole.png"))
            .await?;
        go_on(page, "how-to-reach.heading").await?;
    }
    contact(page).await?;
    for words in [ADDRESS, WORDS, "Ada", "ada@example.org"] {
        page.sees(words).await?;
    }
    if dialect.photos {
        page.sees(&plural("check.photos", 1)).await?;
    }
    Ok(())
}

/// Nothing else is asked: not even what the city answers by itself.
async fn answer_the_rest(page: &Page, dialect: &Dialect) -> Result<()> {
    let groups = page.names("group").await?;
    assert_eq!(groups.len(), if dialect.asks { 2 } else { 0 }, "{groups:?}");
    let fields = page.names("textbox").await?;
    assert_eq!(fields.len(), 1, "{fields:?}");
    if !dialect.asks {
        answer_required(page).await?;
    }
    Ok(())
}

/// Sends it, and reads the number that the city gave.
async fn send(stage: &Stage, dialect: &Dialect) -> Result<String> {
    let page = &stage.page;
    page.press(&en("send")).await?;
    page.heading(&en("sent.heading")).await?;
    if dialect.tokens {
        let token = after_words(page, &en("sent.token")).await?;
        page.sees(&en("sent.numbering")).await?;
        let number = number(page).await?;
        assert_ne!(number, token);
        page.loses(&token).await?;
    }
    let number = number(page).await?;
    assert_eq!(stage.host.seen("POST", "*").len(), 1);
    Ok(number)
}

/// What the city has is what was typed.
async fn the_clerk_has_it(stage: &Stage, dialect: &Dialect) -> Result<()> {
    let kept = stage.city.clerk_page().await?;
    let way = en("way.in-words").replace("{way}", &en("way.email"));
    let mut expected = vec![
        "Pothole",
        ADDRESS,
        WORDS,
        &way,
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
    for words in expected {
        ensure!(
            kept.contains(&in_markup(words)),
            "the clerk does not see “{words}”: {kept}"
        );
    }
    Ok(())
}

async fn see_where_it_stands(stage: &Stage, dialect: &Dialect, number: &str) -> Result<()> {
    let page = &stage.page;
    page.press(&en("sent.follow")).await?;
    if dialect.late {
        page.heading(&en("status.not-found").replace("{number}", number))
            .await?;
        page.sees(&en("status.not-found-why")).await?;
        look_until(page, "status.open").await?;
    }
    page.heading(&en("status.open")).await?;
    let number_shown = en("status.number").replace("{number}", number);
    for words in [&number_shown, "Pothole", ADDRESS, WORDS] {
        page.sees(words).await?;
    }
    let clerk = stage.city.clerk_page().await?;
    let (_, form) = clerk.split_once("action=\"/clerk/").context("no form")?;
    let own: String = form.chars().take_while(char::is_ascii_digit).collect();
    for (stage_name, sentence) in ["in_progress", "closed"].iter().zip(dialect.becomes) {
        let note = format!("A note for {stage_name}.");
        let fields = [("stage", *stage_name), ("note", note.as_str())];
        stage
            .city
            .post_to(&format!("/clerk/{own}"), &fields)
            .await?;
        page.press(&en("status.look-again")).await?;
        page.heading(&en(sentence)).await?;
        page.sees(&note).await?;
    }
    // So that it is near again for the next one.
    let fields = [("stage", "received"), ("note", "Open again.")];
    stage.city.post_to(&format!("/clerk/{own}"), &fields).await
}

async fn look_until(page: &Page, sentence: &str) -> Result<()> {
    let there = async || {
        page.press(&en("status.look-again")).await?;
        page.loses(&en("loading")).await?;
        let headings = page.names("heading").await?;
        Ok((!headings.contains(&en(sentence))).then(|| headings.join(" | ")))
    };
    eventually(sentence, there).await
}

/// Who stands at the same place is shown the request, and follows it instead of sending another.
async fn the_next_one_follows_it(stage: &Stage, number: &str) -> Result<()> {
    let page = &stage.page;
    page.open(&stage.host.page(TAG)).await?;
    search(page, "hole", "Pothole").await?;
    pin(page, ADDRESS).await?;
    go_on(page, "nearby.heading").await?;
    page.sees(&en("nearby.here")).await?;
    page.press(&format!("{} {number}", en("nearby.same")))
        .await?;
    page.heading(&en("status.open")).await?;
    page.sees(WORDS).await
}

/// A test for each, so that a failure names its dialect.
macro_rules! each {
    ($($test:ident: $name:literal),*) => {
        $(#[test]
        fn $test() {
            plays($name);
        })*
    };
}

each!(
    seeclickfix: "seeclickfix",
    connected_bits: "connected-bits",
    bos311: "bos311",
    ureport: "ureport",
    klarschiff: "klarschiff",
    markaspot: "markaspot",
    the_endpoint_of_6aika: "6aika",
    fixmystreet: "fixmystreet",
    adapter: "adapter",
    libre311: "libre311"
);
