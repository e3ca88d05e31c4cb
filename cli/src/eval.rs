//! How good the search is: for texts that are known to belong to a service, how often that service comes first, among
//! the first three and the first eight.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use frontdoor_core::search::city_words::CityWords;
use frontdoor_core::search::concepts::Table;
use frontdoor_core::search::meaning::Meaning;
use frontdoor_core::search::{Entry, Synonyms, folded, stem};
use json::Value;
use open311::Service;

use crate::args::EvalArgs;
use crate::requests::read_document;
use crate::tables;

/// A text and the code of the service that it was filed under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sample {
    pub(crate) city: String,
    pub(crate) service: String,
    pub(crate) text: String,
}

/// How many samples found their service among the first results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Score {
    pub(crate) samples: u32,
    pub(crate) first: u32,
    pub(crate) three: u32,
    pub(crate) eight: u32,
    /// Samples without any result.
    pub(crate) nothing: u32,
}

impl Score {
    pub(crate) fn add(&mut self, rank: Option<usize>, is_nothing: bool) {
        self.samples += 1;
        self.first += u32::from(rank.is_some_and(|rank| rank < 1));
        self.three += u32::from(rank.is_some_and(|rank| rank < 3));
        self.eight += u32::from(rank.is_some_and(|rank| rank < 8));
        self.nothing += u32::from(is_nothing);
    }

    /// The shares as a line of text.
    pub(crate) fn line(self) -> String {
        let share = |count: u32| f64::from(count) / f64::from(self.samples.max(1));
        format!(
            "top-1 {:.3}  top-3 {:.3}  top-8 {:.3}  nothing {:.3}",
            share(self.first),
            share(self.three),
            share(self.eight),
            share(self.nothing)
        )
    }
}

/// Reads lines of city, language, service code, service name and text, separated by tabs, below a line of headings.
pub(crate) fn read_samples(text: &str) -> Vec<Sample> {
    let mut samples = Vec::new();
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.splitn(5, '\t').collect();
        if let [city, _, service, _, text] = fields.as_slice() {
            samples.push(Sample {
                city: (*city).to_owned(),
                service: (*service).to_owned(),
                text: (*text).to_owned(),
            });
        }
    }
    samples
}

/// Reads `{"city": [services]}`, with the names of GeoReport or without their `service_`.
pub(crate) fn read_services(value: &Value) -> Vec<(String, Vec<Service>)> {
    let lists = value.fields().iter();
    lists
        .map(|(city, list)| (city.clone(), list.items().iter().map(service).collect()))
        .collect()
}

fn service(row: &Value) -> Service {
    let text = |keys: &[&str]| row.text_of(keys).unwrap_or_default().to_owned();
    let keywords = row.get("keywords").map(Value::items).unwrap_or_default();
    Service {
        code: text(&["service_code", "code"]),
        name: text(&["service_name", "name"]),
        description: text(&["description"]),
        keywords: keywords.iter().filter_map(Value::string).collect(),
        group: Some(text(&["group"])),
        ..Service::default()
    }
}

/// Runs the command `words-eval`; the report.
///
/// # Errors
/// A file cannot be read.
pub(crate) fn run(args: &EvalArgs) -> Result<String, String> {
    let read = |path: &Path| {
        let text = fs::read_to_string(path);
        text.map_err(|error| format!("{} cannot be read: {error}", path.display()))
    };
    let document = |path: &Path| {
        let document = read_document(&read(path)?);
        document.ok_or_else(|| format!("{} is neither JSON nor XML", path.display()))
    };
    let samples = read_samples(&read(&args.samples)?);
    let services = read_services(&document(&args.services)?);
    let words = match &args.words {
        Some(path) => CityWords::read(&document(path)?).0,
        None => CityWords::default(),
    };
    Ok(report(&samples, &services, &words, args.each))
}

/// The search of a city.
pub(crate) fn search_of(services: &[Service], city: &CityWords) -> Meaning {
    let entries: Vec<Entry> = services.iter().map(Entry::of_service).collect();
    let codes: Vec<&str> = services
        .iter()
        .map(|service| service.code.as_str())
        .collect();
    Meaning::new(entries, &codes, Synonyms::default(), &tables::all(), city)
}

/// The place of the service among the results, and whether there are none.
pub(crate) fn place(
    search: &mut Meaning,
    services: &[Service],
    code: &str,
    text: &str,
) -> (Option<usize>, bool) {
    let hits = search.rank(text);
    let place = hits.iter().position(|hit| {
        services
            .get(hit.index)
            .is_some_and(|service| service.code == code)
    });
    (place, hits.is_empty())
}

/// The three ways in which the texts are typed.
const WAYS: [&str; 3] = ["as written", "first six words", "three most telling"];

/// The report of `words-eval`. With `each`, it lists the texts that do not find their service among the first three.
fn report(
    samples: &[Sample],
    services: &[(String, Vec<Service>)],
    words: &CityWords,
    each: bool,
) -> String {
    let mut out = String::new();
    let tables = tables::all();
    for (city, services) in services {
        let mut search = search_of(services, words);
        let own: Vec<&Sample> = samples
            .iter()
            .filter(|sample| sample.city == *city)
            .collect();
        let rarity = Rarity::of(&own, &tables);
        let _ = writeln!(
            out,
            "{city}: {} texts, {} services",
            own.len(),
            services.len()
        );
        out.push_str(&own_names(&mut search, services));
        if own.is_empty() {
            continue;
        }
        for (way, name) in WAYS.iter().enumerate() {
            let mut score = Score::default();
            let mut by_service: Vec<Score> = vec![Score::default(); services.len()];
            for sample in &own {
                let text = match way {
                    0 => sample.text.clone(),
                    1 => first_words(&sample.text),
                    _ => rarity.telling(&sample.text),
                };
                let (rank, is_nothing) = place(&mut search, services, &sample.service, &text);
                score.add(rank, is_nothing);
                let index = services
                    .iter()
                    .position(|service| service.code == sample.service);
                if let Some(of_service) = index.and_then(|index| by_service.get_mut(index)) {
                    of_service.add(rank, is_nothing);
                }
                if each && way == 0 && rank.is_none_or(|rank| rank >= 3) {
                    let hits = search.rank(&text);
                    let top: Vec<String> = hits
                        .iter()
                        .take(3)
                        .filter_map(|hit| {
                            Some(format!("{} {}", services.get(hit.index)?.name, hit.score))
                        })
                        .collect();
                    let name = index.and_then(|index| services.get(index));
                    let name = name
                        .map(|service| service.name.as_str())
                        .unwrap_or_default();
                    let short: String = text.chars().take(160).collect();
                    let _ = writeln!(out, "  MISS {name} | {short} | {}", top.join("; "));
                }
            }
            let _ = writeln!(out, "  {name:<20} {}", score.line());
            if way == 0 {
                let asked: Vec<&Score> = by_service
                    .iter()
                    .filter(|score| score.samples > 0)
                    .collect();
                let sum: f64 = asked
                    .iter()
                    .map(|score| f64::from(score.three) / f64::from(score.samples))
                    .sum();
                let _ = writeln!(
                    out,
                    "  {:<20} top-3 {:.3}",
                    "each service alike",
                    sum / asked.len() as f64
                );
                if each {
                    for (service, score) in services.iter().zip(&by_service) {
                        let _ = writeln!(
                            out,
                            "    {:>4} {} {}",
                            score.samples,
                            score.line(),
                            service.name
                        );
                    }
                }
            }
        }
    }
    out
}

/// How often a service is found by its own name, and by the first four letters of it. Names that several services have
/// are found if one of them is.
fn own_names(search: &mut Meaning, services: &[Service]) -> String {
    let (mut first, mut eight) = (0, 0);
    for service in services {
        let is_named = |index: &usize| {
            let found = services.get(*index);
            found.is_some_and(|found| folded(&found.name) == folded(&service.name))
        };
        first += u32::from(
            search
                .search(&service.name)
                .items
                .first()
                .is_some_and(is_named),
        );
        let letters: String = service.name.chars().take(4).collect();
        let found = search.search(&letters).items;
        eight += u32::from(found.iter().take(8).any(is_named));
    }
    let share = |count: u32| f64::from(count) / services.len().max(1) as f64;
    format!(
        "  own name             first {:.3}  four letters of it among eight {:.3}\n",
        share(first),
        share(eight)
    )
}

fn first_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(6).collect();
    words.join(" ")
}

/// In how many texts each word stands.
struct Rarity {
    counts: Vec<(String, u32)>,
    tables: Vec<Table>,
}

/// Words in fewer texts are names of streets and people.
const RAREST: u32 = 3;

impl Rarity {
    fn of(samples: &[&Sample], tables: &[Table]) -> Self {
        let mut counts: std::collections::BTreeMap<String, u32> = Default::default();
        for sample in samples {
            let mut stems: Vec<String> = folded(&sample.text).split(' ').map(stem).collect();
            stems.sort();
            stems.dedup();
            for stem in stems {
                *counts.entry(stem).or_default() += 1;
            }
        }
        Self {
            counts: counts.into_iter().collect(),
            tables: tables.to_vec(),
        }
    }

    /// The three rarest words of a text that stand in a few others.
    fn telling(&self, text: &str) -> String {
        let folded = folded(text);
        let mut words: Vec<(u32, &str)> = Vec::new();
        for word in folded.split(' ') {
            let stem = stem(word);
            let count = self
                .counts
                .binary_search_by(|(known, _)| known.as_str().cmp(&stem));
            let count = count.ok().and_then(|index| self.counts.get(index));
            let count = count.map(|(_, count)| *count).unwrap_or_default();
            let is_stop = self.tables.iter().any(|table| table.is_stop(word));
            if count >= RAREST && !is_stop && !words.iter().any(|(_, known)| *known == word) {
                words.push((count, word));
            }
        }
        words.sort();
        let words: Vec<&str> = words.into_iter().take(3).map(|(_, word)| word).collect();
        words.join(" ")
    }
}
