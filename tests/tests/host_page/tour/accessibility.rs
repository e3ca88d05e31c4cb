//! Every view checked with axe-core, light and dark, on a phone and a desktop screen.

use anyhow::Result;
use frontdoor_tests::{Stage, assert_accessible};

use super::each_view;

async fn is_accessible(stage: &Stage) -> Result<()> {
    assert_accessible(&stage.page).await
}

#[test]
fn the_first_third_of_the_views_is_accessible() {
    each_view(0, is_accessible);
}

#[test]
fn the_second_third_of_the_views_is_accessible() {
    each_view(1, is_accessible);
}

#[test]
fn the_last_third_of_the_views_is_accessible() {
    each_view(2, is_accessible);
}
