//! What is served besides the endpoint: config, guides, map, a folder of static files; and CORS.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{BASE, Folder, REQUESTS, Sandbox};

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

/// Every text that is an object by language has all languages of the config.
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

/// Collects the codes and ids of all services and guides that a guide refers to.
fn references(value: &Value, services: &mut Vec<Value>, guides: &mut Vec<Value>) {
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
                    _ => references(field, services, guides),
                }
            }
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| references(item, services, guides)),
        _ => {}
    }
}

/// The ids of the guides in `data/guides`.
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
fn every_guide_is_served() {
    let sandbox = Sandbox::new(&[]);
    for id in guide_files() {
        let guide = sandbox.get(&format!("/guides/{id}.json"));
        assert_eq!(guide.status, 200, "{id}");
        assert_eq!(guide.json()["id"], id);
    }
}

#[test]
fn config_and_guides_have_both_languages_and_refer_only_to_what_exists() {
    let sandbox = Sandbox::new(&[]);
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
    let (mut guides, mut referenced_guides) = (Vec::new(), Vec::new());
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
        references(&guide, &mut codes, &mut referenced_guides);
        for code in codes {
            assert!(known(&code), "{}: service {code}", guide["id"]);
        }
        assert!(guide["title"].is_object(), "{}", guide["id"]);
        for step in guide["steps"].as_array().unwrap() {
            assert!(step["title"].is_object(), "{}: {step}", guide["id"]);
        }
        guides.push(guide["id"].clone());
    }
    for id in referenced_guides {
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
fn the_files_of_a_folder_can_replace_the_sample_citys() {
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
        "an edit shows without a restart"
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
fn a_site_is_served_with_the_right_content_types() {
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
        let response = sandbox.get(path);
        assert_eq!(response.status, 200, "{path}");
        assert_eq!(response.header("content-type"), kind, "{path}");
        assert_eq!(response.header("cache-control"), "no-cache", "{path}");
    }
    assert_eq!(sandbox.get("/../city.sqlite").status, 404);
    assert_eq!(sandbox.get("/none.js").status, 404);
    assert_eq!(sandbox.get(&format!("{BASE}/services.json")).status, 200);
}

#[test]
fn other_sites_can_call_unless_cors_is_off() {
    let sandbox = Sandbox::new(&[]);
    for path in [
        REQUESTS,
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
    let preflight = sandbox.options(REQUESTS);
    assert_eq!(preflight.status, 200);
    assert!(
        preflight
            .header("access-control-allow-methods")
            .contains("POST")
    );
    assert_eq!(
        sandbox.get("/clerk").header("access-control-allow-origin"),
        ""
    );
    let refused = sandbox.post(REQUESTS, &[]);
    assert_eq!(
        refused.header("access-control-allow-origin"),
        "*",
        "errors are readable, too"
    );

    let sandbox = Sandbox::new(&["--no-cors"]);
    assert_eq!(
        sandbox.get(REQUESTS).header("access-control-allow-origin"),
        ""
    );
    let preflight = sandbox.options(REQUESTS);
    assert_eq!(preflight.status, 405);
    assert_eq!(preflight.header("access-control-allow-methods"), "");
}

#[test]
fn responses_can_be_delayed() {
    let sandbox = Sandbox::new(&["--delay", "300"]);
    let start = Instant::now();
    sandbox.get(&format!("{BASE}/services.json"));
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[test]
fn without_a_site_the_root_explains_the_sandbox() {
    let sandbox = Sandbox::new(&[]);
    assert!(sandbox.get("/").text().contains("For trying and testing"));
}
