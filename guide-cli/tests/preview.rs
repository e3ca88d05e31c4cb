//! `guide preview` over HTTP: it serves the page, and notices saves.
#![allow(clippy::unwrap_used, reason = "only tests use this")]

mod city;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use city::{City, command, guide, park_shelter, set};
use serde_json::{Value, json};

/// A running preview, which ends with the test.
struct Preview {
    child: Child,
    address: String,
}

impl Preview {
    fn start(city: &City, name: &str) -> Self {
        let widget = city.path().join("widget");
        std::fs::create_dir_all(&widget).unwrap();
        std::fs::write(widget.join("frontdoor.js"), "export {};").unwrap();
        std::fs::write(widget.join("app.wasm"), "\0asm").unwrap();
        let mut child = command()
            .arg("preview")
            .arg(city.path().join(name))
            .args(["--port", "0", "--widget"])
            .arg(&widget)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim()
            .strip_prefix("guide: http://")
            .unwrap()
            .to_owned();
        Self { child, address }
    }

    /// The head and the body of a response.
    fn get(&self, path: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n",
            self.address
        )
        .unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        let (head, body) = response.split_once("\r\n\r\n").unwrap();
        (head.to_lowercase(), body.to_owned())
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.get(path).1).unwrap()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_page_has_the_widget_with_the_guide_and_the_findings() {
    let city = City::changed(|guide| set(guide, "/office", json!("<parks>")));
    let preview = Preview::start(&city, "park-shelter.json");
    let (head, page) = preview.get("/");
    assert!(
        head.contains("200 ok") && head.contains("text/html"),
        "{head}"
    );
    assert!(
        page.contains(
            r#"<front-door config="/frontdoor.json" guide="park-shelter" history="hash">"#
        ),
        "{page}"
    );
    assert!(page.contains(r#"<script type="module" src="/widget/frontdoor.js">"#));
    assert!(
        page.contains("office: error: the index has no office “&lt;parks&gt;”"),
        "{page}"
    );
    assert!(!page.contains("<parks>"));
}

#[test]
fn the_widget_gets_a_config_an_empty_endpoint_and_the_guides() {
    let city = City::new();
    let preview = Preview::start(&city, "");
    let config = preview.json("/frontdoor.json");
    assert_eq!(config["languages"], json!(["en", "es"]));
    assert_eq!(config["guides"], "guides/index.json");
    assert_eq!(preview.json("/open311/v2/services.json"), json!([]));
    assert_eq!(preview.json("/guides/index.json"), city.read("index"));
    assert_eq!(preview.json("/guides/park-shelter.json"), park_shelter());
    let (head, _) = preview.get("/widget/app.wasm");
    assert!(
        head.contains("content-type: application/wasm") && head.contains("cache-control: no-store"),
        "{head}"
    );
    let (_, page) = preview.get("/?guide=park-shelter");
    assert!(page.contains(r#"guide="park-shelter""#));
    for path in [
        "/guides/no.json",
        "/guides/..%2Fsecret",
        "/widget/..%2Fpark-shelter.json",
    ] {
        assert!(preview.get(path).0.contains("404 not found"), "{path}");
    }
}

#[test]
fn a_single_guide_gets_an_index_that_lists_only_it() {
    let city = City::new();
    let mut other = park_shelter();
    other["id"] = json!("oak-grove");
    city.save("oak-grove", &other);
    let preview = Preview::start(&city, "oak-grove.json");
    let index = preview.json("/guides/index.json");
    assert_eq!(index["guides"].as_array().unwrap().len(), 1);
    assert_eq!(index["guides"][0]["url"], "oak-grove.json");
    assert_eq!(index["offices"][0]["id"], "parks");
}

#[test]
fn a_save_is_noticed_within_a_second_and_shown_on_the_page() {
    let city = City::new();
    let preview = Preview::start(&city, "park-shelter.json");
    let (_, page) = preview.get("/");
    assert!(page.contains("0 errors"));
    let (_, rest) = page.split_once("data-version=\"").unwrap();
    let (version, _) = rest.split_once('"').unwrap();
    let saved = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            let (_, now) = preview.get(&format!("/changed?since={version}"));
            (now, Instant::now())
        });
        std::thread::sleep(Duration::from_millis(600));
        assert!(
            !waiting.is_finished(),
            "it answered before anything was saved"
        );
        let saved = Instant::now();
        city.write("park-shelter.json", "{\"id\": ");
        let (now, answered) = waiting.join().unwrap();
        assert_ne!(now, version);
        answered - saved
    });
    assert!(saved < Duration::from_secs(1), "{saved:?}");
    let (_, page) = preview.get("/");
    assert!(page.contains("this is half a file"), "{page}");
}

#[test]
fn without_a_widget_the_error_says_how_to_build_one() {
    let city = City::new();
    let path = city.path().to_str().unwrap();
    let output = guide(&["preview", path, "--widget", path]);
    assert_eq!(output.code, 1);
    assert!(
        output.stderr.contains(
            "there is no frontdoor.js in this folder. Build the widget with: cargo xtask build"
        ),
        "{}",
        output.stderr
    );
}

#[test]
fn if_the_port_is_taken_the_error_says_what_to_do() {
    let city = City::new();
    let preview = Preview::start(&city, "");
    let port = preview.address.rsplit(':').next().unwrap();
    let widget = city.path().join("widget");
    let output = guide(&[
        "preview",
        city.path().to_str().unwrap(),
        "--port",
        port,
        "--widget",
        widget.to_str().unwrap(),
    ]);
    assert_eq!(output.code, 1);
    assert!(
        output.stderr.contains("cannot listen there") && output.stderr.contains("--port"),
        "{}",
        output.stderr
    );
}
