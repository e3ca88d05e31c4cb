//! Good responses in another encoding, with a byte order mark, or with a wrong content type are read
//! all the same.

use anyhow::{Context, Result};
use frontdoor_tests::steps::common::{TAG, go_on};
use frontdoor_tests::steps::request::{describe, search_service, sent_number, to_details};
use frontdoor_tests::{Corruption, Reply, Stage, en, stage};

#[test]
fn responses_with_odd_encodings_marks_and_types_are_read() {
    let oddities = [
        ("Windows-1252", Reply::corrupted(Corruption::Windows1252)),
        (
            "a byte order mark",
            Reply::corrupted(Corruption::ByteOrderMark),
        ),
        (
            "declared as HTML",
            Reply::passthrough().header("content-type", "text/html"),
        ),
        (
            "declared as text",
            Reply::passthrough().header("content-type", "text/plain; charset=iso-8859-1"),
        ),
        (
            "declared as bytes",
            Reply::passthrough().header("content-type", "application/octet-stream"),
        ),
        (
            "declared as XML",
            Reply::passthrough().header("content-type", "text/xml"),
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
    let before = stage.city.request_count().await?;
    stage.host.answer("/open311/*", reply);
    page.open(&stage.host.page(TAG)).await?;
    search_service(page, "pothole", "Pothole").await?;
    to_details(page).await?;
    page.choose("How deep is it?", "A hand’s width or more")
        .await?;
    let description = "Straße überflutet – “bis zur Tür”";
    describe(page, description).await?;
    go_on(page, "photos.heading").await?;
    go_on(page, "how-to-reach.heading").await?;
    go_on(page, "check.heading").await?;
    page.press(&en("send")).await?;
    let number = sent_number(page).await?;
    page.press(&en("sent.follow")).await?;
    page.heading(&en("status.open")).await?;
    page.sees(description).await?;
    assert_eq!(stage.city.request_count().await?, before + 1);
    let row = stage.city.request(&number).await?;
    assert_eq!(row["description"], description);
    Ok(())
}
