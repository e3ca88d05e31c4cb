//! The city's one SQLite file. What was answered is in it: an answer goes out after the commit,
//! and a commit is on the disk (`synchronous=FULL`) when it returns.
//!
//! Rows are kept as the JSON that GeoReport shows; the columns beside them are what is searched.

mod distance;
pub(crate) mod feedback;
pub(crate) mod media;
pub(crate) mod notices;
pub(crate) mod requests;
pub(crate) mod services;
pub(crate) mod steps;

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde_json::Value;

use crate::answer::Failure;

const SCHEMA: &str = "
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE services (
    code TEXT PRIMARY KEY, place INTEGER NOT NULL,
    row TEXT NOT NULL, definition TEXT, handling TEXT NOT NULL
) STRICT;
CREATE TABLE requests (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT UNIQUE,                 -- NULL where a recorded row has none
    service_code TEXT NOT NULL,
    status TEXT NOT NULL,           -- lower case, as the status filter compares it
    stage TEXT NOT NULL,            -- where it stands for the clerk
    requested INTEGER NOT NULL,     -- Unix milliseconds, as all moments here
    updated INTEGER NOT NULL,
    visible INTEGER,                -- from when the city shows it; NULL: never (black box)
    token TEXT UNIQUE,
    key TEXT UNIQUE,                -- the client's idempotency key
    receipt TEXT,                   -- the first answer, word for word
    row TEXT NOT NULL, answers TEXT NOT NULL, contact TEXT NOT NULL
) STRICT;
CREATE INDEX requests_by_date ON requests (requested);
CREATE TABLE updates (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    request INTEGER NOT NULL REFERENCES requests (number),
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    client_id TEXT, key TEXT UNIQUE,
    row TEXT NOT NULL,
    UNIQUE (request, client_id)
) STRICT;
CREATE INDEX updates_by_date ON updates (at);
CREATE TABLE media (
    name TEXT PRIMARY KEY,
    request INTEGER REFERENCES requests (number),   -- NULL: uploaded, not sent yet
    description TEXT, bytes BLOB NOT NULL
) STRICT;
CREATE TABLE notices (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    until INTEGER,                  -- NULL: until someone ends it
    ended INTEGER,
    row TEXT NOT NULL
) STRICT;
CREATE TABLE feedback (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,       -- the client's name for what it sent
    at INTEGER NOT NULL,
    about TEXT NOT NULL,            -- which fields the row has
    row TEXT NOT NULL
) STRICT;
PRAGMA user_version = 3;";

/// From version 1: photos got words and may come ahead of their request, and there are notices.
const UPGRADE_1: &str = "
ALTER TABLE media RENAME TO media_1;
CREATE TABLE media (
    name TEXT PRIMARY KEY, request INTEGER REFERENCES requests (number),
    description TEXT, bytes BLOB NOT NULL
) STRICT;
INSERT INTO media (name, request, bytes) SELECT name, request, bytes FROM media_1 ORDER BY rowid;
DROP TABLE media_1;
CREATE TABLE notices (
    number INTEGER PRIMARY KEY AUTOINCREMENT, until INTEGER, ended INTEGER, row TEXT NOT NULL
) STRICT;
PRAGMA user_version = 2;";

/// From version 2: residents say how clear a guide is.
const UPGRADE_2: &str = "
CREATE TABLE feedback (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
    about TEXT NOT NULL, row TEXT NOT NULL
) STRICT;
PRAGMA user_version = 3;";

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
            0 => {
                transaction.execute_batch(SCHEMA).map_err(named)?;
                fill(&transaction)?;
                transaction.commit().map_err(named)?;
            }
            1 => {
                transaction.execute_batch(UPGRADE_1).map_err(named)?;
                transaction.execute_batch(UPGRADE_2).map_err(named)?;
                renew(&transaction)?;
                transaction.commit().map_err(named)?;
            }
            2 => {
                transaction.execute_batch(UPGRADE_2).map_err(named)?;
                transaction.commit().map_err(named)?;
            }
            3 => drop(transaction),
            other => {
                return Err(format!(
                    "database {} is of version {other}, this sandbox reads version 3; name another file",
                    path.display()
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
