//! A real nginx in front of an endpoint without CORS: with the README's directives the journey works,
//! and without them resident and webmaster are told what is wrong.

use anyhow::{Context, Result};
use frontdoor_tests::steps::common::{SERVICES, alerts, go_on};
use frontdoor_tests::steps::request::{
    SPECIAL_TEXT, contact_by_email, describe, escape_html, search_service, sent_number,
};
use frontdoor_tests::{Nginx, en, eventually, stage_with};

const README: &str = include_str!("../../../README.md");

/// The indented block of the README that contains this text.
fn block(text: &str) -> Result<String> {
    let mut blocks = vec![String::new()];
    for line in README.lines() {
        match (line.strip_prefix("    "), blocks.last_mut()) {
            (Some(line), Some(block)) => *block += &format!("{line}\n"),
            (None, Some(block)) if line.is_empty() && !block.is_empty() => *block += "\n",
            _ => blocks.push(String::new()),
        }
    }
    let found = blocks.into_iter().find(|block| block.contains(text));
    found.with_context(|| format!("the README has no block with “{text}”"))
}

/// The README's directives for nginx, with this endpoint in place of its example.
fn forwarding(endpoint: &str) -> Result<String> {
    let host = endpoint.trim_start_matches("http://");
    let directives = block("proxy_pass")?
        .replace("https://endpoint.example", endpoint)
        .replace("endpoint.example", host);
    assert!(
        directives.contains(endpoint) && !directives.contains("example"),
        "{directives}"
    );
    Ok(directives)
}

/// Serves a page with the README's tag and the README's shortest config, and returns its address.
fn serve_city(nginx: &Nginx, endpoint: Option<&str>) -> Result<String> {
    let tag = block("<script type=\"module\" async")?;
    let probe = r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>City</title><script src="/probe.js"></script>"#;
    nginx.write("index.html", &format!("{probe}<h1>City</h1>{tag}"))?;
    let mut config = block("\"$schema\"")?;
    if let Some(endpoint) = endpoint {
        config = config.replace("\"/open311/v2\"", &format!("\"{endpoint}/open311/v2\""));
        assert!(config.contains(endpoint), "{config}");
    }
    nginx.write("frontdoor.json", &config)?;
    Ok(nginx.url("/"))
}

#[test]
fn with_the_readme_s_forwarding_path_the_whole_journey_works() {
    stage_with(&["--no-cors"], async |stage| {
        let page = &stage.page;
        let before = stage.city.request_count().await?;
        let nginx = Nginx::start(&forwarding(stage.city.origin())?).await?;
        page.open(&serve_city(&nginx, None)?).await?;
        search_service(page, "pothole", "Pothole").await?;
        page.fill(&en("place.label"), "4 Main St, beside the bakery")
            .await?;
        go_on(page, "details.heading").await?;
        page.choose("How deep is it?", "A hand’s width or more")
            .await?;
        describe(page, SPECIAL_TEXT).await?;
        go_on(page, "how-to-reach.heading").await?;
        contact_by_email(page).await?;
        page.press(&en("send")).await?;
        let number = sent_number(page).await?;
        page.press(&en("sent.follow")).await?;
        page.heading(&en("status.open")).await?;
        page.sees("4 Main St, beside the bakery").await?;
        let row = stage.city.request(&number).await?;
        assert_eq!(row["address"], "4 Main St, beside the bakery");
        let clerk = stage.city.clerk_page().await?;
        assert!(clerk.contains(&escape_html(SPECIAL_TEXT)) && clerk.contains("deep"));
        assert_eq!(stage.city.request_count().await?, before + 1);
        assert_eq!(page.logged("errors").await?, [""; 0]);
        assert_eq!(page.logged("warnings").await?, [""; 0]);
        Ok(())
    });
}

#[test]
fn without_it_the_resident_gets_the_phone_number_and_the_webmaster_a_warning_about_cors() {
    stage_with(&["--no-cors"], async |stage| {
        let page = &stage.page;
        let nginx = Nginx::start("").await?;
        page.open(&serve_city(&nginx, Some(stage.city.origin()))?)
            .await?;
        alerts(page, &[&en("problem.unreachable")]).await?;
        let is_missing = async || {
            let warnings = page.logged("warnings").await?.join("\n");
            let is_named = warnings.contains("CORS") && warnings.contains(SERVICES);
            Ok((!is_named).then_some(warnings))
        };
        eventually("a warning about CORS", is_missing).await?;
        // The resident's text does not mention it.
        assert!(!page.text().await?.contains("CORS"));
        page.press(&en("problem.retry")).await?;
        alerts(page, &[&en("problem.unreachable")]).await
    });
}

#[test]
fn an_endpoint_that_is_down_behind_nginx_is_a_problem_of_the_city() {
    stage_with(&["--no-cors"], async |stage| {
        let page = &stage.page;
        // Nothing listens there: nginx responds with an error page of its own.
        let free = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let nginx = Nginx::start(&forwarding(&format!("http://{free}"))?).await?;
        page.open(&serve_city(&nginx, None)?).await?;
        alerts(page, &[&en("problem.trouble")]).await?;
        assert!(!page.text().await?.contains("nginx"));
        Ok(())
    });
}
