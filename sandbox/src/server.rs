//! Puts the parts on their paths and serves them until the process is ended.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, DATE, HeaderValue, RETRY_AFTER};
use axum::http::{Method, Response, StatusCode};
use axum::response::Html;
use axum::routing::{any, get, post};
use rusqlite::Transaction;
use serde_json::Value;
use tower_http::cors::{Any, CorsLayer};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::answer::{Answer, Format, respond};
use crate::city::City;
use crate::clock;
use crate::georeport::dialect::{Dialect, Extension};
use crate::options::Options;
use crate::state::AppState;
use crate::store::{self, Store};
use crate::{
    clerk, feedback, geocode, georeport, media, recorded, sample, satisfaction, tiles, upload,
};

pub(crate) fn run(options: Options) -> Result<(), String> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("no runtime: {error}"))?
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
    // Whoever started this waits for the line; a closed pipe is no reason to stop.
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
    let store = Store::open(&options.database, renew, |tx| {
        if wants_recorded {
            let (services, requests) = (options.services.as_deref(), options.requests.as_deref());
            recorded::load(tx, services, requests, &sample_zone)?;
        } else {
            sample::fill(tx, clock::now(), &sample_zone)?;
        }
        let kind = if wants_recorded { "recorded" } else { "sample" };
        store::set_fact(tx, "kind", kind).map_err(|error| error.to_string())
    })?;
    let kind = store
        .run(|tx| Ok(store::fact(tx, "kind")?))
        .map_err(|f| f.messages.join("; "))?;
    let recorded = kind.as_deref() == Some("recorded");
    if wants_recorded && !recorded {
        return Err(format!(
            "database {} already holds the sample city; name another file for the recorded one",
            options.database.display()
        ));
    }
    let city = City::load(
        options.city.as_deref(),
        recorded,
        options.jurisdiction.as_deref(),
        options.api_key.as_deref(),
    )?;
    Ok(AppState {
        zone: city.zone(),
        dialect: options.dialect,
        options,
        store,
        city,
        recorded,
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
        .route("/media/{name}", get(photo))
        .route("/upload", post(upload::handle))
        .route("/feedback", post(feedback::handle))
        .route("/satisfaction.json", get(satisfaction::show))
        .route("/notices.json", get(notices))
        .merge(geocode::router());
    open = match &app.options.site {
        Some(folder) => open.fallback_service(ServeDir::new(folder)),
        None => open.route("/", get(welcome)).fallback(nothing_here),
    };
    // A page under development must never be an old one.
    open = open.layer(SetResponseHeaderLayer::if_not_present(
        CACHE_CONTROL,
        HeaderValue::from_static("no-cache"),
    ));
    if app.options.cors {
        open = open.layer(cors());
    }
    open = open.merge(endpoint);
    // The form's reader has a limit of its own, with an answer in the endpoint's words.
    open = open.layer(DefaultBodyLimit::disable());
    // The clerk's page is for this site alone: it stays outside the layer that opens the rest.
    open.merge(clerk::router()).with_state(app)
}

fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers(Any)
        .expose_headers([DATE, RETRY_AFTER])
}

async fn config(State(app): State<Arc<AppState>>) -> Response<Body> {
    let config = app.city.config();
    json(match app.dialect {
        Some(dialect) => config.map(|text| in_dialect(&app, dialect, &text)),
        None => config,
    })
}

/// The config with the endpoint that is there, and without the extensions that are not.
fn in_dialect(app: &AppState, dialect: &Dialect, text: &str) -> String {
    let Ok(config) = serde_json::from_str(text) else {
        return text.to_owned();
    };
    let mut config = app.in_dialect(config);
    if let Some(fields) = config.as_object_mut() {
        fields.insert(
            "endpoint".into(),
            Value::from(dialect.base.trim_matches('/')),
        );
        if let Some(Value::Array(words)) = fields.get_mut("extensions") {
            words.retain(|word| {
                let known = word.as_str().and_then(Extension::named);
                known.is_some_and(|extension| dialect.has(extension))
            });
        }
    }
    config.to_string()
}

async fn boundary(State(app): State<Arc<AppState>>) -> Response<Body> {
    json(app.city.boundary())
}

async fn guide(State(app): State<Arc<AppState>>, Path(name): Path<String>) -> Response<Body> {
    let guide = app.city.guide(&name);
    json(match app.dialect {
        Some(_) => guide.map(|text| {
            let guide = serde_json::from_str(&text);
            guide.map_or(text, |guide| app.in_dialect(guide).to_string())
        }),
        None => guide,
    })
}

async fn notices(State(app): State<Arc<AppState>>) -> Response<Body> {
    let current = app
        .store
        .run(|tx| Ok(store::notices::current(tx, clock::now())?))
        .map(|rows| Answer::new("notices", app.in_dialect(Value::Array(rows))));
    respond(current, Format::Json)
}

async fn photo(State(app): State<Arc<AppState>>, Path(name): Path<String>) -> Response<Body> {
    let found = app.store.run(|tx| Ok(store::media::find(tx, &name)?));
    media::respond(found.ok().flatten())
}

fn json(text: Option<String>) -> Response<Body> {
    let Some(text) = text else {
        let mut response = Response::new(Body::from("There is no such file."));
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    let mut response = Response::new(Body::from(text));
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

async fn welcome(State(app): State<Arc<AppState>>) -> Html<String> {
    Html(clerk::welcome(&app))
}

async fn nothing_here(request: Request) -> (StatusCode, String) {
    (
        StatusCode::NOT_FOUND,
        format!("There is nothing at {}.\n", request.uri().path()),
    )
}
