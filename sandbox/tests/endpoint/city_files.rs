//! What stands around the endpoint: config, guides, map, a folder of static files, and CORS.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{BASE, Folder, Sandbox};

const CONFIG_FIELDS: [&str; 17] = [
    "name",
    "endpoint",
    "jurisdiction",
    "languages",
    "time_zone",
    "holidays",
    "contact",
    "emergency",
    "commitments",
    "standards",
    "popular",
    "guides",
    "feedback",
    "map",
    "privacy",
    "extensions",
    "status",
];

/// Every text that is a map of languages has all languages of the config.
fn assert_translated(value: &Value, path: &str) {
    match value {
        Value::Object(fields) => {
            if fields.contains_key("en") || fields.contains_key("es") {
                for language in ["en", "es"] {
                    assert!(fields.contains_key(language), "{path} has no {language}");
                }
            }
            for (key, field) in fields {
                assert_translated(field, &format!("{path}/{key}"));
            }
        }
        Value::Array(items) => items.iter().for_each(|item| assert_translated(item, path)),
        _ => {}
    }
}

/// What a guide sends people to: each service and each guide by its code or id, wherever it is named.
fn named(value: &Value, services: &mut Vec<Value>, guides: &mut Vec<Value>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let names = match field {
                    Value::Array(items) if items.iter().all(Value::is_string) => items.clone(),
                    one => vec![one.clone()],
                };
                match name.as_str() {
                    "service" | "services" => services.extend(names),
                    "guide" | "guides" => guides.extend(names),
                    "prefill" | "when" | "answers" => {}
                    _ => named(field, services, guides),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| named(item, services, guides)),
        _ => {}
    }
}

/// The guides whose files the city has, by their ids.
fn guide_files() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/guides");
    let mut ids: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .filter(|id| id != "index")
        .collect();
    ids.sort_unstable();
    ids
}

#[test]
fn every_guide_that_the_city_has_is_served() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    for id in guide_files() {
        let guide = sandbox.get(&format!("/guides/{id}.json"));
        assert_eq!(guide.status, 200, "{id}");
        assert_eq!(guide.json()["id"], id);
    }
}

#[test]
fn config_and_guides_are_complete_in_both_languages_and_name_only_what_exists() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let config = sandbox.get("/frontdoor.json").json();
    for field in CONFIG_FIELDS {
        assert!(config.get(field).is_some(), "no {field}");
    }
    assert_translated(&config, "frontdoor.json");
    let services: Vec<String> = sandbox
        .get(&format!("{BASE}/services.json"))
        .rows()
        .iter()
        .map(|row| row["service_code"].as_str().unwrap().to_owned())
        .collect();
    let known = |code: &Value| services.iter().any(|known| code == known);
    let index = sandbox.get("/guides/index.json").json();
    assert_translated(&index, "index.json");
    let (mut guides, mut named_guides) = (Vec::new(), Vec::new());
    for entry in index["guides"].as_array().unwrap() {
        let guide = sandbox
            .get(&format!("/guides/{}", entry["url"].as_str().unwrap()))
            .json();
        assert_eq!(guide["id"], entry["id"]);
        assert!(
            !known(&guide["id"]),
            "{}: guides and services share one list",
            guide["id"]
        );
        assert_translated(&guide, "guide");
        let mut codes = Vec::new();
        named(&guide, &mut codes, &mut named_guides);
        for code in codes {
            assert!(known(&code), "{}: service {code}", guide["id"]);
        }
        assert!(guide["title"].is_object(), "{}", guide["id"]);
        for step in guide["steps"].as_array().unwrap() {
            assert!(step["title"].is_object(), "{}: {step}", guide["id"]);
        }
        guides.push(guide["id"].clone());
    }
    for id in named_guides {
        assert!(guides.contains(&id), "no guide {id}");
    }
    let mut listed: Vec<&str> = guides.iter().map(|id| id.as_str().unwrap()).collect();
    listed.sort_unstable();
    assert_eq!(listed, guide_files(), "the index names every guide");
    for code in config["popular"].as_array().unwrap() {
        assert!(known(code) || guides.contains(code), "popular: {code}");
    }
    for standard in config["standards"].as_array().unwrap() {
        for code in standard["services"].as_array().into_iter().flatten() {
            assert!(known(code), "standards: {code}");
        }
    }
    assert!(sandbox.get("/boundary.geojson").json()["features"].is_array());
    let tile = sandbox.get("/tiles/16/16398/24662.svg");
    assert_eq!(tile.header("content-type"), "image/svg+xml; charset=utf-8");
    assert!(tile.text().contains("Main St"));
    for missing in [
        "/guides/none.json",
        "/guides/..%2Ffrontdoor.json",
        "/tiles/16/70000/1.svg",
        "/none",
    ] {
        assert_eq!(sandbox.get(missing).status, 404, "{missing}");
    }
}

#[test]
fn a_folder_may_take_the_place_of_the_sample_citys_files() {
    let folder = Folder::new();
    folder.write(
        "city/frontdoor.json",
        "{\"name\": \"Oakton\", \"time_zone\": \"Europe/Berlin\"}",
    );
    folder.write("city/guides/index.json", "{\"guides\": []}");
    folder.write("city/secret.txt", "secret");
    let city = folder.file("city").display().to_string();
    let sandbox = Sandbox::start(&folder, &["--city", &city]);
    assert_eq!(sandbox.get("/frontdoor.json").json()["name"], "Oakton");
    assert_eq!(sandbox.get("/guides/index.json").text(), "{\"guides\": []}");
    folder.write("city/frontdoor.json", "{\"name\": \"Newton\"}");
    assert_eq!(
        sandbox.get("/frontdoor.json").json()["name"],
        "Newton",
        "an edit shows at once"
    );
    for path in [
        "/guides/..%2Fsecret.txt",
        "/guides/..%2F..%2Fcity.sqlite",
        "/guides/.json",
    ] {
        assert_eq!(sandbox.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_site_is_served_with_the_right_types_beside_the_endpoint() {
    let folder = Folder::new();
    for (name, text) in [
        ("site/index.html", "<h1>City</h1>"),
        ("site/frontdoor.js", "export {}"),
        ("site/app.wasm", "\0asm"),
        ("site/deep/style.css", "a{}"),
    ] {
        folder.write(name, text);
    }
    let site = folder.file("site").display().to_string();
    let sandbox = Sandbox::start(&folder, &["--site", &site]);
    for (path, kind) in [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        ("/frontdoor.js", "text/javascript"),
        ("/app.wasm", "application/wasm"),
        ("/deep/style.css", "text/css"),
        ("/frontdoor.json", "application/json; charset=utf-8"),
    ] {
        let answer = sandbox.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), kind, "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
    }
    assert_eq!(sandbox.get("/../city.sqlite").status, 404);
    assert_eq!(sandbox.get("/none.js").status, 404);
    assert_eq!(sandbox.get(&format!("{BASE}/services.json")).status, 200);
}

#[test]
fn other_sites_may_call_unless_the_city_was_started_without_cors() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    let requests = format!("{BASE}/requests.json");
    for path in [
        requests.as_str(),
        "/frontdoor.json",
        "/guides/index.json",
        "/media/x",
    ] {
        assert_eq!(
            sandbox.get(path).header("access-control-allow-origin"),
            "*",
            "{path}"
        );
    }
    let asked = sandbox.options(&requests);
    assert_eq!(asked.status, 200);
    assert!(
        asked
            .header("access-control-allow-methods")
            .contains("POST")
    );
    assert_eq!(
        sandbox.get("/clerk").header("access-control-allow-origin"),
        ""
    );
    let refused = sandbox.post(&requests, &[]);
    assert_eq!(
        refused.header("access-control-allow-origin"),
        "*",
        "errors can be read, too"
    );

    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &["--no-cors"]);
    assert_eq!(
        sandbox.get(&requests).header("access-control-allow-origin"),
        ""
    );
    let asked = sandbox.options(&requests);
    assert_eq!(asked.status, 405);
    assert_eq!(asked.header("access-control-allow-methods"), "");
}

#[test]
fn a_slow_city_can_be_played() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &["--delay", "300"]);
    let start = Instant::now();
    sandbox.get(&format!("{BASE}/services.json"));
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[test]
fn without_a_site_the_root_says_what_this_is() {
    let folder = Folder::new();
    let sandbox = Sandbox::start(&folder, &[]);
    assert!(sandbox.get("/").text().contains("For trying and testing"));
}
