//! Search on Riverton's map: houses, streets and corners by text, and the house nearest to a point.

use super::streets::{self, BLOCK, EASTBOUND, NORTHBOUND, NUMBERS_PER_BLOCK, SOUTH_WEST};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AddressMatch {
    pub(crate) number: Option<u32>,
    /// The street, or a corner such as Main St & 3rd St.
    pub(crate) street: String,
    pub(crate) lat: f64,
    pub(crate) long: f64,
}

/// A street, as an index into the list of its direction.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Street {
    Northbound(usize),
    Eastbound(usize),
}

impl Street {
    fn all() -> impl Iterator<Item = Street> {
        let north = (0..NORTHBOUND.len()).map(Street::Northbound);
        north.chain((0..EASTBOUND.len()).map(Street::Eastbound))
    }

    fn name(self) -> &'static str {
        let name = match self {
            Street::Northbound(index) => NORTHBOUND.get(index),
            Street::Eastbound(index) => EASTBOUND.get(index),
        };
        name.copied().unwrap_or_default()
    }

    /// The highest house number: the street ends at its last corner.
    fn last_number(self) -> u32 {
        let corners = match self {
            Street::Northbound(_) => EASTBOUND.len(),
            Street::Eastbound(_) => NORTHBOUND.len(),
        };
        (corners as u32 - 1) * NUMBERS_PER_BLOCK
    }

    fn house(self, number: u32) -> AddressMatch {
        let location = match self {
            Street::Northbound(street) => streets::on_northbound(street, number),
            Street::Eastbound(street) => streets::on_eastbound(street, number),
        };
        AddressMatch {
            number: Some(number),
            street: self.name().to_owned(),
            lat: location.lat,
            long: location.long,
        }
    }

    /// The whole street, located at its middle.
    fn middle(self) -> AddressMatch {
        AddressMatch {
            number: None,
            ..self.house(self.last_number() / 2)
        }
    }

    /// How well the words match: 0 for the full name, 1 for its beginning.
    fn rank(self, words: &[String]) -> Option<u8> {
        let name = self.name().to_lowercase();
        let (own, kind) = name.split_once(' ')?;
        let (first, rest) = words.split_first()?;
        let normalized = ordinal(first);
        let rank = match () {
            () if normalized == own => 0,
            () if own.starts_with(first.as_str()) => 1,
            () => return None,
        };
        let kinds: &[&str] = if kind == "rd" {
            &["rd", "road"]
        } else {
            &["st", "street", "str"]
        };
        let fits = |word: &String| kinds.iter().any(|kind| kind.starts_with(word.as_str()));
        match rest {
            [] => Some(rank),
            [kind] if fits(kind) => Some(rank),
            _ => None,
        }
    }

    fn named(words: &[String]) -> Vec<(u8, Street)> {
        Street::all()
            .filter_map(|street| Some((street.rank(words)?, street)))
            .collect()
    }
}

/// The matches of a query, best first.
pub(crate) fn find(query: &str, limit: usize) -> Vec<AddressMatch> {
    let words = words(query);
    let connector = words.iter().position(|word| is_connector(word));
    let mut found: Vec<(u8, AddressMatch)> = match (connector, words.split_first()) {
        (Some(connector), _) => {
            let (one, other) = words.split_at(connector);
            corners(one, other.get(1..).unwrap_or_default())
        }
        (None, Some((number, street))) if !street.is_empty() && number.parse::<u32>().is_ok() => {
            let number = number.parse().unwrap_or_default();
            Street::named(street)
                .into_iter()
                .filter(|(_, street)| (1..=street.last_number()).contains(&number))
                .map(|(rank, street)| (rank, street.house(number)))
                .collect()
        }
        _ => Street::named(&words)
            .into_iter()
            .map(|(rank, street)| (rank, street.middle()))
            .collect(),
    };
    found.sort_by_key(|(rank, _)| *rank);
    found
        .into_iter()
        .map(|(_, found)| found)
        .take(limit)
        .collect()
}

fn corners(one: &[String], other: &[String]) -> Vec<(u8, AddressMatch)> {
    let mut found = Vec::new();
    for (rank, first) in Street::named(one) {
        for (other_rank, second) in Street::named(other) {
            let (Street::Northbound(north), Street::Eastbound(east)) = (match first {
                Street::Northbound(_) => (first, second),
                Street::Eastbound(_) => (second, first),
            }) else {
                continue;
            };
            let location = streets::on_northbound(north, east as u32 * NUMBERS_PER_BLOCK);
            found.push((
                rank + other_rank,
                AddressMatch {
                    number: None,
                    street: format!("{} & {}", first.name(), second.name()),
                    lat: location.lat,
                    long: location.long,
                },
            ));
        }
    }
    found
}

/// The nearest house, if the point is at most half a block off the map's streets.
pub(crate) fn nearest(lat: f64, long: f64) -> Option<AddressMatch> {
    let (north, east) = (
        (lat - SOUTH_WEST.0) / BLOCK.0,
        (long - SOUTH_WEST.1) / BLOCK.1,
    );
    let within = |blocks: f64, corners: usize| {
        let last = corners.saturating_sub(1) as f64;
        (-0.5..=last + 0.5)
            .contains(&blocks)
            .then(|| blocks.clamp(0.0, last))
    };
    let (along_north, along_east) = (
        within(north, EASTBOUND.len())?,
        within(east, NORTHBOUND.len())?,
    );
    let to_northbound = (east - along_east.round()).abs();
    let to_eastbound = (north - along_north.round()).abs();
    let (street, blocks) = if to_northbound <= to_eastbound {
        (Street::Northbound(along_east.round() as usize), along_north)
    } else {
        (Street::Eastbound(along_north.round() as usize), along_east)
    };
    let number = (blocks * f64::from(NUMBERS_PER_BLOCK)).round() as u32;
    Some(street.house(number.clamp(1, street.last_number())))
}

/// The words of a query without those that do not distinguish: the city, its state, its postcode.
fn words(query: &str) -> Vec<String> {
    let lower = query.to_lowercase().replace(['&', '/'], " & ");
    let words = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '&'))
        .filter(|word| !word.is_empty());
    words
        .filter(|word| {
            !matches!(
                *word,
                "riverton" | "il" | "illinois" | "usa" | "61599" | "corner" | "of" | "the"
            )
        })
        .map(str::to_owned)
        .collect()
}

/// Whether the word connects the two streets of a corner, in English or Spanish.
fn is_connector(word: &str) -> bool {
    matches!(word, "&" | "and" | "at" | "y" | "con")
}

/// Third, 3 and 3rd are the same: 3rd.
fn ordinal(word: &str) -> String {
    const WORDS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    let number = WORDS
        .iter()
        .position(|known| *known == word)
        .map(|index| index + 1)
        .or_else(|| word.parse().ok());
    match number {
        Some(number @ 1..=3) => {
            format!(
                "{number}{}",
                ["", "st", "nd", "rd"]
                    .get(number)
                    .copied()
                    .unwrap_or_default()
            )
        }
        Some(number) => format!("{number}th"),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(found: &AddressMatch) -> String {
        match found.number {
            Some(number) => format!("{number} {}", found.street),
            None => found.street.clone(),
        }
    }

    #[test]
    fn addresses_are_found_as_people_write_them() {
        for (query, expected) in [
            ("12 main", &["12 Main St"][..]),
            ("12 MAIN Street, Riverton, IL 61599", &["12 Main St"]),
            ("118 oak st", &["118 Oak Street"]),
            ("40 River Road", &["40 River Rd"]),
            ("main st", &["Main St"]),
            ("ma", &["Main St", "Maple St"]),
            ("7th", &["7th St"]),
            ("1st", &["1st St"]),
            ("12 3rd st", &["12 3rd St"]),
            ("corner of main and 3rd", &["Main St & 3rd St"]),
            ("third & main", &["3rd St & Main St"]),
            ("Main St / 3 St", &["Main St & 3rd St"]),
            ("main y 3rd", &["Main St & 3rd St"]),
            ("main and oak", &[]),
            ("9999 main", &[]),
            ("0 main", &[]),
            ("main avenue", &[]),
            ("broadway", &[]),
            ("", &[]),
            ("&", &[]),
        ] {
            let found: Vec<String> = find(query, 10).iter().map(label).collect();
            assert_eq!(found, expected, "{query}");
        }
        assert_eq!(find("1", 2).len(), 2, "the limit is respected");
    }

    #[test]
    fn the_location_of_a_house_leads_back_to_the_house() {
        for query in ["118 oak", "1 river", "430 7th st", "549 walnut"] {
            let house = find(query, 1).remove(0);
            let back = nearest(house.lat, house.long).unwrap();
            assert_eq!(label(&back), label(&house));
        }
        let corner = find("main and 3rd", 1).remove(0);
        let at_corner = label(&nearest(corner.lat, corner.long).unwrap());
        assert!(
            ["100 Main St", "150 3rd St"].contains(&at_corner.as_str()),
            "{at_corner}"
        );
    }

    #[test]
    fn there_is_no_house_outside_the_map() {
        for (lat, long) in [
            (0.0, 0.0),
            (40.6205, -89.0),
            (41.0, -89.918),
            (f64::NAN, -89.918),
        ] {
            assert_eq!(nearest(lat, long), None, "{lat} {long}");
        }
    }
}
