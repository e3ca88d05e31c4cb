//! The calls up to the review, each under a fault, in one journey: what was typed stays, the message
//! is true, and the journey goes on afterwards.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use frontdoor_tests::steps::common::{NOTICES, POTHOLE, SERVICES, TAG, check_alert, go_on};
use frontdoor_tests::steps::request::{
    KNOWN_ADDRESS, SPECIAL_TEXT, add_photo, contact_by_email, describe, retry_services,
    search_service, service_tag,
};
use frontdoor_tests::{Page, Reply, Stage, en};
use serde_json::json;

use crate::fault_location::HERE;
use crate::fault_table::{Fault, record};

/// One fault in one browser.
pub(crate) struct Column<'a> {
    pub(crate) stage: &'a Stage,
    pub(crate) fault: Fault,
}

impl Column<'_> {
    pub(crate) fn page(&self) -> &Page {
        &self.stage.page
    }

    /// From the first view to the review, with a fault on every call on the way.
    pub(crate) async fn to_review(&self) -> Result<()> {
        self.record("services", self.services().await)?;
        self.record("definition", self.definition().await)?;
        self.record("notices", self.notices().await)?;
        self.record("boundary", self.boundary().await)?;
        self.record("geocoder: search", self.search().await)?;
        self.record("geocoder: reverse", self.reverse().await)?;
        self.record("nearby list", self.nearby().await)?;
        self.page()
            .choose("How deep is it?", "I don’t know")
            .await?;
        describe(self.page(), SPECIAL_TEXT).await?;
        go_on(self.page(), "photos.heading").await?;
        self.record("photo upload", self.upload().await)?;
        go_on(self.page(), "how-to-reach.heading").await?;
        contact_by_email(self.page()).await
    }

    pub(crate) fn record(&self, call: &'static str, outcome: Result<&'static str>) -> Result<()> {
        record(call, self.fault, outcome)
    }

    /// Makes a path fail from now on.
    pub(crate) fn fail(&self, path: &str) {
        self.stage.host.answer(path, self.fault.reply());
    }

    pub(crate) fn restore(&self, path: &str) {
        self.stage.host.restore(path);
    }

    /// Waits for the only alert: the true message, the phone number and a way to try again. Returns the
    /// message's name in the table.
    async fn shows_fault(&self) -> Result<&'static str> {
        let (name, message) = self.fault.message();
        self.page()
            .sees_within(&message, self.fault.limit())
            .await?;
        check_alert(self.page(), &message).await?;
        Ok(name)
    }

    pub(crate) async fn has_no_alert(&self) -> Result<()> {
        let alerts = self.page().names("alert").await?;
        ensure!(alerts.is_empty(), "{alerts:?}");
        Ok(())
    }

    async fn retry(&self) -> Result<()> {
        self.page().press(&en("problem.retry")).await
    }

    async fn services(&self) -> Result<&'static str> {
        self.fail(SERVICES);
        self.page().open(&self.stage.host.page(TAG)).await?;
        let shown = self.shows_fault().await?;
        self.restore(SERVICES);
        retry_services(self.page()).await?;
        search_service(self.page(), "pothole", "Pothole").await?;
        self.page().fill(&en("place.label"), KNOWN_ADDRESS).await?;
        self.has_no_alert().await?;
        Ok(shown)
    }

    /// Opens the page again at the form that was begun.
    pub(crate) async fn reload(&self) -> Result<()> {
        let page = self.stage.host.page(&service_tag("pothole"));
        self.page().open(&page).await
    }

    async fn definition(&self) -> Result<&'static str> {
        let path = POTHOLE;
        self.fail(path);
        self.reload().await?;
        let shown = self.shows_fault().await?;
        self.restore(path);
        self.retry().await?;
        self.holds_the_address().await?;
        self.has_no_alert().await?;
        Ok(shown)
    }

    async fn notices(&self) -> Result<&'static str> {
        self.fail(NOTICES);
        self.reload().await?;
        self.holds_the_address().await?;
        self.has_no_alert().await?;
        self.restore(NOTICES);
        Ok("the form")
    }

    async fn upload(&self) -> Result<&'static str> {
        let path = "POST /upload";
        let is_silent = self.fault == Fault::Silence;
        if is_silent {
            // An upload may take a minute: the widget must not give up after ten seconds.
            let late = Reply::passthrough().delayed(Duration::from_secs(10));
            self.stage.host.answer(path, late);
        } else {
            self.fail(path);
        }
        let shows = "The hole, with a shoe beside it";
        let _file = add_photo(self.page(), shows).await?;
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
            self.restore(path);
            self.retry().await?;
        }
        self.page()
            .sees_within(&ready, Duration::from_secs(15))
            .await?;
        self.page().holds(&field, shows).await?;
        if is_silent {
            self.restore(path);
        }
        Ok(if is_silent { "waits" } else { "not sent" })
    }
}

/// Configures an address for photo uploads, and posts another resident's request nearby.
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
    posted.context("the request nearby was refused")
}
