//! One guide: facts before steps, steps before details. All of it is there without pressing
//! anything, so that it can be read aloud, searched and printed.

use super::action::action;
use super::along::{Press, Scope, press};
use super::open::Open;
use super::parts::{checklist, office_name, refusal};
use super::progress::Held;
use super::says::Says;
use super::step::{Steps, anchor};
use super::words::{amount, only_if, reviewed, time};
use crate::api::Load;
use crate::app::App;
use crate::i18n::{Key, k};
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{dom, storage};
use crate::route::{Part, Route};
use crate::ui::{button, heading, link, paragraph, paragraph_of, row, second_button, stack};
use guide::{Outcome, Personal, Step};
use std::rc::Rc;

/// A guide, at a step if one was asked for.
pub(super) fn whole(app: App, open: &Rc<Open>, at: Option<&str>) -> View {
    // What was said of a step may still wait.
    if crate::feedback::waits(app) {
        press(app, Press::Send, &Live::new(None));
    }
    app.tell("guide-shown", &[("guide", &open.guide.id)]);
    let held = Held::of(app, &open.guide.id);
    let shows_all = Live::new(false);
    if let Some(step) = at {
        let (root, id) = (app.root(), anchor(step));
        dom::after_drawing(move || dom::focus_id(&root, &id));
    }
    let open = open.clone();
    // The answers change on a page of their own, so that ticking something off draws nothing anew.
    stack(move || {
        let answers = held.progress.peek(|progress| progress.answers.clone());
        let personal = Personal::new(&open.guide, &answers);
        page(app, &open, &held, &personal, &shows_all)
    })
}

fn page(
    app: App,
    open: &Rc<Open>,
    held: &Rc<Held>,
    personal: &Personal,
    shows_all: &Live<bool>,
) -> View {
    let shows = shows_all.get();
    let says = Says::new(app, &open.guide);
    let guide = &open.guide;
    let outcome = personal.outcome();
    let is_for_them = shows || outcome.is_none_or(|outcome| outcome.eligible);
    let nobody = guide::Answers::default();
    let everything = Personal::new(guide, &nobody);
    let personal = if shows { &everything } else { personal };
    let shown: Vec<&Step> = guide
        .steps
        .iter()
        .filter(|step| personal.has(step))
        .collect();
    let left_out = guide.steps.len() - shown.len();
    let head = el("div")
        .put(says.paragraph("quiet", &guide.topic))
        .put(title_of(&says, open))
        .into();
    let summary = says.paragraph("", &guide.summary);
    let answer = outcome.map(|outcome| answered(&says, open, personal, outcome));
    let facts = facts(&says, open, personal);
    let ask = ask(
        app,
        open,
        !held.progress.peek(|progress| progress.answers.is_empty()),
    );
    let rest = match is_for_them {
        false => {
            let shows_all = shows_all.clone();
            row(second_button(app.t(k::GUIDE_SHOW_ANYWAY), move || {
                shows_all.set(true)
            }))
        }
        true => {
            let left_out = (left_out > 0).then(|| {
                let shows_all = shows_all.clone();
                let words = app.t_count(k::GUIDE_LEFT_OUT, left_out, &[]);
                let press = button("button", "quiet-button", app.t(k::GUIDE_SHOW_ALL))
                    .on("click", move |_| shows_all.set(true));
                el("p")
                    .class("row")
                    .put(el("span").class("quiet").put(words))
                    .put(press)
            });
            let ids: Vec<String> = shown.iter().map(|step| step.id.clone()).collect();
            let steps = Steps {
                says: &says,
                open,
                personal,
                held,
                shown,
            };
            [
                checklist(&says, open, personal, held),
                heading(app.t(k::GUIDE_STEPS)),
                left_out.into(),
                so_far(app, held, ids),
                steps.draw(),
                refusal(&says, &guide.refusal),
            ]
            .into()
        }
    };
    let foot = [
        related(app, open),
        keep(app, open, if shows { Scope::All } else { Scope::Own }),
        kept(app, held, shows_all),
        paragraph_of("quiet", reviewed(app, guide.reviewed.as_deref())),
    ];
    let notice = says.notice();
    [
        head,
        notice,
        summary,
        answer.into(),
        facts,
        ask,
        rest,
        foot.into(),
    ]
    .into()
}

fn title_of(says: &Says, open: &Open) -> View {
    el("h2")
        .class("title")
        .attr("part", "title")
        .attr("tabindex", "-1")
        .put(says.text(&open.guide.title))
        .into()
}

/// What follows from the resident's answers.
fn answered(says: &Says, open: &Rc<Open>, personal: &Personal, outcome: &Outcome) -> View {
    let class = match outcome.eligible {
        true => "promise",
        false => "promise late",
    };
    let instead: Vec<View> = outcome
        .instead
        .iter()
        .map(|one| action(says, open, personal, one))
        .collect();
    el("div")
        .class(class)
        .put(el("b").put(says.text(&outcome.title)))
        .put(says.blocks(&outcome.text))
        .put(instead)
        .into()
}

/// The way to the questions, where there are any.
fn ask(app: App, open: &Open, is_answered: bool) -> View {
    if open.guide.questions.is_empty() {
        return View::Nothing;
    }
    let to = Route::Guide {
        id: open.guide.id.clone(),
        part: Part::Check,
    };
    row(match is_answered {
        true => link(app, to, "btn second", app.t(k::GUIDE_CHANGE_ANSWERS)),
        false => link(app, to, "btn", app.t(k::GUIDE_CHECK)),
    })
}

fn facts(says: &Says, open: &Open, personal: &Personal) -> View {
    let (app, guide) = (says.app, &open.guide);
    let fees: Vec<View> = personal
        .fees()
        .into_iter()
        .map(|fee| {
            let title =
                (!fee.title.is_empty()).then(|| View::from([" ".into(), says.text(&fee.title)]));
            let only = only_if(says, guide, personal, fee.when.as_ref());
            el("div")
                .put(amount(app, guide, fee))
                .put(el("span").class("plain").put(title))
                .put(paragraph_of("quiet plain", only))
                .into()
        })
        .collect();
    let office = office_name(says, guide.office.as_ref(), &open.offices);
    let text = |words: String| match words.is_empty() {
        true => View::Nothing,
        false => words.into(),
    };
    let rows: Vec<View> = [
        (k::FACT_DURATION, text(time(app, &guide.time))),
        (
            k::FACT_COST,
            if fees.is_empty() {
                View::Nothing
            } else {
                fees.into()
            },
        ),
        (k::FACT_DECIDES, text(office)),
        (k::FACT_OUTPUT, says.text(&guide.output)),
    ]
    .into_iter()
    .filter(|(_, view)| !matches!(view, View::Nothing))
    .map(|(key, view)| {
        el("div")
            .put(el("dt").put(app.t(key)))
            .put(el("dd").put(view))
            .into()
    })
    .collect();
    match rows.is_empty() {
        true => View::Nothing,
        false => el("dl").class("facts").put(rows).into(),
    }
}

/// “2 of 5 steps are done”.
fn so_far(app: App, held: &Rc<Held>, ids: Vec<String>) -> View {
    let progress = held.progress.clone();
    stack(move || {
        progress.with(|progress| {
            let done = ids.iter().filter(|id| progress.done.contains(id)).count();
            let all = ids.len().to_string();
            match done {
                0 => View::Nothing,
                done => paragraph(
                    "quiet",
                    app.t_count(k::GUIDE_SO_FAR, done, &[("steps", &all)]),
                ),
            }
        })
    })
}

/// Other guides and forms that may help.
fn related(app: App, open: &Rc<Open>) -> View {
    let open = open.clone();
    // By itself, because the list of services may come late.
    stack(move || related_of(app, &open))
}

fn related_of(app: App, open: &Open) -> View {
    let related = &open.guide.related;
    let guides = app.state().guides.with(|shelf| match shelf {
        Load::Ready(shelf) => {
            let found = related
                .guides
                .iter()
                .filter_map(|id| shelf.entries.iter().find(|entry| entry.id == *id));
            found
                .map(|entry| link(app, Route::guide(&entry.id), "", app.text(&entry.title)))
                .collect()
        }
        _ => Vec::new(),
    });
    let services = related.services.iter().filter_map(|code| app.service(code));
    let services =
        services.map(|service| link(app, Route::report(&service.code), "", service.name.as_str()));
    let rows: Vec<View> = guides
        .into_iter()
        .chain(services)
        .map(|link| el("li").put(link).into())
        .collect();
    match rows.is_empty() {
        true => View::Nothing,
        false => el("section")
            .put(heading(app.t(k::GUIDE_RELATED)))
            .put(el("ul").class("list").put(rows))
            .into(),
    }
}

/// Print, copy, share; what came of it is said to everybody.
fn keep(app: App, open: &Rc<Open>, scope: Scope) -> View {
    let said = Live::new(None);
    let button_for = |words: Key, make: fn(Rc<Open>, Scope) -> Press| -> View {
        let (open, said) = (open.clone(), said.clone());
        button("button", "quiet-button", app.t(words))
            .on("click", move |_| {
                press(app, make(open.clone(), scope), &said)
            })
            .into()
    };
    let buttons = [
        button_for(k::SENT_PRINT, Press::Print),
        button_for(k::GUIDE_COPY, Press::Copy),
        button_for(k::GUIDE_SHARE, |open, _| Press::Share(open)),
    ];
    let status = el("p")
        .class("said quiet")
        .attr("role", "status")
        .live(move || said.get().map(|key| app.t(key)).into());
    el("div")
        .class("keep")
        .put(el("div").class("row links").put(buttons))
        .put(status)
        .into()
}

/// What becomes of what is ticked, and how to be rid of it.
fn kept(app: App, held: &Rc<Held>, shows_all: &Live<bool>) -> View {
    let (held, shows_all) = (held.clone(), shows_all.clone());
    let progress = held.progress.clone();
    stack(move || {
        if progress.with(|progress| *progress == Default::default()) {
            return View::Nothing;
        }
        if storage::is_forgetful() {
            return paragraph("quiet", app.t(k::KEPT_NOWHERE));
        }
        let (eraser, sharer, shows_all) = (held.clone(), held.clone(), shows_all.clone());
        let erase = button("button", "quiet-button", app.t(k::ERASE)).on("click", move |_| {
            eraser.erase();
            app.announce(app.t(k::ERASED));
            // Draws the guide as it was before.
            shows_all.set(false);
        });
        let shared =
            button("button", "quiet-button", app.t(k::SHARED_COMPUTER)).on("click", move |_| {
                sharer.be_forgetful();
                app.announce(app.t(k::KEPT_NOWHERE));
            });
        el("div")
            .class("kept")
            .put(paragraph("quiet", app.t(k::GUIDE_KEPT)))
            .put(el("div").class("row links").put(erase).put(shared))
            .into()
    })
}
