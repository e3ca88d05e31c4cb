//! Service notices, which the clerk adds and ends.

use serde_json::Value;

use crate::support::{BASE, Folder, Sandbox};

#[test]
fn the_sample_city_has_notices_of_each_kind_in_both_languages() {
    let sandbox = Sandbox::new(&[]);
    let response = sandbox.get("/notices.json");
    assert_eq!(response.header("access-control-allow-origin"), "*");
    let notices = response.rows();
    assert_eq!(notices.len(), 6);
    let services = sandbox.get(&format!("{BASE}/services.json")).rows();
    let datetime = |notice: &Value, name: &str| -> Option<jiff::Timestamp> {
        notice[name].as_str().map(|text| text.parse().unwrap())
    };
    let now = jiff::Timestamp::now();
    for notice in &notices {
        assert!(notice["id"].is_string(), "{notice}");
        for code in notice["services"].as_array().unwrap() {
            assert!(
                services.iter().any(|row| row["service_code"] == *code),
                "{code}"
            );
        }
        for name in ["title", "text"] {
            for language in ["en", "es"] {
                assert!(notice[name][language].is_string(), "{notice}");
            }
        }
        assert!(
            datetime(notice, "until").is_none_or(|until| until > now),
            "{notice}"
        );
        assert!(
            datetime(notice, "from").is_none_or(|from| from < now),
            "{notice}"
        );
    }
    for kind in ["emergency", "not-ours", "paused", "known"] {
        assert!(
            notices.iter().any(|notice| notice["kind"] == kind),
            "no {kind}"
        );
    }
    let dated = |name: &str| {
        notices
            .iter()
            .filter(|notice| notice[name].is_string())
            .count()
    };
    assert_eq!((dated("from"), dated("until")), (2, 3));
}

const NOTICE: [(&str, &str); 4] = [
    ("kind", "paused"),
    ("services", "snow, sign"),
    ("title", "No <plow> today"),
    ("text", "It is too warm."),
];

#[test]
fn the_clerk_adds_a_notice_and_ends_it() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let mut fields = NOTICE.to_vec();
    fields.push(("until", "2099-07-01"));
    let added = sandbox.post("/clerk/notices", &fields);
    assert_eq!(added.status, 303, "{}", added.text());
    assert_eq!(added.header("location"), "/clerk#notices");
    let last = || sandbox.get("/notices.json").rows().last().unwrap().clone();
    let notice = last();
    assert_eq!(notice["kind"], "paused");
    assert_eq!(notice["services"], serde_json::json!(["snow", "sign"]));
    assert_eq!(notice["title"], "No <plow> today");
    assert_eq!(
        notice["until"], "2099-07-02T00:00:00-05:00",
        "the end of the last day"
    );
    let page = sandbox.get("/clerk").text().to_owned();
    assert!(page.contains("No &lt;plow&gt; today"), "{page}");
    let end = format!("/clerk/notices/{}/end", notice["id"].as_str().unwrap());
    assert_eq!(
        sandbox
            .post_from("https://elsewhere.example", &end, &[])
            .status,
        403
    );
    assert_eq!(last(), notice);
    assert_eq!(sandbox.post(&end, &[]).status, 303);
    assert_ne!(last()["id"], notice["id"]);
    assert!(!sandbox.get("/clerk").text().contains("&lt;plow&gt;"));
    assert_eq!(
        sandbox.post(&end, &[]).status,
        404,
        "it has already been ended"
    );
    let for_all = [("kind", "known"), ("title", "Storm"), ("text", "We know.")];
    assert_eq!(sandbox.post("/clerk/notices", &for_all).status, 303);
    assert_eq!(
        last()["services"],
        serde_json::json!([]),
        "it is about all services"
    );
    let end = format!("/clerk/notices/{}/end", last()["id"].as_str().unwrap());
    assert_eq!(sandbox.post(&end, &[]).status, 303);
    drop(sandbox);
    let sandbox = Sandbox::start(&folder, &[]);
    assert_eq!(
        sandbox.get("/notices.json").rows().len(),
        6,
        "it is still ended after a restart"
    );
}

#[test]
fn an_invalid_notice_is_refused_and_an_expired_one_is_not_served() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let add_with = |name: &str, value: &str| {
        let mut fields: Vec<(String, String)> = NOTICE
            .iter()
            .filter(|(known, _)| *known != name)
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        fields.push((name.to_owned(), value.to_owned()));
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        sandbox.post("/clerk/notices", &fields)
    };
    for (name, value, cause) in [
        ("kind", "rumour", "Choose what kind of notice it is."),
        ("services", "snow,moon", "There is no service moon."),
        ("title", "", "The title is missing."),
        ("text", "", "The text is missing."),
        ("until", "soon", "soon is not a day of the calendar."),
        ("until", "2020-01-01", "The last day is past already."),
    ] {
        let refused = add_with(name, value);
        assert_eq!(refused.status, 400, "{name}={value}");
        assert!(refused.text().contains(cause), "{}", refused.text());
    }
    assert_eq!(sandbox.get("/notices.json").rows().len(), 6);
    drop(sandbox);
    // Time passes.
    rusqlite::Connection::open(folder.file("city.sqlite"))
        .unwrap()
        .execute("UPDATE notices SET until = 1 WHERE until IS NOT NULL", [])
        .unwrap();
    let sandbox = Sandbox::start(&folder, &[]);
    assert_eq!(sandbox.get("/notices.json").rows().len(), 3);
}
