//! Judges for many requests at once whether each was completed by the promised day, for the report card.
//!
//! It uses one UTC offset for all dates instead of the browser's time zone data. For a single request, see
//! [`super::promise`].

use super::calendar_day::CalendarDay;
use super::promise::first_promised;
use super::working_days::WorkingDays;
use crate::config::Config;
use crate::time::{DAY, UnixMs, wall_clock_ms};
use open311::{KnownStatus, Moment, ServiceRequest, Stage, Status};

/// True if the city will not or need not do the work. The promise then counts as neither kept nor missed.
pub fn is_refused(status: &Status) -> bool {
    use KnownStatus as Known;
    matches!(
        status,
        Status::Known(
            Known::Declined | Known::NotResponsible | Known::Duplicate | Known::Withdrawn
        )
    )
}

/// Judges requests by the city's calendar, without asking the browser about each of thousands of dates.
pub struct OnTimeCheck<'a> {
    /// The config, for its service standards.
    pub config: &'a Config,
    /// How far the city's clocks are now ahead of UTC, in milliseconds. For the other half of the year it is an hour
    /// off, which moves few requests across midnight.
    pub utc_offset_ms: i64,
    /// The current time.
    pub now: UnixMs,
    /// The city's working days.
    pub working_days: &'a WorkingDays,
}

impl OnTimeCheck<'_> {
    fn day_at(&self, moment: UnixMs) -> CalendarDay {
        CalendarDay(moment.plus(self.utc_offset_ms).0.div_euclid(DAY))
    }

    fn day(&self, moment: &Moment) -> Option<CalendarDay> {
        let wall_clock = wall_clock_ms(moment, self.utc_offset_ms)?;
        Some(CalendarDay(wall_clock.div_euclid(DAY)))
    }

    /// Whether a request was completed by the promised day; `None` if nothing was promised, if it is not due yet,
    /// or if it is unknown. A request that is still open after the promised day was not: otherwise, requests that
    /// are never completed would not count at all.
    pub fn was_on_time(&self, request: &ServiceRequest) -> Option<bool> {
        let stage = request.status.stage();
        let ended = match stage {
            Stage::Closed => self.day(request.updated.as_ref()?)?,
            Stage::Open => self.day_at(self.now),
            Stage::Unknown => return None,
        };
        if is_refused(&request.status) {
            return None;
        }
        let day = |moment: &Option<Moment>| self.day(moment.as_ref()?);
        let code = request.service_code.as_deref().unwrap_or_default();
        let by_standard = || {
            let days = self.config.standard(code)?.done_days?;
            Some(self.working_days.nth_after(day(&request.requested)?, days))
        };
        let by = first_promised(day(&request.expected), by_standard())?;
        let is_kept = ended <= by;
        (!is_kept || stage == Stage::Closed).then_some(is_kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use open311::read_requests;

    #[test]
    fn a_request_is_on_time_late_or_not_judged() {
        let config = r#"{"standards": [{"services": ["pothole"], "done_days": 3}]}"#;
        let (config, _) = crate::config::read(&json::parse(config).unwrap(), Config::read);
        let check = OnTimeCheck {
            config: &config,
            utc_offset_ms: -6 * crate::time::HOUR,
            now: UnixMs(1_796_040_000_000), // Monday, 2026-11-30, noon UTC
            working_days: &WorkingDays::new(&[], &[]),
        };
        // Sent on Tuesday, so due on Friday.
        for (rest, expected) in [
            (
                r#""status": "closed", "updated_datetime": "2026-11-27T12:00:00Z""#,
                Some(true),
            ),
            // 5 a.m. in UTC is still Friday in the city.
            (
                r#""status": "closed", "updated_datetime": "2026-11-28T05:00:00Z""#,
                Some(true),
            ),
            (
                r#""status": "closed", "updated_datetime": "2026-11-28T12:00:00Z""#,
                Some(false),
            ),
            (r#""status": "closed""#, None),
            (r#""status": "open""#, Some(false)),
            (r#""status": "open", "service_code": "other""#, None),
            (
                r#""status": "duplicate", "updated_datetime": "2026-11-27T12:00:00Z""#,
                None,
            ),
            (r#""status": "odd""#, None),
        ] {
            let text = format!(
                r#"[{{"service_request_id": 1, "service_code": "pothole", "requested_datetime": "2026-11-24T15:00:00Z", {rest}}}]"#
            );
            let row = read_requests(&json::parse(&text).unwrap()).rows.remove(0);
            assert_eq!(check.was_on_time(&row), expected, "{rest}");
        }
        let early = UnixMs(1_795_694_400_000); // Thursday, 2026-11-26
        let open = read_requests(&json::parse(r#"[{"service_request_id": 1, "service_code": "pothole", "status": "open", "requested_datetime": "2026-11-24T15:00:00Z"}]"#).unwrap());
        let check = OnTimeCheck {
            now: early,
            ..check
        };
        assert_eq!(check.was_on_time(&open.rows[0]), None, "not due yet");
    }
}
