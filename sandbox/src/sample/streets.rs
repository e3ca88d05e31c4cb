//! Riverton's map: ten streets that run north and twelve that run east, with fifty house numbers per
//! block. Addresses, coordinates and map tiles are all computed from it, so they agree.

use super::random::Random;

/// From west (the river) to east.
pub(crate) const NORTHBOUND: [&str; 10] = [
    "River Rd",
    "Mill St",
    "Depot St",
    "Main St",
    "Church St",
    "Oak Street",
    "Elm St",
    "Maple St",
    "Cedar St",
    "Walnut St",
];
/// From south to north.
pub(crate) const EASTBOUND: [&str; 12] = [
    "1st St", "2nd St", "3rd St", "4th St", "5th St", "6th St", "7th St", "8th St", "9th St",
    "10th St", "11th St", "12th St",
];
/// The corner of River Rd and 1st St.
pub(crate) const SOUTH_WEST: (f64, f64) = (40.614_45, -89.924_75);
/// The length of a block to the north and to the east, in degrees: about 120 m each.
pub(crate) const BLOCK: (f64, f64) = (0.001_1, 0.001_5);
pub(crate) const NUMBERS_PER_BLOCK: u32 = 50;

#[derive(Clone, Debug)]
pub(crate) struct Location {
    pub(crate) address: String,
    pub(crate) lat: f64,
    pub(crate) long: f64,
}

/// A house on a street that runs north (`0` is River Rd).
pub(crate) fn on_northbound(street: usize, number: u32) -> Location {
    let blocks = f64::from(number) / f64::from(NUMBERS_PER_BLOCK);
    location(NORTHBOUND.get(street), number, blocks, street as f64)
}

/// A house on a street that runs east (`0` is 1st St).
pub(crate) fn on_eastbound(street: usize, number: u32) -> Location {
    let blocks = f64::from(number) / f64::from(NUMBERS_PER_BLOCK);
    location(EASTBOUND.get(street), number, street as f64, blocks)
}

fn location(street: Option<&&str>, number: u32, north: f64, east: f64) -> Location {
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    Location {
        address: format!("{number} {}", street.copied().unwrap_or("River Rd")),
        lat: round(SOUTH_WEST.0 + north * BLOCK.0),
        long: round(SOUTH_WEST.1 + east * BLOCK.1),
    }
}

pub(super) fn random_location(random: &mut Random) -> Location {
    if random.percent(60) {
        let street = random.below(NORTHBOUND.len() as u32) as usize;
        on_northbound(street, 1 + random.below(11 * NUMBERS_PER_BLOCK - 1))
    } else {
        let street = random.below(EASTBOUND.len() as u32) as usize;
        on_eastbound(street, 1 + random.below(9 * NUMBERS_PER_BLOCK - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_house_tells_its_block() {
        let house = on_northbound(5, 118);
        assert_eq!(house.address, "118 Oak Street");
        let third = SOUTH_WEST.0 + 2.0 * BLOCK.0;
        assert!(
            third < house.lat && house.lat < third + BLOCK.0,
            "{house:?}"
        );
    }
}
