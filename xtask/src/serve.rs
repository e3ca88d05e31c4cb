//! The widget on a sample page with a sample city behind it, until Ctrl-C.
//!
//! With `--watch`, trunk rebuilds on every change and reloads the page; it asks xtask for the build.

use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::progress::heading;
use crate::project::Project;
use crate::sandbox::{self, Running};
use crate::{bundle, setup};

/// Trunk.toml sends what is not the widget's to this port.
const PORT: u16 = 3110;

/// What `serve` was asked for.
pub(crate) struct Wish {
    pub(crate) dev: bool,
    pub(crate) watch: bool,
    pub(crate) port: Option<u16>,
}

/// Builds and serves; returns when it is interrupted.
pub(crate) fn run(project: &Project, wish: &Wish) -> Result<()> {
    if wish.watch && wish.port.is_some() {
        bail!("--watch needs port {PORT}, which Trunk.toml names: leave --port out");
    }
    let (site, trunk) = if wish.watch {
        let (_, trunk) = setup::trunk(project)?;
        (None, Some(trunk))
    } else {
        let tools = setup::widget(project)?;
        let build = bundle::build(project, &tools, wish.dev)?;
        (Some(build.dist), None)
    };
    let program = sandbox::build(project)?;
    let port = wish.port.unwrap_or(PORT);
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
    if !free && (wish.watch || wish.port.is_some()) {
        bail!("port {port} is taken: stop what listens there, or give another with --port");
    }
    let port = if free { port } else { 0 };
    // Not before the builds: until here Ctrl-C should end this process at once.
    let interrupted = interrupts()?;
    let database = project.target.join("sandbox.sqlite");
    let city = sandbox::start(&program, port, &database, site.as_deref())?;
    let mut children = vec![("the sandbox", city)];
    if let Some(trunk) = trunk {
        let child = Command::new(trunk)
            .arg("serve")
            .current_dir(&project.root)
            .spawn()
            .context("could not start trunk")?;
        let said = "http://127.0.0.1:3111".to_owned();
        children.push(("trunk", Running { child, said }));
    }
    announce(&children);
    loop {
        match interrupted.recv_timeout(Duration::from_millis(200)) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        for (name, running) in &mut children {
            if let Some(status) = running.child.try_wait()? {
                // Ctrl-C reaches the children too, and they may be quicker.
                if interrupted.recv_timeout(Duration::from_millis(200)).is_ok() {
                    return Ok(());
                }
                bail!("{name} ended by itself ({status}); what it said last stands above");
            }
        }
    }
    eprintln!("  stopped");
    Ok(())
}

fn announce(children: &[(&str, Running)]) {
    heading("Serving; Ctrl-C stops it");
    if let Some((_, page)) = children.last() {
        println!("  a city's page with the widget   {}/", page.said);
    }
    if let Some((_, city)) = children.first() {
        println!("  the clerk's desk                {}/clerk", city.said);
        println!(
            "  the endpoint (GeoReport v2)     {}/open311/v2/",
            city.said
        );
    }
}

/// Hears Ctrl-C and a polite request to end, so that no child outlives this process.
fn interrupts() -> Result<mpsc::Receiver<()>> {
    let (sender, receiver) = mpsc::channel();
    ctrlc::set_handler(move || {
        // The receiver is gone only when the process is about to end anyway.
        let _ = sender.send(());
    })
    .context("cannot listen for Ctrl-C")?;
    Ok(receiver)
}
