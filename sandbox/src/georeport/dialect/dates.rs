//! How a dialect writes dates.

use crate::clock::{self, Zone};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateFormat {
    /// 2026-11-21T14:04:00-06:00
    Offset,
    /// 2026-11-21T14:04:00.000-06:00
    OffsetFraction,
    /// 2026-11-21T20:04:00.000Z
    UtcFraction,
    /// 2026-11-21T14:04:00
    NoZone,
    /// 2026-11-21 14:04:00.00
    SpaceFraction,
}

impl DateFormat {
    /// A date that cannot be parsed is not changed.
    pub(super) fn rewrite(self, text: &str, zone: &Zone) -> String {
        let Some(at) = clock::parse(text) else {
            return text.to_owned();
        };
        let local = zone.local(at);
        let formatted = match self {
            DateFormat::Offset => local.strftime("%Y-%m-%dT%H:%M:%S%:z"),
            DateFormat::OffsetFraction => local.strftime("%Y-%m-%dT%H:%M:%S.000%:z"),
            DateFormat::NoZone => local.strftime("%Y-%m-%dT%H:%M:%S"),
            DateFormat::SpaceFraction => local.strftime("%Y-%m-%d %H:%M:%S.00"),
            DateFormat::UtcFraction => {
                return at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string();
            }
        };
        formatted.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_writes_the_same_time() {
        for (format, expected) in [
            (DateFormat::Offset, "2026-11-21T14:04:00-06:00"),
            (DateFormat::OffsetFraction, "2026-11-21T14:04:00.000-06:00"),
            (DateFormat::UtcFraction, "2026-11-21T20:04:00.000Z"),
            (DateFormat::NoZone, "2026-11-21T14:04:00"),
            (DateFormat::SpaceFraction, "2026-11-21 14:04:00.00"),
        ] {
            let zone = Zone::named("America/Chicago");
            assert_eq!(format.rewrite("2026-11-21T14:04:00-06:00", &zone), expected);
            assert_eq!(format.rewrite("soon", &zone), "soon");
        }
    }
}
