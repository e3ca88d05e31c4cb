//! The forms on the page of a request: one for its stage, and one for each other action.

use super::actions::ClosingReason;
use super::limits::MAX_NOTE_CHARS;
use super::page::{Text, field};
use crate::store::requests::StoredRequest;
use crate::store::stage::Stage;

/// All forms for the request in its stage. A closed one can only be reopened, or closed with another
/// reason.
pub(super) fn all(request: &StoredRequest, agencies: &[String]) -> String {
    let offices: String = agencies
        .iter()
        .map(|name| format!("<option value=\"{}\">", Text(name)))
        .collect();
    let open_only = match request.stage {
        Stage::Closed => String::new(),
        _ => [hand_over(request), ask(request), late(request)].concat(),
    };
    format!(
        "<datalist id=\"agencies\">{offices}</datalist>{}{open_only}{}",
        stage(request),
        close(request)
    )
}

fn stage(request: &StoredRequest) -> String {
    let choices: String = Stage::ALL
        .into_iter()
        .map(|stage| radio("stage", stage.name(), stage.label(), stage == request.stage))
        .collect();
    format!(
        "<form method=\"post\" action=\"/clerk/{}\"><fieldset><legend>Where does it stand?</legend>{choices}</fieldset>\
         <label for=\"note\">What should the resident know?</label>\
         <textarea id=\"note\" name=\"note\" rows=\"3\" maxlength=\"{MAX_NOTE_CHARS}\"></textarea>\
         <label for=\"agency\">Who has it?</label>\
         <input id=\"agency\" name=\"agency\" list=\"agencies\" maxlength=\"100\" value=\"{}\">\
         <label for=\"expected\">New date, if the promise changes (optional)</label>\
         <input id=\"expected\" name=\"expected\" type=\"date\">\
         <button>Move it on</button></form>",
        request.number,
        Text(&field(request, "agency_responsible")),
    )
}

fn hand_over(request: &StoredRequest) -> String {
    let fields = "<label for=\"to\">Which office has it now?</label>\
         <input id=\"to\" name=\"agency\" list=\"agencies\" maxlength=\"100\" required>"
        .to_owned()
        + &text_area("handed", "note", "Why? A sentence for the resident", true);
    action(request, "hand-over", "Hand it over", &fields)
}

fn ask(request: &StoredRequest) -> String {
    let fields = text_area("question", "note", "What do you have to know?", true);
    action(request, "ask", "Ask the resident", &fields)
}

fn late(request: &StoredRequest) -> String {
    let fields = text_area("reason", "note", "Why is it late?", true)
        + "<label for=\"new-date\">New date</label>\
           <input id=\"new-date\" name=\"expected\" type=\"date\" required>";
    action(request, "late", "Say that it is late", &fields)
}

fn close(request: &StoredRequest) -> String {
    let reasons: String = ClosingReason::ALL
        .into_iter()
        .map(|reason| radio("reason", reason.name(), reason.label(), false))
        .collect();
    let fields = format!(
        "<fieldset><legend>Why?</legend>{reasons}</fieldset>{}{}\
         <label for=\"other\">Number of the other request (for a duplicate)</label>\
         <input id=\"other\" name=\"other\" maxlength=\"50\">",
        text_area("closing", "note", "What was done, or the reason", false),
        text_area(
            "next",
            "next",
            "What can the resident do now? Whom to ask, how to appeal (needed when refused)",
            false
        ),
    );
    action(request, "close", "Close it", &fields)
}

/// A form that is closed at first.
fn action(request: &StoredRequest, name: &str, label: &str, fields: &str) -> String {
    format!(
        "<details><summary>{label}</summary>\
         <form method=\"post\" action=\"/clerk/{}/{name}\">{fields}<button>{label}</button></form></details>",
        request.number
    )
}

fn text_area(id: &str, name: &str, label: &str, is_required: bool) -> String {
    let required = if is_required { " required" } else { "" };
    format!(
        "<label for=\"{id}\">{label}</label>\
         <textarea id=\"{id}\" name=\"{name}\" rows=\"3\" maxlength=\"{MAX_NOTE_CHARS}\"{required}></textarea>"
    )
}

fn radio(name: &str, value: &str, label: &str, is_checked: bool) -> String {
    let checked = if is_checked { " checked" } else { "" };
    format!(
        "<label><input type=\"radio\" name=\"{name}\" value=\"{value}\"{checked}>{label}</label>"
    )
}
