//! The photos that were sent, inside the database so that one file is the whole city.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::media::Picture;

/// A photo of a request, without its bytes.
pub(crate) struct Photo {
    pub(crate) path: String,
    /// What it shows, in the sender's words.
    pub(crate) description: Option<String>,
}

/// Keeps pictures and gives the paths under which they are served. One that was uploaded by itself
/// belongs to no request yet.
pub(crate) fn insert(
    tx: &Transaction,
    request: Option<i64>,
    pictures: &[Picture],
) -> rusqlite::Result<Vec<String>> {
    let mut paths = Vec::new();
    for picture in pictures {
        let name = format!("{}.{}", super::random_name(tx)?, picture.kind.extension());
        tx.execute(
            "INSERT INTO media (name, request, description, bytes) VALUES (?1, ?2, ?3, ?4)",
            params![name, request, picture.description, picture.bytes],
        )?;
        paths.push(format!("/media/{name}"));
    }
    Ok(paths)
}

/// Gives an uploaded photo to a request. False: there is no such photo that is still free.
pub(crate) fn adopt(tx: &Transaction, path: &str, request: i64) -> rusqlite::Result<bool> {
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

/// The photos of a request, in the order in which they came.
pub(crate) fn of_request(tx: &Transaction, request: i64) -> rusqlite::Result<Vec<Photo>> {
    tx.prepare(
        "SELECT '/media/' || name, description FROM media WHERE request = ?1 ORDER BY rowid",
    )?
    .query_map([request], |row| {
        Ok(Photo {
            path: row.get(0)?,
            description: row.get(1)?,
        })
    })?
    .collect()
}
