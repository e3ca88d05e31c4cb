//! The services of the city, their definitions, and how the city handles each of them.

use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::definition::Attribute;
use crate::json::lenient_list;

pub(crate) struct Service {
    /// The row of the service list. A recorded city may have fields of its own.
    pub(crate) row: Value,
    /// As it is served; `None` if the city has none.
    pub(crate) definition: Option<Value>,
    pub(crate) handling: Handling,
}

/// How the city handles requests of a service. Empty for a recorded city.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Handling {
    pub(crate) agency: Option<String>,
    pub(crate) notice: Option<String>,
    /// Working days until the request is expected to be done.
    pub(crate) done_days: Option<u32>,
    /// The work is done at a desk: no crew goes out.
    pub(crate) desk: bool,
    /// Descriptions that residents could have written, for the sample city's requests.
    pub(crate) examples: Option<Vec<String>>,
}

/// A row of the service list with the specification's fields.
#[derive(Serialize)]
pub(crate) struct ServiceRow<'a> {
    pub(crate) service_code: &'a str,
    pub(crate) service_name: &'a str,
    pub(crate) description: Option<&'a str>,
    pub(crate) metadata: bool,
    pub(crate) r#type: &'a str,
    pub(crate) keywords: Option<&'a str>,
    pub(crate) group: Option<&'a str>,
}

impl<'a> ServiceRow<'a> {
    /// A realtime service without a definition.
    pub(crate) fn new(service_code: &'a str, service_name: &'a str) -> Self {
        ServiceRow {
            service_code,
            service_name,
            description: None,
            metadata: false,
            r#type: "realtime",
            keywords: None,
            group: None,
        }
    }
}

impl Service {
    pub(crate) fn code(&self) -> &str {
        self.text("service_code")
    }

    pub(crate) fn name(&self) -> &str {
        self.text("service_name")
    }

    fn text(&self, field: &str) -> &str {
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
        self.handling.agency.as_deref()
    }

    pub(crate) fn notice(&self) -> Option<&str> {
        self.handling.notice.as_deref()
    }

    /// The attributes of the definition; none without a definition.
    pub(crate) fn attributes(&self) -> Vec<Attribute> {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Definition {
            #[serde(deserialize_with = "lenient_list")]
            attributes: Option<Vec<Attribute>>,
        }
        let definition = self.definition.as_ref();
        definition
            .and_then(|definition| Definition::deserialize(definition).ok()?.attributes)
            .unwrap_or_default()
    }
}

/// When a request of the service gets its number.
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
            super::to_json(&service.handling)
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
        row: super::from_json(row, "row")?,
        definition: definition.and_then(|text| serde_json::from_str(&text).ok()),
        handling: super::from_json(row, "handling")?,
    })
}
