//! The calls of the step “Where is it?” and of requests nearby, each under a fault.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use frontdoor_tests::steps::common::{GET_REQUESTS, arrived, go_on, one_of};
use frontdoor_tests::steps::request::{KNOWN_ADDRESS, KNOWN_ADDRESS_IN_FULL, pin_is_at};
use frontdoor_tests::{en, eventually};

use crate::fault_form::Column;
use crate::fault_table::Fault;

/// Where the geocoder locates the known address.
pub(crate) const HERE: (f64, f64) = (40.617_046, -89.917_25);

impl Column<'_> {
    /// What was typed is still there.
    pub(crate) async fn holds_the_address(&self) -> Result<()> {
        self.page().holds(&en("place.label"), KNOWN_ADDRESS).await
    }

    /// The same after it was found and replaced by the address in full.
    async fn holds_the_full_address(&self) -> Result<()> {
        self.page()
            .holds(&en("place.label"), KNOWN_ADDRESS_IN_FULL)
            .await
    }

    pub(crate) async fn boundary(&self) -> Result<&'static str> {
        self.fail("/boundary.geojson");
        self.reload().await?;
        self.holds_the_address().await?;
        self.page().set_location(HERE.0, HERE.1, 12.0).await?;
        self.page().press(&en("place.use-device")).await?;
        self.page().sees(&en("place.remove-pin")).await?;
        // Without the boundary nothing is called outside.
        self.has_no_alert().await?;
        self.holds_the_address().await?;
        if self.fault != Fault::Silence {
            self.warns("boundary.geojson").await?;
        }
        self.restore("/boundary.geojson");
        self.page().press(&en("place.remove-pin")).await?;
        Ok("the pin")
    }

    /// Waits for a warning in the console.
    async fn warns(&self, text: &str) -> Result<()> {
        let is_missing = async || {
            let warnings = self.page().logged("warnings").await?.join("\n");
            Ok((!warnings.contains(text)).then_some(warnings))
        };
        eventually(&format!("{text} in the console"), is_missing).await
    }

    pub(crate) async fn search(&self) -> Result<&'static str> {
        let path = "/geocode/photon";
        self.fail(path);
        self.page().press(&en("place.find")).await?;
        let limit = self.fault.limit();
        self.page()
            .sees_within(&en("place.find-failed"), limit)
            .await?;
        self.holds_the_address().await?;
        self.restore(path);
        self.page().press(&en("place.find")).await?;
        self.page().sees(&pin_is_at(KNOWN_ADDRESS_IN_FULL)).await?;
        self.holds_the_full_address().await?;
        Ok("enough as is")
    }

    pub(crate) async fn reverse(&self) -> Result<&'static str> {
        let path = "/geocode/photon/reverse";
        let before = self.stage.host.seen("GET", path).len();
        self.fail(path);
        self.page().press(&en("place.use-device")).await?;
        arrived(self.stage, "GET", path, before + 1).await?;
        let found = en("place.located").replace("{count}", "12");
        self.page().sees(&found).await?;
        self.holds_the_full_address().await?;
        self.restore(path);
        self.page().press(&en("place.use-device")).await?;
        self.page().sees(&pin_is_at(KNOWN_ADDRESS_IN_FULL)).await?;
        self.has_no_alert().await?;
        Ok("the pin")
    }

    pub(crate) async fn nearby(&self) -> Result<&'static str> {
        self.fail(GET_REQUESTS);
        let start = Instant::now();
        go_on(self.page(), "details.heading").await?;
        // The optional list is not waited for as long as a required response.
        let waited = start.elapsed();
        ensure!(waited < Duration::from_secs(8), "after {waited:?}");
        self.has_no_alert().await?;
        self.restore(GET_REQUESTS);
        self.nearby_again().await?;
        self.page().press(&en("nearby.none")).await?;
        self.page().heading(&en("details.heading")).await?;
        Ok("goes on")
    }

    /// Goes back and on again until the list is shown: the browser may still wait for the first response.
    async fn nearby_again(&self) -> Result<()> {
        let start = Instant::now();
        loop {
            self.page().press(&en("back")).await?;
            self.holds_the_full_address().await?;
            self.page().press(&en("continue")).await?;
            let heading = one_of(self.page(), &["nearby.heading", "details.heading"]).await?;
            if heading == "nearby.heading" {
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
