//! The status journey's section of the config, and the city's calendar. Read once for each widget. Does not know any
//! particular request.

use crate::app::App;
use crate::platform::{console, intl};
use frontdoor_core::config;
use frontdoor_core::status::calendar_day::CalendarDay;
use frontdoor_core::status::config::StatusConfig;
use frontdoor_core::status::working_days::WorkingDays;
use frontdoor_core::time::{DAY, MINUTE, UnixMs};
use open311::{Moment, Parsed};
use std::rc::Rc;

/// The config of this journey, and the city's calendar.
pub(super) struct StatusContext {
    app: App,
    /// The section `status` of the config.
    pub(super) config: StatusConfig,
    /// The city's working days.
    pub(super) working_days: WorkingDays,
}

impl StatusContext {
    /// The context of this widget. The first call reads the config, and reports its problems on the console.
    pub(super) fn of(app: App) -> Rc<Self> {
        if let Some(context) = app.slot::<Self>() {
            return context;
        }
        let options = app.options();
        let (config, diagnostics) =
            config::read_section(&options.config.status, "status", StatusConfig::read);
        console::report(&diagnostics, &options.config_url);
        let context = Rc::new(Self {
            app,
            working_days: WorkingDays::new(&config.working_days, &options.config.holidays),
            config,
        });
        app.set_slot(context.clone());
        context
    }

    /// The city's offset from UTC at a time, in milliseconds (positive east of Greenwich).
    pub(super) fn utc_offset_ms(&self, time: UnixMs) -> i64 {
        let minute =
            |zone: Option<&str>| intl::zone_clock(zone, time).map(|(_, minute)| i64::from(minute));
        let zone = self.app.time_zone();
        match (minute(zone.as_deref()), minute(Some("UTC"))) {
            (Some(own), Some(utc)) => ((own - utc + 720).rem_euclid(1440) - 720) * MINUTE,
            _ => 0,
        }
    }

    /// The calendar day in the city's time zone.
    pub(super) fn day(&self, time: UnixMs) -> Option<CalendarDay> {
        let zone = self.app.time_zone();
        CalendarDay::parse(&intl::iso_day(zone.as_deref(), time)?)
    }

    /// A moment as a time, and as a calendar day in the city's time zone; `None` if it cannot be parsed.
    pub(super) fn date(&self, moment: &Moment) -> Option<(UnixMs, CalendarDay)> {
        match moment.parsed.as_ref()? {
            Parsed::Unix(unix) => {
                let time = UnixMs(*unix);
                Some((time, self.day(time)?))
            }
            // A moment without a time zone is in the city's local time.
            Parsed::Civil(civil) => {
                let shown = UnixMs(civil.as_if_utc());
                let day = CalendarDay(shown.0.div_euclid(DAY));
                Some((shown.plus(-self.utc_offset_ms(shown)), day))
            }
        }
    }
}
