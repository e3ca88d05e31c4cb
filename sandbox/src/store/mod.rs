//! The SQLite file with all data. A response is sent only after the commit, and a commit is on the disk
//! (`synchronous=FULL`) when it returns.
//!
//! Rows are stored as the JSON that GeoReport serves; the other columns are for searching.

pub(crate) mod confirmations;
mod distance;
pub(crate) mod feedback;
pub(crate) mod new_update;
pub(crate) mod notices;
pub(crate) mod photos;
pub(crate) mod request_list;
pub(crate) mod request_row;
pub(crate) mod requests;
pub(crate) mod satisfaction;
mod schema;
pub(crate) mod services;
pub(crate) mod stage;
pub(crate) mod updates;

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::json::to_value;
use crate::response::ApiError;

pub(crate) struct Store {
    connection: Mutex<Connection>,
}

impl Store {
    /// Opens the file. A new one is created and filled in one transaction, so that a first run that
    /// was interrupted leaves nothing behind. A file of an earlier version is migrated; `renew` then
    /// gives one of version 1 what a first run would create today.
    pub(crate) fn open(
        path: &Path,
        renew: impl FnOnce(&Transaction) -> Result<(), String>,
        fill: impl FnOnce(&Transaction) -> Result<(), String>,
    ) -> Result<Self, String> {
        let in_file = |error: rusqlite::Error| format!("database {}: {error}", path.display());
        let mut connection = Connection::open(path).map_err(in_file)?;
        connection
            .busy_timeout(Duration::from_secs(5))
            .map_err(in_file)?;
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
            )
            .map_err(in_file)?;
        distance::register(&connection).map_err(in_file)?;
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(in_file)?;
        let version: i64 = transaction
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .map_err(in_file)?;
        match version {
            schema::VERSION => drop(transaction),
            0 => {
                transaction.execute_batch(schema::NEW).map_err(in_file)?;
                fill(&transaction)?;
                transaction.commit().map_err(in_file)?;
            }
            older @ 1..schema::VERSION => {
                schema::migrate(&transaction, older).map_err(in_file)?;
                if older == 1 {
                    renew(&transaction)?;
                }
                transaction.commit().map_err(in_file)?;
            }
            other => {
                return Err(format!(
                    "database {} has version {other}, this sandbox reads version {}; name another file",
                    path.display(),
                    schema::VERSION
                ));
            }
        }
        Ok(Store {
            connection: Mutex::new(connection),
        })
    }

    /// Runs `work` in one transaction, which is rolled back if it fails.
    pub(crate) fn run<T>(
        &self,
        work: impl FnOnce(&Transaction) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        tokio::task::block_in_place(|| {
            let mut connection = self
                .connection
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let result = work(&transaction)?;
            transaction.commit()?;
            Ok(result)
        })
    }
}

/// A fact about the whole database, such as whether it contains the sample city.
pub(crate) fn fact(tx: &Transaction, name: &str) -> rusqlite::Result<Option<String>> {
    tx.query_row("SELECT value FROM facts WHERE name = ?1", [name], |row| {
        row.get(0)
    })
    .optional()
}

pub(crate) fn set_fact(tx: &Transaction, name: &str, value: &str) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT OR REPLACE INTO facts (name, value) VALUES (?1, ?2)",
        params![name, value],
    )?;
    Ok(())
}

/// A random name that cannot be guessed. SQLite's generator saves a dependency.
pub(crate) fn random_name(tx: &Transaction) -> rusqlite::Result<String> {
    tx.query_row("SELECT lower(hex(randomblob(12)))", [], |row| row.get(0))
}

/// A secret that cannot be guessed: 192 bits.
pub(crate) fn random_secret(tx: &Transaction) -> rusqlite::Result<String> {
    Ok(random_name(tx)? + &random_name(tx)?)
}

/// A value as the text of a column.
fn to_json(value: &impl Serialize) -> String {
    to_value(value).to_string()
}

/// Reads a column that `to_json` wrote. Text that cannot be read gives the default.
fn from_json<T>(row: &Row, column: &str) -> rusqlite::Result<T>
where
    T: DeserializeOwned + Default,
{
    let text: String = row.get(column)?;
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

/// Reads a column with Unix milliseconds.
fn timestamp(row: &Row, column: &str) -> rusqlite::Result<Timestamp> {
    let time = Timestamp::from_millisecond(row.get(column)?);
    Ok(time.unwrap_or(Timestamp::UNIX_EPOCH))
}
