//! The time to the first usable view on a simulated phone, compared with what the network alone takes.
//!
//! The limit is what no program can beat: the bytes at the speed of the line, and three round trips, for the page, the
//! entry, and what the entry requests.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::json;

use crate::progress::{heading, say};
use crate::project::{Mode, Project};
use crate::sandbox::{self, Running, listen};
use crate::setup::Browser;
use crate::webdriver::{Session, start_driver};
use crate::{bundle, native, setup};

const RUNS: usize = 5;
const BITS_PER_SECOND: f64 = 1_600_000.0;
const ROUND_TRIP_MS: f64 = 150.0;
const ROUND_TRIPS: f64 = 3.0;
const CPU_SLOWER: u32 = 4;
/// How long a page may take to become usable.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The mark that the widget sets when a resident can use its first view.
const READY: &str = "front-door:ready";

/// One load of the page with an empty cache.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
struct Run {
    #[serde(rename = "ready")]
    ready_ms: f64,
    bytes: f64,
}

impl Run {
    fn limit_ms(self) -> f64 {
        self.bytes * 8.0 / BITS_PER_SECOND * 1000.0 + ROUND_TRIPS * ROUND_TRIP_MS
    }
}

/// Builds, measures, prints.
pub(crate) fn run(project: &Project) -> Result<()> {
    let browser = setup::browser()?;
    let tools = setup::widget(project)?;
    let programs = native::start(project, &[native::SANDBOX, native::WASM_TOOLS])?;
    let build = bundle::build(project, &tools, Mode::Release, programs)?;
    let program = project.program(native::SANDBOX);
    let database = project.target.join("bench.sqlite");
    let city = sandbox::start(&program, 0, &database, None)?;
    let mut wire = Command::new("node");
    wire.args(["-e", include_str!("wire.js")]);
    wire.arg(&build.dist).arg(&city.address);
    let wire = listen(&mut wire, |line| {
        line.strip_prefix("wire: ").map(str::to_owned)
    })?;
    let driver = start_driver(&browser)?;
    heading("Measuring on a simulated phone: 1.6 Mbit/s, 150 ms, CPU 4 times slower");
    let page = format!("{}/", wire.address);
    let mut runs = Vec::new();
    for number in 1..=RUNS {
        let run = load(&driver, &browser, &page)?;
        say(format!(
            "{number} of {RUNS}: {:.0} ms, {:.0} bytes",
            run.ready_ms, run.bytes
        ));
        runs.push(run);
    }
    let median = median(runs).context("nothing was measured")?;
    let (ready, limit) = (median.ready_ms, median.limit_ms());
    println!("\nfirst usable view      {ready:>6.0} ms (median of {RUNS})");
    println!("over the wire by then  {:>6.0} bytes", median.bytes);
    println!("limit of the network   {limit:>6.0} ms");
    println!("ratio                  {:>6.2}", ready / limit);
    Ok(())
}

fn load(driver: &Running, browser: &Browser, page: &str) -> Result<Run> {
    let session = Session::open(driver, browser)?;
    let bytes_per_second = BITS_PER_SECOND / 8.0;
    session.devtools("Network.enable", &json!({}))?;
    session.devtools(
        "Network.emulateNetworkConditions",
        &json!({
            "offline": false,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": bytes_per_second,
            "uploadThroughput": bytes_per_second,
        }),
    )?;
    session.devtools(
        "Emulation.setCPUThrottlingRate",
        &json!({ "rate": CPU_SLOWER }),
    )?;
    session.navigate(page)?;
    let opened = Instant::now();
    while opened.elapsed() < TIMEOUT {
        if let Some(run) = session.script(&measure())? {
            return Ok(run);
        }
        thread::sleep(Duration::from_millis(100));
    }
    bail!(
        "the page did not set the mark {READY} within {} s",
        TIMEOUT.as_secs()
    )
}

/// What arrives after the first view, such as prefetched chunks, does not count.
fn measure() -> String {
    format!(
        "const [mark] = performance.getEntriesByName('{READY}');
         if (!mark) return null;
         const loads = [...performance.getEntriesByType('navigation'),
                        ...performance.getEntriesByType('resource')]
             .filter(load => load.responseEnd > 0 && load.responseEnd <= mark.startTime);
         const bytes = loads.reduce((sum, load) => sum + load.transferSize, 0);
         return {{ ready: mark.startTime, bytes }};"
    )
}

fn median(mut runs: Vec<Run>) -> Option<Run> {
    runs.sort_by(|one, other| one.ready_ms.total_cmp(&other.ready_ms));
    runs.get(runs.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_the_bytes_and_three_round_trips() {
        let run = Run {
            ready_ms: 0.0,
            bytes: 85_000.0,
        };
        assert!((run.limit_ms() - 875.0).abs() < 0.001);
    }

    #[test]
    fn one_slow_run_does_not_move_the_median() {
        let runs = [900.0, 5000.0, 1000.0].map(|ready_ms| Run {
            ready_ms,
            bytes: 1.0,
        });
        assert_eq!(median(runs.to_vec()).map(|run| run.ready_ms), Some(1000.0));
    }
}
