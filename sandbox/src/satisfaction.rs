//! `/satisfaction.json`: how satisfied residents are with closed requests, for everybody to read.
//! Small groups are left out: those who know the people would know what they answered.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use crate::georeport::dialect::ServiceCodes;
use crate::response::{Format, Payload, respond};
use crate::state::AppState;
use crate::store::satisfaction::{self, Group};

/// Everything that comes in through `/feedback` comes from a web page.
pub(crate) const CHANNEL: &str = "web";
/// The smallest group that is published. Below about 5 a group reveals what single people answered.
const MIN_GROUP: i64 = 5;

pub(crate) async fn handle(State(app): State<Arc<AppState>>) -> Response {
    let payload = app.store.run(|tx| {
        let groups = satisfaction::groups(tx)?;
        let codes = app
            .dialect
            .map(|dialect| ServiceCodes::read(tx, dialect.codes));
        let codes = codes.transpose()?;
        let rows: Value = groups
            .iter()
            .filter(|group| group.count >= MIN_GROUP)
            .map(|group| row(codes.as_ref(), group))
            .collect();
        Ok(Payload::new("satisfaction", rows))
    });
    respond(payload, Format::Json)
}

fn row(codes: Option<&ServiceCodes>, group: &Group) -> Value {
    let code = &group.service_code;
    json!({
        "service_code": codes.map_or_else(|| json!(code), |codes| codes.external(code)),
        "language": group.language,
        "channel": CHANNEL,
        "count": group.count,
        "solved": group.solved,
        "score_mean": group.score_mean().filter(|_| group.scored >= MIN_GROUP),
    })
}
