//! Shows guides in the widget while they are written: serves both on this machine, loads the page
//! again after each save, and puts what the check says above the widget.

mod config;
mod files;
mod page;
mod watch;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{Response, StatusCode};
use axum::routing::get;

use super::collection::{Collection, folder_of};
use super::options::Preview;

/// What every handler may use.
struct App {
    /// The folder or the guide that was named.
    path: PathBuf,
    folder: PathBuf,
    widget: PathBuf,
}

/// Serves until the process is ended.
pub(crate) fn run(options: Preview) -> Result<String, String> {
    let app = prepare(options.path, options.widget)?;
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("no runtime: {error}"))?
        .block_on(serve(app, options.port))
}

fn prepare(path: PathBuf, widget: PathBuf) -> Result<App, String> {
    if !path.exists() {
        let place = path.display();
        return Err(format!(
            "{place}: there is no such file or folder. Check the name."
        ));
    }
    if !widget.join("frontdoor.js").is_file() {
        return Err(format!(
            "{}: there is no frontdoor.js in this folder. Build the widget with: cargo xtask build, \
             or name its folder with --widget.",
            widget.display()
        ));
    }
    let folder = if path.is_dir() {
        path.clone()
    } else {
        folder_of(&path)
    };
    Ok(App {
        path,
        folder,
        widget,
    })
}

async fn serve(app: App, port: u16) -> Result<String, String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = tokio::net::TcpListener::bind(address).await.map_err(|error| {
        format!("{address}: cannot listen there: {error}. Take another port with --port, or 0 for any.")
    })?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    // Whoever started this waits for the line; a closed pipe is no reason to stop.
    let _ = writeln!(std::io::stdout(), "guide: http://{address}");
    let _ = std::io::stdout().flush();
    axum::serve(listener, router(app))
        .await
        .map_err(|error| error.to_string())?;
    Ok(String::new())
}

fn router(app: App) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/frontdoor.json", get(config))
        .route("/changed", get(changed))
        .route("/guides/{*path}", get(guides))
        .route("/widget/{*path}", get(widget))
        // The endpoint of a city without services.
        .route(
            "/open311/v2/{*path}",
            get(async || reply("application/json", "[]".into())),
        )
        .with_state(Arc::new(app))
}

/// What stands behind the question mark of an address.
type Asked = Query<BTreeMap<String, String>>;

async fn page(State(app): State<Arc<App>>, Query(asked): Asked) -> Response<Body> {
    let collection = Collection::open(&app.path);
    let version = watch::version(&app.folder);
    let text = page::page(&collection, asked.get("guide").map(String::as_str), version);
    reply("text/html; charset=utf-8", text.into())
}

async fn config(State(app): State<Arc<App>>) -> Response<Body> {
    let collection = Collection::open(&app.path);
    reply(
        "application/json",
        config::config(&collection).to_string().into(),
    )
}

/// Answers when the files are no longer what the page knows, or after a while in any case.
async fn changed(State(app): State<Arc<App>>, Query(asked): Asked) -> Response<Body> {
    let since = asked.get("since").map_or("", String::as_str);
    let version = watch::other_than(since, &app.folder).await;
    reply("text/plain; charset=utf-8", version.into())
}

async fn guides(State(app): State<Arc<App>>, Path(path): Path<String>) -> Response<Body> {
    if path == super::collection::INDEX {
        let collection = Collection::open(&app.path);
        return reply(
            "application/json",
            config::index(&collection).to_string().into(),
        );
    }
    file(&app.folder, &path)
}

async fn widget(State(app): State<Arc<App>>, Path(path): Path<String>) -> Response<Body> {
    file(&app.widget, &path)
}

fn file(folder: &std::path::Path, path: &str) -> Response<Body> {
    match files::read(folder, path) {
        Some((kind, bytes)) => reply(kind, bytes),
        None => {
            let mut response = reply("text/plain; charset=utf-8", "There is no such file.".into());
            *response.status_mut() = StatusCode::NOT_FOUND;
            response
        }
    }
}

/// Nothing is kept by the browser: the next look has to see the next save.
fn reply(kind: &'static str, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, axum::http::HeaderValue::from_static(kind));
    headers.insert(
        CACHE_CONTROL,
        axum::http::HeaderValue::from_static("no-store"),
    );
    response
}
