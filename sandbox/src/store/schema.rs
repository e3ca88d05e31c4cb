//! The tables, and the migrations from earlier versions. Columns repeat a field of a row only if it is
//! searched for.

use rusqlite::Transaction;

pub(super) const VERSION: i64 = 5;

pub(super) const NEW: &str = "
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
    stage TEXT NOT NULL,            -- one of the four of the clerk's pages
    requested INTEGER NOT NULL,     -- Unix milliseconds, like all times here
    updated INTEGER NOT NULL,
    due INTEGER,                    -- when it is expected to be done; NULL: not promised
    asked INTEGER,                  -- when the resident was asked a question that is still open
    reminded INTEGER,               -- when the resident last sent a reminder
    linked INTEGER REFERENCES requests (number),    -- the earlier request that this one follows
    visible INTEGER,                -- when it becomes public; NULL: never (black box)
    token TEXT UNIQUE,
    key TEXT UNIQUE,                -- the client's idempotency key
    receipt TEXT,                   -- the response to the POST, byte for byte
    secret TEXT,                    -- proves who sent it; NULL: nobody can
    row TEXT NOT NULL, answers TEXT NOT NULL, contact TEXT NOT NULL
) STRICT;
CREATE INDEX requests_by_date ON requests (requested);
CREATE INDEX requests_by_stage ON requests (stage, requested);
CREATE INDEX requests_by_service ON requests (service_code, requested, stage);
CREATE INDEX requests_by_due ON requests (due, service_code, stage) WHERE stage <> 'closed';
CREATE INDEX requests_asked ON requests (asked) WHERE asked IS NOT NULL;
CREATE INDEX requests_linked ON requests (linked) WHERE linked IS NOT NULL;
CREATE INDEX requests_by_secret ON requests (secret) WHERE secret IS NOT NULL;
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
    until INTEGER,                  -- NULL: until the clerk ends it
    ended INTEGER,
    row TEXT NOT NULL
) STRICT;
CREATE TABLE feedback (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,       -- chosen by the client
    at INTEGER NOT NULL,
    about TEXT NOT NULL,            -- which fields the row has
    row TEXT NOT NULL
) STRICT;
CREATE TABLE confirmations (        -- updates that wait for the sender of the request
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    secret TEXT NOT NULL UNIQUE,    -- of the link that confirms
    request INTEGER NOT NULL REFERENCES requests (number),
    key TEXT UNIQUE,                -- the client's idempotency key
    fields TEXT NOT NULL,           -- the form, without files
    done INTEGER NOT NULL DEFAULT 0
) STRICT;
PRAGMA user_version = 5;";

/// The migrations: the first leads from version 1 to version 2, and so on.
const MIGRATIONS: [&str; 4] = [
    // Photos got descriptions and can be uploaded before their request; notices were added.
    "ALTER TABLE media RENAME TO media_1;
     CREATE TABLE media (
         name TEXT PRIMARY KEY, request INTEGER REFERENCES requests (number),
         description TEXT, bytes BLOB NOT NULL
     ) STRICT;
     INSERT INTO media (name, request, bytes)
         SELECT name, request, bytes FROM media_1 ORDER BY rowid;
     DROP TABLE media_1;
     CREATE TABLE notices (
         number INTEGER PRIMARY KEY AUTOINCREMENT, until INTEGER, ended INTEGER, row TEXT NOT NULL
     ) STRICT;",
    // Feedback was added.
    "CREATE TABLE feedback (
         number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
         about TEXT NOT NULL, row TEXT NOT NULL
     ) STRICT;",
    // The clerk's list can be filtered by what is late and what waits for the resident.
    "ALTER TABLE requests ADD COLUMN due INTEGER;
     ALTER TABLE requests ADD COLUMN asked INTEGER;
     ALTER TABLE requests ADD COLUMN reminded INTEGER;
     ALTER TABLE requests ADD COLUMN linked INTEGER REFERENCES requests (number);
     UPDATE requests SET due = 1000 * unixepoch(row ->> 'expected_datetime');
     CREATE INDEX requests_by_stage ON requests (stage, requested);
     CREATE INDEX requests_by_service ON requests (service_code, requested, stage);
     CREATE INDEX requests_by_due ON requests (due, service_code, stage) WHERE stage <> 'closed';
     CREATE INDEX requests_asked ON requests (asked) WHERE asked IS NOT NULL;
     CREATE INDEX requests_linked ON requests (linked) WHERE linked IS NOT NULL;
     PRAGMA user_version = 4;",
    // The sender of a request can be recognized. Nobody has a secret of earlier requests.
    "ALTER TABLE requests ADD COLUMN secret TEXT;
     CREATE INDEX requests_by_secret ON requests (secret) WHERE secret IS NOT NULL;
     CREATE TABLE confirmations (
         number INTEGER PRIMARY KEY AUTOINCREMENT, secret TEXT NOT NULL UNIQUE,
         request INTEGER NOT NULL REFERENCES requests (number), key TEXT UNIQUE,
         fields TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0
     ) STRICT;
     PRAGMA user_version = 5;",
];

/// Migrates the tables from an older version, at least 1, to the current one.
pub(super) fn migrate(tx: &Transaction, older: i64) -> rusqlite::Result<()> {
    let done = usize::try_from(older - 1).unwrap_or_default();
    MIGRATIONS
        .iter()
        .skip(done)
        .try_for_each(|migration| tx.execute_batch(migration))
}
