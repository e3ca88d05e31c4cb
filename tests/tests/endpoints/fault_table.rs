//! The faults, the true message for each, and the table of all calls and all faults.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Result, bail};
use frontdoor_tests::{Corruption, Reply, en, plural};

/// A way in which a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    Closed,
    Truncated,
    Silence,
    Busy,
    ServerError,
    Unavailable,
    Page,
    Gzip,
    Utf16,
}

impl Fault {
    pub(crate) const ALL: [(Self, &'static str); 9] = [
        (Self::Closed, "closed"),
        (Self::Truncated, "mid-body"),
        (Self::Silence, "10 s silence"),
        (Self::Busy, "429 after 7"),
        (Self::ServerError, "500"),
        (Self::Unavailable, "503"),
        (Self::Page, "wrong type"),
        (Self::Gzip, "no gzip"),
        (Self::Utf16, "UTF-16"),
    ];

    /// The server's response, or the lack of one.
    pub(crate) fn reply(self) -> Reply {
        match self {
            Self::Closed => Reply::broken(),
            Self::Truncated => Reply::half(),
            Self::Silence => Reply::silence(),
            Self::Busy => Reply::text(429, "application/json", r#"[{"description":"slow down"}]"#)
                .header("retry-after", "7"),
            Self::ServerError => Reply::text(500, "text/html", "<h1>Internal Server Error</h1>"),
            Self::Unavailable => Reply::text(503, "application/json", r#"{"error":"maintenance"}"#),
            Self::Page => Reply::html("<!doctype html><title>Hello</title><h1>Hello</h1>"),
            Self::Gzip => Reply::passthrough().header("content-encoding", "gzip"),
            Self::Utf16 => Reply::corrupted(Corruption::Utf16),
        }
    }

    /// The same, after the city has processed the request.
    pub(crate) fn reply_after_processing(self) -> Reply {
        match self {
            // These let the call through and corrupt its response.
            Self::Truncated | Self::Gzip | Self::Utf16 => self.reply(),
            _ => self.reply().after_processing(),
        }
    }

    /// The true message: its name in the table, and its text.
    pub(crate) fn message(self) -> (&'static str, String) {
        let key = match self {
            Self::Closed | Self::Truncated | Self::Gzip => "problem.unreachable",
            Self::Silence => "problem.timed-out",
            Self::Busy => return ("busy, 7 s", plural("problem.busy-seconds", 7)),
            Self::ServerError | Self::Unavailable | Self::Page | Self::Utf16 => "problem.trouble",
        };
        (key.trim_start_matches("problem."), en(key))
    }

    /// How long it takes at most until the message is shown.
    pub(crate) fn limit(self) -> Duration {
        Duration::from_secs(if self == Self::Silence { 40 } else { 12 })
    }
}

/// The calls of the journey, in their order.
pub(crate) const CALLS: [&str; 13] = [
    "services",
    "definition",
    "notices",
    "boundary",
    "geocoder: search",
    "geocoder: reverse",
    "nearby list",
    "photo upload",
    "POST, lost, with a key",
    "POST, taken, with a key",
    "POST, taken, no key",
    "own request, looked for",
    "token",
];

/// The message of a cell, or what is wrong with it.
type Cell = Result<String, String>;

static TABLE: Mutex<BTreeMap<(&'static str, Fault), Cell>> = Mutex::new(BTreeMap::new());

/// Records the outcome of a call under a fault. A journey cannot go on after a wrong one.
pub(crate) fn record(call: &'static str, fault: Fault, outcome: Result<&str>) -> Result<()> {
    assert!(CALLS.contains(&call), "{call} is in no row");
    let cell = match &outcome {
        Ok(message) => Ok((*message).to_owned()),
        Err(error) => Err(format!("{error:#}")),
    };
    let mut table = TABLE.lock().unwrap_or_else(PoisonError::into_inner);
    table.insert((call, fault), cell);
    match outcome {
        Ok(_) => Ok(()),
        Err(error) => bail!("{call}: {error:#}"),
    }
}

/// The cells of this column that are wrong or were never reached.
pub(crate) fn failures(fault: Fault, calls: &[&'static str]) -> Vec<String> {
    let table = TABLE.lock().unwrap_or_else(PoisonError::into_inner);
    let failure = |call: &&'static str| match table.get(&(*call, fault)) {
        Some(Ok(_)) => None,
        Some(Err(why)) => Some(format!("{call} × {fault:?}: {why}")),
        None => Some(format!("{call} × {fault:?}: not reached")),
    };
    calls.iter().filter_map(failure).collect()
}

/// Prints the table as far as it is known. It is complete after the last column.
pub(crate) fn print() {
    let table = TABLE.lock().unwrap_or_else(PoisonError::into_inner);
    let row = |name: &str, cells: Vec<String>| {
        let cells: String = cells.iter().map(|cell| format!(" {cell:<13}|")).collect();
        format!("| {name:<24}|{cells}\n")
    };
    let names = Fault::ALL.map(|(_, name)| name.to_owned()).to_vec();
    let mut text = row("call × fault", names);
    for call in CALLS {
        let cells = Fault::ALL.map(|(fault, _)| match table.get(&(call, fault)) {
            Some(Ok(message)) => message.clone(),
            Some(Err(_)) => "WRONG".to_owned(),
            None => String::new(),
        });
        text += &row(call, cells.to_vec());
    }
    let legend = "In each cell nothing typed was lost, the city has the request once, and the message was this.";
    eprintln!("\n{text}{legend}\n");
    println!("\n{text}{legend}\n");
}
