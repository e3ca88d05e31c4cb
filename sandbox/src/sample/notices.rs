//! Riverton's notices of the first run. Their dates are relative to that day, so that a paused service
//! is still paused whenever the city is created.

use jiff::{Timestamp, ToSpan};
use rusqlite::Transaction;
use serde::Deserialize;

use crate::clock::Zone;
use crate::store::notices::{self, Notice};

/// Midnight, this many days from the first run.
#[derive(Clone, Copy, Default, Deserialize)]
struct RelativeDate {
    days: i64,
}

pub(super) fn fill(tx: &Transaction, now: Timestamp, zone: &Zone) -> Result<(), String> {
    let text = include_str!("../../data/notices.json");
    let notices: Vec<Notice<RelativeDate>> =
        serde_json::from_str(text).map_err(|error| error.to_string())?;
    let timestamp = |date: RelativeDate| {
        let today = zone.local(now).date();
        zone.at(today.saturating_add(date.days.days()), 0, 0)
    };
    for notice in notices {
        let (from, until) = (notice.from.map(timestamp), notice.until.map(timestamp));
        let notice = Notice {
            id: notice.id,
            kind: notice.kind,
            services: notice.services,
            title: notice.title,
            text: notice.text,
            phone: notice.phone,
            link: notice.link,
            from: from.map(|at| zone.format(at)),
            until: until.map(|at| zone.format(at)),
        };
        notices::insert(tx, &notice, until).map_err(|error| error.to_string())?;
    }
    Ok(())
}
