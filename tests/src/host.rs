//! A web server that tests control: pages with any headers, the widget's folder under `/fd/`, and
//! the sandbox behind it for everything else. Built on hyper, because axum cannot close a
//! connection without a response.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use futures_util::{StreamExt, stream};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::dist;
use crate::environment;
use crate::reply::{Body, Reply, host_page};

type ResponseBody = UnsyncBoxBody<Bytes, Infallible>;

const PROBE: &str = include_str!("probe.js");

/// A request that arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    /// `GET`, `POST`…
    pub method: String,
    /// The path without the query.
    pub path: String,
    /// The query without the question mark.
    pub query: String,
    /// The body as text.
    pub body: String,
}

/// The server. It stops when this value is dropped.
pub struct Host {
    origin: String,
    inner: Arc<Inner>,
    task: JoinHandle<()>,
}

struct Inner {
    /// The latest rule for a path wins.
    rules: Mutex<Vec<(String, Reply)>>,
    seen: Mutex<Vec<Seen>>,
    dist: PathBuf,
    sandbox: String,
    client: reqwest::Client,
}

impl Host {
    /// Starts a server in front of the sandbox at this origin.
    ///
    /// # Errors
    /// No free port, or no built widget.
    pub async fn start(sandbox: &str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let inner = Arc::new(Inner {
            rules: Mutex::default(),
            seen: Mutex::default(),
            dist: environment::dist()?,
            sandbox: sandbox.to_owned(),
            client: reqwest::Client::new(),
        });
        let served = inner.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(served.clone(), stream));
            }
        });
        Ok(Self {
            origin,
            inner,
            task,
        })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Answers a path with this reply from now on. The path may begin with a method and a space, and
    /// may end in `*`.
    pub fn answer(&self, path: &str, reply: Reply) {
        let mut rules = self
            .inner
            .rules
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        rules.push((path.to_owned(), reply));
    }

    /// Serves a page with this body at `/`, and returns its address.
    pub fn page(&self, body: &str) -> String {
        self.page_with_head("", body)
    }

    /// Serves a page with this at the end of its head, before the widget's script.
    pub fn page_with_head(&self, head: &str, body: &str) -> String {
        self.answer("/", Reply::html(host_page(head, body)));
        self.url("/")
    }

    /// Removes the latest rule for a path.
    pub fn restore(&self, path: &str) {
        let mut rules = self
            .inner
            .rules
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = rules.iter().rposition(|(known, _)| known == path) {
            rules.remove(index);
        }
    }

    /// The requests for a path that have arrived so far.
    pub fn seen(&self, method: &str, path: &str) -> Vec<Seen> {
        let seen = self
            .inner
            .seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let is_wanted = |seen: &&Seen| seen.method == method && matches(path, &seen.path);
        seen.iter().filter(is_wanted).cloned().collect()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(inner: Arc<Inner>, stream: TcpStream) {
    let service = service_fn(move |request| answer(inner.clone(), request));
    // A browser silently repeats a request whose reused connection breaks, so each request gets a
    // connection of its own. Errors of a connection are the browser's business, or were asked for.
    let _ = hyper::server::conn::http1::Builder::new()
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn answer(inner: Arc<Inner>, request: Request<Incoming>) -> Result<Response<ResponseBody>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let (method, path) = (head.method.to_string(), head.uri.path().to_owned());
    let seen = Seen {
        method: method.clone(),
        path: path.clone(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    inner
        .seen
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(seen);
    let rule = {
        let rules = inner.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let found = rules
            .iter()
            .rev()
            .find(|(known, _)| match known.split_once(' ') {
                Some((wanted, known)) => wanted == method && matches(known, &path),
                None => matches(known, &path),
            });
        found.map(|(_, reply)| reply.clone())
    };
    let Some(reply) = rule else {
        return inner.respond(head, body).await;
    };
    tokio::time::sleep(reply.delay).await;
    if reply.after_processing {
        inner.respond(head.clone(), body.clone()).await?;
    }
    let mut response = match reply.body {
        Body::Text(text) => {
            let mut response = Response::new(full(text));
            *response.status_mut() = reply.status.try_into()?;
            response
        }
        Body::List(list) => {
            let query = head.uri.query().unwrap_or_default();
            Response::new(full(list.response(query)))
        }
        Body::Passthrough => inner.respond(head, body).await?,
        Body::Stalled(beginning) => {
            let first = Ok(Frame::data(Bytes::from(beginning)));
            let stalled = stream::once(async { first }).chain(stream::pending());
            Response::new(StreamBody::new(stalled).boxed_unsync())
        }
        Body::Silence => std::future::pending().await,
        Body::Broken => bail!("the test asked for a broken connection"),
        Body::Lost => {
            inner.respond(head, body).await?;
            bail!("the test asked for a broken connection")
        }
        Body::Corrupted(corruption) => {
            let (head, body) = inner.respond(head, body).await?.into_parts();
            let bytes = corruption.apply(body.collect().await?.to_bytes().to_vec());
            Response::from_parts(head, full(bytes))
        }
        Body::Half => {
            let (mut head, body) = inner.respond(head, body).await?.into_parts();
            let bytes = body.collect().await?.to_bytes();
            head.headers
                .insert(hyper::header::CONTENT_LENGTH, bytes.len().into());
            let half = Ok(Frame::data(bytes.slice(..bytes.len() / 2)));
            let body = StreamBody::new(stream::once(async { half }));
            Response::from_parts(head, body.boxed_unsync())
        }
    };
    for (name, value) in &reply.headers {
        let name: hyper::header::HeaderName = name.parse()?;
        response.headers_mut().insert(name, value.parse()?);
    }
    Ok(response)
}

fn matches(pattern: &str, path: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => path.starts_with(start),
        None => pattern == path,
    }
}

impl Inner {
    /// The response without any rule: the probe, a file of the widget, or what the sandbox responds.
    async fn respond(
        &self,
        head: hyper::http::request::Parts,
        body: Bytes,
    ) -> Result<Response<ResponseBody>> {
        let path = head.uri.path();
        if path == "/probe.js" {
            return Ok(typed("text/javascript", PROBE.into()));
        }
        let folders = [dist::FOLDER, dist::README_FOLDER];
        if let Some(name) = folders.iter().find_map(|folder| path.strip_prefix(folder)) {
            let Ok(bytes) = std::fs::read(self.dist.join(name)) else {
                let mut response = Response::new(full("not found"));
                *response.status_mut() = hyper::StatusCode::NOT_FOUND;
                return Ok(response);
            };
            return Ok(typed(content_type(name), bytes.into()));
        }
        let target = head
            .uri
            .path_and_query()
            .context("a request without a path")?;
        let mut request = self
            .client
            .request(head.method, format!("{}{target}", self.sandbox));
        for name in [hyper::header::ACCEPT, hyper::header::CONTENT_TYPE] {
            if let Some(value) = head.headers.get(&name) {
                request = request.header(name, value);
            }
        }
        let upstream = request.body(body).send().await?;
        let mut response = Response::new(full(""));
        *response.status_mut() = upstream.status();
        if let Some(kind) = upstream.headers().get(hyper::header::CONTENT_TYPE) {
            response
                .headers_mut()
                .insert(hyper::header::CONTENT_TYPE, kind.clone());
        }
        *response.body_mut() = full(upstream.bytes().await?);
        Ok(response)
    }
}

fn full(body: impl Into<Bytes>) -> ResponseBody {
    Full::new(body.into()).boxed_unsync()
}

fn typed(content_type: &'static str, bytes: Bytes) -> Response<ResponseBody> {
    let mut response = Response::new(full(bytes));
    let value = hyper::header::HeaderValue::from_static(content_type);
    response
        .headers_mut()
        .insert(hyper::header::CONTENT_TYPE, value);
    response
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css",
        Some("json") => "application/json",
        Some("html") => "text/html; charset=utf-8",
        _ => "application/octet-stream",
    }
}
