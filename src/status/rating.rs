//! The rating after a request is closed: is it solved, and how satisfied is the resident. Asked once, on the
//! request's page. The answers must not contain anything about the resident; saving and sending is in
//! `app::feedback`.

use super::context::StatusContext;
use super::lookup::RequestSnapshot;
use super::own_requests::saved_facts;
use crate::app::{App, feedback};
use crate::platform::dom::{self, Event};
use crate::platform::focus;
use crate::ui::{
    ErrorText, RadioGroup, button, describe_input, form_group, heading, link, no_error,
    radio_group, reactive, row,
};
use crate::view::{Signal, View, el};
use frontdoor_core::config::Extension;
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::route::Route;
use frontdoor_core::status::update_kind::UpdateKind;
use frontdoor_core::storage::Entry;
use std::cell::RefCell;
use std::rc::Rc;

/// A question of the rating.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Question {
    Solved,
    Score,
    Matters,
}

impl Question {
    fn id(self) -> &'static str {
        match self {
            Self::Solved => "rate-solved",
            Self::Score => "rate-score",
            Self::Matters => "rate-matters",
        }
    }

    fn label(self) -> Key {
        match self {
            Self::Solved => k::RATE_SOLVED,
            Self::Score => k::RATE_SCORE,
            Self::Matters => k::RATE_MATTERS,
        }
    }
}

/// The answers so far.
#[derive(Clone, Default)]
struct Answers {
    solved: String,
    score: String,
    matters: String,
    text: String,
}

impl Answers {
    fn of(&mut self, question: Question) -> &mut String {
        match question {
            Question::Solved => &mut self.solved,
            Question::Score => &mut self.score,
            Question::Matters => &mut self.matters,
        }
    }

    /// The required questions that are not answered.
    fn missing(&self) -> Vec<Question> {
        let required = [
            (Question::Solved, &self.solved),
            (Question::Score, &self.score),
        ];
        let missing = required.into_iter().filter(|(_, answer)| answer.is_empty());
        missing.map(|(question, _)| question).collect()
    }
}

#[derive(Clone)]
struct Rating {
    app: App,
    snapshot: Rc<RequestSnapshot>,
    answers: Rc<RefCell<Answers>>,
    missing: Signal<Vec<Question>>,
    /// Whether the problem is solved; `None` until the answers are submitted.
    is_solved: Signal<Option<bool>>,
}

/// The rating of the current request; nothing if there is none.
pub(super) fn rating(app: App) -> View {
    let Some(snapshot) = RequestSnapshot::current(app) else {
        return View::Nothing;
    };
    let rating = Rating {
        app,
        snapshot,
        answers: Rc::default(),
        missing: Signal::new(Vec::new()),
        is_solved: Signal::new(None),
    };
    reactive(move || match rating.is_solved.get() {
        Some(is_solved) => rating.thanks(is_solved),
        None => rating.form(),
    })
}

impl Rating {
    /// Thanks. Rating does not reopen a request, so if it is not solved, a link to the form for that is shown.
    fn thanks(&self, is_solved: bool) -> View {
        let app = self.app;
        let to = Route::Update {
            number: self.snapshot.number(),
            kind: UpdateKind::StillThere,
        };
        let can_reopen = !is_solved && app.offers(Extension::Updates);
        let still_there = can_reopen.then(|| row(link(app, to, "btn second", app.t(k::ACT_STILL))));
        let thanks = el("p")
            .class("thanks")
            .attr("tabindex", "-1")
            .child(app.t(k::FEEDBACK_THANKS));
        [thanks.into(), still_there.into()].into()
    }

    fn form(&self) -> View {
        let app = self.app;
        // A redrawn form (in another language) has nothing chosen.
        self.answers.take();
        let yes_no = vec![
            ("yes".to_owned(), app.t(k::RATE_SOLVED_YES).into()),
            ("no".to_owned(), app.t(k::RATE_SOLVED_NO).into()),
        ];
        let scores = [k::RATE_5, k::RATE_4, k::RATE_3, k::RATE_2, k::RATE_1];
        let scores = scores.into_iter().zip((1..=5).rev());
        let scores = scores.map(|(key, score)| (score.to_string(), app.t(key).into()));
        let context = StatusContext::of(app);
        let matters = context.config.matters.iter();
        let matters: Vec<(String, View)> = matters
            .map(|text| (text.get("en").to_owned(), app.text(text).into()))
            .collect();
        let matters = (!matters.is_empty()).then(|| self.question(Question::Matters, matters));
        let rating = self.clone();
        el("form")
            .class("rate")
            .attr("novalidate", "")
            .on("submit", move |event| rating.submit(&event))
            .child(heading(app.t(k::RATE_HEADING)))
            .child(self.question(Question::Solved, yes_no))
            .child(self.question(Question::Score, scores.collect()))
            .child(matters)
            .child(self.text_area())
            .child(button("submit", "btn second", app.t(k::FEEDBACK_SEND)))
            .into()
    }

    fn question(&self, question: Question, options: Vec<(String, View)>) -> View {
        let (app, missing, answers) = (self.app, self.missing.clone(), self.answers.clone());
        let error: ErrorText = Rc::new(move || {
            let is_missing = missing.with(|missing| missing.contains(&question));
            is_missing.then(|| app.t(k::RATE_MISSING))
        });
        radio_group(RadioGroup {
            id: question.id().into(),
            label: app.t(question.label()).into(),
            hint: String::new(),
            options,
            chosen: None,
            error,
            on_choose: Rc::new(move |name| {
                name.clone_into(answers.borrow_mut().of(question));
            }),
        })
    }

    fn text_area(&self) -> View {
        let (app, answers) = (self.app, self.answers.clone());
        let area = el("textarea")
            .attr("rows", "2")
            .attr("maxlength", "1000")
            .on("input", move |event| {
                answers.borrow_mut().text = dom::value_of(&event);
            });
        let hint = app.t(k::FEEDBACK_HINT);
        let error = no_error();
        let area = describe_input(area, "rate-words", &hint, &error);
        let label = app.t_with(k::OPTIONAL, &[("label", &app.t(k::RATE_WORDS))]);
        form_group("rate-words", label, hint, &error, area)
    }

    fn submit(&self, event: &Event) {
        event.prevent_default();
        let app = self.app;
        let answers = self.answers.borrow().clone();
        let missing = answers.missing();
        if let Some(first) = missing.first() {
            let first = [first.id(), "-0"].concat();
            self.missing.set(missing);
            app.announce(app.t(k::RATE_MISSING));
            return focus::focus_id(&app.root(), &first);
        }
        let fields = [
            ("service_code", self.snapshot.service_code()),
            ("solved", answers.solved.as_str()),
            ("score", &answers.score),
            ("matters", &answers.matters),
            ("text", answers.text.trim()),
        ];
        // The receipt proves that the request was sent from here, and is not kept with the answers.
        let snapshot = self.snapshot.clone();
        let fields = fields.map(|(name, text)| (name, text.to_owned()));
        app.spawn(async move {
            let receipt = if app.offers(Extension::Receipt) {
                saved_facts(app, &snapshot).await.receipt
            } else {
                String::new()
            };
            if !app.is_gone() {
                let receipt = ("receipt", receipt.as_str());
                let fields = fields.iter().map(|(name, text)| (*name, text.as_str()));
                let fields: Vec<_> = fields.chain([receipt]).collect();
                feedback::give(app, "request", &fields);
            }
        });
        app.write(Entry::Rated(&self.snapshot.number()), "1");
        app.announce(app.t(k::FEEDBACK_THANKS));
        self.is_solved.set(Some(answers.solved != "no"));
        focus::focus_after_drawing(&app.root(), ".thanks");
    }
}
