//! Searching for a service in one's own words, on the start view and in the list of services, in
//! both languages.

use anyhow::Result;
use frontdoor_tests::steps::common::tag;
use frontdoor_tests::{Page, en, es, plural, stage};
use serde_json::json;

/// The two search boxes: the attribute of the tag, and the key of the field's label.
pub(crate) const SEARCH_BOXES: [(&str, &str); 2] = [
    (r#"view="start""#, "start.search"),
    (r#"view="report""#, "services.search"),
];

/// The names of the results, in their order.
async fn results(page: &Page) -> Result<Vec<String>> {
    let kinds = [
        en("kind.service"),
        en("kind.guide"),
        es("kind.service"),
        es("kind.guide"),
    ];
    let items = page.names("listitem").await?;
    let name = |item: &String| {
        let kind = kinds
            .iter()
            .find_map(|kind| item.strip_suffix(kind.as_str()));
        kind.unwrap_or(item).trim().to_owned()
    };
    Ok(items.iter().map(name).collect())
}

#[test]
fn one_s_own_words_find_the_service_in_both_search_boxes() {
    let cases = [
        ("pothole", "Pothole"),
        ("POTH", "Pothole"),
        ("póthole", "Pothole"),
        ("pothle", "Pothole"),
        ("crater", "Pothole"),
        ("sofa", "Bulky item pickup"),
        ("matress", "Bulky item pickup"),
        ("lantern", "Street light out"),
        ("dog licence", "Dog license"),
        ("grafitti", "Graffiti"),
        ("  tree   prune ", "City tree: trim or check"),
    ];
    stage(async |stage| {
        let page = &stage.page;
        for (attributes, field) in SEARCH_BOXES {
            page.open(&stage.host.page(&tag(attributes))).await?;
            for (query, service) in cases {
                page.fill(&en(field), query).await?;
                let found = results(page).await?;
                let first = found.first().map(String::as_str);
                assert_eq!(first, Some(service), "“{query}” in {field}: {found:?}");
            }
        }
        Ok(())
    });
}

#[test]
fn words_in_another_language_find_services_named_in_english() {
    let cases = [
        ("bache", "Pothole"),
        ("BÁCHE", "Pothole"),
        ("bacheo", ""),
        ("farola", "Street light out"),
        ("grafiti", "Graffiti"),
        ("banqueta", "Sidewalk repair"),
        ("nieve", "Snow or ice on the street"),
    ];
    stage(async |stage| {
        let page = &stage.page;
        for (attributes, field) in SEARCH_BOXES {
            let attributes = format!(r#"lang="es" {attributes}"#);
            page.open(&stage.host.page(&tag(&attributes))).await?;
            for (query, service) in cases {
                page.fill(&es(field), query).await?;
                let found = results(page).await?;
                let first = found.first().map(String::as_str).unwrap_or_default();
                assert_eq!(first, service, "“{query}” in {field}: {found:?}");
            }
            page.fill(&es(field), "árbol").await?;
            let with_accent = results(page).await?;
            page.fill(&es(field), "arbol").await?;
            assert_eq!(results(page).await?, with_accent);
            assert!(with_accent.len() > 1, "{with_accent:?}");
        }
        Ok(())
    });
}

#[test]
fn a_synonym_applies_only_to_its_language() {
    stage(async |stage| {
        let page = &stage.page;
        page.open(&stage.host.page(&tag(r#"lang="en""#))).await?;
        page.fill(&en("start.search"), "farola").await?;
        page.sees(&en("search.nothing")).await?;
        page.fill(&en("start.search"), "crater").await?;
        page.sees("Pothole").await?;
        page.open(&stage.host.page(&tag(r#"lang="es""#))).await?;
        page.fill(&es("start.search"), "crater").await?;
        page.sees(&es("search.nothing")).await
    });
}

#[test]
fn among_equal_results_popular_services_come_first() {
    stage(async |stage| {
        let page = &stage.page;
        for (code, name) in [
            ("deck-application", "Apply for a deck permit"),
            ("fence-permit", "Apply for a fence permit"),
        ] {
            stage
                .configure(|config| config["popular"] = json!([code]))
                .await?;
            for (attributes, field) in SEARCH_BOXES {
                page.open(&stage.host.page(&tag(attributes))).await?;
                page.fill(&en(field), "permit").await?;
                let found = results(page).await?;
                assert_eq!(found.first().map(String::as_str), Some(name), "{found:?}");
                assert!(found.len() > 2, "{found:?}");
            }
        }
        Ok(())
    });
}

#[test]
fn the_number_of_results_is_announced_in_both_search_boxes() {
    stage(async |stage| {
        let page = &stage.page;
        for (attributes, field) in SEARCH_BOXES {
            page.open(&stage.host.page(&tag(attributes))).await?;
            for (query, count) in [("carcass", 1), ("street light", 2), ("qqqq", 0)] {
                page.fill(&en(field), query).await?;
                page.hears(&plural("search.found", count)).await?;
                assert_eq!(results(page).await?.len(), count, "“{query}” in {field}");
            }
            page.sees(&en("search.nothing")).await?;
        }
        Ok(())
    });
}
