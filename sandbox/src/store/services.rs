//! The services of the city, their definitions, and how the city handles each of them.

use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde_json::Value;

pub(crate) struct Service {
    /// As the service list shows it.
    pub(crate) row: Value,
    /// As the definition shows it; none when the city has none.
    pub(crate) definition: Option<Value>,
    /// The office, the working days and the notice; empty for a recorded city.
    pub(crate) handling: Value,
}

impl Service {
    pub(crate) fn text(&self, field: &str) -> &str {
        self.row
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    pub(crate) fn kind(&self) -> Kind {
        match self.text("type").to_ascii_lowercase().as_str() {
            "batch" => Kind::Batch,
            "blackbox" => Kind::Blackbox,
            _ => Kind::Realtime,
        }
    }

    pub(crate) fn agency(&self) -> Option<&str> {
        self.handling.get("agency").and_then(Value::as_str)
    }

    pub(crate) fn notice(&self) -> Option<&str> {
        self.handling.get("notice").and_then(Value::as_str)
    }

    /// Working days until the city means to be done.
    pub(crate) fn done_days(&self) -> Option<u32> {
        self.handling
            .get("done_days")
            .and_then(Value::as_u64)
            .and_then(|days| days.try_into().ok())
    }

    pub(crate) fn attributes(&self) -> &[Value] {
        self.definition
            .as_ref()
            .and_then(|definition| definition.get("attributes"))
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice)
    }
}

/// When the number of a request is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Realtime,
    Batch,
    Blackbox,
}

pub(crate) fn insert(tx: &Transaction, code: &str, service: &Service) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO services (code, place, row, definition, handling)
         VALUES (?1, (SELECT count(*) FROM services), ?2, ?3, ?4) ON CONFLICT (code) DO NOTHING",
        params![
            code,
            service.row.to_string(),
            service.definition.as_ref().map(Value::to_string),
            service.handling.to_string()
        ],
    )?;
    Ok(())
}

pub(crate) fn find(tx: &Transaction, code: &str) -> rusqlite::Result<Option<Service>> {
    tx.query_row("SELECT * FROM services WHERE code = ?1", [code], read)
        .optional()
}

pub(crate) fn all(tx: &Transaction) -> rusqlite::Result<Vec<Service>> {
    tx.prepare("SELECT * FROM services ORDER BY place")?
        .query_map([], read)?
        .collect()
}

fn read(row: &Row) -> rusqlite::Result<Service> {
    let definition: Option<String> = row.get("definition")?;
    Ok(Service {
        row: super::json(row, "row")?,
        definition: definition.and_then(|text| serde_json::from_str(&text).ok()),
        handling: super::json(row, "handling")?,
    })
}
