//! `guide preview`: shows guides in the widget while an author writes them. Serves both on this machine, reloads the page
//! after each save, and shows the findings of the check above the widget.

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

use crate::args::PreviewArgs;
use crate::collection::{Collection, INDEX, folder_of};

/// The state of all handlers.
struct App {
    /// The folder or the guide to show.
    path: PathBuf,
    /// The folder of the guides.
    folder: PathBuf,
    /// The folder of the widget.
    widget: PathBuf,
}

/// Serves until the process is stopped.
///
/// # Errors
/// A message if the guides or the widget are missing, or the port is taken.
pub(crate) fn run(args: PreviewArgs) -> Result<String, String> {
    let app = prepare(args.path, args.widget)?;
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("no runtime: {error}"))?
        .block_on(serve(app, args.port))
}

fn prepare(path: PathBuf, widget: PathBuf) -> Result<App, String> {
    if !path.exists() {
        let path = path.display();
        return Err(format!(
            "{path}: there is no such file or folder. Check the name."
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
    // Programs that start the preview wait for this line; a closed pipe is not a failure.
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
        // The GeoReport endpoint of a city without services.
        .route(
            "/open311/v2/{*path}",
            get(async || reply("application/json", "[]".into())),
        )
        .with_state(Arc::new(app))
}

type QueryParameters = Query<BTreeMap<String, String>>;

async fn page(State(app): State<Arc<App>>, Query(parameters): QueryParameters) -> Response<Body> {
    let collection = Collection::open(&app.path);
    let version = watch::version(&app.folder);
    let text = page::html(
        &collection,
        parameters.get("guide").map(String::as_str),
        version,
    );
    reply("text/html; charset=utf-8", text.into())
}

async fn config(State(app): State<Arc<App>>) -> Response<Body> {
    let collection = Collection::open(&app.path);
    json(&config::config(&collection))
}

/// Responds when the files differ from the version that the page knows, or after a timeout.
async fn changed(
    State(app): State<Arc<App>>,
    Query(parameters): QueryParameters,
) -> Response<Body> {
    let since = parameters.get("since").map_or("", String::as_str);
    let version = watch::wait_for_change(since, &app.folder).await;
    reply("text/plain; charset=utf-8", version.into())
}

async fn guides(State(app): State<Arc<App>>, Path(path): Path<String>) -> Response<Body> {
    if path == INDEX {
        let collection = Collection::open(&app.path);
        return json(&config::index(&collection));
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

fn json(value: &impl serde::Serialize) -> Response<Body> {
    let body = serde_json::to_vec(value).unwrap_or_default();
    reply("application/json", body)
}

/// A response that browsers do not cache, so that a reload shows the last save.
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
