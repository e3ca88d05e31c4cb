//! The calls of the step “Where is it?”, and of what stands near, each under a fault.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use frontdoor_tests::{en, eventually};

use crate::fault_cells::Column;
use crate::fault_table::Fault;
use crate::steps::{ADDRESS, FOUND, go_on, one_of};

/// Where the geocoder has that address.
pub(crate) const HERE: (f64, f64) = (40.617_046, -89.917_25);

impl Column<'_> {
    /// What was typed is there still.
    pub(crate) async fn holds_the_address(&self) -> Result<()> {
        self.page().holds(&en("place.label"), ADDRESS).await
    }

    /// The same after it was found, and the resident took the geocoder's writing of it.
    async fn holds_what_was_found(&self) -> Result<()> {
        self.page().holds(&en("place.label"), FOUND).await
    }

    pub(crate) async fn boundary(&self) -> Result<&'static str> {
        self.befalls("/boundary.geojson");
        self.reload().await?;
        self.holds_the_address().await?;
        self.stage_at_the_place().await?;
        self.page().press(&en("place.use-device")).await?;
        self.page().sees(&en("place.remove-pin")).await?;
        // Nobody can say that it lies outside.
        self.has_no_alert().await?;
        self.holds_the_address().await?;
        if self.fault != Fault::Silence {
            self.webmaster_hears("boundary.geojson").await?;
        }
        self.heals("/boundary.geojson");
        self.page().press(&en("place.remove-pin")).await?;
        Ok("the pin")
    }

    async fn webmaster_hears(&self, words: &str) -> Result<()> {
        let told = async || {
            let told = self.page().told("warnings").await?.join("\n");
            Ok((!told.contains(words)).then_some(told))
        };
        eventually(&format!("{words} in the console"), told).await
    }

    async fn stage_at_the_place(&self) -> Result<()> {
        self.page().stands_at(HERE.0, HERE.1, 12.0).await
    }

    pub(crate) async fn search(&self) -> Result<&'static str> {
        let path = "/geocode/photon";
        self.befalls(path);
        self.page().press(&en("place.find")).await?;
        let limit = self.fault.patience();
        self.page()
            .sees_after(&en("place.find-failed"), limit)
            .await?;
        self.holds_the_address().await?;
        self.heals(path);
        self.page().press(&en("place.find")).await?;
        let found = en("place.pin-at").replace("{address}.", FOUND);
        self.page().sees(&found).await?;
        self.holds_what_was_found().await?;
        Ok("enough as is")
    }

    pub(crate) async fn reverse(&self) -> Result<&'static str> {
        let path = "/geocode/photon/reverse";
        let before = self.stage.host.seen("GET", path).len();
        self.befalls(path);
        self.page().press(&en("place.use-device")).await?;
        crate::steps::arrived(self.stage, "GET", path, before + 1).await?;
        let found = en("place.located").replace("{count}", "12");
        self.page().sees(&found).await?;
        self.holds_what_was_found().await?;
        self.heals(path);
        self.page().press(&en("place.use-device")).await?;
        let named = en("place.pin-at").replace("{address}.", FOUND);
        self.page().sees(&named).await?;
        self.has_no_alert().await?;
        Ok("the pin")
    }

    pub(crate) async fn nearby(&self) -> Result<&'static str> {
        let path = "GET /open311/v2/requests.json";
        self.befalls(path);
        let start = Instant::now();
        go_on(self.page(), "details.heading").await?;
        // Something that only might be is not waited for as long as for an answer.
        let waited = start.elapsed();
        ensure!(waited < Duration::from_secs(8), "after {waited:?}");
        self.has_no_alert().await?;
        self.heals(path);
        self.nearby_again().await?;
        self.page().press(&en("nearby.none")).await?;
        self.page().heading(&en("details.heading")).await?;
        Ok("goes on")
    }

    /// Back and on again, until what is near is shown: the browser may still wait for the first answer.
    async fn nearby_again(&self) -> Result<()> {
        let start = Instant::now();
        loop {
            self.page().press(&en("back")).await?;
            self.holds_what_was_found().await?;
            self.page().press(&en("continue")).await?;
            let there = one_of(self.page(), &["nearby.heading", "details.heading"]).await?;
            if there == "nearby.heading" {
                return Ok(());
            }
            let waited = start.elapsed();
            ensure!(
                waited < Duration::from_secs(12),
                "not shown after {waited:?}"
            );
        }
    }
}
