//! Self-contained HTML pages to print or to save: without scripts, foreign styles or anything to fetch.
//!
//! Everything added to a page is escaped, so it can only be text, never markup. What is put on the page is
//! up to the caller.

/// Builds the HTML of a page.
pub struct PrintPage(String);

impl PrintPage {
    /// An empty page in this language (BCP 47) with this title.
    pub fn new(language: &str, title: &str) -> Self {
        let mut page = String::from("<!doctype html><html lang=\"");
        escape(language, &mut page);
        page.push_str("\"><meta charset=\"utf-8\"><title>");
        escape(title, &mut page);
        page.push_str(
            "</title><style>body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:40rem;\
             padding:0 1rem}dt{font-weight:600;margin-top:.75rem}dd{margin:0;white-space:pre-line}\
             h1{font-size:1.5rem}h2{break-after:avoid;font-size:1rem;margin:1.25rem 0 .25rem}\
             p{margin:.25rem 0}li{margin-left:1.25rem}</style>",
        );
        Self(page)
    }

    /// Adds an element of this name with this text; adds nothing if the text is empty.
    pub fn tag(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            let page = &mut self.0;
            page.push('<');
            page.push_str(name);
            page.push('>');
            escape(text, page);
            page.push_str("</");
            page.push_str(name);
            page.push('>');
        }
    }

    /// Adds a paragraph with a link to this address.
    pub fn link(&mut self, address: &str, text: &str) {
        self.0.push_str("<p><a href=\"");
        escape(address, &mut self.0);
        self.0.push_str("\">");
        escape(text, &mut self.0);
        self.0.push_str("</a></p>");
    }

    /// The finished HTML document.
    pub fn html(self) -> String {
        self.0
    }
}

fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_added_to_a_page_is_escaped() {
        let mut page = PrintPage::new("en\"", "<b>");
        page.tag("p", "a & <script>");
        page.tag("p", "");
        page.link("\"><script>", "<i>");
        let html = page.html();
        assert!(html.contains("<p>a &amp; &lt;script&gt;</p>"));
        assert_eq!(html.matches("<p>").count(), 2);
        assert!(!html.contains("<script") && !html.contains("<i>") && !html.contains("<b>"));
    }
}
