//! Starts the real binary on a free port with its own database, and sends HTTP calls to it.

#![allow(
    dead_code,
    reason = "each test program uses only some of these functions"
)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

pub(crate) const BASE: &str = "/open311/v2";
pub(crate) const REQUESTS: &str = "/open311/v2/requests.json";
pub(crate) const UPDATES: &str = "/open311/v2/servicerequestupdates.json";

/// Reverts the changes of versions 4 and 5 of the database.
pub(crate) const WITHOUT_VERSION_4: &str = "
    DROP TABLE confirmations;
    DROP INDEX requests_by_secret;
    ALTER TABLE requests DROP COLUMN secret;
    DROP INDEX requests_by_stage;
    DROP INDEX requests_by_service;
    DROP INDEX requests_by_due;
    DROP INDEX requests_asked;
    DROP INDEX requests_linked;
    ALTER TABLE requests DROP COLUMN due;
    ALTER TABLE requests DROP COLUMN asked;
    ALTER TABLE requests DROP COLUMN reminded;
    ALTER TABLE requests DROP COLUMN linked;
    PRAGMA user_version = 3;
";

pub(crate) struct Sandbox {
    child: Child,
    pub(crate) origin: String,
    /// Removed after the process has ended.
    folder: Option<Folder>,
}

/// A folder that is removed after the test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("sandbox-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path = self.file(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn command(database: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox"));
    command
        .arg("--port")
        .arg("0")
        .arg("--database")
        .arg(database)
        .args(arguments);
    command
}

impl Sandbox {
    /// Starts with a new database.
    pub(crate) fn new(arguments: &[&str]) -> Self {
        let folder = Folder::new();
        let mut sandbox = Sandbox::start(&folder, arguments);
        sandbox.folder = Some(folder);
        sandbox
    }

    /// Starts with the database of this folder, which is created if there is none.
    pub(crate) fn start(folder: &Folder, arguments: &[&str]) -> Self {
        let mut child = command(&folder.file("city.sqlite"), arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let origin = line
            .trim()
            .strip_prefix("sandbox: ")
            .unwrap_or_default()
            .to_owned();
        assert!(
            origin.starts_with("http://127.0.0.1:"),
            "it printed {line:?}"
        );
        Sandbox {
            child,
            origin,
            folder: None,
        }
    }

    /// SIGKILL: the process cannot flush anything.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        Response::of(agent().get(self.url(path)).call())
    }

    pub(crate) fn options(&self, path: &str) -> Response {
        Response::of(
            agent()
                .options(self.url(path))
                .header("Origin", "https://city.example")
                .header("Access-Control-Request-Method", "POST")
                .call(),
        )
    }

    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        Response::of(
            agent()
                .post(self.url(path))
                .send_form(fields.iter().copied()),
        )
    }

    pub(crate) fn post_raw(&self, path: &str, kind: &str, body: &[u8]) -> Response {
        Response::of(
            agent()
                .post(self.url(path))
                .header("Content-Type", kind)
                .send(body),
        )
    }

    pub(crate) fn post_from(&self, origin: &str, path: &str, fields: &[(&str, &str)]) -> Response {
        let request = agent().post(self.url(path)).header("Origin", origin);
        Response::of(request.send_form(fields.iter().copied()))
    }

    pub(crate) fn post_with_files(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[&[u8]],
    ) -> Response {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!(
                    "--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .bytes(),
            );
        }
        for file in files {
            body.extend(b"--cut\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a.html\"\r\nContent-Type: text/html\r\n\r\n");
            body.extend(*file);
            body.extend(b"\r\n");
        }
        body.extend(b"--cut--\r\n");
        self.post_raw(path, "multipart/form-data; boundary=cut", &body)
    }

    fn url(&self, path: &str) -> String {
        if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.origin)
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .new_agent()
}

pub(crate) struct Response {
    pub(crate) status: u16,
    headers: ureq::http::HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Response {
    fn of(result: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Self {
        let mut response = result.unwrap();
        Response {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            bytes: response.body_mut().read_to_vec().unwrap(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn rows(&self) -> Vec<Value> {
        self.json()
            .as_array()
            .unwrap_or_else(|| panic!("not a list: {}", self.text()))
            .clone()
    }

    /// The descriptions of an error; each must have the HTTP status as its code.
    pub(crate) fn errors(&self) -> Vec<String> {
        let rows = self.rows();
        assert!(!rows.is_empty());
        rows.iter()
            .map(|row| {
                assert_eq!(row["code"], self.status, "{row}");
                row["description"].as_str().unwrap().to_owned()
            })
            .collect()
    }
}
