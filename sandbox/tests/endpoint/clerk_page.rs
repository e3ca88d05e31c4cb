//! The clerk's page: what it shows, and that a request moves on for the public, too.

use crate::support::{BASE, Folder, Sandbox};

fn send(sandbox: &Sandbox, description: &str) -> (String, String) {
    let fields = [
        ("service_code", "website"),
        ("address_string", "12 Main St"),
        ("description", description),
    ];
    let sent = sandbox.post(&format!("{BASE}/requests.json"), &fields);
    let id = sent.rows()[0]["service_request_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let number: u32 = id.rsplit_once('-').unwrap().1.parse().unwrap();
    (id, format!("/clerk/{number}"))
}

#[test]
fn a_request_moves_on_and_the_public_sees_it() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let (id, page) = send(&sandbox, "x");
    for (fields, status, agency, note, told) in [
        (
            vec![("stage", "in_progress")],
            "open",
            "311 Center",
            "In progress",
            "in_progress",
        ),
        (
            vec![("stage", "in_progress"), ("agency", "City Clerk")],
            "open",
            "City Clerk",
            "Handed over to City Clerk.",
            "internal_referral",
        ),
        (
            vec![
                ("stage", "waiting"),
                ("agency", "City Clerk"),
                ("note", "We wait for a part."),
                ("expected", "2027-01-15"),
            ],
            "open",
            "City Clerk",
            "We wait for a part.",
            "waiting",
        ),
        (
            vec![("stage", "closed"), ("note", "Done.")],
            "closed",
            "City Clerk",
            "Done.",
            "closed",
        ),
    ] {
        let moved = sandbox.post(&page, &fields);
        assert_eq!(moved.status, 303, "{}", moved.text());
        assert_eq!(moved.header("location"), format!("{page}?moved=1"));
        let row = &sandbox
            .get(&format!("{BASE}/requests/{id}.json?extensions=true"))
            .rows()[0];
        assert_eq!(
            (&row["status"], &row["agency_responsible"]),
            (&status.into(), &agency.into())
        );
        assert_eq!(row["status_notes"], note);
        let last = row["notes"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(
            (&last["status"], &last["description"]),
            (&told.into(), &note.into())
        );
    }
    let row = &sandbox.get(&format!("{BASE}/requests/{id}.json")).rows()[0];
    assert_eq!(row["expected_datetime"], "2027-01-15T17:00:00-06:00");
    assert!(
        sandbox
            .get(&format!("{page}?moved=1"))
            .text()
            .contains("Moved on.")
    );
}

#[test]
fn the_list_can_be_filtered_and_paged() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    send(&sandbox, "x");
    let all = sandbox.get("/clerk").text().to_owned();
    assert!(
        all.contains("315 requests, newest first. Page 1 of 13."),
        "{all}"
    );
    assert!(all.contains("Problem with this website") && all.contains("Older ›"));
    let waiting = sandbox.get("/clerk?status=waiting").text().to_owned();
    assert!(
        waiting.contains("class=\"stage waiting\"") && !waiting.contains("class=\"stage closed\"")
    );
    assert!(sandbox.get("/clerk?page=13").text().contains("‹ Newer"));
    assert!(
        sandbox
            .get("/clerk?page=99")
            .text()
            .contains("Nothing here.")
    );
}

#[test]
fn the_list_can_be_narrowed_to_a_service_and_to_what_is_late() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let database = rusqlite::Connection::open(folder.file("city.sqlite")).unwrap();
    for (query, condition) in [
        ("", "1"),
        ("?service=graffiti", "service_code = 'graffiti'"),
        (
            "?service=graffiti&status=closed",
            "service_code = 'graffiti' AND stage = 'closed'",
        ),
        ("?late=1", "stage <> 'closed' AND due < 1000 * unixepoch()"),
        (
            "?late=1&service=pothole",
            "stage <> 'closed' AND due < 1000 * unixepoch() AND service_code = 'pothole'",
        ),
        ("?late=1&status=closed", "0"),
        ("?service=none", "0"),
    ] {
        let count = format!("SELECT count(*) FROM requests WHERE {condition}");
        let count: i64 = database.query_row(&count, [], |row| row.get(0)).unwrap();
        let page = sandbox.get(&format!("/clerk{query}")).text().to_owned();
        assert!(
            page.contains(&format!("<p class=\"quiet\">{count} requests, ")),
            "{query}: {page}"
        );
    }
    let graffiti = sandbox
        .get("/clerk?service=graffiti&status=closed")
        .text()
        .to_owned();
    for expected in [
        "<option value=\"graffiti\" selected>",
        "href=\"/clerk?service=graffiti&amp;late=1\"",
        "href=\"/clerk?status=closed&amp;service=graffiti\" aria-current=\"page\"",
        "<input type=\"hidden\" name=\"status\" value=\"closed\">",
    ] {
        assert!(graffiti.contains(expected), "{expected}: {graffiti}");
    }
    let first = sandbox.get("/clerk?service=pothole").text().to_owned();
    assert!(first.contains("href=\"/clerk?service=pothole&amp;page=2\""));
}

#[test]
fn what_residents_write_is_shown_as_text_under_a_strict_policy() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let (_, page) = send(
        &sandbox,
        "<script>alert('1')</script><img src=x onerror=alert(2)>",
    );
    let answer = sandbox.get(&page);
    assert!(
        answer.text().contains("&lt;script&gt;alert(&#39;1&#39;)"),
        "{}",
        answer.text()
    );
    assert!(!answer.text().contains("<script") && !answer.text().contains("<img"));
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    assert_eq!(
        sandbox.get("/clerk/style.css").header("content-type"),
        "text/css; charset=utf-8"
    );
}

#[test]
fn wrong_orders_and_orders_from_other_sites_are_refused() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let (id, page) = send(&sandbox, "x");
    for (path, fields, status) in [
        ("/clerk/999999", vec![("stage", "closed")], 404),
        (page.as_str(), vec![("stage", "gone")], 400),
        (page.as_str(), vec![], 400),
        (
            page.as_str(),
            vec![("stage", "waiting"), ("expected", "soon")],
            400,
        ),
    ] {
        assert_eq!(
            sandbox.post(path, &fields).status,
            status,
            "{path} {fields:?}"
        );
    }
    assert_eq!(sandbox.get("/clerk/999999").status, 404);
    let closed = [("stage", "closed")];
    assert_eq!(
        sandbox
            .post_from("https://elsewhere.example", &page, &closed)
            .status,
        403
    );
    assert_eq!(sandbox.post_from("null", &page, &closed).status, 403);
    let row = &sandbox.get(&format!("{BASE}/requests/{id}.json")).rows()[0];
    assert_eq!(row["status"], "open");
    assert_eq!(
        sandbox.post_from(&sandbox.origin, &page, &closed).status,
        303
    );
}
