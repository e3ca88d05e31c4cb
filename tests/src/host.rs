//! A web server that does as it is told: pages with any headers, the widget's folder under
//! `/fd/`, and, for all else, the sandbox behind it. Not axum, because that cannot break a
//! connection off.

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

use crate::reply::{Body, Reply, host_page};
use crate::setting;

type Sent = UnsyncBoxBody<Bytes, Infallible>;

const PROBE: &str = include_str!("probe.js");

/// A request that arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    /// `GET`, `POST`…
    pub method: String,
    /// Path without the query.
    pub path: String,
    /// The query, without its mark.
    pub query: String,
    /// What came with it.
    pub body: String,
}

/// The server. It stops with its value.
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
    behind: String,
    client: reqwest::Client,
}

impl Host {
    /// Starts a server in front of the sandbox at `behind`.
    ///
    /// # Errors
    /// No free port, or no built widget.
    pub async fn start(behind: &str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let inner = Arc::new(Inner {
            rules: Mutex::default(),
            seen: Mutex::default(),
            dist: setting::dist()?,
            behind: behind.to_owned(),
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

    /// Answers a path in this way from now on. The path may begin with a method and a blank, and
    /// may end in `*`.
    pub fn answer(&self, path: &str, reply: Reply) {
        let mut rules = self
            .inner
            .rules
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        rules.push((path.to_owned(), reply));
    }

    /// Puts a page at `/` with this in its body, and gives its address.
    pub fn page(&self, body: &str) -> String {
        self.answer("/", Reply::html(host_page("", body)));
        self.url("/")
    }

    /// Forgets the latest rule for a path.
    pub fn heal(&self, path: &str) {
        let mut rules = self
            .inner
            .rules
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = rules.iter().rposition(|(known, _)| known == path) {
            rules.remove(place);
        }
    }

    /// The requests for a path that arrived so far.
    pub fn seen(&self, method: &str, path: &str) -> Vec<Seen> {
        let seen = self
            .inner
            .seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let fits = |seen: &&Seen| seen.method == method && fits(path, &seen.path);
        seen.iter().filter(fits).cloned().collect()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(inner: Arc<Inner>, stream: TcpStream) {
    let service = service_fn(move |request| answer(inner.clone(), request));
    // A browser repeats what breaks off on a connection that it has used before, by itself and
    // unseen by the page; so here each request has its own.
    // A connection that ends badly is the browser's business, or was asked for.
    let _ = hyper::server::conn::http1::Builder::new()
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn answer(inner: Arc<Inner>, request: Request<Incoming>) -> Result<Response<Sent>> {
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
                Some((wanted, known)) => wanted == method && fits(known, &path),
                None => fits(known, &path),
            });
        found.map(|(_, reply)| reply.clone())
    };
    let Some(reply) = rule else {
        return inner.usual(head, body).await;
    };
    tokio::time::sleep(reply.delay).await;
    if reply.is_done {
        inner.usual(head.clone(), body.clone()).await?;
    }
    let mut response = match reply.body {
        Body::Text(text) => {
            let mut response = Response::new(whole(text));
            *response.status_mut() = reply.status.try_into()?;
            response
        }
        Body::List(list) => {
            let query = head.uri.query().unwrap_or_default();
            Response::new(whole(list.answer(query)))
        }
        Body::Passed => inner.usual(head, body).await?,
        Body::Stalled(beginning) => {
            let first = Ok(Frame::data(Bytes::from(beginning)));
            let stalled = stream::once(async { first }).chain(stream::pending());
            Response::new(StreamBody::new(stalled).boxed_unsync())
        }
        Body::Silence => std::future::pending().await,
        Body::Broken => bail!("as it was told"),
        Body::Lost => {
            inner.usual(head, body).await?;
            bail!("as it was told")
        }
        Body::Turned(turn) => {
            let (head, body) = inner.usual(head, body).await?.into_parts();
            let turned = turn.bytes(body.collect().await?.to_bytes().to_vec());
            Response::from_parts(head, whole(turned))
        }
        Body::Half => {
            let (mut head, body) = inner.usual(head, body).await?.into_parts();
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

fn fits(pattern: &str, path: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => path.starts_with(start),
        None => pattern == path,
    }
}

impl Inner {
    /// The probe, a file of the widget, or whatever the sandbox says.
    async fn usual(
        &self,
        head: hyper::http::request::Parts,
        body: Bytes,
    ) -> Result<Response<Sent>> {
        let path = head.uri.path();
        if path == "/probe.js" {
            return Ok(typed("text/javascript", PROBE.into()));
        }
        if let Some(name) = path.strip_prefix("/fd/") {
            let Ok(bytes) = std::fs::read(self.dist.join(name)) else {
                let mut response = Response::new(whole("not here"));
                *response.status_mut() = hyper::StatusCode::NOT_FOUND;
                return Ok(response);
            };
            return Ok(typed(content_type(name), bytes.into()));
        }
        let place = head
            .uri
            .path_and_query()
            .context("a request without a path")?;
        let mut request = self
            .client
            .request(head.method, format!("{}{place}", self.behind));
        for name in [hyper::header::ACCEPT, hyper::header::CONTENT_TYPE] {
            if let Some(value) = head.headers.get(&name) {
                request = request.header(name, value);
            }
        }
        let answer = request.body(body).send().await?;
        let mut response = Response::new(whole(""));
        *response.status_mut() = answer.status();
        if let Some(kind) = answer.headers().get(hyper::header::CONTENT_TYPE) {
            response
                .headers_mut()
                .insert(hyper::header::CONTENT_TYPE, kind.clone());
        }
        *response.body_mut() = whole(answer.bytes().await?);
        Ok(response)
    }
}

fn whole(body: impl Into<Bytes>) -> Sent {
    Full::new(body.into()).boxed_unsync()
}

fn typed(content_type: &'static str, bytes: Bytes) -> Response<Sent> {
    let mut response = Response::new(whole(bytes));
    let value = hyper::header::HeaderValue::from_static(content_type);
    response
        .headers_mut()
        .insert(hyper::header::CONTENT_TYPE, value);
    response
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css",
        Some("json") => "application/json",
        Some("html") => "text/html; charset=utf-8",
        _ => "application/octet-stream",
    }
}
