//! A real nginx in front of an endpoint without CORS: with the documented directives the journey works,
//! and without them resident and webmaster are told what is wrong.

use std::path::Path;

use anyhow::{Result, bail};
use frontdoor_tests::steps::common::{SERVICES, alerts, go_on};
use frontdoor_tests::steps::request::{
    SPECIAL_TEXT, contact_by_email, describe, escape_html, search_service, sent_number,
};
use frontdoor_tests::{Nginx, en, eventually, stage_with};

/// The code block in the README or a page of `docs/` that contains this text.
fn block(text: &str) -> Result<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = vec![root.join("README.md")];
    for entry in std::fs::read_dir(root.join("docs"))? {
        files.push(entry?.path());
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
    for file in files {
        let blocks = code_blocks(&std::fs::read_to_string(file)?);
        if let Some(block) = blocks.into_iter().find(|block| block.contains(text)) {
            return Ok(block);
        }
    }
    bail!("the documentation has no block with “{text}”")
}

/// The indented and fenced code blocks of a Markdown text.
fn code_blocks(markdown: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    let mut is_fenced = false;
    for line in markdown.lines() {
        let is_fence = line.starts_with("```");
        is_fenced ^= is_fence;
        let code = if is_fenced {
            Some(line)
        } else {
            line.strip_prefix("    ")
        };
        match (code.filter(|_| !is_fence), blocks.last_mut()) {
            (Some(line), Some(block)) => *block += &format!("{line}\n"),
            (None, Some(block)) if line.is_empty() && !block.is_empty() => *block += "\n",
            _ => blocks.push(String::new()),
        }
    }
    blocks
}

/// The documented directives for nginx, with this endpoint in place of its example.
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

/// Serves a page with the documented tag and the shortest documented config, and returns its address.
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
fn with_the_documented_forwarding_path_the_whole_journey_works() {
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
