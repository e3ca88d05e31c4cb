//! The city's endpoint, as the rest of the widget sees it: questions with typed
//! answers, and one error. Which bytes go over the wire is the business of
//! `transport` and of the crate `open311`.

mod failure;
mod transport;

pub use failure::Failure;
pub use transport::{Answer, Early};

use crate::config::{Config, Format};
use crate::platform::{dom, part};
use open311::{
    Definition, Lookup, Reading, Receipt, Service, ServiceRequest, Update, Value, form::Post, join,
    json, path_segment,
};
use std::{cell::Cell, future::Future, pin::Pin, rc::Rc};
use transport::Call;

/// What is known of something that has to be fetched.
#[derive(Clone, Debug, Default)]
pub enum Load<T> {
    /// Asked for, no answer yet.
    #[default]
    Pending,
    /// There.
    Ready(T),
    /// Not to be had now, and why.
    Failed(Failure),
}

impl<T> Load<Rc<T>> {
    /// What became of asking.
    pub fn of(outcome: Result<T, Failure>) -> Self {
        match outcome {
            Ok(there) => Self::Ready(Rc::new(there)),
            Err(failure) => Self::Failed(failure),
        }
    }
}

/// A GeoReport v2 endpoint and how it is to be spoken to.
#[derive(Clone)]
pub struct Api {
    base: String,
    jurisdiction: String,
    api_key: String,
    early: Early,
    /// Whether the endpoint speaks XML; found out with the first call where the config does not say.
    is_xml: Rc<Cell<bool>>,
}

impl Api {
    /// The endpoint that a config names; `config_url` is what its addresses are relative to.
    pub fn new(config: &Config, config_url: &str, early: Early) -> Self {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        Self {
            base: dom::resolve(config.endpoint.as_deref().unwrap_or_default(), config_url),
            jurisdiction: text(&config.jurisdiction),
            api_key: text(&config.api_key),
            early,
            is_xml: Rc::new(Cell::new(config.format == Format::Xml)),
        }
    }

    /// `GET services`: what can be asked for.
    ///
    /// # Errors
    /// No answer, or none that is a list of services.
    pub async fn services(&self) -> Result<Vec<Service>, Failure> {
        let mut answer = self.fetch("services", &[]).await?;
        if matches!(answer.status, 404 | 406 | 415) && !self.is_xml.get() {
            // Some endpoints speak nothing but XML.
            self.is_xml.set(true);
            let xml = self.fetch("services", &[]).await;
            let is_well = xml.as_ref().is_ok_and(Answer::is_well);
            self.is_xml.set(is_well);
            match xml {
                Ok(xml) if is_well => answer = xml,
                Ok(_) => {}
                Err(failure) => return Err(failure),
            }
        }
        let reading = open311::read_services(&answer.value()?);
        match reading.rows.is_empty() && reading.bad_rows > 0 {
            true => Err(Failure::NotUnderstood),
            false => Ok(reading.rows),
        }
    }

    /// `GET services/CODE`: what a service asks. A city that has no definition for it
    /// answers in many ways; all of them are a definition that asks nothing.
    ///
    /// # Errors
    /// No answer, or the endpoint is in trouble.
    pub async fn definition(&self, service_code: &str) -> Result<Definition, Failure> {
        let path = ["services/", &path_segment(service_code)].concat();
        match self.get(&path, &[]).await {
            Ok(value) => Ok(open311::read_definition(&value)),
            Err(Failure::Refused(error)) if error.status == 404 => Ok(Definition::default()),
            Err(failure) => Err(failure),
        }
    }

    /// `GET requests/ID`: one request. None if the endpoint does not know it (yet).
    ///
    /// # Errors
    /// No answer, or the endpoint is in trouble.
    pub async fn request(&self, id: &str) -> Result<Option<ServiceRequest>, Failure> {
        let path = ["requests/", &path_segment(id)].concat();
        let answer = self.fetch(&path, &[]).await?;
        match open311::look_up_request(answer.status, &answer.body, id) {
            Lookup::Found(request) => Ok(Some(*request)),
            Lookup::NotYet => Ok(None),
            Lookup::Failed(error) => Err(Failure::of(error, answer.retry_after)),
        }
    }

    /// `GET requests/ID` as it came, for `open311::look_up_request`.
    ///
    /// # Errors
    /// No answer, or the server asks for time (429, or 503 with `Retry-After`).
    pub async fn request_answer(
        &self,
        id: &str,
        query: &[(&str, &str)],
    ) -> Result<Answer, Failure> {
        let path = ["requests/", &path_segment(id)].concat();
        let answer = self.fetch_anew(&path, query).await?;
        match (answer.status, answer.retry_after) {
            (429, _) | (503, Some(_)) => Err(Failure::Busy(answer.retry_after)),
            _ => Ok(answer),
        }
    }

    /// `GET servicerequestupdates` as it came, for `open311::read_updates`.
    ///
    /// # Errors
    /// No answer, or none that is well.
    pub async fn updates_text(&self, id: &str) -> Result<String, Failure> {
        let query = [("service_request_id", id)];
        let answer = self.fetch_anew("servicerequestupdates", &query).await?;
        match answer.is_well() {
            true => Ok(answer.body),
            false => answer.value().map(|_| String::new()),
        }
    }

    /// `GET tokens/TOKEN`: the id that a token has become. None if it has none yet.
    ///
    /// # Errors
    /// No answer, or the endpoint is in trouble.
    pub async fn token(&self, token: &str) -> Result<Option<Receipt>, Failure> {
        let path = ["tokens/", &path_segment(token)].concat();
        let answer = self.fetch(&path, &[]).await?;
        match open311::look_up_token(answer.status, &answer.body) {
            Lookup::Found(receipt) => Ok(Some(receipt)),
            Lookup::NotYet => Ok(None),
            Lookup::Failed(error) => Err(Failure::of(error, answer.retry_after)),
        }
    }

    /// `GET servicerequestupdates`: what happened to a request, oldest first as sent.
    ///
    /// # Errors
    /// No answer, or the endpoint is in trouble.
    pub async fn updates(&self, id: &str) -> Result<Vec<Update>, Failure> {
        let value = self
            .get("servicerequestupdates", &[("service_request_id", id)])
            .await?;
        Ok(open311::read_updates(&value).rows)
    }

    /// `GET requests`: those that the query narrows the list to.
    ///
    /// # Errors
    /// No answer, or none that is a list of requests.
    pub async fn requests(&self, query: &[(&str, &str)]) -> Result<Vec<ServiceRequest>, Failure> {
        rows_of(open311::read_requests(&self.get("requests", query).await?))
    }

    /// `GET requests`, of which only what it takes to count is read; see `open311::read_request_summaries`.
    ///
    /// # Errors
    /// No answer, or the endpoint is in trouble.
    pub async fn outlines(&self, query: &[(&str, &str)]) -> Result<Vec<ServiceRequest>, Failure> {
        rows_of(open311::read_request_summaries(&self.get("requests", query).await?))
    }

    /// `POST requests`: where to and with what; see [`Api::submit`].
    pub fn prepare(&self, mut post: Post) -> (String, Vec<(String, String)>) {
        post.jurisdiction_id.clone_from(&self.jurisdiction);
        post.api_key.clone_from(&self.api_key);
        (join(&self.base, &self.path("requests")), post.pairs())
    }

    /// `POST requests`: sends a request, once. The caller sees to it that no second
    /// send is in flight; a time-out does not mean that the city has nothing.
    ///
    /// # Errors
    /// No answer.
    pub async fn submit(&self, url: String, pairs: &[(String, String)]) -> Result<Answer, Failure> {
        transport::post(url, open311::form::encode(pairs)).await
    }

    /// `POST servicerequestupdates`: where to and with what; see [`Api::submit`].
    pub fn prepare_update(&self, fields: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
        let own = [
            ("jurisdiction_id", self.jurisdiction.as_str()),
            ("api_key", &self.api_key),
        ];
        let pairs = own
            .iter()
            .chain(fields)
            .filter(|(_, value)| !value.is_empty());
        let pairs = pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        (
            join(&self.base, &self.path("servicerequestupdates")),
            pairs.collect(),
        )
    }

    /// Whether the city has taken an update.
    ///
    /// # Errors
    /// A refusal with the city's reasons.
    pub fn taken(&self, answer: Answer) -> Result<(), Failure> {
        if !answer.is_well() {
            return answer.value().map(drop);
        }
        // Some say no with a status that says yes.
        let said = open311::read_error(answer.status, &answer.body);
        match said.code.as_deref().and_then(|code| code.parse().ok()) {
            Some(status @ 400..600) => {
                Err(Failure::of(open311::ServiceError { status, ..said }, None))
            }
            _ => Ok(()),
        }
    }

    /// What the city's answer to a POST means.
    ///
    /// # Errors
    /// A refusal with the city's reasons, or an answer that cannot be read.
    pub async fn receipt(&self, answer: Answer) -> Result<Receipt, Failure> {
        let value = in_json(Ok(answer)).await?.value();
        value.map(|value| open311::read_receipt(&value))
    }

    /// How long a send may take, in milliseconds.
    pub const SEND_LIMIT: i32 = transport::SEND_LIMIT;

    async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Value, Failure> {
        self.fetch(path, query).await?.value()
    }

    /// Asks for a service's definition ahead of time: whoever needs it takes the answer over.
    pub fn expect_definition(&self, service_code: &str) {
        let path = ["services/", &path_segment(service_code)].concat();
        let url = self.url(&path, &[]);
        let key = url.as_str().into();
        if !self.early.0.has(&key) {
            self.early.0.set(&key, &part::ask(&url));
        }
    }

    fn path(&self, path: &str) -> String {
        [path, if self.is_xml.get() { ".xml" } else { ".json" }].concat()
    }

    fn fetch(&self, path: &str, query: &[(&str, &str)]) -> Call {
        let call = transport::get(self.url(path, query), self.early.clone());
        Box::pin(async move { in_json(call.await).await })
    }

    /// What changes while it is looked at: nothing that the browser has kept will do.
    fn fetch_anew(&self, path: &str, query: &[(&str, &str)]) -> Call {
        let call = transport::get_anew(self.url(path, query));
        Box::pin(async move { in_json(call.await).await })
    }

    fn url(&self, path: &str, query: &[(&str, &str)]) -> String {
        let mut pairs = Vec::new();
        if !self.jurisdiction.is_empty() {
            pairs.push((String::from("jurisdiction_id"), self.jurisdiction.clone()));
        }
        pairs.extend(
            query
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let mut url = join(&self.base, &self.path(path));
        if !pairs.is_empty() {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&open311::form::encode(&pairs));
        }
        url
    }
}

type Text = Pin<Box<dyn Future<Output = Result<Answer, Failure>>>>;

/// The rows of a list. One of nothing but bad rows is no list.
fn rows_of(reading: Reading<ServiceRequest>) -> Result<Vec<ServiceRequest>, Failure> {
    match reading.rows.is_empty() && reading.bad_rows > 0 {
        true => Err(Failure::NotUnderstood),
        false => Ok(reading.rows),
    }
}

/// An answer in XML as the JSON that the same endpoint would have sent. What reads it is fetched by
/// those whose city speaks XML, and by nobody else.
fn in_json(answer: Result<Answer, Failure>) -> Text {
    Box::pin(async move {
        let mut answer = answer?;
        if answer.is_well() && looks_like_xml(&answer.body) {
            let json = part::xml(&answer.body).await?;
            // XML with nothing but words in it is no answer of an endpoint.
            answer.body = json
                .filter(|json| json.starts_with(['[', '{']))
                .ok_or(Failure::NotUnderstood)?;
        }
        Ok(answer)
    })
}

/// XML, and not a page that stands in its place.
fn looks_like_xml(body: &str) -> bool {
    let begins = |start: &str| {
        body.trim_start()
            .get(..start.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    begins("<") && !begins("<!doctype") && !begins("<html")
}

/// Fetches a JSON file of the widget's or the city's own: words, guides.
///
/// # Errors
/// No answer, or none that is JSON.
pub async fn file(url: &str, early: &Early) -> Result<Value, Failure> {
    transport::get(url.to_owned(), early.clone()).await?.value()
}

/// Fetches a file as text, such as the city's boundary.
///
/// # Errors
/// No answer, or an error.
pub async fn text(url: &str) -> Result<String, Failure> {
    let answer = transport::get(url.to_owned(), Early::none()).await?;
    match answer.is_well() {
        true => Ok(answer.body),
        false => answer.value().map(|_| String::new()),
    }
}

/// The address of a picture, from the answer to its upload; made absolute.
///
/// # Errors
/// A refusal, or an answer that names no address.
pub fn media_url(answer: Answer, base: &str) -> Result<String, Failure> {
    let value = answer.value()?;
    let row = value.items().first().unwrap_or(&value);
    let url = row.text_of(&["media_url", "url"]);
    let url = url.ok_or(Failure::NotUnderstood)?;
    Ok(dom::resolve(url, base))
}

impl Answer {
    fn is_well(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as a value.
    fn value(self) -> Result<Value, Failure> {
        if !self.is_well() {
            let error = open311::read_error(self.status, &self.body);
            return Err(Failure::of(error, self.retry_after));
        }
        json::parse(&self.body).map_err(|_| Failure::NotUnderstood)
    }
}
