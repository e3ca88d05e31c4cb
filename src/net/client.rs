//! The city's GeoReport v2 endpoint as the rest of the widget sees it: typed calls and one error. How JSON and
//! XML are read is up to `open311`; this module does not know what a journey does with a response.

use super::ApiError;
use super::transport::{self, Call, Response};
use crate::platform::lazy_module::{XmlError, xml_to_json};
use crate::platform::prefetch::PrefetchedResponses;
use crate::platform::{time, url as address};
use frontdoor_core::config::{Config, Format};
use json::Value;
use open311::{
    Definition, Lookup, PostAnswer, Reading, Receipt, Service, ServiceKind, ServiceRequest,
    form::Post, join, path_segment,
};
use std::{cell::Cell, rc::Rc};

/// A client of a GeoReport v2 endpoint. Clones share what was learnt about its format.
#[derive(Clone)]
pub struct Client {
    base: String,
    jurisdiction: String,
    api_key: String,
    prefetched: PrefetchedResponses,
    /// True if the endpoint speaks XML. Detected with the first call if the config does not say so.
    is_xml: Rc<Cell<bool>>,
    /// How far the city's clock is ahead of the device's, in milliseconds, by the responses that said so.
    city_ahead_ms: Rc<Cell<Option<i64>>>,
}

impl Client {
    /// Creates a client of the endpoint that a config names, whose URLs are resolved against `config_url`.
    pub fn new(config: &Config, config_url: &str, prefetched: PrefetchedResponses) -> Self {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        Self {
            base: address::resolve(config.endpoint.as_deref().unwrap_or_default(), config_url),
            jurisdiction: text(&config.jurisdiction),
            api_key: text(&config.api_key),
            prefetched,
            is_xml: Rc::new(Cell::new(config.format == Format::Xml)),
            city_ahead_ms: Rc::default(),
        }
    }

    /// How far the city's clock is ahead of the device's, in milliseconds; `None` if no response said so. Browsers let
    /// a page read the time of a response only from its own site, or from one that allows it.
    pub fn city_ahead_ms(&self) -> Option<i64> {
        self.city_ahead_ms.get()
    }

    /// `GET services`: the list of services.
    ///
    /// # Errors
    /// No usable response, or one that is not a list of services.
    pub async fn services(&self) -> Result<Vec<Service>, ApiError> {
        let mut response = self.fetch("services", &[]).await?;
        if matches!(response.status, 404 | 406 | 415) && !self.is_xml.get() {
            // Some endpoints speak XML only.
            self.is_xml.set(true);
            let xml = self.fetch("services", &[]).await;
            let is_ok = xml.as_ref().is_ok_and(Response::is_ok);
            self.is_xml.set(is_ok);
            match xml {
                Ok(xml) if is_ok => response = xml,
                Ok(_) => {}
                Err(failure) => return Err(failure),
            }
        }
        let reading = open311::read_services(&response.value()?);
        rows_of(reading)
    }

    /// `GET services/CODE`: a service's definition. Endpoints respond in many ways for a service without one;
    /// all of them are read as a definition without attributes.
    ///
    /// # Errors
    /// No response, or an error other than 404.
    pub async fn definition(&self, service_code: &str) -> Result<Definition, ApiError> {
        let path = ["services/", &path_segment(service_code)].concat();
        match self.get(&path, &[]).await {
            Ok(value) => Ok(open311::read_definition(&value)),
            Err(ApiError::Refused(error)) if error.status == 404 => Ok(Definition::default()),
            Err(failure) => Err(failure),
        }
    }

    /// The response to `GET requests/ID`, for `open311::look_up_request`; not from the browser's cache.
    ///
    /// # Errors
    /// No response, or the server asks to try later (429, or 503 with `Retry-After`).
    pub async fn request_raw(
        &self,
        id: &str,
        query: &[(&str, &str)],
    ) -> Result<Response, ApiError> {
        let path = ["requests/", &path_segment(id)].concat();
        let response = self.fetch_fresh(&path, query).await?;
        match (response.status, response.retry_after) {
            (429, _) | (503, Some(_)) => Err(ApiError::Busy(response.retry_after)),
            _ => Ok(response),
        }
    }

    /// The body of `GET servicerequestupdates`, for `open311::read_updates`; not from the browser's cache.
    ///
    /// # Errors
    /// No response, or an HTTP error.
    pub async fn updates_raw(&self, id: &str) -> Result<String, ApiError> {
        let query = [("service_request_id", id)];
        let response = self.fetch_fresh("servicerequestupdates", &query).await?;
        response.text()
    }

    /// `GET tokens/TOKEN`: the request's number that a token has become; `None` if there is none yet.
    ///
    /// # Errors
    /// No response, or an error from the endpoint.
    pub async fn token(&self, token: &str) -> Result<Option<Receipt>, ApiError> {
        let path = ["tokens/", &path_segment(token)].concat();
        let response = self.fetch(&path, &[]).await?;
        match open311::look_up_token(response.status, &response.body) {
            Lookup::Found(receipt) => Ok(Some(receipt)),
            Lookup::NotYet => Ok(None),
            Lookup::Failed(error) => Err(ApiError::from_response(error, response.retry_after)),
        }
    }

    /// `GET requests`: the requests that match the query.
    ///
    /// # Errors
    /// No usable response, or one that is not a list of requests.
    pub async fn requests(&self, query: &[(&str, &str)]) -> Result<Vec<ServiceRequest>, ApiError> {
        rows_of(open311::read_requests(&self.get("requests", query).await?))
    }

    /// `GET requests`, reading only the fields that counting needs; see `open311::read_request_summaries`.
    ///
    /// # Errors
    /// No usable response, or one that is not a list of requests.
    pub async fn request_summaries(
        &self,
        query: &[(&str, &str)],
    ) -> Result<Vec<ServiceRequest>, ApiError> {
        rows_of(open311::read_request_summaries(
            &self.get("requests", query).await?,
        ))
    }

    /// URL and form fields of `POST requests`, for [`Client::submit`]. Adds the jurisdiction and the API key.
    pub fn prepare(&self, mut post: Post) -> (String, Vec<(String, String)>) {
        post.jurisdiction_id.clone_from(&self.jurisdiction);
        post.api_key.clone_from(&self.api_key);
        (join(&self.base, &self.path("requests")), post.pairs())
    }

    /// Posts a form, once, without retrying. The caller makes sure that no other one is in flight. A time-out
    /// does not mean that the city has not received it.
    ///
    /// # Errors
    /// No response; an HTTP error is a response.
    pub async fn submit(
        &self,
        url: String,
        pairs: &[(String, String)],
    ) -> Result<Response, ApiError> {
        transport::post(url, open311::form::encode(pairs)).await
    }

    /// URL and form fields of `POST servicerequestupdates`, for [`Client::submit`]. Adds the jurisdiction and
    /// the API key; empty fields are left out.
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

    /// Reads the receipt from the response to `POST requests` for a service of this kind.
    ///
    /// # Errors
    /// The city refused the request, with its reasons, or the response does not say whether it has it.
    pub async fn receipt(
        &self,
        response: Response,
        kind: ServiceKind,
    ) -> Result<Receipt, ApiError> {
        let response = xml_as_json(response).await?;
        let answer = open311::read_request_answer(response.status, &response.body, kind);
        accepted(answer, response.retry_after)
    }

    /// Checks that the city has an update of the request `id` that was posted with this `update_id`.
    ///
    /// # Errors
    /// The city refused it, with its reasons, or the response does not say whether it has it.
    pub async fn accept_update(
        &self,
        response: Response,
        id: &str,
        update_id: &str,
    ) -> Result<(), ApiError> {
        let response = xml_as_json(response).await?;
        let answer = open311::read_update_answer(response.status, &response.body, id, update_id);
        accepted(answer, response.retry_after)
    }

    async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Value, ApiError> {
        self.fetch(path, query).await?.value()
    }

    /// Starts to fetch a service's definition ahead of time; [`Client::definition`] takes the response over.
    pub fn prefetch_definition(&self, service_code: &str) {
        let path = ["services/", &path_segment(service_code)].concat();
        self.prefetched.prefetch(&self.url(&path, &[]));
    }

    fn path(&self, path: &str) -> String {
        [path, if self.is_xml.get() { ".xml" } else { ".json" }].concat()
    }

    fn fetch(&self, path: &str, query: &[(&str, &str)]) -> Call {
        self.read(transport::get(
            self.url(path, query),
            self.prefetched.clone(),
        ))
    }

    /// For data that changes while it is shown: bypasses the browser's cache.
    fn fetch_fresh(&self, path: &str, query: &[(&str, &str)]) -> Call {
        self.read(transport::get_fresh(self.url(path, query)))
    }

    fn read(&self, call: Call) -> Call {
        let city_ahead_ms = self.city_ahead_ms.clone();
        Box::pin(async move {
            let response = xml_as_json(call.await?).await?;
            if let Some(at) = response.date.as_deref().and_then(time::parse_http_date) {
                // A response from a cache has an old date, and makes the clock seem to be behind.
                let ahead = at.since(time::now());
                city_ahead_ms.set(city_ahead_ms.get().max(Some(ahead)));
            }
            Ok(response)
        })
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

/// The valid rows of a list. A list that has only bad rows is not understood.
fn rows_of<T>(reading: Reading<T>) -> Result<Vec<T>, ApiError> {
    if reading.rows.is_empty() && reading.bad_rows > 0 {
        Err(ApiError::NotUnderstood)
    } else {
        Ok(reading.rows)
    }
}

/// What was accepted, or why it is not known to be.
fn accepted<T>(answer: PostAnswer<T>, retry_after: Option<u32>) -> Result<T, ApiError> {
    match answer {
        PostAnswer::Accepted(accepted) => Ok(accepted),
        PostAnswer::Refused(error) => Err(ApiError::from_response(error, retry_after)),
        // Trouble, with the endpoint's words for it.
        PostAnswer::Unknown(error) if error.status >= 500 => Err(ApiError::Refused(error)),
        // Not said by the endpoint: as a refusal it could be taken for the city's word.
        PostAnswer::Unknown(_) => Err(ApiError::NotUnderstood),
    }
}

/// Replaces an XML body with the JSON that the same endpoint would have sent. The module that reads XML is
/// fetched only if the city's endpoint speaks XML. The body of an HTTP error may be anything.
fn xml_as_json(mut response: Response) -> Call {
    Box::pin(async move {
        if looks_like_xml(&response.body) {
            match xml_to_json(&response.body).await {
                // XML that contains only text is not an endpoint's response.
                Ok(json) if json.starts_with(['[', '{']) => response.body = json,
                Err(XmlError::NoReader) => return Err(ApiError::Unreachable),
                _ if response.is_ok() => return Err(ApiError::NotUnderstood),
                _ => {}
            }
        }
        Ok(response)
    })
}

/// True for XML, but not for an HTML page.
fn looks_like_xml(body: &str) -> bool {
    let begins = |start: &str| {
        body.trim_start()
            .get(..start.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    begins("<") && !begins("<!doctype") && !begins("<html")
}
