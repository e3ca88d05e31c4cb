//! How a moment is written.

use crate::clock::{self, Zone};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dates {
    /// 2026-11-21T14:04:00-06:00
    Offset,
    /// 2026-11-21T14:04:00.000-06:00
    OffsetFraction,
    /// 2026-11-21T20:04:00.000Z
    UtcFraction,
    /// 2026-11-21T14:04:00
    NoZone,
    /// 2026-11-21 14:04:00.00
    BlankFraction,
}

impl Dates {
    /// A moment that cannot be read stays as it is.
    pub(super) fn write(self, text: &str, zone: &Zone) -> String {
        let Some(at) = clock::read(text) else {
            return text.to_owned();
        };
        let local = zone.local(at);
        let written = match self {
            Dates::Offset => local.strftime("%Y-%m-%dT%H:%M:%S%:z"),
            Dates::OffsetFraction => local.strftime("%Y-%m-%dT%H:%M:%S.000%:z"),
            Dates::NoZone => local.strftime("%Y-%m-%dT%H:%M:%S"),
            Dates::BlankFraction => local.strftime("%Y-%m-%d %H:%M:%S.00"),
            Dates::UtcFraction => {
                return at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string();
            }
        };
        written.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moment_in_every_writing() {
        for (dates, written) in [
            (Dates::Offset, "2026-11-21T14:04:00-06:00"),
            (Dates::OffsetFraction, "2026-11-21T14:04:00.000-06:00"),
            (Dates::UtcFraction, "2026-11-21T20:04:00.000Z"),
            (Dates::NoZone, "2026-11-21T14:04:00"),
            (Dates::BlankFraction, "2026-11-21 14:04:00.00"),
        ] {
            let zone = Zone::named("America/Chicago");
            assert_eq!(dates.write("2026-11-21T14:04:00-06:00", &zone), written);
            assert_eq!(dates.write("soon", &zone), "soon");
        }
    }
}
