//! What the test server answers: pages of other people's sites, and every way in which a
//! server can fail.

use std::time::Duration;

use crate::list::List;
use crate::turn::Turn;

/// An answer to a request, or the lack of one.
#[derive(Clone, Debug)]
pub struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Body,
    pub(crate) delay: Duration,
    /// The city does what it was asked, whatever is answered then.
    pub(crate) is_done: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Text(String),
    /// The part of a list that was asked for.
    List(List),
    /// What would have been there without the reply, under its own headers.
    Passed,
    /// The connection stays open, and nothing comes.
    Silence,
    /// An answer that begins so and does not end.
    Stalled(String),
    /// The connection breaks off before an answer.
    Broken,
    /// What was asked is done, and the answer is lost on its way.
    Lost,
    /// What would have been there, and something happens to it on its way.
    Turned(Turn),
    /// What would have been there breaks off in the middle.
    Half,
}

impl Reply {
    /// A text of this type.
    pub fn text(status: u16, content_type: &str, body: impl Into<String>) -> Self {
        Self::new(status, Body::Text(body.into())).header("content-type", content_type)
    }

    /// JSON with status 200.
    pub fn json(body: impl Into<String>) -> Self {
        Self::text(200, "application/json", body)
    }

    /// The part of a list that is asked for.
    pub fn list(list: List) -> Self {
        Self::new(200, Body::List(list)).header("content-type", "application/json")
    }

    /// A page.
    pub fn html(body: impl Into<String>) -> Self {
        Self::text(200, "text/html; charset=utf-8", body)
    }

    /// Nothing but a status.
    pub fn status(status: u16) -> Self {
        Self::text(status, "text/plain", "")
    }

    /// What is there anyway, to add headers or a delay to it.
    pub fn passed() -> Self {
        Self::new(200, Body::Passed)
    }

    /// No answer, ever.
    pub fn silence() -> Self {
        Self::new(200, Body::Silence)
    }

    /// JSON that begins so and does not end.
    pub fn stalled(beginning: &str) -> Self {
        Self::new(200, Body::Stalled(beginning.to_owned()))
            .header("content-type", "application/json")
    }

    /// A connection that breaks off.
    pub fn broken() -> Self {
        Self::new(200, Body::Broken)
    }

    /// A connection that breaks off after the city has done what it was asked.
    pub fn lost() -> Self {
        Self::new(200, Body::Lost)
    }

    /// What is there anyway, after something has happened to it on its way.
    pub fn turned(turn: Turn) -> Self {
        Self::new(200, Body::Turned(turn))
    }

    /// What is there anyway, on a connection that breaks off in the middle of it.
    pub fn half() -> Self {
        Self::new(200, Body::Half)
    }

    fn new(status: u16, body: Body) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body,
            delay: Duration::ZERO,
            is_done: false,
        }
    }

    /// Sets a header, in the place of one of the same name.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Lets the city do what it was asked before this is answered in its place.
    #[must_use]
    pub fn done(mut self) -> Self {
        self.is_done = true;
        self
    }

    /// Answers only after a while.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

/// A webmaster's page with the widget on it. `head` comes before the widget's script.
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

/// The names and values of a form as it was sent, in their order.
///
/// # Errors
/// It is none.
pub fn pairs(body: &str) -> anyhow::Result<Vec<(String, String)>> {
    let form = reqwest::Url::parse(&format!("form:?{body}"))?;
    Ok(form.query_pairs().into_owned().collect())
}
