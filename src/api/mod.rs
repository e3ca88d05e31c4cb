//! The city's endpoint, as the rest of the widget sees it: questions with typed
//! answers, and one error. Which bytes go over the wire is the business of
//! `transport` and of the crate `open311`.

mod failure;
mod transport;

pub use failure::Failure;
pub use transport::Early;

use crate::config::Config;
use crate::platform::dom;
use open311::{
    Definition, Lookup, Receipt, Service, ServiceRequest, Update, Value, form::Post, join, json,
    path_segment,
};
use std::rc::Rc;
use transport::{Answer, Call};

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
        }
    }

    /// `GET services`: what can be asked for.
    ///
    /// # Errors
    /// No answer, or none that is a list of services.
    pub async fn services(&self) -> Result<Vec<Service>, Failure> {
        let reading = open311::read_services(&self.get("services.json", &[]).await?);
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
        let path = ["services/", &path_segment(service_code), ".json"].concat();
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
        let path = ["requests/", &path_segment(id), ".json"].concat();
        let answer = self.fetch(&path, &[]).await?;
        match open311::look_up_request(answer.status, &answer.body, id) {
            Lookup::Found(request) => Ok(Some(*request)),
            Lookup::NotYet => Ok(None),
            Lookup::Failed(error) => Err(Failure::of(error)),
        }
    }

    /// `GET tokens/TOKEN`: the id that a token has become. None if it has none yet.
    ///
    /// # Errors
    /// No answer, or the endpoint is in trouble.
    pub async fn token(&self, token: &str) -> Result<Option<Receipt>, Failure> {
        let path = ["tokens/", &path_segment(token), ".json"].concat();
        let answer = self.fetch(&path, &[]).await?;
        match open311::look_up_token(answer.status, &answer.body) {
            Lookup::Found(receipt) => Ok(Some(receipt)),
            Lookup::NotYet => Ok(None),
            Lookup::Failed(error) => Err(Failure::of(error)),
        }
    }

    /// `GET servicerequestupdates`: what happened to a request, oldest first as sent.
    ///
    /// # Errors
    /// No answer, or the endpoint is in trouble.
    pub async fn updates(&self, id: &str) -> Result<Vec<Update>, Failure> {
        let value = self
            .get("servicerequestupdates.json", &[("service_request_id", id)])
            .await?;
        Ok(open311::read_updates(&value).rows)
    }

    /// `POST requests`: sends a request, once. The caller sees to it that no second
    /// send is in flight; a time-out does not mean that the city has nothing.
    ///
    /// # Errors
    /// No answer, a refusal with the city's reasons, or an answer that cannot be read.
    pub async fn submit(&self, mut post: Post) -> Result<Receipt, Failure> {
        post.jurisdiction_id.clone_from(&self.jurisdiction);
        post.api_key.clone_from(&self.api_key);
        let body = open311::form::encode(&post.pairs());
        let answer = transport::post(join(&self.base, "requests.json"), body).await?;
        answer.value().map(|value| open311::read_receipt(&value))
    }

    async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Value, Failure> {
        self.fetch(path, query).await?.value()
    }

    fn fetch(&self, path: &str, query: &[(&str, &str)]) -> Call {
        let mut pairs = Vec::new();
        if !self.jurisdiction.is_empty() {
            pairs.push((String::from("jurisdiction_id"), self.jurisdiction.clone()));
        }
        pairs.extend(
            query
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let mut url = join(&self.base, path);
        if !pairs.is_empty() {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&open311::form::encode(&pairs));
        }
        transport::get(url, self.early.clone())
    }
}

/// Fetches a JSON file of the widget's or the city's own: words, guides.
///
/// # Errors
/// No answer, or none that is JSON.
pub async fn file(url: &str, early: &Early) -> Result<Value, Failure> {
    transport::get(url.to_owned(), early.clone()).await?.value()
}

impl Answer {
    /// The body as a value.
    fn value(self) -> Result<Value, Failure> {
        if !(200..300).contains(&self.status) {
            return Err(Failure::of(open311::read_error(self.status, &self.body)));
        }
        json::parse(&self.body).map_err(|_| Failure::NotUnderstood)
    }
}
