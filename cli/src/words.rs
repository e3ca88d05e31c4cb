//! The command `words`: from a city's public requests to `words.json`, with a report of what was left out, how good the
//! search is with it, and what is different from the file before.

use std::fmt::Write as _;
use std::fs;

use frontdoor_core::search::city_words::CityWords;
use open311::Service;

use crate::args::{Source, WordsArgs};
use crate::count::{Request, count};
use crate::endpoint::{self, Means};
use crate::eval::{Score, place, search_of};
use crate::requests::{from_files, services_of};
use crate::{file, tables};

/// Runs the command; the report.
///
/// # Errors
/// The requests cannot be read, or the file cannot be written.
pub(crate) fn run(args: &WordsArgs) -> Result<String, String> {
    let (collected, services) = match &args.source {
        Source::Files(paths) => (from_files(paths)?, None),
        Source::Endpoint(endpoint) => {
            let means = Means {
                ask: &endpoint::ask,
                wait: &endpoint::wait,
                tell: &|text| eprintln!("{text}"),
            };
            let services = endpoint::services(endpoint, &means)?;
            (endpoint::requests(endpoint, &means)?, Some(services))
        }
    };
    let services = match &args.services {
        Some(path) => Some(services_of(path)?),
        None => services,
    };
    let empty = collected.empty;
    let requests = collected.sorted();
    if requests.is_empty() {
        return Err("there is no request with a text and a service".to_owned());
    }
    let (city, dropped) = count(&requests, &tables::all());
    let mut report = format!(
        "{} requests with a text ({empty} without), {} services, {} words\n",
        requests.len(),
        city.services.len(),
        city.words.len()
    );
    report.push_str("\nLeft out:\n");
    for (reason, count) in &dropped.0 {
        let _ = writeln!(report, "  {count:>6} words that {}", reason.words());
    }
    if let Some(services) = &services {
        report.push_str(&how_good(&requests, services));
    }
    let text = file::text(&city);
    if let Ok(before) = fs::read_to_string(&args.out) {
        let before = json::parse(&before)
            .map_err(|error| format!("{} is no words.json: {error}", args.out.display()))?;
        let (before, _) = CityWords::read(&before);
        let _ = write!(
            report,
            "\nAgainst the file before:\n{}",
            file::difference(&before, &city)
        );
    }
    fs::write(&args.out, &text)
        .map_err(|error| format!("{} cannot be written: {error}", args.out.display()))?;
    let _ = write!(report, "\n{} has {} bytes", args.out.display(), text.len());
    Ok(report)
}

/// Learns from the older four fifths and searches with the texts of the newest one.
fn how_good(requests: &[Request], services: &[Service]) -> String {
    let (older, newest) = requests.split_at(requests.len() * 4 / 5);
    let (city, _) = count(older, &tables::all());
    let mut out =
        String::from("\nHow good the search is, with the newest fifth, counted without it:\n");
    let mut by_service = vec![Score::default(); services.len()];
    for (name, words) in [
        ("without words.json", &CityWords::default()),
        ("with words.json", &city),
    ] {
        let mut search = search_of(services, words);
        let mut score = Score::default();
        for request in newest {
            let index = services
                .iter()
                .position(|service| service.code == request.service);
            let Some(index) = index else { continue };
            let (rank, is_nothing) = place(&mut search, services, &request.service, &request.text);
            score.add(rank, is_nothing);
            if let (Some(of_service), false) = (by_service.get_mut(index), words.words.is_empty()) {
                of_service.add(rank, is_nothing);
            }
        }
        let _ = writeln!(
            out,
            "  {name:<20} {} of {} texts",
            score.line(),
            score.samples
        );
    }
    out.push_str("\nBy service, with words.json:\n");
    for (service, score) in services.iter().zip(by_service) {
        if score.samples > 0 {
            let _ = writeln!(
                out,
                "  {:>5} texts  {}  {}",
                score.samples,
                score.line(),
                service.name
            );
        }
    }
    out
}
