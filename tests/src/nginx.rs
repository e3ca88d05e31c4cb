//! A real nginx as a city's web server: a folder of pages, the widget, and the directives that a
//! test adds.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::child::ChildProcess;
use crate::environment;
use crate::page::eventually;

/// A web server. It stops when this value is dropped.
pub struct Nginx {
    origin: String,
    site: PathBuf,
    _child: ChildProcess,
}

impl Nginx {
    /// Starts one with the widget under `/frontdoor/` and these directives in its `server` block.
    ///
    /// # Errors
    /// It is not installed (`NGINX` names its path), or rejects the directives.
    pub async fn start(directives: &str) -> Result<Self> {
        let folder = TempDir::with_prefix("frontdoor-nginx-")?.keep();
        let site = folder.join("site");
        fs::create_dir(&site)?;
        fs::write(site.join("probe.js"), include_str!("probe.js"))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let file = folder.join("nginx.conf");
        fs::write(&file, config(&folder, port, directives)?)?;
        let program = environment::nginx();
        anyhow::ensure!(program.exists(), "{} is missing", program.display());
        let program = program.display().to_string();
        let file = file.display().to_string();
        // nginx does not print when it listens, so the first line only says that it was started.
        // nginx takes an environment variable NGINX for a list of inherited sockets.
        let call = r#"echo started; exec env -u NGINX "$@""#;
        let arguments = ["-c", call, "sh", &program, "-c", &file];
        let child = ChildProcess::start(&folder, Path::new("/bin/sh"), arguments, |line| {
            (line == "started").then(String::new)
        })?;
        let origin = format!("http://127.0.0.1:{port}");
        let is_up = async || {
            let response = reqwest::get(format!("{origin}/frontdoor/frontdoor.js")).await;
            Ok(response.err().map(|error| format!("{error:?}")))
        };
        eventually("nginx to listen", is_up).await?;
        Ok(Self {
            origin,
            site,
            _child: child,
        })
    }

    /// Writes a file into the city's folder.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, name: &str, text: &str) -> Result<()> {
        fs::write(self.site.join(name), text).with_context(|| format!("cannot write {name}"))
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

fn config(folder: &Path, port: u16, directives: &str) -> Result<String> {
    let folder = folder.display();
    let widget = environment::dist()?.canonicalize()?;
    let widget = widget.display();
    let temp_paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("  {name}_temp_path {folder}/{name};\n"))
        .concat();
    // Run as root, its workers could not read a folder of root's otherwise.
    Ok(format!(
        r#"user root;
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log stderr crit;
events {{}}
http {{
{temp_paths}  access_log off;
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
{directives}
  }}
}}
"#
    ))
}
