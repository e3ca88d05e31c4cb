//! The city's one SQLite file. What was answered is in it: an answer goes out after the commit,
//! and a commit is on the disk (`synchronous=FULL`) when it returns.
//!
//! Rows are kept as the JSON that GeoReport shows; the columns beside them are what is searched.

mod distance;
pub(crate) mod feedback;
pub(crate) mod list;
pub(crate) mod media;
pub(crate) mod notices;
pub(crate) mod requests;
pub(crate) mod satisfaction;
mod schema;
pub(crate) mod services;
pub(crate) mod stage;
pub(crate) mod steps;
pub(crate) mod updates;

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde_json::Value;

use crate::answer::Failure;

pub(crate) struct Store {
    connection: Mutex<Connection>,
}

impl Store {
    /// Opens the file, and makes and fills it in one transaction when it is new: a first run that
    /// was cut short leaves nothing behind. One of an earlier version is brought up to date, and
    /// `renew` gives one of the first version what a first run would now give.
    pub(crate) fn open(
        path: &Path,
        renew: impl FnOnce(&Transaction) -> Result<(), String>,
        fill: impl FnOnce(&Transaction) -> Result<(), String>,
    ) -> Result<Self, String> {
        let named = |error: rusqlite::Error| format!("database {}: {error}", path.display());
        let mut connection = Connection::open(path).map_err(named)?;
        connection
            .busy_timeout(Duration::from_secs(5))
            .map_err(named)?;
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
            )
            .map_err(named)?;
        distance::teach(&connection).map_err(named)?;
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(named)?;
        let version: i64 = transaction
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .map_err(named)?;
        match version {
            schema::VERSION => drop(transaction),
            0 => {
                transaction.execute_batch(schema::NEW).map_err(named)?;
                fill(&transaction)?;
                transaction.commit().map_err(named)?;
            }
            older @ 1..schema::VERSION => {
                schema::bring_up_to_date(&transaction, older).map_err(named)?;
                if older == 1 {
                    renew(&transaction)?;
                }
                transaction.commit().map_err(named)?;
            }
            other => {
                return Err(format!(
                    "database {} is of version {other}, this sandbox reads version {}; name another file",
                    path.display(),
                    schema::VERSION
                ));
            }
        }
        Ok(Store {
            connection: Mutex::new(connection),
        })
    }

    /// Runs one piece of work as one transaction; a failure leaves no trace.
    pub(crate) fn run<T>(
        &self,
        work: impl FnOnce(&Transaction) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
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

/// A fact about the whole city, such as its kind or its time zone.
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

/// A random name that cannot be guessed, made by SQLite so that no other source is needed.
pub(crate) fn random_name(tx: &Transaction) -> rusqlite::Result<String> {
    tx.query_row("SELECT lower(hex(randomblob(12)))", [], |row| row.get(0))
}

/// Reads a column that this program wrote as JSON.
fn json(row: &rusqlite::Row, column: &str) -> rusqlite::Result<Value> {
    let text: String = row.get(column)?;
    Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
}
