//! The photos that came with requests, inside the database so that one file is the whole city.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::media::Picture;

/// Keeps the pictures of a request and gives the paths under which they are served.
pub(crate) fn insert(
    tx: &Transaction,
    request: i64,
    pictures: &[Picture],
) -> rusqlite::Result<Vec<String>> {
    let mut paths = Vec::new();
    for picture in pictures {
        let name = format!("{}.{}", super::random_name(tx)?, picture.kind.extension());
        tx.execute(
            "INSERT INTO media (name, request, bytes) VALUES (?1, ?2, ?3)",
            params![name, request, picture.bytes],
        )?;
        paths.push(format!("/media/{name}"));
    }
    Ok(paths)
}

pub(crate) fn find(tx: &Transaction, name: &str) -> rusqlite::Result<Option<Vec<u8>>> {
    tx.query_row("SELECT bytes FROM media WHERE name = ?1", [name], |row| {
        row.get(0)
    })
    .optional()
}

pub(crate) fn paths_of(tx: &Transaction, request: i64) -> rusqlite::Result<Vec<String>> {
    tx.prepare("SELECT '/media/' || name FROM media WHERE request = ?1 ORDER BY rowid")?
        .query_map([request], |row| row.get(0))?
        .collect()
}
