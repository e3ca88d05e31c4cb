//! Lists of service requests. Columns that an index has find the rows; the rows themselves are read
//! for one page alone, so that a late page of many costs little more than the first.

use jiff::Timestamp;
use rusqlite::types::Value as Sql;
use rusqlite::{Transaction, params_from_iter};

use super::distance::METRES_BETWEEN;
use super::requests::{self, Stored};

/// What a list is asked for. An empty list of words means: all of them.
#[derive(Debug, Default)]
pub(crate) struct Search {
    pub(crate) ids: Vec<String>,
    pub(crate) codes: Vec<String>,
    pub(crate) statuses: Vec<String>,
    pub(crate) stages: Vec<String>,
    pub(crate) from: Option<Timestamp>,
    pub(crate) to: Option<Timestamp>,
    pub(crate) near: Option<Circle>,
    /// Only what is not closed although it was promised for a time before this one.
    pub(crate) late_at: Option<Timestamp>,
    /// Only what waits for the resident's answer.
    pub(crate) asked: bool,
    /// Only what the public may see at this moment.
    pub(crate) public_at: Option<Timestamp>,
    /// Counted from 1.
    pub(crate) page: u32,
    pub(crate) page_size: u32,
}

/// A place and how far from it, in metres.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Circle {
    pub(crate) lat: f64,
    pub(crate) long: f64,
    pub(crate) radius: f64,
}

/// One page: newest first, but of late ones those first that are late for longest.
pub(crate) fn page(tx: &Transaction, search: &Search) -> rusqlite::Result<Vec<Stored>> {
    let (conditions, mut values) = conditions(search);
    let skipped = i64::from(search.page.saturating_sub(1)) * i64::from(search.page_size);
    values.push(Sql::Integer(i64::from(search.page_size)));
    values.push(Sql::Integer(skipped));
    let order = match search.late_at {
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

/// How many rows all pages have.
pub(crate) fn count(tx: &Transaction, search: &Search) -> rusqlite::Result<u64> {
    let (conditions, values) = conditions(search);
    let count: i64 = tx.query_row(
        &format!("SELECT count(*) FROM requests WHERE {conditions}"),
        params_from_iter(&values),
        |row| row.get(0),
    )?;
    Ok(count.unsigned_abs())
}

fn conditions(search: &Search) -> (String, Vec<Sql>) {
    let mut conditions = vec![String::from("1")];
    let mut values: Vec<Sql> = Vec::new();
    for (column, words) in [
        ("id", &search.ids),
        ("service_code", &search.codes),
        ("status", &search.statuses),
        ("stage", &search.stages),
    ] {
        if !words.is_empty() {
            let marks = vec!["?"; words.len()].join(",");
            conditions.push(format!("{column} IN ({marks})"));
            values.extend(words.iter().cloned().map(Sql::Text));
        }
    }
    for (condition, moment) in [
        ("requested >= ?", search.from),
        ("requested <= ?", search.to),
        // In the words of the index, which is then used.
        ("stage <> 'closed' AND due < ?", search.late_at),
        ("visible <= ?", search.public_at),
    ] {
        if let Some(moment) = moment {
            conditions.push(condition.to_owned());
            values.push(Sql::Integer(moment.as_millisecond()));
        }
    }
    if search.asked {
        conditions.push("asked IS NOT NULL".to_owned());
    }
    if let Some(circle) = search.near {
        conditions.push(format!(
            "{METRES_BETWEEN}(json_extract(row, '$.lat'), json_extract(row, '$.long'), ?, ?) <= ?"
        ));
        values.extend([circle.lat, circle.long, circle.radius].map(Sql::Real));
    }
    (conditions.join(" AND "), values)
}
