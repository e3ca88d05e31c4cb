//! The calls from “Send” to the number, each under a fault: never “received” without the city's word,
//! never a second request, and the number in the end.

use std::time::Duration;

use anyhow::{Result, ensure};
use frontdoor_tests::steps::common::{
    GET_REQUESTS, POST_REQUEST, REQUESTS, TOKENS, arrived, word_after,
};
use frontdoor_tests::steps::request::{
    SPECIAL_TEXT, any_form_to_review, idempotency_keys, open_form, posts, sent_number, sent_request,
};
use frontdoor_tests::{Reply, en};

use crate::fault_form::Column;
use crate::fault_table::Fault;

impl Column<'_> {
    /// The journey's own request, with the fault before the city has it.
    pub(crate) async fn lost_with_a_key(&self) -> Result<()> {
        let outcome = match self.fault {
            // A city may take long to give a number: the widget must not give up after ten seconds.
            Fault::Silence => self.late().await,
            fault => self.with_a_key(fault.reply()).await,
        };
        self.record("POST, lost, with a key", outcome)
    }

    async fn late(&self) -> Result<&'static str> {
        let before = self.stage.city.request_count().await?;
        let late = Reply::passthrough().delayed(Duration::from_secs(10));
        self.stage.host.answer(POST_REQUEST, late);
        self.page().press(&en("send")).await?;
        self.page().find("button", &en("sending")).await?;
        self.page().sees(SPECIAL_TEXT).await?;
        sent_number(self.page()).await?;
        self.stage.host.restore(POST_REQUEST);
        self.is_one_more_than(before).await?;
        Ok("sending")
    }

    /// The fault comes after the city has processed the request.
    pub(crate) async fn taken_with_a_key(&self) -> Result<()> {
        const CALL: &str = "POST, taken, with a key";
        if self.fault == Fault::Busy {
            return self.record(CALL, Ok("(not taken)"));
        }
        open_form(self.stage, "street-sweeping").await?;
        any_form_to_review(self.page()).await?;
        let outcome = match self.fault {
            Fault::Silence => self.silent_with_a_key().await,
            fault => self.with_a_key(fault.reply_after_processing()).await,
        };
        self.record(CALL, outcome)
    }

    /// After thirty seconds of silence the widget repeats the request, and the city responds.
    async fn silent_with_a_key(&self) -> Result<&'static str> {
        let before = self.stage.city.request_count().await?;
        let posted = posts(self.stage);
        self.stage
            .host
            .answer(POST_REQUEST, Reply::silence().after_processing());
        self.page().press(&en("send")).await?;
        arrived(self.stage, "POST", REQUESTS, posted + 1).await?;
        self.stage.host.restore(POST_REQUEST);
        self.page().sees(SPECIAL_TEXT).await?;
        let limit = Duration::from_secs(45);
        self.page().sees_within(&en("sent.number"), limit).await?;
        self.same_key(posted)?;
        self.is_one_more_than(before).await?;
        Ok("sending")
    }

    async fn with_a_key(&self, reply: Reply) -> Result<&'static str> {
        let before = self.stage.city.request_count().await?;
        let posted = posts(self.stage);
        self.stage.host.answer(POST_REQUEST, reply);
        self.page().press(&en("send")).await?;
        let (name, message) = self.fault.message();
        self.page().sees(&message).await?;
        let consequence = match self.fault {
            Fault::Busy => "send.refused",
            _ => "send.doubt-safe",
        };
        self.page().sees(&en(consequence)).await?;
        self.is_not_received().await?;
        self.stage.host.restore(POST_REQUEST);
        self.page().press(&en("problem.retry")).await?;
        sent_number(self.page()).await?;
        self.same_key(posted)?;
        self.is_one_more_than(before).await?;
        Ok(name)
    }

    /// What was typed is there, with the phone number, and nothing about a number.
    async fn is_not_received(&self) -> Result<()> {
        self.page().sees(SPECIAL_TEXT).await?;
        let text = self.page().text().await?;
        for key in ["sent.heading", "sent.number", "sent.token"] {
            ensure!(!text.contains(&en(key)), "{key} is shown: {text}");
        }
        let alerts = self.page().names("alert").await?;
        ensure!(
            alerts.iter().any(|alert| alert.contains("Call 311")),
            "{alerts:?}"
        );
        Ok(())
    }

    /// All posts after this many have the same key.
    fn same_key(&self, posted: usize) -> Result<()> {
        let mut keys = idempotency_keys(self.stage)?.split_off(posted);
        ensure!(keys.len() > 1, "posted only {} times", keys.len());
        keys.dedup();
        ensure!(keys.len() == 1, "several keys: {keys:?}");
        Ok(())
    }

    async fn is_one_more_than(&self, before: usize) -> Result<()> {
        let now = self.stage.city.request_count().await?;
        ensure!(now == before + 1, "the city has {} more", now - before);
        Ok(())
    }

    /// The fault comes after the city has processed the request, and the widget finds it in the list.
    pub(crate) async fn taken_without_a_key(&self) -> Result<()> {
        const CALL: &str = "POST, taken, no key";
        if self.fault == Fault::Busy {
            return self.record(CALL, Ok("(not taken)"));
        }
        let outcome = self.is_found().await;
        self.record(CALL, outcome)
    }

    async fn is_found(&self) -> Result<&'static str> {
        open_form(self.stage, "street-sweeping").await?;
        any_form_to_review(self.page()).await?;
        let before = self.stage.city.request_count().await?;
        let posted = posts(self.stage);
        let reply = self.fault.reply_after_processing();
        self.stage.host.answer(POST_REQUEST, reply);
        self.page().press(&en("send")).await?;
        let limit = Duration::from_secs(45);
        self.page().sees_within(&en("sent.number"), limit).await?;
        self.stage.host.restore(POST_REQUEST);
        self.is_own_request(posted).await?;
        self.is_one_more_than(before).await?;
        Ok("found it")
    }

    /// There was one post after this many, and the number on the page belongs to what was typed.
    async fn is_own_request(&self, posted: usize) -> Result<()> {
        let count = posts(self.stage) - posted;
        ensure!(count == 1, "posted {count} times");
        let row = sent_request(self.stage).await?;
        // Without a key the description ends in a code, by which the request is found again.
        let description = row["description"].as_str().unwrap_or_default();
        ensure!(description.starts_with(SPECIAL_TEXT), "{row}");
        Ok(())
    }

    /// The response to the POST is lost, and the look into the city's list fails.
    pub(crate) async fn look_up(&self) -> Result<()> {
        let outcome = self.is_looked_for().await;
        self.record("own request, looked for", outcome)
    }

    async fn is_looked_for(&self) -> Result<&'static str> {
        open_form(self.stage, "street-sweeping").await?;
        self.page().fill(&en("place.label"), "").await?;
        any_form_to_review(self.page()).await?;
        let before = self.stage.city.request_count().await?;
        let posted = posts(self.stage);
        self.stage.host.answer(POST_REQUEST, Reply::lost());
        self.stage.host.answer(GET_REQUESTS, self.fault.reply());
        self.page().press(&en("send")).await?;
        let limit = self.fault.limit();
        self.page()
            .sees_within(&en("send.unclear-not-looked"), limit)
            .await?;
        self.page().sees(&en("send.unclear")).await?;
        self.is_not_received().await?;
        self.stage.host.restore(POST_REQUEST);
        self.stage.host.restore(GET_REQUESTS);
        self.page().press(&en("status.look-again")).await?;
        self.is_own_request(posted).await?;
        self.is_one_more_than(before).await?;
        Ok("unclear")
    }

    /// The look-up of the number behind a token fails.
    pub(crate) async fn token(&self) -> Result<()> {
        let outcome = self.is_numbered().await;
        self.record("token", outcome)
    }

    async fn is_numbered(&self) -> Result<&'static str> {
        open_form(self.stage, "tax-copy").await?;
        any_form_to_review(self.page()).await?;
        let before = self.stage.city.request_count().await?;
        self.stage.host.answer(TOKENS, self.fault.reply());
        self.page().press(&en("send")).await?;
        self.page().heading(&en("sent.heading")).await?;
        let token = word_after(self.page(), &en("sent.token")).await?;
        arrived(self.stage, "GET", TOKENS, 1).await?;
        self.page().sees(&en("sent.numbering")).await?;
        self.page().sees(&token).await?;
        let text = self.page().text().await?;
        ensure!(!text.contains(&en("sent.number")), "{text}");
        self.stage.host.restore(TOKENS);
        sent_number(self.page()).await?;
        self.is_one_more_than(before).await?;
        Ok("numbering")
    }
}
