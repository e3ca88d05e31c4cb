//! The page: what the check says, links to the guides, the widget, and the few lines of script that
//! load it again.

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

/// Asks until the files have changed. A server that is gone is asked again a second later, so that the
/// page comes back with it.
const SCRIPT: &str = "\
let known = document.body.dataset.version;
for (;;) {
  try {
    const now = await (await fetch(`/changed?since=${known}`)).text();
    if (now !== known) { location.reload(); break; }
  } catch { await new Promise(done => setTimeout(done, 1000)); }
}";

/// The page for a folder or a guide; `asked` is the guide that the address names.
pub(super) fn page(collection: &Collection, asked: Option<&str>, version: String) -> String {
    let only = match collection.documents.as_slice() {
        [document] if !collection.is_whole => Some(document.guide.id.as_str()),
        _ => None,
    };
    let guide = asked
        .or(only)
        .map_or_else(String::new, |id| format!(" guide=\"{}\"", escaped(id)));
    let links: String = collection
        .documents
        .iter()
        .map(|document| {
            let id = escaped(&document.guide.id);
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
        told(&check::quick(collection)),
    )
}

fn told(findings: &[Finding]) -> String {
    let lines: String = findings
        .iter()
        .map(|found| format!("<li>{}</li>", escaped(&found.to_string())))
        .collect();
    let list = if lines.is_empty() {
        String::new()
    } else {
        format!("<ul tabindex=\"0\">{lines}</ul>")
    };
    let sum = finding::sum(findings);
    format!("<section class=\"check\" aria-label=\"Check\"><strong>{sum}</strong>{list}</section>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_guide_says_is_never_markup() {
        assert_eq!(escaped("<b a=\"&\">"), "&lt;b a=&quot;&amp;&quot;&gt;");
    }
}
