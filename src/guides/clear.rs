//! “Was this step clear?”: asked at each step, where the city wants to know, with room for a sentence.

use super::along::{Press, press};
use crate::app::App;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::dom;
use crate::platform::view::{View, el};
use crate::ui::{Fault, button, fill_in, labelled, paragraph, row, second_button, stack};
use std::cell::RefCell;
use std::rc::Rc;

/// A sentence, and not a letter.
const LIMIT: &str = "1000";

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Asked,
    Unclear,
    Said,
}

/// The question at a step; nothing where the city does not want to know.
pub(super) fn was_it_clear(app: App, guide: &str, step: &str, title: String) -> View {
    if app.with_config(|config| config.feedback.is_none()) {
        return View::Nothing;
    }
    let stage = Live::new(Stage::Asked);
    let failed = Live::new(None);
    let told = failed.clone();
    let (guide, step) = (guide.to_owned(), step.to_owned());
    let say: Say = Rc::new(move |is_clear, text| {
        let said = Press::Clear {
            guide: guide.clone(),
            step: step.clone(),
            is_clear,
            text: text.into(),
        };
        press(app, said, &told);
    });
    let id = ["clear-", &dom::random_key()].concat();
    el("div")
        .class("clear")
        .put(stack(move || match stage.get() {
            Stage::Asked => asked(app, &title, &stage, &say),
            Stage::Unclear => unclear(app, &id, &stage, &say),
            Stage::Said => {
                let words = failed.get().unwrap_or(k::FEEDBACK_THANKS);
                paragraph("quiet", app.t(words))
            }
        }))
        .into()
}

type Say = Rc<dyn Fn(bool, &str)>;

fn asked(app: App, title: &str, stage: &Live<Stage>, say: &Say) -> View {
    let (yes, no, say) = (stage.clone(), stage.clone(), say.clone());
    let clear = second_button(app.t(k::YES), move || {
        say(true, "");
        yes.set(Stage::Said);
    });
    let unclear = second_button(app.t(k::NO), move || no.set(Stage::Unclear));
    el("div")
        .class("row")
        .attr("role", "group")
        .attr(
            "aria-label",
            &[&app.t(k::FEEDBACK_CLEAR), " ", title].concat(),
        )
        .put(el("span").class("quiet").put(app.t(k::FEEDBACK_CLEAR)))
        .put([clear, unclear])
        .into()
}

fn unclear(app: App, id: &str, stage: &Live<Stage>, say: &Say) -> View {
    let typed = Rc::new(RefCell::new(String::new()));
    let told = typed.clone();
    let fault: Fault = Rc::new(|| None);
    let hint = app.t(k::FEEDBACK_HINT);
    let area = el("textarea")
        .attr("rows", "2")
        .attr("maxlength", LIMIT)
        .on("input", move |event| {
            told.replace(dom::value_of(&event));
        });
    let area = fill_in(area, id, &hint, &fault);
    let (stage, say) = (stage.clone(), say.clone());
    let send = button("button", "btn second", app.t(k::FEEDBACK_SEND)).on("click", move |_| {
        say(false, typed.borrow().trim());
        stage.set(Stage::Said);
    });
    let (root, to) = (app.root(), id.to_owned());
    dom::after_drawing(move || dom::focus_id(&root, &to));
    [
        labelled(id, app.t(k::FEEDBACK_WHAT), hint, &fault, area),
        row(send),
    ]
    .into()
}
