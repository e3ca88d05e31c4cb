//! The page of one guide: facts before steps, steps before details, and nothing hidden behind a button, so that the
//! guide can be read aloud, searched and printed. What applies to the resident is decided by `guide::Personal`.

use super::action::action;
use super::evidence::checklist;
use super::office::office_name;
use super::open::OpenGuide;
use super::print::Scope;
use super::progress::{Progress, ProgressStore};
use super::refusal::refusal;
use super::step::{Steps, heading_id};
use super::text::GuideText;
use super::tools::{GuideTool, run_tool};
use super::wording::{amount, only_if, reviewed, time};
use crate::app::{App, Chunk, Event, feedback};
use crate::net::{ApiError, Load};
use crate::platform::focus;
use crate::ui::{
    button, heading, lazy_view, link, load_error, loading, optional_paragraph, paragraph, reactive,
    row, saved_notice, secondary_button, status_line, title,
};
use crate::view::{Signal, View, el};
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::route::{GuideSection, Route};
use guide::{Answers, Entry, Outcome, Personal, Step};
use std::rc::Rc;

/// A section of the guide with this id; the chunk `eligibility` draws its questions.
pub(super) fn guide_page(
    app: App,
    id: String,
    section: GuideSection,
    eligibility: &'static Chunk,
) -> View {
    let opened = Signal::new(Load::<Rc<OpenGuide>>::Pending);
    reactive(move || {
        app.guides().with(|index| match index {
            Load::Pending => loading(app),
            Load::Failed(error) => load_error(app, error, move || app.load_guides()),
            Load::Ready(index) => match index.entries.iter().find(|entry| entry.id == id) {
                Some(entry) => document(app, &opened, entry, &section, eligibility),
                None => unknown(app),
            },
        })
    })
}

fn document(
    app: App,
    opened: &Signal<Load<Rc<OpenGuide>>>,
    entry: &Entry,
    section: &GuideSection,
    eligibility: &'static Chunk,
) -> View {
    if let Some(open) = OpenGuide::known(app, entry) {
        return draw(app, &open, section, eligibility);
    }
    let (loaded, url) = (opened.clone(), entry.url.clone());
    let fetch = move || {
        loaded.set(Load::Pending);
        let (url, loaded) = (url.clone(), loaded.clone());
        app.spawn(async move {
            let open = Load::from_result(OpenGuide::load(app, url).await);
            if app.is_gone() {
                return;
            }
            if let Load::Ready(open) = &open {
                app.set_slot(open.clone());
            }
            loaded.set(open);
        });
    };
    fetch();
    let (opened, entry, section) = (opened.clone(), entry.clone(), section.clone());
    reactive(move || {
        let fetch = fetch.clone();
        opened.with(|opened| match opened {
            Load::Pending => loading(app),
            Load::Failed(error) => failed(app, &entry, error, fetch),
            Load::Ready(open) => draw(app, open, &section, eligibility),
        })
    })
}

fn draw(
    app: App,
    open: &Rc<OpenGuide>,
    section: &GuideSection,
    eligibility: &'static Chunk,
) -> View {
    match section {
        GuideSection::Eligibility => lazy_view(app, eligibility),
        GuideSection::Whole => whole_guide(app, open, None),
        GuideSection::Step(step) => whole_guide(app, open, Some(step)),
    }
}

/// A guide that could not be loaded: its title and summary from the index, and the error.
fn failed(app: App, entry: &Entry, error: &ApiError, retry: impl FnMut() + 'static) -> View {
    [
        title(app, app.text(&entry.title)),
        optional_paragraph("", app.text(&entry.summary)),
        load_error(app, error, retry),
    ]
    .into()
}

fn unknown(app: App) -> View {
    [
        title(app, app.t(k::GUIDE_UNKNOWN)),
        link(app, Route::Guides, "btn", app.t(k::GUIDE_UNKNOWN_LIST)),
    ]
    .into()
}

/// The whole guide, scrolled to step `at` if there is one.
pub(super) fn whole_guide(app: App, open: &Rc<OpenGuide>, at: Option<&str>) -> View {
    if feedback::is_pending(app) {
        run_tool(app, GuideTool::SendFeedback, &Signal::new(None));
    }
    app.emit(&Event::GuideShown {
        guide: &open.guide.id,
    });
    let store = ProgressStore::of(app, &open.guide.id);
    let shows_all = Signal::new(false);
    if let Some(step) = at {
        let (root, id) = (app.root(), heading_id(step));
        focus::after_drawing(move || focus::focus_id(&root, &id));
    }
    let open = open.clone();
    // Untracked: answers change on another page, and ticking a checkbox must not redraw the guide.
    reactive(move || {
        let answers = store
            .progress
            .with_untracked(|progress| progress.answers.clone());
        let own = Personal::new(&open.guide, &answers);
        let no_answers = Answers::default();
        let everything = Personal::new(&open.guide, &no_answers);
        let is_whole = shows_all.get();
        let page = Page {
            text: GuideText::new(app, &open.guide),
            open: &open,
            store: &store,
            outcome: own.outcome(),
            personal: if is_whole { &everything } else { &own },
            is_whole,
            shows_all: &shows_all,
        };
        page.draw(app)
    })
}

/// Data to draw the page with.
struct Page<'a> {
    text: GuideText,
    open: &'a Rc<OpenGuide>,
    store: &'a Rc<ProgressStore>,
    /// The outcome of the resident's answers.
    outcome: Option<&'a Outcome>,
    /// The selection of the guide's content that is shown.
    personal: &'a Personal<'a>,
    /// True if the resident asked for the whole guide, instead of what applies to them.
    is_whole: bool,
    shows_all: &'a Signal<bool>,
}

impl Page<'_> {
    fn draw(&self, app: App) -> View {
        let (text, guide) = (&self.text, &self.open.guide);
        let head = el("div")
            .child(text.paragraph("quiet", &guide.topic))
            .child(title(app, text.view(&guide.title)))
            .into();
        let summary = text.paragraph("", &guide.summary);
        let outcome = self.outcome.map(|outcome| self.outcome(outcome));
        let facts = self.facts(app);
        let questions = self.questions(app);
        let rest = if self.is_whole || self.outcome.is_none_or(|outcome| outcome.eligible) {
            self.steps(app)
        } else {
            let shows_all = self.shows_all.clone();
            row(secondary_button(app.t(k::GUIDE_SHOW_ANYWAY), move || {
                shows_all.set(true);
            }))
        };
        let scope = if self.is_whole {
            Scope::All
        } else {
            Scope::Own
        };
        let foot = [
            related(app, self.open),
            tools(app, self.open, scope),
            saved(app, self.store, self.shows_all),
            optional_paragraph("quiet", reviewed(app, guide.reviewed.as_deref())),
        ];
        // After the texts, because it depends on which of them were drawn.
        let notice = text.notice();
        [
            head,
            notice,
            summary,
            outcome.into(),
            facts,
            questions,
            rest,
            foot.into(),
        ]
        .into()
    }

    fn outcome(&self, outcome: &Outcome) -> View {
        let class = if outcome.eligible {
            "promise"
        } else {
            "promise late"
        };
        let instead: Vec<View> = outcome
            .instead
            .iter()
            .map(|alternative| action(&self.text, self.open, self.personal, alternative))
            .collect();
        el("div")
            .class(class)
            .child(el("b").child(self.text.view(&outcome.title)))
            .child(self.text.blocks(&outcome.text))
            .child(instead)
            .into()
    }

    /// The link to the questions, if the guide has any.
    fn questions(&self, app: App) -> View {
        let guide = &self.open.guide;
        if guide.questions.is_empty() {
            return View::Nothing;
        }
        let to = Route::Guide {
            id: guide.id.clone(),
            section: GuideSection::Eligibility,
        };
        let is_answered = self
            .store
            .progress
            .with_untracked(|progress| !progress.answers.is_empty());
        row(if is_answered {
            link(app, to, "btn second", app.t(k::GUIDE_CHANGE_ANSWERS))
        } else {
            link(app, to, "btn", app.t(k::GUIDE_CHECK))
        })
    }

    fn facts(&self, app: App) -> View {
        let (text, guide) = (&self.text, &self.open.guide);
        let fees: Vec<View> = self
            .personal
            .fees()
            .into_iter()
            .map(|fee| {
                let title = (!fee.title.is_empty())
                    .then(|| View::from([" ".into(), text.view(&fee.title)]));
                let condition = only_if(text, guide, self.personal, fee.when.as_ref());
                el("div")
                    .child(amount(app, guide, fee))
                    .child(el("span").class("plain").child(title))
                    .child(optional_paragraph("quiet plain", condition))
                    .into()
            })
            .collect();
        let plain = |text: String| (!text.is_empty()).then(|| View::from(text));
        let office = office_name(text, guide.office.as_ref(), &self.open.offices);
        let rows: Vec<View> = [
            (k::FACT_DURATION, plain(time(app, &guide.time))),
            (k::FACT_COST, (!fees.is_empty()).then(|| View::from(fees))),
            (k::FACT_DECIDES, plain(office)),
            (
                k::FACT_OUTPUT,
                (!guide.output.is_empty()).then(|| text.view(&guide.output)),
            ),
        ]
        .into_iter()
        .filter_map(|(key, view)| {
            let row = el("div")
                .child(el("dt").child(app.t(key)))
                .child(el("dd").child(view?));
            Some(row.into())
        })
        .collect();
        if rows.is_empty() {
            View::Nothing
        } else {
            el("dl").class("facts").child(rows).into()
        }
    }

    fn steps(&self, app: App) -> View {
        let (text, guide) = (&self.text, &self.open.guide);
        let shown: Vec<&Step> = guide
            .steps
            .iter()
            .filter(|step| self.personal.has(step))
            .collect();
        let left_out = guide.steps.len() - shown.len();
        let left_out = (left_out > 0).then(|| {
            let shows_all = self.shows_all.clone();
            let line = app.t_count(k::GUIDE_LEFT_OUT, left_out, &[]);
            let show = button("button", "quiet-button", app.t(k::GUIDE_SHOW_ALL))
                .on("click", move |_| shows_all.set(true));
            el("p")
                .class("row")
                .child(el("span").class("quiet").child(line))
                .child(show)
        });
        let ids: Vec<String> = shown.iter().map(|step| step.id.clone()).collect();
        let steps = Steps {
            text,
            open: self.open,
            personal: self.personal,
            store: self.store,
            shown,
        };
        [
            checklist(text, self.open, self.personal, self.store),
            heading(app.t(k::GUIDE_STEPS)),
            left_out.into(),
            steps_done(app, &self.store.progress, ids),
            steps.draw(),
            refusal(text, &guide.refusal),
        ]
        .into()
    }
}

/// “2 of 5 steps done”.
fn steps_done(app: App, progress: &Signal<Progress>, steps: Vec<String>) -> View {
    let progress = progress.clone();
    reactive(move || {
        let done = progress.with(|progress| {
            let done = steps.iter().filter(|id| progress.done.contains(id));
            done.count()
        });
        (done > 0).then(|| {
            let all = steps.len().to_string();
            paragraph(
                "quiet",
                app.t_count(k::GUIDE_SO_FAR, done, &[("steps", &all)]),
            )
        })
    })
}

/// Links to related guides and forms. Redrawn separately, because the list of services may arrive late.
fn related(app: App, open: &Rc<OpenGuide>) -> View {
    let open = open.clone();
    reactive(move || {
        let related = &open.guide.related;
        let mut links = app.guides().with(|index| match index {
            Load::Ready(index) => related
                .guides
                .iter()
                .filter_map(|id| index.entries.iter().find(|entry| entry.id == *id))
                .map(|entry| link(app, Route::guide(&entry.id), "", app.text(&entry.title)))
                .collect(),
            _ => Vec::new(),
        });
        let services = related.services.iter();
        links.extend(
            services
                .filter_map(|code| app.service(code))
                .map(|service| link(app, Route::form(&service.code), "", service.name.as_str())),
        );
        if links.is_empty() {
            return View::Nothing;
        }
        let rows = links.into_iter().map(|link| el("li").child(link).into());
        let rows: Vec<View> = rows.collect();
        el("section")
            .child(heading(app.t(k::GUIDE_RELATED)))
            .child(el("ul").class("list").child(rows))
            .into()
    })
}

/// Buttons to print, copy and share the guide, and a status line with the result.
fn tools(app: App, open: &Rc<OpenGuide>, scope: Scope) -> View {
    let outcome = Signal::new(None);
    let tool_button = |label: Key, tool: fn(Rc<OpenGuide>, Scope) -> GuideTool| -> View {
        let (open, outcome) = (open.clone(), outcome.clone());
        button("button", "quiet-button", app.t(label))
            .on("click", move |_| {
                run_tool(app, tool(open.clone(), scope), &outcome);
            })
            .into()
    };
    let buttons = [
        tool_button(k::SENT_PRINT, GuideTool::Print),
        tool_button(k::GUIDE_COPY, GuideTool::Copy),
        tool_button(k::GUIDE_SHARE, |open, _| GuideTool::Share(open)),
    ];
    el("div")
        .class("keep")
        .child(el("div").class("row links").child(buttons))
        .child(status_line(move || outcome.get().map(|key| app.t(key))))
        .into()
}

/// Says where ticks and answers are saved, and how to erase them; nothing if there are none.
fn saved(app: App, store: &Rc<ProgressStore>, shows_all: &Signal<bool>) -> View {
    let (store, shows_all) = (store.clone(), shows_all.clone());
    let progress = store.progress.clone();
    reactive(move || {
        if progress.with(|progress| *progress == Progress::default()) {
            return View::Nothing;
        }
        let (erased, stopped, shows_all) = (store.clone(), store.clone(), shows_all.clone());
        let erase = move || {
            erased.erase();
            app.announce(app.t(k::ERASED));
            // Redraws the guide without answers.
            shows_all.set(false);
        };
        saved_notice(app, k::GUIDE_KEPT, erase, move || stopped.stop_saving())
    })
}
