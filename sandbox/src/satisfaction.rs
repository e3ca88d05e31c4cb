//! `/satisfaction.json`: how content residents are, for everybody to read. Of few people nothing is
//! said, since those who know them would know what they answered.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use serde_json::{Value, json};

use crate::answer::{Answer, Format, respond};
use crate::georeport::dialect::Catalog;
use crate::state::AppState;
use crate::store::satisfaction::{self, Group};

/// What comes in by `/feedback` comes from a page.
pub(crate) const CHANNEL: &str = "web";
/// The smallest group of which something is said.
const FEWEST: i64 = 5;

pub(crate) async fn show(State(app): State<Arc<AppState>>) -> Response<Body> {
    let answer = app.store.run(|tx| {
        let groups = satisfaction::groups(tx)?;
        let catalog = app.dialect.map(|dialect| Catalog::read(tx, dialect.codes));
        let catalog = catalog.transpose()?;
        let rows = groups
            .iter()
            .filter(|group| group.count >= FEWEST)
            .map(|group| row(catalog.as_ref(), group));
        Ok(Answer::new("satisfaction", rows.collect()))
    });
    respond(answer, Format::Json)
}

fn row(catalog: Option<&Catalog>, group: &Group) -> Value {
    let score = group.score_mean().filter(|_| group.scored >= FEWEST);
    let code = &group.service_code;
    json!({
        "service_code": catalog.map_or_else(|| json!(code), |catalog| catalog.outside(code)),
        "language": group.language,
        "channel": CHANNEL,
        "count": group.count,
        "solved": group.solved,
        "score_mean": score,
    })
}
