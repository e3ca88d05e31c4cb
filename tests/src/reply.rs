//! What the test server responds: pages of a city's site, and every way in which a server can
//! fail.

use std::time::Duration;

use crate::corruption::Corruption;
use crate::paged_list::PagedList;

/// A response to a request, or the lack of one.
#[derive(Clone, Debug)]
pub struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Body,
    pub(crate) delay: Duration,
    /// Whether the sandbox processes the request before this is sent in place of its response.
    pub(crate) after_processing: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Text(String),
    /// The rows of a list that the query asks for.
    List(PagedList),
    /// The usual response, with its own headers.
    Passthrough,
    /// The connection stays open and nothing is sent.
    Silence,
    /// The response begins like this and never ends.
    Stalled(String),
    /// The connection is closed before a response.
    Broken,
    /// The sandbox processes the request, and its response is lost.
    Lost,
    /// The usual response with a corrupted body.
    Corrupted(Corruption),
    /// The usual response, cut off in the middle.
    Half,
}

impl Reply {
    /// A response with this status, content type and body.
    pub fn text(status: u16, content_type: &str, body: impl Into<String>) -> Self {
        Self::new(status, Body::Text(body.into())).header("content-type", content_type)
    }

    /// JSON with status 200.
    pub fn json(body: impl Into<String>) -> Self {
        Self::text(200, "application/json", body)
    }

    /// The rows of a list that the query asks for.
    pub fn list(list: PagedList) -> Self {
        Self::new(200, Body::List(list)).header("content-type", "application/json")
    }

    /// An HTML page with status 200.
    pub fn html(body: impl Into<String>) -> Self {
        Self::text(200, "text/html; charset=utf-8", body)
    }

    /// A status without a body.
    pub fn status(status: u16) -> Self {
        Self::text(status, "text/plain", "")
    }

    /// The usual response, to which headers or a delay can be added.
    pub fn passthrough() -> Self {
        Self::new(200, Body::Passthrough)
    }

    /// No response, ever.
    pub fn silence() -> Self {
        Self::new(200, Body::Silence)
    }

    /// JSON that begins like this and never ends.
    pub fn stalled(beginning: &str) -> Self {
        Self::new(200, Body::Stalled(beginning.to_owned()))
            .header("content-type", "application/json")
    }

    /// A connection that is closed before a response.
    pub fn broken() -> Self {
        Self::new(200, Body::Broken)
    }

    /// A connection that is closed after the sandbox has processed the request.
    pub fn lost() -> Self {
        Self::new(200, Body::Lost)
    }

    /// The usual response with a corrupted body.
    pub fn corrupted(corruption: Corruption) -> Self {
        Self::new(200, Body::Corrupted(corruption))
    }

    /// The usual response, on a connection that is closed in the middle of it.
    pub fn half() -> Self {
        Self::new(200, Body::Half)
    }

    fn new(status: u16, body: Body) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body,
            delay: Duration::ZERO,
            after_processing: false,
        }
    }

    /// Sets a header and replaces one of the same name.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Lets the sandbox process the request before this is sent in place of its response.
    #[must_use]
    pub fn after_processing(mut self) -> Self {
        self.after_processing = true;
        self
    }

    /// Waits before the response is sent.
    #[must_use]
    pub fn delayed(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

/// A webmaster's page around the widget's tag. `head` comes before the widget's script.
pub fn host_page(head: &str, body: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>City of Riverton</title>
<link rel="icon" href="data:,">
<script src="/probe.js"></script>
{head}
<script type="module" async src="/fd/frontdoor.js"></script>
</head>
<body><main><h1>City services</h1>
{body}
</main></body>
</html>"#
    )
}

/// The names and values of a posted form, in their order.
///
/// # Errors
/// The body is not form-urlencoded.
pub fn form_fields(body: &str) -> anyhow::Result<Vec<(String, String)>> {
    let form = reqwest::Url::parse(&format!("form:?{body}"))?;
    Ok(form.query_pairs().into_owned().collect())
}
