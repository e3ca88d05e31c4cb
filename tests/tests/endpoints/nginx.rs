//! A real nginx before an endpoint that lets no other site read its answers: with the lines of the
//! README the journey passes, and without them everybody is told what is wrong.

use anyhow::{Context, Result};
use frontdoor_tests::{Nginx, Page, en, eventually, stage_with};

use crate::steps::{WORDS, contact, count, describe, go_on, in_markup, number, search};

const README: &str = include_str!("../../../README.md");

/// The indented block of the README that holds these words.
fn block(words: &str) -> Result<String> {
    let mut blocks = vec![String::new()];
    for line in README.lines() {
        match (line.strip_prefix("    "), blocks.last_mut()) {
            (Some(line), Some(block)) => *block += &format!("{line}\n"),
            (None, Some(block)) if line.is_empty() && !block.is_empty() => *block += "\n",
            _ => blocks.push(String::new()),
        }
    }
    let found = blocks.into_iter().find(|block| block.contains(words));
    found.with_context(|| format!("the README has no block with “{words}”"))
}

/// The README's lines for nginx, with this endpoint in the place of its example.
fn forwarding(endpoint: &str) -> Result<String> {
    let lines = block("proxy_pass")?;
    let host = endpoint.trim_start_matches("http://");
    let lines = lines.replace("https://endpoint.example", endpoint);
    let lines = lines.replace("endpoint.example", host);
    assert!(
        lines.contains(endpoint) && !lines.contains("example"),
        "{lines}"
    );
    Ok(lines)
}

/// A city's page with the README's tag, and the README's shortest config.
fn city(nginx: &Nginx, endpoint: Option<&str>) -> Result<String> {
    let tag = block("<script type=\"module\" async")?;
    let probe = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>City</title><script src="/probe.js"></script>"#;
    nginx.put("index.html", &format!("{probe}<h1>City</h1>{tag}"))?;
    let mut config = block("\"$schema\"")?;
    if let Some(endpoint) = endpoint {
        config = config.replace("\"/open311/v2\"", &format!("\"{endpoint}/open311/v2\""));
        assert!(config.contains(endpoint), "{config}");
    }
    nginx.put("frontdoor.json", &config)?;
    Ok(nginx.url("/"))
}

#[test]
fn behind_the_forwarding_path_of_the_readme_the_whole_journey_passes() {
    stage_with(&["--no-cors"], async |stage| {
        let page = &stage.page;
        let before = count(&stage.city).await?;
        let nginx = Nginx::start(&forwarding(stage.city.origin())?).await?;
        page.open(&city(&nginx, None)?).await?;
        search(page, "pothole", "Pothole").await?;
        page.fill(&en("place.label"), "4 Main St, beside the bakery")
            .await?;
        go_on(page, "details.heading").await?;
        page.choose("How deep is it?", "A hand’s width or more")
            .await?;
        describe(page, WORDS).await?;
        go_on(page, "how-to-reach.heading").await?;
        contact(page).await?;
        page.press(&en("send")).await?;
        let number = number(page).await?;
        page.press(&en("sent.follow")).await?;
        page.heading(&en("status.open")).await?;
        page.sees("4 Main St, beside the bakery").await?;
        let kept = stage.city.request(&number).await?;
        assert_eq!(kept["address"], "4 Main St, beside the bakery");
        let clerk = stage.city.clerk_page().await?;
        assert!(clerk.contains(&in_markup(WORDS)) && clerk.contains("deep"));
        assert_eq!(count(&stage.city).await?, before + 1);
        assert_eq!(page.told("errors").await?, [""; 0]);
        assert_eq!(page.told("warnings").await?, [""; 0]);
        Ok(())
    });
}

#[test]
fn without_it_the_resident_gets_the_telephone_and_the_webmaster_the_word_cors() {
    stage_with(&["--no-cors"], async |stage| {
        let page = &stage.page;
        let nginx = Nginx::start("").await?;
        page.open(&city(&nginx, Some(stage.city.origin()))?).await?;
        says(page, "problem.unreachable").await?;
        let told = async || {
            let told = page.told("warnings").await?.join("\n");
            let is_named = told.contains("CORS") && told.contains("/open311/v2/services.json");
            Ok((!is_named).then_some(told))
        };
        eventually("a word on CORS in the console", told).await?;
        // What the resident reads names no such thing.
        assert!(!page.text().await?.contains("CORS"));
        page.press(&en("problem.retry")).await?;
        says(page, "problem.unreachable").await
    });
}

#[test]
fn an_endpoint_that_is_down_behind_nginx_is_the_city_s_trouble() {
    stage_with(&["--no-cors"], async |stage| {
        let page = &stage.page;
        // Nobody listens there: nginx answers for it, with a page of its own.
        let free = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let nginx = Nginx::start(&forwarding(&format!("http://{free}"))?).await?;
        page.open(&city(&nginx, None)?).await?;
        says(page, "problem.trouble").await?;
        assert!(!page.text().await?.contains("nginx"));
        Ok(())
    });
}

async fn says(page: &Page, sentence: &str) -> Result<()> {
    let there = async || {
        let alerts = page.names("alert").await?.join("\n");
        let is_said = alerts.contains(&en(sentence)) && alerts.contains("Call 311");
        Ok((!is_said).then_some(alerts))
    };
    eventually(sentence, there).await
}
