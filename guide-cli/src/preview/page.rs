//! The HTML page: the findings of the check, links to the guides, the widget, and the script that reloads it.

use crate::check;
use crate::collection::Collection;
use crate::finding::{self, Finding};

const STYLE: &str = "\
body { background: light-dark(#e9edf1, #0a0e12); color: light-dark(#1b2733, #e6ebf0); \
color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 44rem; padding: 1rem } \
.check { background: light-dark(#fff, #12181f); border: 2px solid light-dark(#4c5a69, #a9b6c4); margin: 0 0 1rem; \
overflow-wrap: anywhere; padding: .5rem 1rem } \
.check ul { max-height: 14rem; overflow: auto; padding-left: 1.25rem } \
nav a { margin-right: 1rem } \
front-door { background: light-dark(#fff, #12181f); display: block; min-height: 30rem }";

/// Polls until the files have changed. Retries every second if the server is down, so that the page reloads once it is
/// restarted.
const SCRIPT: &str = "\
let known = document.body.dataset.version;
for (;;) {
  try {
    const now = await (await fetch(`/changed?since=${known}`)).text();
    if (now !== known) { location.reload(); break; }
  } catch { await new Promise(done => setTimeout(done, 1000)); }
}";

/// The page of a folder or a guide; `selected` is the id of the guide to open, `version` the state of the files.
pub(super) fn html(collection: &Collection, selected: Option<&str>, version: String) -> String {
    let only = match collection.documents.as_slice() {
        [document] if !collection.is_whole_folder => Some(document.guide.id.as_str()),
        _ => None,
    };
    let guide = selected
        .or(only)
        .map_or_else(String::new, |id| format!(" guide=\"{}\"", escape(id)));
    let links: String = collection
        .documents
        .iter()
        .map(|document| {
            let id = escape(&document.guide.id);
            format!("<a href=\"/?guide={id}\">{id}</a> ")
        })
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Preview of guides</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>{STYLE}</style>\n\
         <script type=\"module\" src=\"/widget/frontdoor.js\"></script>\n\
         <script type=\"module\">{SCRIPT}</script>\n</head>\n\
         <body data-version=\"{version}\">\n{}\n<nav aria-label=\"Guides\">{links}</nav>\n\
         <main><front-door config=\"/frontdoor.json\"{guide} history=\"hash\"></front-door></main>\n\
         </body>\n</html>\n",
        findings_html(&check::run_without_services(collection)),
    )
}

fn findings_html(findings: &[Finding]) -> String {
    let lines: String = findings
        .iter()
        .map(|finding| format!("<li>{}</li>", escape(&finding.to_string())))
        .collect();
    let list = if lines.is_empty() {
        String::new()
    } else {
        format!("<ul tabindex=\"0\">{lines}</ul>")
    };
    let totals = finding::totals(findings);
    format!(
        "<section class=\"check\" aria-label=\"Check\"><strong>{totals}</strong>{list}</section>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("<b a=\"&\">"), "&lt;b a=&quot;&amp;&quot;&gt;");
    }
}
