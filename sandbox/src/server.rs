//! Opens the database, routes every path to its handler, and serves until the process is ended.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, DATE, HeaderValue, RETRY_AFTER};
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{any, get, post};
use rusqlite::Transaction;
use serde_json::Value;
use tower_http::cors::{Any, CorsLayer};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::city::City;
use crate::clock;
use crate::georeport::dialect::{Dialect, Extension};
use crate::json::to_value;
use crate::options::Options;
use crate::response::{Format, JSON_TYPE, Payload, not_found, respond};
use crate::state::AppState;
use crate::store::{self, Store};
use crate::{
    clerk, feedback, geocode, georeport, photo, recorded, sample, satisfaction, tiles, upload,
};

pub(crate) fn run(options: Options) -> Result<(), String> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start the runtime: {error}"))?
        .block_on(serve(options))
}

async fn serve(options: Options) -> Result<(), String> {
    let app = Arc::new(prepare(options)?);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, app.options.port));
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .map_err(|error| format!("cannot listen on {address}: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let router = router(app);
    // The process that started this one waits for the line; a closed pipe is no reason to stop.
    let _ = writeln!(std::io::stdout(), "sandbox: http://{address}");
    let _ = std::io::stdout().flush();
    axum::serve(listener, router)
        .await
        .map_err(|error| error.to_string())
}

fn prepare(options: Options) -> Result<AppState, String> {
    let wants_recorded = options.services.is_some() || options.requests.is_some();
    let sample_zone = City::sample().zone();
    let renew = |tx: &Transaction| sample::renew(tx, &sample_zone);
    let fill = |tx: &Transaction| {
        if wants_recorded {
            let (services, requests) = (options.services.as_deref(), options.requests.as_deref());
            recorded::load(tx, services, requests, &sample_zone)?;
        } else {
            sample::fill(tx, clock::now(), &sample_zone)?;
        }
        let kind = if wants_recorded { "recorded" } else { "sample" };
        store::set_fact(tx, "kind", kind).map_err(|error| error.to_string())
    };
    let store = Store::open(&options.database, renew, fill)?;
    let kind = store
        .run(|tx| Ok(store::fact(tx, "kind")?))
        .map_err(|error| error.messages.join("; "))?;
    let is_recorded = kind.as_deref() == Some("recorded");
    if wants_recorded && !is_recorded {
        return Err(format!(
            "database {} already contains the sample city; name another file for the recorded one",
            options.database.display()
        ));
    }
    let city = City::load(
        options.city.as_deref(),
        is_recorded,
        options.jurisdiction.as_deref(),
        options.api_key.as_deref(),
    )?;
    Ok(AppState {
        zone: city.zone(),
        dialect: options.dialect,
        options,
        store,
        city,
        is_recorded,
        started: clock::now(),
    })
}

fn router(app: Arc<AppState>) -> Router {
    let mut endpoint =
        Router::new().route(&format!("{}/{{*path}}", app.base()), any(georeport::handle));
    if app.options.cors && app.dialect.is_none_or(|dialect| dialect.cors) {
        endpoint = endpoint.layer(cors());
    }
    let mut open = Router::new()
        .route("/frontdoor.json", get(config))
        .route("/boundary.geojson", get(boundary))
        .route("/guides/{name}", get(guide))
        .route("/tiles/{zoom}/{x}/{y}", get(tiles::tile))
        .route("/media/{name}", get(media))
        .route("/upload", post(upload::handle))
        .route("/feedback", post(feedback::handle))
        .route(
            "/confirm/{secret}",
            get(georeport::confirm::page).post(georeport::confirm::confirm),
        )
        .route("/satisfaction.json", get(satisfaction::handle))
        .route("/notices.json", get(notices))
        .merge(geocode::router());
    open = match &app.options.site {
        Some(folder) => open.fallback_service(ServeDir::new(folder)),
        None => open.route("/", get(welcome)).fallback(no_such_path),
    };
    // While a page is being developed, the browser must not show an old version of it.
    open = open.layer(SetResponseHeaderLayer::if_not_present(
        CACHE_CONTROL,
        HeaderValue::from_static("no-cache"),
    ));
    if app.options.cors {
        open = open.layer(cors());
    }
    open = open.merge(endpoint);
    // `Form` has a limit of its own, with an error in the endpoint's format.
    open = open.layer(DefaultBodyLimit::disable());
    // The clerk's pages are for this site only: they must not get the CORS headers.
    open.merge(clerk::router()).with_state(app)
}

fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers(Any)
        .expose_headers([DATE, RETRY_AFTER])
}

async fn config(State(app): State<Arc<AppState>>) -> Response {
    let config = app.city.config();
    json_file(match app.dialect {
        Some(dialect) => config.map(|text| config_for(&app, dialect, &text)),
        None => config,
    })
}

/// The config with the dialect's endpoint, and without the extensions that it does not have.
fn config_for(app: &AppState, dialect: &Dialect, text: &str) -> String {
    let Ok(config) = serde_json::from_str(text) else {
        return text.to_owned();
    };
    let mut config = app.with_external_codes(config);
    if let Some(fields) = config.as_object_mut() {
        fields.insert(
            "endpoint".into(),
            Value::from(dialect.base.trim_matches('/')),
        );
        if let Some(Value::Array(names)) = fields.get_mut("extensions") {
            names.retain(|name| {
                let known = name.as_str().and_then(Extension::named);
                known.is_some_and(|extension| dialect.has(extension))
            });
        }
    }
    config.to_string()
}

async fn boundary(State(app): State<Arc<AppState>>) -> Response {
    json_file(app.city.boundary())
}

async fn guide(State(app): State<Arc<AppState>>, Path(name): Path<String>) -> Response {
    let guide = app.city.guide(&name);
    json_file(match app.dialect {
        Some(_) => guide.map(|text| {
            let guide = serde_json::from_str(&text);
            guide.map_or(text, |guide| app.with_external_codes(guide).to_string())
        }),
        None => guide,
    })
}

async fn notices(State(app): State<Arc<AppState>>) -> Response {
    let current = app
        .store
        .run(|tx| Ok(store::notices::current(tx, clock::now())?))
        .map(|rows| Payload::new("notices", app.with_external_codes(to_value(rows))));
    respond(current, Format::Json)
}

async fn media(State(app): State<Arc<AppState>>, Path(name): Path<String>) -> Response {
    let found = app.store.run(|tx| Ok(store::photos::find(tx, &name)?));
    photo::respond(found.ok().flatten())
}

fn json_file(text: Option<String>) -> Response {
    match text {
        Some(text) => ([(CONTENT_TYPE, JSON_TYPE)], Body::from(text)).into_response(),
        None => not_found("There is no such file."),
    }
}

async fn welcome(State(app): State<Arc<AppState>>) -> Html<String> {
    Html(clerk::welcome(&app))
}

async fn no_such_path(request: Request) -> (StatusCode, String) {
    (
        StatusCode::NOT_FOUND,
        format!("There is nothing at {}.\n", request.uri().path()),
    )
}
