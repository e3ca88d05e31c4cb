//! The calls from the press on “Send” to the number, each under a fault: never “received” without
//! the city's word, never a second request, and the number in the end.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use frontdoor_tests::{Reply, en, pairs};
use serde_json::Value;

use crate::fault_cells::Column;
use crate::fault_table::Fault;
use crate::steps::{
    POST, REQUESTS, WORDS, after_words, arrived, count, number, start_form, to_check,
};

const LIST: &str = "GET /open311/v2/requests.json";
const TOKENS: &str = "/open311/v2/tokens/*";

impl Column<'_> {
    /// The send of the journey's own request: the fault comes before the city has it.
    pub(crate) async fn lost_with_a_key(&self) -> Result<()> {
        let became = match self.fault {
            // Cities number while one waits: ten seconds are no reason to give up.
            Fault::Silence => self.late().await,
            fault => self.with_a_key(fault.reply()).await,
        };
        self.note("POST, lost, with a key", became)
    }

    async fn late(&self) -> Result<&'static str> {
        let before = count(&self.stage.city).await?;
        let late = Reply::passed().after(Duration::from_secs(10));
        self.stage.host.answer(POST, late);
        self.page().press(&en("send")).await?;
        self.page().find("button", &en("sending")).await?;
        self.page().sees(WORDS).await?;
        number(self.page()).await?;
        self.stage.host.heal(POST);
        self.is_one_more_than(before).await?;
        Ok("sending")
    }

    /// The fault comes after the city has taken it.
    pub(crate) async fn taken_with_a_key(&self) -> Result<()> {
        const CALL: &str = "POST, taken, with a key";
        if self.fault == Fault::Busy {
            return self.note(CALL, Ok("(not taken)"));
        }
        start_form(self.stage, "street-sweeping").await?;
        to_check(self.page()).await?;
        let became = match self.fault {
            Fault::Silence => self.silent_with_a_key().await,
            fault => self.with_a_key(fault.reply_when_done()).await,
        };
        self.note(CALL, became)
    }

    /// Thirty seconds of silence; then the widget asks by itself, and the city answers again.
    async fn silent_with_a_key(&self) -> Result<&'static str> {
        let before = count(&self.stage.city).await?;
        let seen = self.stage.host.seen("POST", REQUESTS).len();
        self.stage.host.answer(POST, Reply::silence().done());
        self.page().press(&en("send")).await?;
        arrived(self.stage, "POST", REQUESTS, seen + 1).await?;
        self.stage.host.heal(POST);
        self.page().sees(WORDS).await?;
        let limit = Duration::from_secs(45);
        self.page().sees_after(&en("sent.number"), limit).await?;
        self.same_key(seen)?;
        self.is_one_more_than(before).await?;
        Ok("sending")
    }

    async fn with_a_key(&self, reply: Reply) -> Result<&'static str> {
        let before = count(&self.stage.city).await?;
        let seen = self.stage.host.seen("POST", REQUESTS).len();
        self.stage.host.answer(POST, reply);
        self.page().press(&en("send")).await?;
        let (key, sentence) = self.fault.sentence();
        self.page().sees(&sentence).await?;
        let doubt = match self.fault {
            Fault::Busy => "send.refused",
            _ => "send.doubt-safe",
        };
        self.page().sees(&en(doubt)).await?;
        self.is_not_received().await?;
        self.stage.host.heal(POST);
        self.page().press(&en("problem.retry")).await?;
        number(self.page()).await?;
        self.same_key(seen)?;
        self.is_one_more_than(before).await?;
        Ok(key)
    }

    /// What was typed stands there, the telephone beside it, and no word of a number.
    async fn is_not_received(&self) -> Result<()> {
        self.page().sees(WORDS).await?;
        let text = self.page().text().await?;
        for key in ["sent.heading", "sent.number", "sent.token"] {
            ensure!(!text.contains(&en(key)), "{key} is said: {text}");
        }
        let alerts = self.page().names("alert").await?;
        ensure!(
            alerts.iter().any(|alert| alert.contains("Call 311")),
            "{alerts:?}"
        );
        Ok(())
    }

    fn same_key(&self, seen: usize) -> Result<()> {
        let mut keys = Vec::new();
        for sent in &self.stage.host.seen("POST", REQUESTS)[seen..] {
            let pairs = pairs(&sent.body)?;
            let key = pairs
                .into_iter()
                .find(|(name, _)| name == "idempotency_key");
            keys.push(key.context("no key")?.1);
        }
        ensure!(keys.len() > 1, "sent only {} times", keys.len());
        keys.dedup();
        ensure!(keys.len() == 1, "several keys: {keys:?}");
        Ok(())
    }

    async fn is_one_more_than(&self, before: usize) -> Result<()> {
        let now = count(&self.stage.city).await?;
        ensure!(now == before + 1, "the city has {} more", now - before);
        Ok(())
    }

    /// From here on the endpoint knows no key.
    pub(crate) async fn forget_keys(&self) -> Result<()> {
        self.stage
            .configure(|config| {
                if let Some(Value::Array(words)) = config.get_mut("extensions") {
                    words.retain(|word| word != "idempotency");
                }
            })
            .await
    }

    /// The fault comes after the city has taken it, and the widget finds it in the city's list.
    pub(crate) async fn taken_without_a_key(&self) -> Result<()> {
        const CALL: &str = "POST, taken, no key";
        if self.fault == Fault::Busy {
            return self.note(CALL, Ok("(not taken)"));
        }
        let became = self.is_found().await;
        self.note(CALL, became)
    }

    async fn is_found(&self) -> Result<&'static str> {
        start_form(self.stage, "street-sweeping").await?;
        to_check(self.page()).await?;
        let before = count(&self.stage.city).await?;
        let seen = self.stage.host.seen("POST", REQUESTS).len();
        self.stage.host.answer(POST, self.fault.reply_when_done());
        self.page().press(&en("send")).await?;
        let limit = Duration::from_secs(45);
        self.page().sees_after(&en("sent.number"), limit).await?;
        self.stage.host.heal(POST);
        self.is_own(seen).await?;
        self.is_one_more_than(before).await?;
        Ok("found it")
    }

    /// One was sent since then, and the number on the page is that of what was typed.
    async fn is_own(&self, seen: usize) -> Result<()> {
        let sent = self.stage.host.seen("POST", REQUESTS).len() - seen;
        ensure!(sent == 1, "sent {sent} times");
        let id = number(self.page()).await?;
        let kept = self.stage.city.request(&id).await?;
        ensure!(kept["description"] == WORDS, "{kept}");
        Ok(())
    }

    /// The answer to the POST is lost, and the fault befalls the look into the city's list.
    pub(crate) async fn look_up(&self) -> Result<()> {
        let became = self.is_looked_for().await;
        self.note("own request, looked for", became)
    }

    async fn is_looked_for(&self) -> Result<&'static str> {
        start_form(self.stage, "street-sweeping").await?;
        self.page().fill(&en("place.label"), "").await?;
        to_check(self.page()).await?;
        let before = count(&self.stage.city).await?;
        let seen = self.stage.host.seen("POST", REQUESTS).len();
        self.stage.host.answer(POST, Reply::lost());
        self.stage.host.answer(LIST, self.fault.reply());
        self.page().press(&en("send")).await?;
        let limit = self.fault.patience();
        self.page()
            .sees_after(&en("send.unclear-not-looked"), limit)
            .await?;
        self.page().sees(&en("send.unclear")).await?;
        self.is_not_received().await?;
        self.stage.host.heal(POST);
        self.stage.host.heal(LIST);
        self.page().press(&en("status.look-again")).await?;
        self.is_own(seen).await?;
        self.is_one_more_than(before).await?;
        Ok("unclear")
    }

    /// The fault befalls the question for the number behind a receipt.
    pub(crate) async fn token(&self) -> Result<()> {
        let became = self.is_numbered().await;
        self.note("token", became)
    }

    async fn is_numbered(&self) -> Result<&'static str> {
        start_form(self.stage, "tax-copy").await?;
        to_check(self.page()).await?;
        let before = count(&self.stage.city).await?;
        self.stage.host.answer(TOKENS, self.fault.reply());
        self.page().press(&en("send")).await?;
        self.page().heading(&en("sent.heading")).await?;
        let token = after_words(self.page(), &en("sent.token")).await?;
        arrived(self.stage, "GET", TOKENS, 1).await?;
        self.page().sees(&en("sent.numbering")).await?;
        self.page().sees(&token).await?;
        let text = self.page().text().await?;
        ensure!(!text.contains(&en("sent.number")), "{text}");
        self.stage.host.heal(TOKENS);
        number(self.page()).await?;
        self.is_one_more_than(before).await?;
        Ok("numbering")
    }
}
