//! The calls up to the check of the answers, each under a fault of its own, in one journey: what
//! was typed stays, something true is said, and after it the journey goes on.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use frontdoor_tests::{Page, Reply, Stage, en};
use serde_json::json;

use crate::fault_place::HERE;
use crate::fault_table::{Fault, note};
use crate::steps::{
    ADDRESS, SERVICES, TAG, WORDS, add_photo, contact, describe, go_on, retry_on_start, search,
    tag_for,
};

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
    pub(crate) fn befalls(&self, path: &str) {
        self.stage.host.answer(path, self.fault.reply());
    }

    pub(crate) fn heals(&self, path: &str) {
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

    pub(crate) async fn has_no_alert(&self) -> Result<()> {
        let alerts = self.page().names("alert").await?;
        ensure!(alerts.is_empty(), "{alerts:?}");
        Ok(())
    }

    async fn retries(&self) -> Result<()> {
        self.page().press(&en("problem.retry")).await
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
    pub(crate) async fn reload(&self) -> Result<()> {
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
