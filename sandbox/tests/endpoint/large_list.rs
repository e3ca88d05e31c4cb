//! The lists with as many requests as a large city gets in a year.

use std::time::{Duration, Instant};

use crate::support::{Folder, Sandbox, WITHOUT_VERSION_4};

const MANY: u32 = 100_000;
/// Far longer than a page takes on a slow machine with the right indexes, and shorter than without
/// them.
const MAX_DURATION: Duration = Duration::from_secs(1);

/// Copies the sample city's requests, one for every five minutes into the past.
fn fill(folder: &Folder) {
    let started = Instant::now();
    let mut database = rusqlite::Connection::open(folder.file("city.sqlite")).unwrap();
    let tx = database.transaction().unwrap();
    tx.execute(
        "WITH RECURSIVE
           counted AS (SELECT 0 AS i UNION ALL SELECT i + 1 FROM counted WHERE i + 1 < ?1),
           models AS (SELECT row_number() OVER (ORDER BY number) - 1 AS i, * FROM requests)
         INSERT INTO requests (id, service_code, status, stage, requested, updated, due, asked,
                               visible, row, answers, contact)
         SELECT 'many-' || counted.i, service_code, status, stage,
                requested - 300000 * counted.i, updated, due - 300000 * counted.i,
                asked, 0, row, answers, contact
         FROM counted JOIN models ON models.i = counted.i % (SELECT count(*) FROM models)",
        [MANY],
    )
    .unwrap();
    tx.execute(
        "INSERT INTO updates (request, at, author, row)
         SELECT number, requested, 'city', '{\"status\": \"open\", \"description\": \"Received\"}'
         FROM requests WHERE id LIKE 'many-%'",
        [],
    )
    .unwrap();
    tx.commit().unwrap();
    println!("inserted {MANY} requests in {:?}", started.elapsed());
}

#[test]
fn the_lists_are_fast_with_a_hundred_thousand_requests() {
    let folder = Folder::new();
    drop(Sandbox::start(&folder, &[]));
    fill(&folder);
    let sandbox = Sandbox::start(&folder, &[]);
    for (path, expected) in [
        ("/clerk", "100314 requests, newest first. Page 1 of 4013."),
        ("/clerk?page=4000", "Page 4000 of 4013."),
        ("/clerk?page=4013", "Page 4013 of 4013."),
        ("/clerk?page=99999", "Nothing here."),
        ("/clerk?status=closed", "newest first. Page 1 of"),
        ("/clerk?status=closed&page=2000", "Page 2000 of"),
        ("/clerk?service=pothole", "newest first. Page 1 of"),
        (
            "/clerk?service=pothole&status=closed&page=200",
            "Page 200 of",
        ),
        ("/clerk?late=1", "longest late first. Page 1 of"),
        ("/clerk?late=1&page=300", "Page 300 of"),
        (
            "/clerk?late=1&service=pothole",
            "longest late first. Page 1 of",
        ),
        ("/clerk?asked=1", "newest first. Page 1 of"),
        ("/clerk/100000", "What happened"),
        (
            "/open311/v2/requests.json?page_size=1000",
            "service_request_id",
        ),
        (
            "/open311/v2/requests.json?page_size=1000&page=10",
            "service_request_id",
        ),
    ] {
        let started = Instant::now();
        let response = sandbox.get(path);
        let duration = started.elapsed();
        println!("{duration:>12.1?} {path}");
        assert_eq!(response.status, 200, "{path}");
        assert!(
            response.text().contains(expected),
            "{path}: {}",
            response.text()
        );
        assert!(duration < MAX_DURATION, "{path} took {duration:?}");
    }
    // The last page has the rest of the rows.
    let last = sandbox
        .get("/clerk?page=4013")
        .text()
        .matches("class=\"stage ")
        .count();
    assert!(last >= 14, "{last} tags on the last page");
}

#[test]
fn a_large_database_of_version_3_is_migrated() {
    let folder = Folder::new();
    drop(Sandbox::start(&folder, &[]));
    fill(&folder);
    let database = rusqlite::Connection::open(folder.file("city.sqlite")).unwrap();
    let late = "SELECT count(*) FROM requests WHERE stage <> 'closed' AND due < 1000 * unixepoch()
                AND id NOT LIKE 'many-%'";
    let before: i64 = database.query_row(late, [], |row| row.get(0)).unwrap();
    assert!(before > 0);
    database.execute_batch(WITHOUT_VERSION_4).unwrap();
    drop(database);
    let started = Instant::now();
    let sandbox = Sandbox::start(&folder, &[]);
    println!("migrated in {:?}", started.elapsed());
    assert!(sandbox.get("/clerk").text().contains("100314 requests"));
    let database = rusqlite::Connection::open(folder.file("city.sqlite")).unwrap();
    let after: i64 = database.query_row(late, [], |row| row.get(0)).unwrap();
    assert_eq!(
        after, before,
        "the migration reads the expected dates from the rows"
    );
}
