//! Selects the city's service notices: which one a resident sees before a form, which ones concern everyone,
//! and whether the form can still be filled in.
//!
//! It knows neither the clock nor which notices were dismissed; both are passed in.

use super::config::{NoticeKind, ServiceNotice};
use crate::time::{UnixMs, wall_clock_ms};
use open311::Moment;

/// The notice to show before a service's form: of those that are about the service, current and not dismissed,
/// the most important one. `dismissed` are ids as returned by [`notice_id`].
pub fn notice_before_form<'a>(
    notices: &'a [ServiceNotice],
    service: &str,
    now: UnixMs,
    dismissed: &[String],
) -> Option<&'a ServiceNotice> {
    let applies = |notice: &&ServiceNotice| {
        is_about(notice, service)
            && is_current(notice, now)
            && !dismissed.contains(&notice_id(notice))
    };
    notices
        .iter()
        .filter(applies)
        .max_by_key(|notice| weight(notice.kind))
}

/// True if the notice has a title; without one there is nothing to show.
pub fn has_title(notice: &ServiceNotice) -> bool {
    !notice.title.is_empty()
}

/// The current notices that are about no particular service.
pub fn for_everyone(
    notices: &[ServiceNotice],
    now: UnixMs,
) -> impl Iterator<Item = &ServiceNotice> {
    notices
        .iter()
        .filter(move |notice| notice.services.is_empty() && is_current(notice, now))
}

/// The id of a notice: the one that the city assigned, else its title, else empty.
pub fn notice_id(notice: &ServiceNotice) -> String {
    let title = || notice.title.all().next().map(str::to_owned);
    notice.id.clone().or_else(title).unwrap_or_default()
}

/// True if the resident may dismiss the notice and fill in the form.
pub fn can_be_dismissed(kind: NoticeKind) -> bool {
    match kind {
        // The resident knows best whether someone is in danger, and whether it is the same problem.
        NoticeKind::Emergency | NoticeKind::Known => true,
        NoticeKind::NotOurs | NoticeKind::Paused => false,
    }
}

/// The importance of a notice; the highest is shown.
fn weight(kind: NoticeKind) -> u8 {
    match kind {
        NoticeKind::Emergency => 3,
        NoticeKind::NotOurs => 2,
        NoticeKind::Paused => 1,
        NoticeKind::Known => 0,
    }
}

fn is_about(notice: &ServiceNotice, service: &str) -> bool {
    notice.services.iter().any(|code| code == service)
}

/// True if the notice applies now. Times that cannot be parsed are ignored, so that the notice is shown rather
/// than lost; times without a time zone are taken to be in UTC.
fn is_current(notice: &ServiceNotice, now: UnixMs) -> bool {
    let moment = |text: &Option<String>| wall_clock_ms(&Moment::read(text.as_deref()?)?, 0);
    moment(&notice.from).is_none_or(|from| UnixMs(from) <= now)
        && moment(&notice.until).is_none_or(|until| now < UnixMs(until))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Text;

    // 2026-11-24T12:00:00Z
    const NOW: UnixMs = UnixMs(1_795_521_600_000);

    fn notice(id: &str, kind: NoticeKind, service: &str) -> ServiceNotice {
        ServiceNotice {
            id: Some(id.into()),
            kind,
            services: vec![service.into()],
            title: Text::plain(id),
            ..ServiceNotice::default()
        }
    }

    #[test]
    fn the_most_important_current_notice_is_shown_before_the_form() {
        let over = ServiceNotice {
            until: Some("2026-11-24T11:59:00Z".into()),
            ..notice("over", NoticeKind::Emergency, "gas")
        };
        let later = ServiceNotice {
            from: Some("2026-11-24T13:00:00+00:00".into()),
            ..notice("later", NoticeKind::Emergency, "gas")
        };
        let all = [
            over,
            later,
            notice("known", NoticeKind::Known, "gas"),
            notice("paused", NoticeKind::Paused, "gas"),
            notice("other", NoticeKind::Emergency, "water"),
        ];
        let applies = |dismissed: &[&str]| {
            let dismissed: Vec<String> = dismissed.iter().map(|name| (*name).to_owned()).collect();
            notice_before_form(&all, "gas", NOW, &dismissed).map(notice_id)
        };
        assert_eq!(applies(&[]).as_deref(), Some("paused"));
        assert_eq!(applies(&["paused"]).as_deref(), Some("known"));
        assert_eq!(applies(&["paused", "known"]), None);
    }

    #[test]
    fn a_time_that_cannot_be_parsed_neither_starts_nor_ends_a_notice() {
        let odd = ServiceNotice {
            from: Some("spring".into()),
            until: Some("soon".into()),
            ..notice("odd", NoticeKind::Paused, "pool")
        };
        assert!(notice_before_form(&[odd], "pool", NOW, &[]).is_some());
    }

    #[test]
    fn a_notice_until_a_date_ends_when_that_day_begins() {
        for (until, holds) in [("2026-11-24", false), ("2026-11-25", true)] {
            let notice = ServiceNotice {
                until: Some(until.into()),
                ..notice("day", NoticeKind::Paused, "pool")
            };
            assert_eq!(
                notice_before_form(&[notice], "pool", NOW, &[]).is_some(),
                holds,
                "{until}"
            );
        }
    }
}
