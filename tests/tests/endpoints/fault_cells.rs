//! The calls up to the check of the answers, each under a fault of its own, in one journey: what
//! was typed stays, something true is said, and after it the journey goes on.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use frontdoor_tests::{Page, Reply, Stage, en, eventually};
use serde_json::json;

use crate::fault_table::{Fault, note};
use crate::steps::{
    ADDRESS, FOUND, SERVICES, TAG, WORDS, add_photo, contact, describe, go_on, one_of,
    retry_on_start, search, tag_for,
};

/// Where the geocoder has that address.
const HERE: (f64, f64) = (40.617_046, -89.917_25);

/// One fault in one browser.
pub(crate) struct Column<'a> {
    pub(crate) stage: &'a Stage,
    pub(crate) fault: Fault,
}

impl Column<'_> {
    pub(crate) fn page(&self) -> &Page {
        &self.stage.page
    }

    /// From the first view to the check, with a fault on every call on the way.
    pub(crate) async fn to_check(&self) -> Result<()> {
        self.note("services", self.services().await)?;
        self.note("definition", self.definition().await)?;
        self.note("notices", self.notices().await)?;
        self.note("boundary", self.boundary().await)?;
        self.note("geocoder: search", self.search().await)?;
        self.note("geocoder: reverse", self.reverse().await)?;
        self.note("nearby list", self.nearby().await)?;
        self.page()
            .choose("How deep is it?", "I don’t know")
            .await?;
        describe(self.page(), WORDS).await?;
        go_on(self.page(), "photos.heading").await?;
        self.note("photo upload", self.upload().await)?;
        go_on(self.page(), "how-to-reach.heading").await?;
        contact(self.page()).await
    }

    pub(crate) fn note(&self, call: &'static str, became: Result<&'static str>) -> Result<()> {
        note(call, self.fault, became)
    }

    /// Lets the fault befall a path from now on.
    fn befalls(&self, path: &str) {
        self.stage.host.answer(path, self.fault.reply());
    }

    fn heals(&self, path: &str) {
        self.stage.host.heal(path);
    }

    /// The one alert: a true sentence, the telephone, the way to try again.
    async fn says(&self) -> Result<&'static str> {
        let (key, sentence) = self.fault.sentence();
        self.page()
            .sees_after(&sentence, self.fault.patience())
            .await?;
        let alerts = self.page().names("alert").await?;
        ensure!(alerts.len() == 1, "{alerts:?}");
        for words in [&sentence, "Call 311", &en("problem.retry")] {
            ensure!(alerts[0].contains(words), "no “{words}” in {}", alerts[0]);
        }
        Ok(key)
    }

    async fn has_no_alert(&self) -> Result<()> {
        let alerts = self.page().names("alert").await?;
        ensure!(alerts.is_empty(), "{alerts:?}");
        Ok(())
    }

    async fn retries(&self) -> Result<()> {
        self.page().press(&en("problem.retry")).await
    }

    /// What was typed is there still.
    async fn holds_the_address(&self) -> Result<()> {
        self.page().holds(&en("place.label"), ADDRESS).await
    }

    /// The same after it was found, and the resident took the geocoder's writing of it.
    async fn holds_what_was_found(&self) -> Result<()> {
        self.page().holds(&en("place.label"), FOUND).await
    }

    async fn services(&self) -> Result<&'static str> {
        self.befalls(SERVICES);
        self.page().open(&self.stage.host.page(TAG)).await?;
        let said = self.says().await?;
        self.heals(SERVICES);
        retry_on_start(self.page()).await?;
        search(self.page(), "pothole", "Pothole").await?;
        self.page().fill(&en("place.label"), ADDRESS).await?;
        self.has_no_alert().await?;
        Ok(said)
    }

    /// Loads the page anew at the form that was begun.
    async fn reload(&self) -> Result<()> {
        let page = self.stage.host.page(&tag_for("pothole"));
        self.page().open(&page).await
    }

    async fn definition(&self) -> Result<&'static str> {
        let path = "/open311/v2/services/pothole.json";
        self.befalls(path);
        self.reload().await?;
        let said = self.says().await?;
        self.heals(path);
        self.retries().await?;
        self.holds_the_address().await?;
        self.has_no_alert().await?;
        Ok(said)
    }

    async fn notices(&self) -> Result<&'static str> {
        self.befalls("/notices.json");
        self.reload().await?;
        self.holds_the_address().await?;
        self.has_no_alert().await?;
        self.heals("/notices.json");
        Ok("the form")
    }

    async fn boundary(&self) -> Result<&'static str> {
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

    async fn search(&self) -> Result<&'static str> {
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

    async fn reverse(&self) -> Result<&'static str> {
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

    async fn nearby(&self) -> Result<&'static str> {
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

    async fn upload(&self) -> Result<&'static str> {
        let path = "POST /upload";
        let is_silent = self.fault == Fault::Silence;
        match is_silent {
            // A slow line has a minute for a photo: ten seconds are no reason to give up.
            true => {
                let late = Reply::passed().after(Duration::from_secs(10));
                self.stage.host.answer(path, late);
            }
            false => self.befalls(path),
        }
        let shows = "The hole, with a shoe beside it";
        add_photo(self.page(), shows).await?;
        let ready = en("photo.ready").replace("{name}", "hole.png");
        let field = en("photo.words").replace("{name}", "hole.png");
        if is_silent {
            self.page().press(&en("continue")).await?;
            self.page().sees(&en("photos.wait")).await?;
        } else {
            self.page().sees(&en("photo.not-sent")).await?;
            self.page().press(&en("continue")).await?;
            self.page().sees(&en("photos.failed")).await?;
            self.page().find("button", &en("photos.without")).await?;
            self.page().holds(&field, shows).await?;
            self.heals(path);
            self.retries().await?;
        }
        self.page()
            .sees_after(&ready, Duration::from_secs(15))
            .await?;
        self.page().holds(&field, shows).await?;
        if is_silent {
            self.heals(path);
        }
        Ok(if is_silent { "waits" } else { "not sent" })
    }
}

/// Makes photos go to an address of their own, and another resident's request stand near.
pub(crate) async fn prepare(stage: &Stage) -> Result<()> {
    stage
        .configure(|config| config["report"]["photos"]["upload"] = json!("upload"))
        .await?;
    let (lat, long) = (HERE.0.to_string(), HERE.1.to_string());
    let fields = [
        ("service_code", "pothole"),
        ("attribute[depth]", "deep"),
        ("description", "Somebody else saw it."),
        ("address_string", "120 Oak Street"),
        ("lat", &lat),
        ("long", &long),
    ];
    let posted = stage.city.post("requests.json", &fields).await;
    posted.context("no neighbour")
}
