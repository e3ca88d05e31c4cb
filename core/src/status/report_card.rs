//! The report card: for each service the number of requests, how fast they were closed, and how many on time.
//!
//! Requests are added one by one, so that a page of the city's list can be processed while the next one is being
//! fetched. Whether a request was on time is up to the caller (see [`super::on_time`]).

use crate::time::{DAY, UnixMs, wall_clock_ms};
use open311::{Moment, ServiceRequest, Stage};
use std::collections::BTreeSet;

/// The maximum number of requests that are counted. More take longer to fetch and more memory, fewer describe a
/// large city less well. Sensible: 1,000 to 50,000.
pub const MAX_REQUESTS: usize = 10_000;

/// A report card in progress.
#[derive(Default)]
pub struct ReportCard {
    /// Requests that were sent earlier are not counted.
    since: UnixMs,
    /// The numbers of the requests added so far.
    seen: BTreeSet<String>,
    counted: usize,
    is_full: bool,
    /// Sorted by code.
    services: Vec<ServiceFigures>,
}

#[derive(Default)]
struct ServiceFigures {
    code: String,
    name: String,
    count: usize,
    open: usize,
    /// For each closed request, days from sending to closing.
    days: Vec<f64>,
    /// How many requests were or should have been completed by a promised day.
    promised: usize,
    /// How many of these were completed in time.
    kept: usize,
}

/// The figures of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportCardRow {
    /// The service's name.
    pub name: String,
    /// The number of requests.
    pub count: usize,
    /// The number of requests that are open.
    pub open: usize,
    /// The median time from sending to closing, in days; `None` if none was closed.
    pub median_days: Option<f64>,
    /// The 90th percentile of the time from sending to closing, in days; `None` if none was closed.
    pub p90_days: Option<f64>,
    /// The share of requests completed by the promised day, 0 to 1; `None` if none was due.
    pub on_time: Option<f64>,
}

impl ReportCard {
    /// An empty report card. Requests sent before `since` will not be counted: not every endpoint respects the
    /// time range that it is asked for.
    pub fn new(since: UnixMs) -> Self {
        Self {
            since,
            ..Self::default()
        }
    }

    /// Adds a request. Returns false if it was already added, has no number, or exceeds [`MAX_REQUESTS`].
    /// `was_on_time` tells whether a request was completed by the promised day; `None` if there was none or it is
    /// unknown.
    pub fn add(
        &mut self,
        request: &ServiceRequest,
        was_on_time: &dyn Fn(&ServiceRequest) -> Option<bool>,
    ) -> bool {
        let Some(id) = request.id.as_deref() else {
            return false;
        };
        if self.seen.len() >= MAX_REQUESTS && !self.seen.contains(id) {
            self.is_full = true;
        }
        if self.is_full || !self.seen.insert(id.to_owned()) {
            return false;
        }
        // Times without a zone are taken to be in UTC: the interval between two of them is the same.
        let moment = |moment: &Option<Moment>| wall_clock_ms(moment.as_ref()?, 0);
        let sent = moment(&request.requested);
        if sent.is_some_and(|sent| UnixMs(sent) < self.since) {
            return true;
        }
        self.counted += 1;
        let code = request.service_code.as_deref();
        let code = code.or(request.service_name.as_deref()).unwrap_or("–");
        let index = self
            .services
            .partition_point(|known| known.code.as_str() < code);
        if self
            .services
            .get(index)
            .is_none_or(|known| known.code != code)
        {
            let service = ServiceFigures {
                code: code.to_owned(),
                name: request.service_name.as_deref().unwrap_or(code).to_owned(),
                ..ServiceFigures::default()
            };
            self.services.insert(index, service);
        }
        let Some(service) = self.services.get_mut(index) else {
            return false;
        };
        service.count += 1;
        match request.status.stage() {
            Stage::Closed => {
                if let (Some(sent), Some(ended)) = (sent, moment(&request.updated))
                    && ended >= sent
                {
                    service.days.push((ended - sent) as f64 / DAY as f64);
                }
            }
            Stage::Open => service.open += 1,
            Stage::Unknown => {}
        }
        if let Some(is_kept) = was_on_time(request) {
            service.promised += 1;
            service.kept += usize::from(is_kept);
        }
        true
    }

    /// The number of requests counted.
    pub fn total(&self) -> usize {
        self.counted
    }

    /// True if a request was left out because there were more than [`MAX_REQUESTS`].
    pub fn is_full(&self) -> bool {
        self.is_full
    }

    /// The figures of all services, the most requested first.
    pub fn rows(&self) -> Vec<ReportCardRow> {
        let mut rows: Vec<ReportCardRow> = self.services.iter().map(ServiceFigures::row).collect();
        rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        rows
    }

    /// The rows as CSV (RFC 4180) with these headings. Days are rounded to tenths and shares to hundredths, with a
    /// decimal point in every language.
    pub fn csv(&self, headings: &[&str]) -> String {
        let mut out = String::new();
        push_row(
            &mut out,
            headings.iter().map(|heading| (*heading).to_owned()),
        );
        for row in self.rows() {
            let number = |number: Option<f64>, factor: u64| {
                number.map_or_else(String::new, |number| decimal(number, factor))
            };
            let cells = [
                row.name.clone(),
                row.count.to_string(),
                row.open.to_string(),
                number(row.median_days, 10),
                number(row.p90_days, 10),
                number(row.on_time, 100),
            ];
            push_row(&mut out, cells.into_iter());
        }
        out
    }
}

impl ServiceFigures {
    fn row(&self) -> ReportCardRow {
        let mut days = self.days.clone();
        days.sort_by(f64::total_cmp);
        // The nearest-rank percentile: a number of days that a request actually took.
        let within = |share: f64| {
            let rank = (share * days.len() as f64).ceil() as usize;
            days.get(rank.saturating_sub(1)).copied()
        };
        ReportCardRow {
            name: self.name.clone(),
            count: self.count,
            open: self.open,
            median_days: within(0.5),
            p90_days: within(0.9),
            on_time: (self.promised > 0).then(|| self.kept as f64 / self.promised as f64),
        }
    }
}

/// Formats a number of at least 0, rounded to tenths or hundredths (`factor` 10 or 100). The standard library's
/// code for formatting fractions is larger than all of this file.
fn decimal(number: f64, factor: u64) -> String {
    let parts = (number * factor as f64).round() as u64;
    let whole = (parts / factor).to_string();
    // With a leading digit, so that zeros after the decimal point are kept.
    let fraction = (factor + parts % factor).to_string();
    let fraction = fraction.trim_end_matches('0').get(1..).unwrap_or_default();
    if fraction.is_empty() {
        whole
    } else {
        [&whole, ".", fraction].concat()
    }
}

/// Appends a row.
fn push_row(out: &mut String, cells: impl Iterator<Item = String>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&quoted(&cell));
    }
    out.push_str("\r\n");
}

/// Quotes a cell if needed. Spreadsheets run cells that start like a formula, which a city's texts must not do.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if is_formula {
        ["'", cell].concat()
    } else {
        cell.to_owned()
    };
    if cell.contains(['"', ',', '\n', '\r']) {
        ["\"", &cell.replace('"', "\"\""), "\""].concat()
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use open311::read_requests;
    use proptest::prelude::*;
    use std::time::Instant;

    fn request(id: usize, code: &str, days: Option<u32>) -> ServiceRequest {
        let closed = days.map_or_else(String::new, |days| {
            format!(
                r#", "status": "closed", "updated_datetime": "2026-10-{:02}T10:00:00Z""#,
                days + 1
            )
        });
        let text = format!(
            r#"[{{"service_request_id": {id}, "service_code": "{code}", "service_name": "Name of {code}", "status": "open",
                 "requested_datetime": "2026-10-01T10:00:00Z"{closed}}}]"#
        );
        read_requests(&json::parse(&text).unwrap()).rows.remove(0)
    }

    fn unknown(_: &ServiceRequest) -> Option<bool> {
        None
    }

    #[test]
    fn each_service_has_a_count_a_median_a_percentile_and_a_share_on_time() {
        let mut card = ReportCard::new(UnixMs(0));
        for id in 1..=10 {
            assert!(card.add(&request(id, "a", Some(id as u32)), &|_| Some(id <= 8)));
        }
        card.add(&request(11, "a", None), &unknown);
        card.add(&request(12, "b", None), &unknown);
        let rows = card.rows();
        assert_eq!(
            rows[0],
            ReportCardRow {
                name: "Name of a".into(),
                count: 11,
                open: 1,
                median_days: Some(5.0),
                p90_days: Some(9.0),
                on_time: Some(0.8),
            }
        );
        assert_eq!(
            (rows[1].count, rows[1].median_days, rows[1].on_time),
            (1, None, None)
        );
        assert_eq!(card.total(), 12);
    }

    #[test]
    fn a_request_is_counted_once() {
        let mut card = ReportCard::new(UnixMs(0));
        assert!(card.add(&request(1, "a", None), &unknown));
        assert!(!card.add(&request(1, "a", None), &unknown));
        assert!(!card.add(&ServiceRequest::default(), &unknown));
        assert_eq!(card.total(), 1);
    }

    #[test]
    fn requests_from_before_the_period_are_not_counted() {
        let mut card = ReportCard::new(UnixMs(1_790_000_000_000)); // 2026-09-21
        let mut old = request(1, "a", Some(3));
        old.requested = Some(Moment::read("2020-01-01T10:00:00Z").unwrap());
        assert!(card.add(&old, &unknown));
        assert!(!card.add(&old, &unknown));
        assert!(card.rows().is_empty() && card.total() == 0);
        card.add(&request(2, "a", None), &unknown);
        assert_eq!((card.rows()[0].count, card.total()), (1, 1));
    }

    #[test]
    fn csv_cells_are_quoted_and_never_start_a_formula() {
        let mut card = ReportCard::new(UnixMs(0));
        let mut row = request(1, "x", Some(2));
        row.service_name = Some("=HYPERLINK(\"x\"), \"y\"".into());
        card.add(&row, &|_| Some(true));
        let csv = card.csv(&["Service", "Requests", "Open", "Median", "P90", "On time"]);
        assert_eq!(
            csv,
            "Service,Requests,Open,Median,P90,On time\r\n\"'=HYPERLINK(\"\"x\"\"), \"\"y\"\"\",1,0,2,2,1\r\n"
        );
    }

    #[test]
    fn ten_thousand_requests_are_counted_and_no_more() {
        let rows: Vec<ServiceRequest> = (0..MAX_REQUESTS + 5)
            .map(|id| request(id, ["a", "b", "c"][id % 3], Some(id as u32 % 20)))
            .collect();
        let begun = Instant::now();
        let mut card = ReportCard::new(UnixMs(0));
        let added = rows.iter().filter(|row| card.add(row, &unknown)).count();
        let all = card.rows();
        println!("{added} requests in {:?}", begun.elapsed());
        assert_eq!((added, all.len(), card.is_full()), (MAX_REQUESTS, 3, true));
    }

    /// Parses CSV (RFC 4180) into rows of cells.
    fn cells(csv: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
        let (mut is_quoted, mut letters) = (false, csv.chars().peekable());
        while let Some(letter) = letters.next() {
            match (letter, is_quoted) {
                ('"', true) if letters.peek() == Some(&'"') => cell.extend(letters.next()),
                ('"', _) => is_quoted = !is_quoted,
                (',', false) => row.push(std::mem::take(&mut cell)),
                ('\r', false) => {}
                ('\n', false) => {
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                (letter, _) => cell.push(letter),
            }
        }
        rows
    }

    proptest! {
        #[test]
        fn any_name_stays_in_its_cell_and_never_starts_a_formula(name in "[=+@\\-\t\r\n\",'a-z é]{1,12}") {
            let mut card = ReportCard::new(UnixMs(0));
            let row = ServiceRequest { id: Some("1".into()), service_name: Some(name.clone()), ..Default::default() };
            card.add(&row, &unknown);
            let found = cells(&card.csv(&["a", "b", "c", "d", "e", "f"]));
            prop_assert_eq!(found.len(), 2);
            prop_assert!(found.iter().all(|row| row.len() == 6));
            let cell = &found[1][0];
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(cell.strip_prefix('\'').filter(|_| !name.starts_with('\'')).unwrap_or(cell), &name);
        }

        #[test]
        fn percentiles_are_the_smallest_sufficient_number_of_days(days in prop::collection::vec(0u32..20, 1..60)) {
            let mut card = ReportCard::new(UnixMs(0));
            for (id, days) in days.iter().enumerate() {
                card.add(&request(id, "a", Some(*days)), &unknown);
            }
            let row = card.rows().remove(0);
            let within = |most: f64| days.iter().filter(|days| f64::from(**days) <= most).count();
            let (half, most) = (row.median_days.unwrap(), row.p90_days.unwrap());
            prop_assert!(within(half) * 2 >= days.len() && within(half - 0.5) * 2 < days.len());
            prop_assert!(within(most) * 10 >= days.len() * 9 && within(most - 0.5) * 10 < days.len() * 9);
        }

        #[test]
        fn decimals_are_formatted_as_by_the_standard_library(tenths in 0u32..100_000) {
            let number = f64::from(tenths) / 10.0;
            prop_assert_eq!(decimal(number, 10), number.to_string());
            prop_assert_eq!(decimal(number / 10.0, 100), (f64::from(tenths) / 100.0).to_string());
        }
    }
}
