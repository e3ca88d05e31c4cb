//! Updates that wait until the sender of the request confirms them.

use rusqlite::{OptionalExtension as _, Transaction, params};

/// Stores an update that waits, and returns its number. The same key gives the same again.
pub(crate) fn insert(
    tx: &Transaction,
    request: i64,
    key: Option<&str>,
    fields: &str,
) -> rusqlite::Result<i64> {
    let secret = super::random_secret(tx)?;
    tx.execute(
        "INSERT INTO confirmations (secret, request, key, fields) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (key) DO NOTHING",
        params![secret, request, key, fields],
    )?;
    tx.query_row(
        "SELECT number FROM confirmations WHERE secret = ?1 OR key = ?2",
        params![secret, key],
        |row| row.get(0),
    )
}

/// The secrets of the updates of a request that wait.
pub(crate) fn waiting(tx: &Transaction, request: i64) -> rusqlite::Result<Vec<String>> {
    tx.prepare("SELECT secret FROM confirmations WHERE request = ?1 AND NOT done ORDER BY number")?
        .query_map([request], |row| row.get(0))?
        .collect()
}

/// Takes the update that waits behind a link: the request's number, and the form that was sent. `None` if there is none, or
/// if it was taken before.
pub(crate) fn take(tx: &Transaction, secret: &str) -> rusqlite::Result<Option<(i64, String)>> {
    tx.query_row(
        "UPDATE confirmations SET done = 1 WHERE secret = ?1 AND NOT done RETURNING request, fields",
        [secret],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
    .optional()
}
