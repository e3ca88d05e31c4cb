//! The city's service notices: which of them a resident must read before filling in a form, and whether
//! the form can be filled in at all.

use super::config::{NoticeKind, ServiceNotice};
use crate::time::UnixMs;
use open311::Moment;

/// The notice that applies before a service's form at this moment (Unix milliseconds): the
/// weightiest of those that hold and that the resident has not gone past.
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

/// A notice without words has nothing to stand before a form.
pub fn has_title(notice: &ServiceNotice) -> bool {
    !notice.title.is_empty()
}

/// The notices for everybody that hold now.
pub fn for_everyone(
    notices: &[ServiceNotice],
    now: UnixMs,
) -> impl Iterator<Item = &ServiceNotice> {
    notices
        .iter()
        .filter(move |notice| notice.services.is_empty() && is_current(notice, now))
}

/// What tells a notice from others.
pub fn notice_id(notice: &ServiceNotice) -> String {
    let title = || notice.title.all().next().map(str::to_owned);
    notice.id.clone().or_else(title).unwrap_or_default()
}

/// Whether the form may be gone on with all the same.
pub fn can_be_dismissed(kind: NoticeKind) -> bool {
    match kind {
        // A resident knows best whether someone is in danger, and whether it is the same thing.
        NoticeKind::Emergency | NoticeKind::Known => true,
        NoticeKind::NotOurs | NoticeKind::Paused => false,
    }
}

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

/// A moment that cannot be read ends nothing and begins nothing: the city said something, and it
/// is shown.
fn is_current(notice: &ServiceNotice, now: UnixMs) -> bool {
    let moment = |text: &Option<String>| {
        let moment = Moment::read(text.as_deref()?)?;
        moment.unix_milliseconds().or_else(|| match moment.parsed {
            Some(open311::Parsed::Civil(civil)) => Some(civil.as_if_utc()),
            _ => None,
        })
    };
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
    fn the_weightiest_notice_that_holds_stands_before_the_form() {
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
    fn a_moment_that_cannot_be_read_neither_begins_nor_ends_a_notice() {
        let odd = ServiceNotice {
            from: Some("spring".into()),
            until: Some("soon".into()),
            ..notice("odd", NoticeKind::Paused, "pool")
        };
        assert!(notice_before_form(&[odd], "pool", NOW, &[]).is_some());
    }

    #[test]
    fn a_day_without_a_time_ends_when_the_day_begins() {
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
