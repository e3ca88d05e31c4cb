//! Whether a request of a long list was done when it was promised.

use super::day::Day;
use super::promise::first;
use super::promised::{ahead_of_utc, is_refused, setting, working};
use super::words::Setting;
use super::working::Working;
use crate::app::App;
use crate::config::Config;
use open311::{Moment, Parsed, ServiceRequest, Stage};

const DAY: i64 = 86_400_000;

/// Days by the city's calendar, without asking the browser for each of thousands of dates.
pub(super) struct Clock {
    app: App,
    /// How far the city's clock is ahead of UTC now, in milliseconds. Half the year it is an hour off,
    /// which moves few requests over midnight.
    ahead: i64,
    /// The day it is, counted from 1970-01-01.
    today: i64,
    working: Working,
    pub(super) setting: Setting,
}

impl Clock {
    pub(super) fn new(app: App, now: f64) -> Self {
        let ahead = ahead_of_utc(app, now as i64);
        Self {
            app,
            ahead,
            today: (now as i64 + ahead).div_euclid(DAY),
            working: working(app),
            setting: setting(app),
        }
    }

    fn day(&self, moment: &Moment) -> Option<i64> {
        let milliseconds = match moment.parsed.as_ref()? {
            Parsed::Unix(unix) => unix + self.ahead,
            Parsed::Civil(civil) => civil.as_if_utc(),
        };
        Some(milliseconds.div_euclid(DAY))
    }

    /// Whether a request was done when it was promised; None where nothing was promised, it is not due
    /// yet, or nobody knows. One that is open after the day is not: else what is never done would count for
    /// nothing.
    pub(super) fn was_on_time(&self, request: &ServiceRequest) -> Option<bool> {
        let stage = request.status.stage();
        let ended = match stage {
            Stage::Closed => self.day(request.updated.as_ref()?)?,
            Stage::Open => self.today,
            Stage::Unknown => return None,
        };
        if is_refused(&request.status) {
            return None;
        }
        let day = |moment: &Option<Moment>| self.day(moment.as_ref()?).map(Day);
        let code = request.service_code.as_deref().unwrap_or_default();
        let standard = |config: &Config| config.standard(code)?.done_days;
        let by_standard = || {
            let days = self.app.with_config(standard)?;
            Some(self.working.after(day(&request.requested)?, days))
        };
        let by = first(day(&request.expected), by_standard())?;
        let is_kept = ended <= by.0;
        (!is_kept || stage == Stage::Closed).then_some(is_kept)
    }
}
