//! The clerk's pages: what they show, and that a change of the stage is public.

use crate::steps::{clerk_action, clerk_path, new_request, row, row_with_notes};
use crate::support::{Folder, Sandbox};

const SERVICE: &str = "website";

#[test]
fn a_change_of_the_stage_is_public() {
    let sandbox = Sandbox::new(&[]);
    let id = new_request(&sandbox, SERVICE, &[]);
    for (fields, status, agency, note, update_status) in [
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
        clerk_action(&sandbox, &id, "", &fields);
        let row = row_with_notes(&sandbox, &id);
        assert_eq!(
            (&row["status"], &row["agency_responsible"]),
            (&status.into(), &agency.into())
        );
        assert_eq!(row["status_notes"], note);
        let last = row["notes"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(
            (&last["status"], &last["description"]),
            (&update_status.into(), &note.into())
        );
    }
    let expected = &row(&sandbox, &id)["expected_datetime"];
    assert_eq!(expected, "2027-01-15T17:00:00-06:00");
    let page = sandbox.get(&format!("{}?moved=1", clerk_path(&id)));
    assert!(page.text().contains("Moved on."));
}

#[test]
fn the_list_can_be_filtered_and_paged() {
    let sandbox = Sandbox::new(&[]);
    new_request(&sandbox, SERVICE, &[]);
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
fn the_list_can_be_filtered_by_service_and_by_what_is_late() {
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
fn the_text_of_a_resident_is_escaped_and_the_page_has_a_strict_policy() {
    let sandbox = Sandbox::new(&[]);
    let description = "<script>alert('1')</script><img src=x onerror=alert(2)>";
    let id = new_request(&sandbox, SERVICE, &[("description", description)]);
    let page = sandbox.get(&clerk_path(&id));
    let text = page.text();
    assert!(text.contains("&lt;script&gt;alert(&#39;1&#39;)"), "{text}");
    assert!(!text.contains("<script") && !text.contains("<img"));
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    assert_eq!(
        sandbox.get("/clerk/style.css").header("content-type"),
        "text/css; charset=utf-8"
    );
}

#[test]
fn invalid_forms_and_forms_from_other_sites_are_refused() {
    let sandbox = Sandbox::new(&[]);
    let id = new_request(&sandbox, SERVICE, &[]);
    let page = clerk_path(&id);
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
    assert_eq!(row(&sandbox, &id)["status"], "open");
    assert_eq!(
        sandbox.post_from(&sandbox.origin, &page, &closed).status,
        303
    );
}
