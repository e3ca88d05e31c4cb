//! Open requests nearby.

use frontdoor_tests::steps::common::open_hash;
use frontdoor_tests::{ROOT, en, stage};

#[test]
fn open_requests_nearby_are_listed_nearest_first_and_link_to_their_status() {
    stage(async |stage| {
        let page = &stage.page;
        open_hash(stage, "#/around").await?;
        page.sees(&en("around.show-more")).await?;
        let first = format!("{ROOT}.querySelector('ol.list a').click()");
        page.script(&first, Vec::new()).await?;
        page.sees(&en("status.history")).await
    });
}
