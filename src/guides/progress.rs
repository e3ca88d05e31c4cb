//! How far a resident has come with a guide: what they answered, what they have, what is done. Kept on
//! the device, and for this tab alone where others use it.

use crate::app::App;
use crate::live::Live;
use crate::platform::kept::Kept;
use crate::platform::storage;
use guide::Answers;
use leptos::task::spawn_local;
use open311::{Value, json};
use std::rc::Rc;

/// How far a resident has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Progress {
    /// What they answered.
    pub(super) answers: Answers,
    /// Ids of what they have at hand.
    pub(super) have: Vec<String>,
    /// Ids of the steps that are done.
    pub(super) done: Vec<String>,
}

/// The progress with one guide, where it is kept.
pub(super) struct Held {
    app: App,
    key: String,
    pub(super) progress: Live<Progress>,
}

impl Held {
    /// The progress with a guide, as it was kept.
    pub(super) fn of(app: App, guide: &str) -> Rc<Self> {
        let key = app.key(&["guide/", guide].concat());
        let kept = storage::read_kept(&key).map(|text| Progress::read(&text));
        Rc::new(Self {
            app,
            key,
            progress: Live::new(kept.unwrap_or_default()),
        })
    }

    /// Changes it, and keeps it.
    pub(super) fn change(&self, change: impl FnOnce(&mut Progress)) {
        // Another window may have changed it since.
        let kept = storage::read_kept(&self.key).map(|text| Progress::read(&text));
        let mut progress = kept.unwrap_or_default();
        change(&mut progress);
        storage::write_kept(&self.key, &progress.write());
        self.progress.set(progress);
    }

    /// What was chosen on the page of questions, confirmed or not.
    pub(super) fn chosen(&self) -> Answers {
        match storage::read(&self.chosen_key()) {
            Some(text) => Progress::read(&text).answers,
            None => self.progress.peek(|progress| progress.answers.clone()),
        }
    }

    /// Keeps for this tab what was chosen and is not confirmed yet.
    pub(super) fn choose(&self, answers: &Answers) {
        let chosen = Progress {
            answers: answers.clone(),
            ..Progress::default()
        };
        storage::write(&self.chosen_key(), &chosen.write());
    }

    /// Confirms the answers.
    pub(super) fn answer(&self, answers: Answers) {
        storage::remove(&self.chosen_key());
        self.change(|progress| progress.answers = answers);
    }

    fn chosen_key(&self) -> String {
        [&self.key, "/chosen"].concat()
    }

    /// Forgets it.
    pub(super) fn erase(&self) {
        storage::remove(&self.chosen_key());
        storage::write_kept(&self.key, "");
        self.progress.set(Progress::default());
    }

    /// From now on nothing stays on this device, and what was kept goes: others use it.
    pub(super) fn be_forgetful(&self) {
        let prefix = self.app.key("");
        storage::be_forgetful(&prefix);
        storage::write_kept(&self.key, &self.progress.now().write());
        spawn_local(async move {
            if let Some(device) = Kept::open(&prefix).await {
                let _ = wasm_bindgen_futures::JsFuture::from(device.be_forgetful()).await;
            }
        });
        self.progress.set(self.progress.now());
    }
}

impl Progress {
    fn write(&self) -> String {
        let texts = |texts: &[String]| {
            let texts = texts.iter().cloned().map(Value::Text);
            Value::List(texts.collect())
        };
        let answers = self.answers.pairs().iter();
        let answers =
            answers.map(|(question, option)| (question.clone(), Value::Text(option.clone())));
        json::write(&Value::Map(vec![
            ("answers".into(), Value::Map(answers.collect())),
            ("have".into(), texts(&self.have)),
            ("done".into(), texts(&self.done)),
        ]))
    }

    /// What cannot be read is forgotten.
    fn read(kept: &str) -> Self {
        let value = json::parse(kept).unwrap_or_default();
        let texts = |name| {
            let items = value.get(name).map(Value::items).unwrap_or_default();
            let texts = items.iter().filter_map(Value::text);
            texts.map(str::to_owned).collect()
        };
        let answers = value.get("answers").map(Value::fields).unwrap_or_default();
        Self {
            answers: answers
                .iter()
                .filter_map(|(question, option)| Some((question.as_str(), option.text()?)))
                .collect(),
            have: texts("have"),
            done: texts("done"),
        }
    }

    /// Puts a name into a list, or takes it out.
    pub(super) fn tick(list: &mut Vec<String>, id: &str, is_ticked: bool) {
        list.retain(|known| known != id);
        if is_ticked {
            list.push(id.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_survives_being_kept_and_what_is_broken_is_forgotten() {
        let mut progress = Progress {
            answers: Answers::from_iter([("school", "yes")]),
            have: vec!["photo-id".into()],
            done: Vec::new(),
        };
        Progress::tick(&mut progress.done, "pick", true);
        Progress::tick(&mut progress.done, "pick", true);
        assert_eq!(progress.done, ["pick"]);
        assert_eq!(Progress::read(&progress.write()), progress);
        Progress::tick(&mut progress.done, "pick", false);
        assert!(progress.done.is_empty());
        for broken in [
            "",
            "{",
            "[]",
            r#"{"answers": 7, "have": "x", "done": [{}]}"#,
        ] {
            assert_eq!(Progress::read(broken), Progress::default(), "{broken}");
        }
    }
}
