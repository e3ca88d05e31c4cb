//! Rules 4, 5 and 13: dates, statuses and texts for people. Each test is one rule, and its table has the cases of
//! the rule.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::request;
use open311::{Civil, KnownStatus, Moment, Parsed, Stage, Status, Time};

#[test]
fn rule_04_dates_are_parsed_or_kept_as_text() {
    let civil = |time| {
        let (year, month, day) = (2012, 5, 22);
        Some(Parsed::Civil(Civil {
            year,
            month,
            day,
            time,
        }))
    };
    let clock = |hour, minute, second, millisecond| {
        Some(Time {
            hour,
            minute,
            second,
            millisecond,
        })
    };
    for (sent, expected) in [
        ("1970-01-01T00:00:00Z", Some(Parsed::Unix(0))),
        (
            "2014-07-12T10:58:43-05:00",
            Some(Parsed::Unix(1_405_180_723_000)),
        ),
        (
            "2023-12-11T09:01:37+01:00",
            Some(Parsed::Unix(1_702_281_697_000)),
        ),
        (
            "2023-12-11 09:01:37 +0100",
            Some(Parsed::Unix(1_702_281_697_000)),
        ),
        (
            "2023-12-11t08:01:37z",
            Some(Parsed::Unix(1_702_281_697_000)),
        ),
        (
            "2023-12-11 08:01:37 UTC",
            Some(Parsed::Unix(1_702_281_697_000)),
        ),
        (
            "2023-12-11T08:01:37.25Z",
            Some(Parsed::Unix(1_702_281_697_250)),
        ),
        (
            "2023-12-11T08:01:37.123456789+00",
            Some(Parsed::Unix(1_702_281_697_123)),
        ),
        ("1969-12-31T23:59:59.999Z", Some(Parsed::Unix(-1))),
        ("2000-02-29T00:00:00Z", Some(Parsed::Unix(951_782_400_000))),
        ("2012-05-22 23:57:23.97", civil(clock(23, 57, 23, 970))),
        ("2012-05-22T23:57:23", civil(clock(23, 57, 23, 0))),
        ("2012-05-22T23:57", civil(clock(23, 57, 0, 0))),
        ("2012-05-22", civil(None)),
        ("1900-02-29T00:00:00Z", None),
        ("2023-02-29", None),
        ("2023-04-31", None),
        ("2023-00-10", None),
        ("0000-00-00 00:00:00", None),
        ("2023-12-11T24:00:00Z", None),
        ("2023-12-11T08:01:37+25:00", None),
        ("2023-12-11T08:01:37 Z later", None),
        ("2023-12-11T08:01:37Zulu", None),
        ("yesterday", None),
        ("1702281697", None),
        ("٢٠٢٣-12-11", None),
    ] {
        let moment = Moment::read(sent).unwrap();
        assert_eq!(moment.parsed, expected, "{sent}");
        assert_eq!(moment.text, sent);
        let row = request(&format!("\"requested_datetime\":\" {sent} \""));
        assert_eq!(row.requested, Some(moment), "{sent}");
    }
    for none in ["", "  ", "null", "NULL"] {
        assert_eq!(Moment::read(none), None, "{none}");
    }
    let local = Civil {
        year: 2012,
        month: 5,
        day: 22,
        time: clock(23, 57, 23, 970),
    };
    assert_eq!(local.as_if_utc(), 1_337_731_043_970);
}

#[test]
fn rule_05_known_statuses_have_a_meaning_and_unknown_ones_are_kept() {
    use KnownStatus as Known;
    let other = |text: &str| Status::Other(text.into());
    for (sent, status, stage) in [
        ("open", Status::Open, Stage::Open),
        (" Open ", Status::Open, Stage::Open),
        ("CLOSED", Status::Closed, Stage::Closed),
        (
            "Acknowledged",
            Status::Known(Known::Acknowledged),
            Stage::Open,
        ),
        ("Archived", Status::Known(Known::Archived), Stage::Closed),
        ("in_progress", Status::Known(Known::InProgress), Stage::Open),
        ("In Progress", Status::Known(Known::InProgress), Stage::Open),
        (
            "action scheduled",
            Status::Known(Known::Planned),
            Stage::Open,
        ),
        (
            "ACTION_SCHEDULED",
            Status::Known(Known::Planned),
            Stage::Open,
        ),
        (
            "investigating",
            Status::Known(Known::UnderReview),
            Stage::Open,
        ),
        ("fixed - council", Status::Known(Known::Done), Stage::Closed),
        (
            "no further action",
            Status::Known(Known::Declined),
            Stage::Closed,
        ),
        (
            "not_councils_responsibility",
            Status::Known(Known::NotResponsible),
            Stage::Closed,
        ),
        ("duplicate", Status::Known(Known::Duplicate), Stage::Closed),
        (
            "internal referral",
            Status::Known(Known::Referred),
            Stage::Open,
        ),
        (
            "referred_to_water_company",
            Status::Known(Known::Referred),
            Stage::Open,
        ),
        ("MODERATION", Status::Known(Known::UnderReview), Stage::Open),
        (
            "PUBLIC_WORKS_NEEDED",
            Status::Known(Known::Planned),
            Stage::Open,
        ),
        ("REJECTED", Status::Known(Known::Declined), Stage::Closed),
        ("received", Status::Known(Known::Received), Stage::Open),
        ("on-hold", Status::Known(Known::OnHold), Stage::Open),
        ("cancelled", Status::Known(Known::Withdrawn), Stage::Closed),
        ("In Bearbeitung", other("In Bearbeitung"), Stage::Unknown),
        ("<i>Wird geprüft</i>", other("Wird geprüft"), Stage::Unknown),
        (
            "<img src=x onerror=alert(1)>",
            Status::Unstated,
            Stage::Unknown,
        ),
        ("7", other("7"), Stage::Unknown),
    ] {
        let row = request(&format!("\"status\":\"{sent}\""));
        assert_eq!(row.status, status, "{sent}");
        assert_eq!(row.status.stage(), stage, "{sent}");
    }
}

#[test]
fn rule_13_html_in_texts_for_people_becomes_plain_text() {
    let html = r#""<p>Fix &amp; <b>tell</b></p><script>alert(1)</script>""#;
    for field in [
        "status_notes",
        "service_name",
        "description",
        "agency_responsible",
        "service_notice",
        "address",
    ] {
        let row = request(&format!("\"{field}\":{html}"));
        let found = match field {
            "status_notes" => row.status_notes,
            "service_name" => row.service_name,
            "description" => row.description,
            "agency_responsible" => row.agency_responsible,
            "service_notice" => row.service_notice,
            _ => row.address,
        };
        assert_eq!(found.as_deref(), Some("Fix & tell"), "{field}");
    }
    let reversed = request("\"description\":\"photo \u{202e}gpj.exe\"");
    assert_eq!(reversed.description.as_deref(), Some("photo gpj.exe"));
    assert_eq!(
        request(r#""media_url":"javascript:alert(1)""#).media_url,
        None
    );
}
