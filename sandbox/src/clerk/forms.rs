//! The forms on a request's page: where it stands, and one for each order.

use super::limits::LONGEST_NOTE;
use super::orders::Reason;
use super::page::{Text, field};
use crate::store::requests::Stored;
use crate::store::stage::Stage;

/// All forms that fit the request as it is. A closed one can only be opened again, or closed in other words.
pub(super) fn all(request: &Stored, agencies: &[String]) -> String {
    let offices: String = agencies
        .iter()
        .map(|name| format!("<option value=\"{}\">", Text(name)))
        .collect();
    let orders = match request.stage {
        Stage::Closed => String::new(),
        _ => [hand_over(request), ask(request), late(request)].concat(),
    };
    format!(
        "<datalist id=\"agencies\">{offices}</datalist>{}{orders}{}",
        stands(request),
        close(request)
    )
}

fn stands(request: &Stored) -> String {
    let choices: String = Stage::ALL
        .into_iter()
        .map(|stage| choice("stage", stage.name(), stage.words(), stage == request.stage))
        .collect();
    format!(
        "<form method=\"post\" action=\"/clerk/{}\"><fieldset><legend>Where does it stand?</legend>{choices}</fieldset>\
         <label for=\"note\">What should the resident know?</label>\
         <textarea id=\"note\" name=\"note\" rows=\"3\" maxlength=\"{LONGEST_NOTE}\"></textarea>\
         <label for=\"agency\">Who has it?</label>\
         <input id=\"agency\" name=\"agency\" list=\"agencies\" maxlength=\"100\" value=\"{}\">\
         <label for=\"expected\">New date, if the promise changes (optional)</label>\
         <input id=\"expected\" name=\"expected\" type=\"date\">\
         <button>Move it on</button></form>",
        request.number,
        Text(&field(request, "agency_responsible")),
    )
}

fn hand_over(request: &Stored) -> String {
    let fields = "<label for=\"to\">Which office has it now?</label>\
         <input id=\"to\" name=\"agency\" list=\"agencies\" maxlength=\"100\" required>"
        .to_owned()
        + &area("handed", "note", "Why? A sentence for the resident", true);
    order(request, "hand-over", "Hand it over", &fields)
}

fn ask(request: &Stored) -> String {
    let fields = area("question", "note", "What do you have to know?", true);
    order(request, "ask", "Ask the resident", &fields)
}

fn late(request: &Stored) -> String {
    let fields = area("reason", "note", "Why is it late?", true)
        + "<label for=\"new-date\">New date</label>\
           <input id=\"new-date\" name=\"expected\" type=\"date\" required>";
    order(request, "late", "Say that it is late", &fields)
}

fn close(request: &Stored) -> String {
    let reasons: String = Reason::ALL
        .into_iter()
        .map(|reason| choice("reason", reason.name(), reason.words(), false))
        .collect();
    let fields = format!(
        "<fieldset><legend>Why?</legend>{reasons}</fieldset>{}{}\
         <label for=\"other\">Number of the other request (for a duplicate)</label>\
         <input id=\"other\" name=\"other\" maxlength=\"50\">",
        area("closing", "note", "What was done, or the reason", false),
        area(
            "next",
            "next",
            "What can the resident do now? Whom to ask, how to appeal (needed when refused)",
            false
        ),
    );
    order(request, "close", "Close it", &fields)
}

fn order(request: &Stored, name: &str, words: &str, fields: &str) -> String {
    format!(
        "<details><summary>{words}</summary>\
         <form method=\"post\" action=\"/clerk/{}/{name}\">{fields}<button>{words}</button></form></details>",
        request.number
    )
}

fn area(id: &str, name: &str, words: &str, is_needed: bool) -> String {
    let required = if is_needed { " required" } else { "" };
    format!(
        "<label for=\"{id}\">{words}</label>\
         <textarea id=\"{id}\" name=\"{name}\" rows=\"3\" maxlength=\"{LONGEST_NOTE}\"{required}></textarea>"
    )
}

fn choice(name: &str, value: &str, words: &str, is_checked: bool) -> String {
    let checked = if is_checked { " checked" } else { "" };
    format!(
        "<label><input type=\"radio\" name=\"{name}\" value=\"{value}\"{checked}>{words}</label>"
    )
}
