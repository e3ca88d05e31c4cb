//! Lists of service requests. Indexed columns find the rows; the rows themselves are read for one page
//! only, so that a late page costs little more than the first.

use jiff::Timestamp;
use rusqlite::types::Value as Sql;
use rusqlite::{Transaction, params_from_iter};

use super::distance::METRES_BETWEEN;
use super::requests::{self, StoredRequest};
use super::stage::Stage;

/// Which requests a list contains. An empty list of values does not filter.
#[derive(Debug, Default)]
pub(crate) struct RequestFilter {
    pub(crate) ids: Vec<String>,
    pub(crate) codes: Vec<String>,
    pub(crate) statuses: Vec<String>,
    pub(crate) stage: Option<Stage>,
    pub(crate) from: Option<Timestamp>,
    pub(crate) to: Option<Timestamp>,
    pub(crate) near: Option<Circle>,
    /// Only requests that are not closed and were expected to be done before this time.
    pub(crate) late_at: Option<Timestamp>,
    /// Only requests that wait for the resident's answer.
    pub(crate) asked: bool,
    /// Only requests that are public at this time.
    pub(crate) public_at: Option<Timestamp>,
    /// Counted from 1.
    pub(crate) page: u32,
    pub(crate) page_size: u32,
}

/// The surroundings of a location. The radius is in metres.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Circle {
    pub(crate) lat: f64,
    pub(crate) long: f64,
    pub(crate) radius: f64,
}

/// One page, newest first; with `late_at`, those that have been late for longest come first.
pub(crate) fn page(
    tx: &Transaction,
    filter: &RequestFilter,
) -> rusqlite::Result<Vec<StoredRequest>> {
    let (conditions, mut values) = conditions(filter);
    values.extend(limit_and_offset(filter.page, filter.page_size));
    let order = match filter.late_at {
        Some(_) => "due, number",
        None => "requested DESC, number DESC",
    };
    tx.prepare(&format!(
        "SELECT * FROM requests WHERE number IN (
             SELECT number FROM requests WHERE {conditions} ORDER BY {order} LIMIT ? OFFSET ?
         ) ORDER BY {order}"
    ))?
    .query_map(params_from_iter(&values), requests::read)?
    .collect()
}

/// The number of rows on all pages.
pub(crate) fn count(tx: &Transaction, filter: &RequestFilter) -> rusqlite::Result<u64> {
    let (conditions, values) = conditions(filter);
    let count: i64 = tx.query_row(
        &format!("SELECT count(*) FROM requests WHERE {conditions}"),
        params_from_iter(&values),
        |row| row.get(0),
    )?;
    Ok(count.unsigned_abs())
}

fn conditions(filter: &RequestFilter) -> (String, Vec<Sql>) {
    let mut conditions = vec![String::from("1")];
    let mut values: Vec<Sql> = Vec::new();
    let stage = filter.stage.map(|stage| stage.name().to_owned());
    let stages = Vec::from_iter(stage);
    for (column, allowed) in [
        ("id", &filter.ids),
        ("service_code", &filter.codes),
        ("status", &filter.statuses),
        ("stage", &stages),
    ] {
        if !allowed.is_empty() {
            conditions.push(format!("{column} IN ({})", placeholders(allowed.len())));
            values.extend(allowed.iter().cloned().map(Sql::Text));
        }
    }
    for (condition, time) in [
        ("requested >= ?", filter.from),
        ("requested <= ?", filter.to),
        // Repeats the condition of the partial index, so that SQLite uses it.
        ("stage <> 'closed' AND due < ?", filter.late_at),
        ("visible <= ?", filter.public_at),
    ] {
        if let Some(time) = time {
            conditions.push(condition.to_owned());
            values.push(Sql::Integer(time.as_millisecond()));
        }
    }
    if filter.asked {
        conditions.push("asked IS NOT NULL".to_owned());
    }
    if let Some(circle) = filter.near {
        conditions.push(format!(
            "{METRES_BETWEEN}(json_extract(row, '$.lat'), json_extract(row, '$.long'), ?, ?) <= ?"
        ));
        values.extend([circle.lat, circle.long, circle.radius].map(Sql::Real));
    }
    (conditions.join(" AND "), values)
}

/// The placeholders of a list with this many values.
pub(super) fn placeholders(count: usize) -> String {
    vec!["?"; count].join(",")
}

/// The values of `LIMIT ? OFFSET ?`. The first page is 1.
pub(super) fn limit_and_offset(page: u32, page_size: u32) -> [Sql; 2] {
    let size = i64::from(page_size);
    [size, size * i64::from(page.saturating_sub(1))].map(Sql::Integer)
}
