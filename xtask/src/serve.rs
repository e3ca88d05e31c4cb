//! The widget on a sample page with a sample city behind it, until Ctrl-C.
//!
//! With `--watch`, trunk rebuilds after every change and reloads the page; it calls xtask for the build.

use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::progress::{heading, print_times};
use crate::project::{Mode, Project};
use crate::sandbox::{self, Running};
use crate::{bundle, native, setup};

/// The sandbox's port; Trunk.toml forwards to it what is not the widget's.
const PORT: u16 = 3110;

/// The options of `serve`.
pub(crate) struct ServeOptions {
    pub(crate) mode: Mode,
    pub(crate) watch: bool,
    pub(crate) port: Option<u16>,
}

/// Builds and serves; returns when it is interrupted.
pub(crate) fn run(project: &Project, options: &ServeOptions) -> Result<()> {
    let started = Instant::now();
    if options.watch && options.port.is_some() {
        bail!("--watch needs port {PORT}, which Trunk.toml names: leave --port out");
    }
    let tools = setup::widget(project)?;
    let trunk = if options.watch {
        Some(setup::trunk(project)?)
    } else {
        None
    };
    let programs = native::start(project, &[native::SANDBOX, native::WASM_TOOLS])?;
    // Trunk's hook builds once more, and finds everything built.
    let mode = if options.watch {
        Mode::Dev
    } else {
        options.mode
    };
    let build = bundle::build(project, &tools, mode, programs)?;
    let site = (!options.watch).then_some(build.dist);
    print_times(started);
    let port = options.port.unwrap_or(PORT);
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
    if !free && (options.watch || options.port.is_some()) {
        bail!("port {port} is taken: stop what listens there, or give another with --port");
    }
    let port = if free { port } else { 0 };
    // Only after the builds: until here Ctrl-C should end this process at once.
    let interrupted = interrupts()?;
    let database = project.target.join("sandbox.sqlite");
    let program = project.program(native::SANDBOX);
    let city = sandbox::start(&program, port, &database, site.as_deref())?;
    let mut children = vec![("the sandbox", city)];
    if let Some(trunk) = trunk {
        let child = Command::new(trunk)
            .arg("serve")
            .current_dir(&project.root)
            .spawn()
            .context("could not start trunk")?;
        let address = "http://127.0.0.1:3111".to_owned();
        children.push(("trunk", Running { child, address }));
    }
    announce(&children);
    loop {
        match interrupted.recv_timeout(Duration::from_millis(200)) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        for (name, running) in &mut children {
            if let Some(status) = running.child.try_wait()? {
                // Ctrl-C reaches the children too, and one may end before this process hears of it.
                if interrupted.recv_timeout(Duration::from_millis(200)).is_ok() {
                    return Ok(());
                }
                bail!("{name} ended unexpectedly ({status}); its last output is above");
            }
        }
    }
    eprintln!("  stopped");
    Ok(())
}

fn announce(children: &[(&str, Running)]) {
    heading("Serving; Ctrl-C stops it");
    if let Some((_, page)) = children.last() {
        println!("  a city's page with the widget   {}/", page.address);
    }
    if let Some((_, city)) = children.first() {
        println!("  the clerk's desk                {}/clerk", city.address);
        println!(
            "  the endpoint (GeoReport v2)     {}/open311/v2/",
            city.address
        );
    }
}

/// Receives Ctrl-C and SIGTERM, so that no child outlives this process.
fn interrupts() -> Result<mpsc::Receiver<()>> {
    let (sender, receiver) = mpsc::channel();
    ctrlc::set_handler(move || {
        // The receiver is gone only when the process is about to end anyway.
        let _ = sender.send(());
    })
    .context("cannot listen for Ctrl-C")?;
    Ok(receiver)
}
