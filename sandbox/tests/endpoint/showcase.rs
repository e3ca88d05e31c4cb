//! The sample city has an example request for each thing that can happen, and is mostly on time.

use serde_json::Value;

use crate::support::{BASE, Sandbox};

fn datetime(row: &Value, name: &str) -> jiff::Timestamp {
    row[name]
        .as_str()
        .unwrap_or_else(|| panic!("no {name}: {row}"))
        .parse()
        .unwrap()
}

/// The request with this number of the current or the last year, and its history.
fn find(sandbox: &Sandbox, number: u32) -> Value {
    let year = jiff::Timestamp::now()
        .strftime("%y")
        .to_string()
        .parse::<u32>()
        .unwrap();
    [year, year - 1]
        .iter()
        .find_map(|year| {
            let id = format!("{year:02}-{number:05}");
            let response = sandbox.get(&format!("{BASE}/requests/{id}.json?extensions=true"));
            (response.status == 200).then(|| response.rows().remove(0))
        })
        .unwrap_or_else(|| panic!("no {number}"))
}

#[test]
fn each_example_request_is_as_the_readme_says() {
    let sandbox = Sandbox::new(&[]);
    let now = jiff::Timestamp::now();
    for (number, status, last_status, late) in [
        (1187, "open", "waiting", false),
        (1188, "open", "waiting", false),
        (1189, "open", "waiting", false),
        (1190, "closed", "no_further_action", false),
        (1191, "closed", "closed", false),
        (1192, "open", "open", true),
        (1193, "open", "in_progress", true),
        (1194, "closed", "not_councils_responsibility", false),
        (1195, "closed", "duplicate", false),
        (1196, "open", "internal_referral", false),
        (1197, "closed", "closed", false),
        (1198, "open", "in_progress", false),
        (1199, "closed", "unable_to_fix", false),
        (1200, "closed", "closed", false),
    ] {
        let row = find(&sandbox, number);
        let last = row["notes"].as_array().unwrap().last().unwrap();
        assert_eq!(
            (&row["status"], &last["status"]),
            (&status.into(), &last_status.into()),
            "{row}"
        );
        let is_late = status == "open" && datetime(&row, "expected_datetime") < now;
        assert_eq!(is_late, late, "{row}");
        let readme = include_str!("../../README.md");
        assert!(
            readme.contains(&format!("| `26-{number:05}` |")),
            "{number} is not in the README"
        );
    }
    let last = |number: u32, name: &str| {
        let row = find(&sandbox, number);
        row["notes"].as_array().unwrap().last().unwrap()[name].clone()
    };
    assert_eq!(last(1188, "type"), "question");
    assert_eq!(last(1193, "type"), "reminder");
    assert_eq!(last(1197, "type"), "withdrawn");
    assert_eq!(last(1192, "author"), "resident");
    assert_eq!(last(1196, "agency_responsible"), "Parks Office");
    let id = |number: u32| find(&sandbox, number)["service_request_id"].clone();
    assert_eq!(find(&sandbox, 1198)["linked_request_id"], id(1191));
    let note = find(&sandbox, 1195)["status_notes"].clone();
    assert!(
        note.as_str().unwrap().contains(id(1187).as_str().unwrap()),
        "{note}"
    );
    let appeal = find(&sandbox, 1190)["status_notes"].clone();
    assert!(
        appeal.as_str().unwrap().contains("within 30 days"),
        "{appeal}"
    );
    let late = find(&sandbox, 1200);
    assert!(datetime(&late, "updated_datetime") > datetime(&late, "expected_datetime"));
    let waiting = sandbox.get("/clerk?asked=1").text().to_owned();
    assert!(
        waiting.contains("1 requests") && waiting.contains("/clerk/1188\""),
        "{waiting}"
    );
    assert!(
        sandbox
            .get("/clerk?late=1")
            .text()
            .contains("/clerk/1193\"")
    );
}

#[test]
fn most_requests_are_done_in_time_and_all_dates_are_known() {
    let sandbox = Sandbox::new(&[]);
    let now = jiff::Timestamp::now();
    let mut rows = Vec::new();
    // Half a year in two ranges, since one can be at most 90 days long.
    for days in [90, 180] {
        let from = now - jiff::SignedDuration::from_hours(24 * days);
        let to = from + jiff::SignedDuration::from_hours(24 * 90);
        for page in 1.. {
            let path = format!(
                "{BASE}/requests.json?start_date={from}&end_date={to}&extensions=true&page_size=50&page={page}"
            );
            let found = sandbox.get(&path).rows();
            if found.is_empty() {
                break;
            }
            rows.extend(found);
        }
    }
    assert!((310..=314).contains(&rows.len()), "{}", rows.len());
    let (mut closed, mut in_time, mut overdue, mut referred) = (0, 0, 0, 0);
    for row in &rows {
        let expected = datetime(row, "expected_datetime");
        let notes = row["notes"].as_array().unwrap();
        if row["status"] == "closed" {
            closed += 1;
            in_time += u32::from(datetime(row, "updated_datetime") <= expected);
            let closing = notes.iter().find(|note| {
                datetime(note, "updated_datetime") == datetime(row, "updated_datetime")
            });
            let status = closing.unwrap_or_else(|| panic!("{row}"))["status"]
                .as_str()
                .unwrap();
            assert!(
                !["open", "in_progress", "waiting"].contains(&status),
                "{row}"
            );
            assert!(row["status_notes"].is_string(), "{row}");
        } else {
            overdue += u32::from(expected < now);
        }
        referred += u32::from(
            notes
                .iter()
                .any(|note| note["status"] == "internal_referral"),
        );
    }
    let share = in_time * 100 / closed;
    println!(
        "{closed} closed, {share} % of them in time; {overdue} overdue, {referred} handed over"
    );
    assert!((80..=96).contains(&share), "{share} % in time");
    assert!(overdue >= 5 && referred >= 5, "{overdue} {referred}");
}
