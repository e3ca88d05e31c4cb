//! Which notices a resident has to know before typing anything, and whether they end the form
//! before it begins. Knows no browser.

use super::setting::{Notice, NoticeKind};
use open311::Moment;

/// The notice that stands before a service's form at this moment (Unix milliseconds): the
/// weightiest of those that hold and that the resident has not gone past.
pub fn before_form<'a>(
    notices: &'a [Notice],
    service: &str,
    now: i64,
    passed: &[String],
) -> Option<&'a Notice> {
    let stands = |notice: &&Notice| {
        is_about(notice, service) && holds(notice, now) && !passed.contains(&name(notice))
    };
    notices
        .iter()
        .filter(stands)
        .max_by_key(|notice| weight(notice.kind))
}

/// A notice without words has nothing to stand before a form.
pub fn says_something(notice: &Notice) -> bool {
    !notice.title.is_empty()
}

/// The notices for everybody that hold now.
pub fn for_all(notices: &[Notice], now: i64) -> impl Iterator<Item = &Notice> {
    notices
        .iter()
        .filter(move |notice| notice.services.is_empty() && holds(notice, now))
}

/// What tells a notice from others.
pub fn name(notice: &Notice) -> String {
    let title = || notice.title.all().next().map(str::to_owned);
    notice.id.clone().or_else(title).unwrap_or_default()
}

/// Whether the form may be gone on with all the same.
pub fn can_be_passed(kind: NoticeKind) -> bool {
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

fn is_about(notice: &Notice, service: &str) -> bool {
    notice.services.iter().any(|code| code == service)
}

/// A moment that cannot be read ends nothing and begins nothing: the city said something, and it
/// is shown.
fn holds(notice: &Notice, now: i64) -> bool {
    let moment = |text: &Option<String>| {
        let moment = Moment::read(text.as_deref()?)?;
        moment.unix_milliseconds().or_else(|| match moment.parsed {
            Some(open311::Parsed::Civil(civil)) => Some(civil.as_if_utc()),
            _ => None,
        })
    };
    moment(&notice.from).is_none_or(|from| from <= now)
        && moment(&notice.until).is_none_or(|until| now < until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Text;

    // 2026-11-24T12:00:00Z
    const NOW: i64 = 1_795_521_600_000;

    fn notice(id: &str, kind: NoticeKind, service: &str) -> Notice {
        Notice {
            id: Some(id.into()),
            kind,
            services: vec![service.into()],
            title: Text::plain(id),
            ..Notice::default()
        }
    }

    #[test]
    fn the_weightiest_notice_that_holds_stands_before_the_form() {
        let over = Notice {
            until: Some("2026-11-24T11:59:00Z".into()),
            ..notice("over", NoticeKind::Emergency, "gas")
        };
        let later = Notice {
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
        let stands = |passed: &[&str]| {
            let passed: Vec<String> = passed.iter().map(|name| (*name).to_owned()).collect();
            before_form(&all, "gas", NOW, &passed).map(name)
        };
        assert_eq!(stands(&[]).as_deref(), Some("paused"));
        assert_eq!(stands(&["paused"]).as_deref(), Some("known"));
        assert_eq!(stands(&["paused", "known"]), None);
    }

    #[test]
    fn a_moment_that_cannot_be_read_neither_begins_nor_ends_a_notice() {
        let odd = Notice {
            from: Some("spring".into()),
            until: Some("soon".into()),
            ..notice("odd", NoticeKind::Paused, "pool")
        };
        assert!(before_form(&[odd], "pool", NOW, &[]).is_some());
    }

    #[test]
    fn a_day_without_a_time_ends_when_the_day_begins() {
        for (until, holds) in [("2026-11-24", false), ("2026-11-25", true)] {
            let notice = Notice {
                until: Some(until.into()),
                ..notice("day", NoticeKind::Paused, "pool")
            };
            assert_eq!(
                before_form(&[notice], "pool", NOW, &[]).is_some(),
                holds,
                "{until}"
            );
        }
    }
}
