//! A resident's progress with a guide: answers, documents at hand, steps done. Saved on the device
//! (docs/storage.md). Does not know the guide's content, only ids.

use crate::app::App;
use crate::view::Signal;
use frontdoor_core::storage::{Entry, Saved};
use guide::Answers;
use json::Value;
use std::rc::Rc;

/// A resident's progress with a guide.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Progress {
    /// The answers to the guide's questions.
    pub(super) answers: Answers,
    /// Ids of the documents that the resident has at hand.
    pub(super) have: Vec<String>,
    /// Ids of the steps that are done.
    pub(super) done: Vec<String>,
}

/// The progress with one guide, as a signal that is saved with every change.
pub(super) struct ProgressStore {
    app: App,
    guide: String,
    /// The current progress; change it with [`ProgressStore::change`], so that it is saved.
    pub(super) progress: Signal<Progress>,
}

impl ProgressStore {
    /// The saved progress with a guide.
    pub(super) fn of(app: App, guide: &str) -> Rc<Self> {
        Rc::new(Self {
            app,
            guide: guide.to_owned(),
            progress: Signal::new(read(app, Entry::Progress(guide)).unwrap_or_default()),
        })
    }

    /// Changes the progress and saves it.
    pub(super) fn change(&self, change: impl FnOnce(&mut Progress)) {
        // Read again, because another window may have changed it.
        let mut progress: Progress = read(self.app, self.entry()).unwrap_or_default();
        change(&mut progress);
        self.app.write(self.entry(), &progress.to_text());
        self.progress.set(progress);
    }

    /// The answers as they were last chosen, confirmed or not.
    pub(super) fn chosen_answers(&self) -> Answers {
        match read(self.app, self.unconfirmed()) {
            Some(unconfirmed) => unconfirmed.answers,
            None => self
                .progress
                .with_untracked(|progress| progress.answers.clone()),
        }
    }

    /// Saves unconfirmed answers, for this tab only.
    pub(super) fn choose(&self, answers: &Answers) {
        let chosen = Progress {
            answers: answers.clone(),
            ..Progress::default()
        };
        self.app.write(self.unconfirmed(), &chosen.to_text());
    }

    /// Saves confirmed answers, which the guide then applies.
    pub(super) fn confirm(&self, answers: Answers) {
        self.app.erase(self.unconfirmed());
        self.change(|progress| progress.answers = answers);
    }

    /// Erases the progress, including unconfirmed answers.
    pub(super) fn erase(&self) {
        self.app.erase(self.unconfirmed());
        self.app.erase(self.entry());
        self.progress.set(Progress::default());
    }

    /// Stops saving on this device and erases what was saved; the progress is kept until the page is left.
    pub(super) fn stop_saving(&self) {
        self.app.stop_saving();
        let progress = self.progress.get_untracked();
        self.app.write(self.entry(), &progress.to_text());
        self.progress.set(progress);
    }

    fn entry(&self) -> Entry<'_> {
        Entry::Progress(&self.guide)
    }

    fn unconfirmed(&self) -> Entry<'_> {
        Entry::UnconfirmedAnswers(&self.guide)
    }
}

/// The saved progress; `None` if there is none, and empty if it cannot be read.
fn read(app: App, entry: Entry) -> Option<Progress> {
    let text = app.read(entry)?;
    Some(Progress::from_text(&text).unwrap_or_default())
}

impl Progress {
    /// Adds an id to a list if it is ticked, else removes it.
    pub(super) fn tick(list: &mut Vec<String>, id: &str, is_ticked: bool) {
        list.retain(|known| known != id);
        if is_ticked {
            list.push(id.to_owned());
        }
    }
}

impl Saved for Progress {
    fn to_json(&self) -> Value {
        let answers = self.answers.pairs().iter();
        let answers = answers.map(|(question, option)| (question.clone(), option.as_str().into()));
        Value::object(vec![
            ("answers", Value::Map(answers.collect())),
            ("have", Value::texts(&self.have)),
            ("done", Value::texts(&self.done)),
        ])
    }

    fn from_json(value: &Value) -> Option<Self> {
        let texts = |name| {
            let items = value.get(name).map(Value::items).unwrap_or_default();
            items.iter().filter_map(Value::string).collect()
        };
        let answers = value.get("answers").map(Value::fields).unwrap_or_default();
        Some(Self {
            answers: answers
                .iter()
                .filter_map(|(question, option)| Some((question.as_str(), option.text()?)))
                .collect(),
            have: texts("have"),
            done: texts("done"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_can_be_saved_and_read_again() {
        let mut progress = Progress {
            answers: Answers::from_iter([("school", "yes")]),
            have: vec!["photo-id".into()],
            done: Vec::new(),
        };
        Progress::tick(&mut progress.done, "pick", true);
        Progress::tick(&mut progress.done, "pick", true);
        assert_eq!(progress.done, ["pick"]);
        assert_eq!(
            Progress::from_text(&progress.to_text()).as_ref(),
            Some(&progress)
        );
        Progress::tick(&mut progress.done, "pick", false);
        assert!(progress.done.is_empty());
    }

    #[test]
    fn broken_progress_is_read_as_no_progress() {
        for broken in [
            "",
            "{",
            "[]",
            r#"{"answers": 7, "have": "x", "done": [{}]}"#,
        ] {
            let read = Progress::from_text(broken).unwrap_or_default();
            assert_eq!(read, Progress::default(), "{broken}");
        }
    }
}
