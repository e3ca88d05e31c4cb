//! “Was this step clear?”, asked at each step if the config names a URL for feedback. Contains nothing about the
//! resident; saving and sending is in `app::feedback`.

use super::tools::{GuideTool, StepFeedback, run_tool};
use crate::app::App;
use crate::platform::random::random_key;
use crate::platform::{dom, focus};
use crate::ui::{
    button, describe_input, form_group, no_error, paragraph, reactive, row, secondary_button,
};
use crate::view::Signal;
use crate::view::{View, el};
use frontdoor_core::i18n::k;
use std::cell::RefCell;
use std::rc::Rc;

/// Maximum length of the feedback, in UTF-16 code units (HTML `maxlength`). Sensible: 200 to 2000.
const MAX_LENGTH: &str = "1000";

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Asked,
    Unclear,
    Given,
}

/// The question at a step; nothing if the config names no URL for feedback. `title` is the step's, for screen
/// readers.
pub(super) fn step_feedback(app: App, guide: &str, step: &str, title: String) -> View {
    if app.with_config(|config| config.feedback.is_none()) {
        return View::Nothing;
    }
    let stage = Signal::new(Stage::Asked);
    let failed = Signal::new(None);
    let outcome = failed.clone();
    let (guide, step) = (guide.to_owned(), step.to_owned());
    let give: Give = Rc::new(move |is_clear, text| {
        let feedback = StepFeedback {
            guide: guide.clone(),
            step: step.clone(),
            is_clear,
            text: text.into(),
        };
        run_tool(app, GuideTool::Feedback(feedback), &outcome);
    });
    let id = ["clear-", &random_key()].concat();
    el("div")
        .class("clear")
        .child(reactive(move || match stage.get() {
            Stage::Asked => asked(app, &title, &stage, &give),
            Stage::Unclear => unclear(app, &id, &stage, &give),
            Stage::Given => {
                let key = failed.get().unwrap_or(k::FEEDBACK_THANKS);
                paragraph("quiet", app.t(key))
            }
        }))
        .into()
}

type Give = Rc<dyn Fn(bool, &str)>;

fn asked(app: App, title: &str, stage: &Signal<Stage>, give: &Give) -> View {
    let (yes, no, give) = (stage.clone(), stage.clone(), give.clone());
    let clear = secondary_button(app.t(k::YES), move || {
        give(true, "");
        yes.set(Stage::Given);
    });
    let unclear = secondary_button(app.t(k::NO), move || no.set(Stage::Unclear));
    el("div")
        .class("row")
        .attr("role", "group")
        .attr(
            "aria-label",
            &[&app.t(k::FEEDBACK_CLEAR), " ", title].concat(),
        )
        .child(el("span").class("quiet").child(app.t(k::FEEDBACK_CLEAR)))
        .child([clear, unclear])
        .into()
}

fn unclear(app: App, id: &str, stage: &Signal<Stage>, give: &Give) -> View {
    let typed = Rc::new(RefCell::new(String::new()));
    let text = typed.clone();
    let error = no_error();
    let hint = app.t(k::FEEDBACK_HINT);
    let area = el("textarea")
        .attr("rows", "2")
        .attr("maxlength", MAX_LENGTH)
        .on("input", move |event| {
            text.replace(dom::value_of(&event));
        });
    let area = describe_input(area, id, &hint, &error);
    let (stage, give) = (stage.clone(), give.clone());
    let send = button("button", "btn second", app.t(k::FEEDBACK_SEND)).on("click", move |_| {
        give(false, typed.borrow().trim());
        stage.set(Stage::Given);
    });
    let (root, to) = (app.root(), id.to_owned());
    focus::after_drawing(move || focus::focus_id(&root, &to));
    [
        form_group(id, app.t(k::FEEDBACK_WHAT), hint, &error, area),
        row(send),
    ]
    .into()
}
