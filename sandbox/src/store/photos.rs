//! The photos that were sent. They are stored in the database, so that one file contains all data.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::photo::UploadedPhoto;

/// A photo of a request, without its bytes.
pub(crate) struct StoredPhoto {
    pub(crate) path: String,
    /// The alternative text, as the sender wrote it.
    pub(crate) description: Option<String>,
}

/// Stores photos; returns the paths under which they are served. A photo that was uploaded ahead
/// belongs to no request yet.
pub(crate) fn insert(
    tx: &Transaction,
    request: Option<i64>,
    photos: &[UploadedPhoto],
) -> rusqlite::Result<Vec<String>> {
    let mut paths = Vec::new();
    for photo in photos {
        let name = format!("{}.{}", super::random_name(tx)?, photo.format.extension());
        tx.execute(
            "INSERT INTO media (name, request, description, bytes) VALUES (?1, ?2, ?3, ?4)",
            params![name, request, photo.description, photo.bytes],
        )?;
        paths.push(format!("/media/{name}"));
    }
    Ok(paths)
}

/// Assigns an uploaded photo to a request. False: there is no such photo, or it belongs to another.
pub(crate) fn assign(tx: &Transaction, path: &str, request: i64) -> rusqlite::Result<bool> {
    let changed = tx.execute(
        "UPDATE media SET request = ?2 WHERE '/media/' || name = ?1 AND request IS NULL",
        params![path, request],
    )?;
    Ok(changed == 1)
}

pub(crate) fn find(tx: &Transaction, name: &str) -> rusqlite::Result<Option<Vec<u8>>> {
    tx.query_row("SELECT bytes FROM media WHERE name = ?1", [name], |row| {
        row.get(0)
    })
    .optional()
}

/// The photos of a request, in the order in which they were sent.
pub(crate) fn of_request(tx: &Transaction, request: i64) -> rusqlite::Result<Vec<StoredPhoto>> {
    tx.prepare(
        "SELECT '/media/' || name, description FROM media WHERE request = ?1 ORDER BY rowid",
    )?
    .query_map([request], |row| {
        Ok(StoredPhoto {
            path: row.get(0)?,
            description: row.get(1)?,
        })
    })?
    .collect()
}
