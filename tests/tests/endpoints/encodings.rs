//! Good answers in bytes of another encoding, with a mark in front, or under a wrong type: they are
//! read all the same.

use anyhow::{Context, Result};
use frontdoor_tests::{Reply, Stage, Turn, en, stage};

use crate::steps::{TAG, count, describe, go_on, number, search};

#[test]
fn other_encodings_marks_and_types_do_not_keep_a_good_answer_from_being_read() {
    let oddities = [
        ("an old encoding", Reply::turned(Turn::Windows1252)),
        ("a mark in front", Reply::turned(Turn::Marked)),
        (
            "called a page",
            Reply::passed().header("content-type", "text/html"),
        ),
        (
            "called a text",
            Reply::passed().header("content-type", "text/plain; charset=iso-8859-1"),
        ),
        (
            "called bytes",
            Reply::passed().header("content-type", "application/octet-stream"),
        ),
        (
            "called XML",
            Reply::passed().header("content-type", "text/xml"),
        ),
    ];
    for (what, reply) in oddities {
        stage(async |stage| {
            journey_with(stage, reply)
                .await
                .with_context(|| what.to_owned())
        });
    }
}

async fn journey_with(stage: &Stage, reply: Reply) -> Result<()> {
    let page = &stage.page;
    let before = count(&stage.city).await?;
    stage.host.answer("/open311/*", reply);
    page.open(&stage.host.page(TAG)).await?;
    search(page, "pothole", "Pothole").await?;
    page.fill(&en("place.label"), "4 Main St").await?;
    go_on(page, "details.heading").await?;
    page.choose("How deep is it?", "A hand’s width or more")
        .await?;
    let words = "Straße überflutet – “bis zur Tür”";
    describe(page, words).await?;
    go_on(page, "photos.heading").await?;
    go_on(page, "how-to-reach.heading").await?;
    go_on(page, "check.heading").await?;
    page.press(&en("send")).await?;
    let number = number(page).await?;
    page.press(&en("sent.follow")).await?;
    page.heading(&en("status.open")).await?;
    page.sees(words).await?;
    assert_eq!(count(&stage.city).await?, before + 1);
    let kept = stage.city.request(&number).await?;
    assert_eq!(kept["description"], words);
    Ok(())
}
