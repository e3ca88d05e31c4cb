//! Durations, fees and conditions of a guide as text in the language in use. Whether a condition applies is decided
//! by `guide::Personal`.

use super::text::GuideText;
use crate::app::App;
use crate::platform::intl;
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::time::UnixMs;
use guide::{Applies, Duration, Fee, Guide, Personal, Time, Unit, When};

/// A duration, such as “2–4 weeks”.
pub(super) fn duration(app: App, duration: Duration) -> String {
    let key = match duration.unit {
        Unit::Minute => k::TIME_MINUTES,
        Unit::Hour => k::TIME_HOURS,
        Unit::Day => k::TIME_DAYS,
        Unit::WorkingDay => k::TIME_WORKING_DAYS,
        Unit::Week => k::TIME_WEEKS,
        Unit::Month => k::TIME_MONTHS,
        Unit::Year => k::TIME_YEARS,
    };
    if duration.least == duration.most {
        return app.t_count(key, duration.most as usize, &[]);
    }
    let language = app.language();
    let count = [duration.least, duration.most].map(|count| intl::number(&language, count.into()));
    let category = intl::plural_category(&language, duration.most.into());
    let count = count.join("–");
    app.catalog().plural(key, &category, &[("count", &count)])
}

/// “Usually 1 working day, 3 working days at most”; empty if the guide states neither.
pub(super) fn time(app: App, time: &Time) -> String {
    let phrase = |key: Key, time: Duration| app.t_with(key, &[("time", &duration(app, time))]);
    match (time.usual, time.most) {
        (None, None) => String::new(),
        (Some(usual), None) => duration(app, usual),
        (None, Some(most)) => phrase(k::TIME_AT_MOST, most),
        (Some(usual), Some(most)) if usual == most => phrase(k::TIME_AT_MOST, most),
        (Some(usual), Some(most)) => {
            let (usual, most) = (duration(app, usual), duration(app, most));
            app.t_with(
                k::TIME_USUAL_AND_MOST,
                &[("usual", &usual), ("most", &most)],
            )
        }
    }
}

/// A fee's amount, such as “$35”, “$60 to $90” or “Free”.
pub(super) fn amount(app: App, guide: &Guide, fee: &Fee) -> String {
    let language = app.language();
    let currency = guide.currency.as_deref().unwrap_or("USD");
    let money = |amount| intl::money(&language, amount, currency);
    match fee.to.filter(|to| *to > fee.amount) {
        Some(to) => {
            let values = [("least", money(fee.amount)), ("most", money(to))];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            let key = if fee.amount == 0.0 {
                k::FEE_UP_TO
            } else {
                k::FEE_RANGE
            };
            app.t_with(key, &values)
        }
        None if fee.amount == 0.0 => app.t(k::FEE_FREE),
        None => money(fee.amount),
    }
}

/// “Only if you answered “Yes” to “Is it for a school?””; empty if it applies to everybody, or is known to apply to this resident.
pub(super) fn only_if(
    text: &GuideText,
    guide: &Guide,
    personal: &Personal,
    when: Option<&When>,
) -> String {
    let Some(when) = when.filter(|when| personal.applies(Some(when)) == Applies::Maybe) else {
        return String::new();
    };
    let all = |all: &Vec<(String, Vec<String>)>| {
        let condition = |(id, options): &(String, Vec<String>)| {
            let question = guide.questions.iter().find(|question| question.id == *id)?;
            let chosen = question
                .options
                .iter()
                .filter(|option| options.contains(&option.id));
            let chosen: Vec<String> = chosen
                .map(|option| text.plain_marked(&option.label))
                .collect();
            let values = [
                ("question", text.plain_marked(&question.label)),
                ("answer", chosen.join(" / ")),
            ];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            Some(text.app.t_with(k::GUIDE_ONLY_IF, &values))
        };
        let parts: Vec<String> = all.iter().filter_map(condition).collect();
        parts.join(" + ")
    };
    let any: Vec<String> = when.any().iter().map(all).collect();
    any.join(" / ")
}

/// “Last checked on …”.
pub(super) fn reviewed(app: App, day: Option<&str>) -> String {
    let Some(day) = day else { return String::new() };
    let moment = open311::Moment::read(day).and_then(|moment| moment.parsed);
    let text = match moment {
        Some(open311::Parsed::Civil(civil)) => {
            intl::day(&app.language(), Some("UTC"), UnixMs(civil.as_if_utc()))
        }
        _ => None,
    };
    let day = text.unwrap_or_else(|| day.to_owned());
    app.t_with(k::GUIDE_REVIEWED, &[("day", &day)])
}
