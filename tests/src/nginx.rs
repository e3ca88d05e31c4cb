//! A real nginx as a city's web server: a folder of pages, the widget beside them, and whatever
//! the test's own lines say.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::child::Running;
use crate::page::eventually;
use crate::setting;

/// A web server. It stops with its value.
pub struct Nginx {
    origin: String,
    site: PathBuf,
    _running: Running,
}

impl Nginx {
    /// Starts one with the widget under `/frontdoor/`; `lines` stand in its `server` block.
    ///
    /// # Errors
    /// It is not installed (`NGINX` names another place), or does not take these lines.
    pub async fn start(lines: &str) -> Result<Self> {
        let folder = TempDir::with_prefix("frontdoor-nginx-")?.keep();
        let site = folder.join("site");
        fs::create_dir(&site)?;
        fs::write(site.join("probe.js"), include_str!("probe.js"))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let file = folder.join("nginx.conf");
        fs::write(&file, config(&folder, port, lines)?)?;
        let program = setting::nginx();
        anyhow::ensure!(program.exists(), "{} is missing", program.display());
        let program = program.display().to_string();
        let file = file.display().to_string();
        // nginx does not say when it listens, so the first line only says that it was called.
        // Under its own name in the environment it looks for sockets.
        let call = r#"echo called; exec env -u NGINX "$@""#;
        let arguments = ["-c", call, "sh", &program, "-c", &file];
        let running = Running::start(&folder, Path::new("/bin/sh"), arguments, |line| {
            (line == "called").then(String::new)
        })?;
        let origin = format!("http://127.0.0.1:{port}");
        let there = async || {
            let answer = reqwest::get(format!("{origin}/frontdoor/frontdoor.js")).await;
            Ok(answer.err().map(|error| format!("{error:?}")))
        };
        eventually("nginx", there).await?;
        Ok(Self {
            origin,
            site,
            _running: running,
        })
    }

    /// Puts a file into the city's folder.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn put(&self, name: &str, text: &str) -> Result<()> {
        fs::write(self.site.join(name), text).with_context(|| format!("cannot write {name}"))
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

fn config(folder: &Path, port: u16, lines: &str) -> Result<String> {
    let folder = folder.display();
    let widget = setting::dist()?.canonicalize()?;
    let widget = widget.display();
    let spools: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("  {name}_temp_path {folder}/{name};\n"))
        .concat();
    // Its workers would not be let into a folder of root's otherwise.
    Ok(format!(
        r#"user root;
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log stderr crit;
events {{}}
http {{
{spools}  access_log off;
  types {{
    text/html html;
    text/css css;
    text/javascript js;
    application/wasm wasm;
    application/json json;
  }}
  server {{
    listen 127.0.0.1:{port};
    root {folder}/site;
    location /frontdoor/ {{ alias {widget}/; }}
{lines}
  }}
}}
"#
    ))
}
