//! Sentences as people write them find the service that they mean. The files in `own_words/` have a heading for each
//! service and the sentences below it.

use frontdoor_core::search::city_words::CityWords;
use frontdoor_core::search::concepts::Table;
use frontdoor_core::search::meaning::Meaning;
use frontdoor_core::search::{Entry, Synonyms};

const TABLES: [&str; 3] = [
    include_str!("../civic/en.txt"),
    include_str!("../civic/es.txt"),
    include_str!("../civic/de.txt"),
];

const SENTENCES: [(&str, &str); 3] = [
    ("en", include_str!("own_words/en.txt")),
    ("es", include_str!("own_words/es.txt")),
    ("de", include_str!("own_words/de.txt")),
];

/// The share of sentences that must find their service first, and among the first three.
const LEAST: (f64, f64) = (0.85, 0.95);

fn tables() -> Vec<Table> {
    TABLES.iter().map(|text| Table::read(text)).collect()
}

#[test]
fn sentences_as_people_write_them_find_their_service() {
    let (mut all, mut first, mut three) = (0, 0, 0);
    let mut missed = String::new();
    for (language, file) in SENTENCES {
        let lines = || file.lines().filter(|line| !line.starts_with('#'));
        let names: Vec<&str> = lines().filter_map(|line| line.strip_prefix("= ")).collect();
        let entries: Vec<Entry> = names.iter().map(|name| Entry::new(name, [])).collect();
        let mut search = Meaning::new(
            entries,
            &names,
            Synonyms::default(),
            &tables(),
            &CityWords::default(),
        );
        let mut heading = 0;
        for line in lines() {
            if let Some(name) = line.strip_prefix("= ") {
                heading = names.iter().position(|known| *known == name).unwrap();
                continue;
            }
            let hits = search.rank(line);
            let place = hits.iter().position(|hit| hit.index == heading);
            all += 1;
            first += u32::from(place == Some(0));
            three += u32::from(place.is_some_and(|place| place < 3));
            if place.is_none_or(|place| place > 2) {
                let top: Vec<&str> = hits.iter().take(3).map(|hit| names[hit.index]).collect();
                missed.push_str(&format!(
                    "\n{language} {}: {line} → {top:?}",
                    names[heading]
                ));
            }
        }
    }
    let share = |count: u32| f64::from(count) / f64::from(all);
    println!(
        "{all} sentences: top-1 {:.3}, top-3 {:.3}{missed}",
        share(first),
        share(three)
    );
    assert!(all >= 300, "{all} sentences");
    assert!(
        share(first) >= LEAST.0 && share(three) >= LEAST.1,
        "{missed}"
    );
}

#[test]
fn every_concept_of_a_table_is_in_others_too_or_is_particular_to_one_country() {
    let tables = tables();
    let [en, others @ ..] = tables.as_slice() else {
        panic!("no table")
    };
    let all: Vec<&str> = en.names().collect();
    assert!((120..=150).contains(&all.len()), "{} concepts", all.len());
    for table in others {
        let alone: Vec<&str> = table.names().filter(|name| !all.contains(name)).collect();
        assert!(alone.len() < 6, "{alone:?}");
    }
}

#[test]
fn the_compact_form_of_a_table_reads_as_the_same_table() {
    for table in tables() {
        let names: Vec<&str> = table.names().collect();
        let compact = table.compact(&names);
        let again = Table::read(&compact);
        assert_eq!(again.compact(&[]), table.compact(&names));
        assert_eq!(again.names().count(), names.len());
    }
}
