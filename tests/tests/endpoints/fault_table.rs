//! What can befall a call, what is true to say of it, and the table of all calls and all faults.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Result, bail};
use frontdoor_tests::{Reply, Turn, en, plural};

/// What befalls a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    Closed,
    MidBody,
    Silence,
    Busy,
    Broken,
    Away,
    Page,
    Gzip,
    Utf16,
}

impl Fault {
    pub(crate) const ALL: [(Self, &'static str); 9] = [
        (Self::Closed, "closed"),
        (Self::MidBody, "mid-body"),
        (Self::Silence, "10 s silence"),
        (Self::Busy, "429 after 7"),
        (Self::Broken, "500"),
        (Self::Away, "503"),
        (Self::Page, "wrong type"),
        (Self::Gzip, "no gzip"),
        (Self::Utf16, "UTF-16"),
    ];

    /// The server's answer, or the lack of one.
    pub(crate) fn reply(self) -> Reply {
        match self {
            Self::Closed => Reply::broken(),
            Self::MidBody => Reply::half(),
            Self::Silence => Reply::silence(),
            Self::Busy => Reply::text(429, "application/json", r#"[{"description":"slow down"}]"#)
                .header("retry-after", "7"),
            Self::Broken => Reply::text(500, "text/html", "<h1>Internal Server Error</h1>"),
            Self::Away => Reply::text(503, "application/json", r#"{"error":"maintenance"}"#),
            Self::Page => Reply::html("<!doctype html><title>Hello</title><h1>Hello</h1>"),
            Self::Gzip => Reply::passed().header("content-encoding", "gzip"),
            Self::Utf16 => Reply::turned(Turn::Utf16),
        }
    }

    /// The same, after the city has done what it was asked.
    pub(crate) fn reply_when_done(self) -> Reply {
        match self {
            // They let the call pass, and spoil its answer.
            Self::MidBody | Self::Gzip | Self::Utf16 => self.reply(),
            _ => self.reply().done(),
        }
    }

    /// What is true to say: the key of the sentence, and the sentence.
    pub(crate) fn sentence(self) -> (&'static str, String) {
        let key = match self {
            Self::Closed | Self::MidBody | Self::Gzip => "problem.unreachable",
            Self::Silence => "problem.timed-out",
            Self::Busy => return ("busy, 7 s", plural("problem.busy-seconds", 7)),
            Self::Broken | Self::Away | Self::Page | Self::Utf16 => "problem.trouble",
        };
        (key.trim_start_matches("problem."), en(key))
    }

    /// How long it takes until it can be said.
    pub(crate) fn patience(self) -> Duration {
        Duration::from_secs(if self == Self::Silence { 40 } else { 12 })
    }
}

/// The calls of the journey, in its order.
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

/// What was said in a cell, or what is wrong with it.
type Cell = Result<String, String>;

static TABLE: Mutex<BTreeMap<(&'static str, Fault), Cell>> = Mutex::new(BTreeMap::new());

/// Notes what became of a call under a fault; a journey cannot go on after a wrong one.
pub(crate) fn note(call: &'static str, fault: Fault, became: Result<&str>) -> Result<()> {
    assert!(CALLS.contains(&call), "{call} is in no row");
    let cell = match &became {
        Ok(said) => Ok((*said).to_owned()),
        Err(error) => Err(format!("{error:#}")),
    };
    let mut table = TABLE.lock().unwrap_or_else(PoisonError::into_inner);
    table.insert((call, fault), cell);
    match became {
        Ok(_) => Ok(()),
        Err(error) => bail!("{call}: {error:#}"),
    }
}

/// What of this column is wrong or was never reached.
pub(crate) fn wrong(fault: Fault, calls: &[&'static str]) -> Vec<String> {
    let table = TABLE.lock().unwrap_or_else(PoisonError::into_inner);
    let judged = |call: &&'static str| match table.get(&(*call, fault)) {
        Some(Ok(_)) => None,
        Some(Err(why)) => Some(format!("{call} × {fault:?}: {why}")),
        None => Some(format!("{call} × {fault:?}: not reached")),
    };
    calls.iter().filter_map(judged).collect()
}

/// The table as far as it is known; whole when the last column has been played.
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
            Some(Ok(said)) => said.clone(),
            Some(Err(_)) => "WRONG".to_owned(),
            None => String::new(),
        });
        text += &row(call, cells.to_vec());
    }
    let legend =
        "Each cell: nothing typed was lost, the city has the request once, and this was said.";
    eprintln!("\n{text}{legend}\n");
    println!("\n{text}{legend}\n");
}
