//! XML converted by the widget's own module in a browser, then read by the crate that reads JSON: it
//! has the same values as its JSON twin.

use anyhow::{Context, Result, ensure};
use frontdoor_tests::{Page, Stage, dist, stage, stage_with};
use open311::{
    json, look_up_request, path_segment, read_definition, read_receipt, read_requests,
    read_services, read_updates,
};
use serde_json::json;

use crate::xml_samples::{About, SAMPLES};

/// Converts XML documents with the module at an address; returns JSON for each, or “refused” and why.
const CONVERT: &str = "
const [address, texts, done] = arguments;
const one = (toJson) => (text) => { try { return toJson(text) } catch (error) { return `refused: ${error.message}` } };
import(address).then(({ toJson }) => done(texts.map(one(toJson))), (error) => done(`${error}`));";

/// Converts XML documents to JSON as the widget does; “refused: ” and the reason for those it refuses.
pub(crate) async fn converted(stage: &Stage, texts: &[String]) -> Result<Vec<String>> {
    // A page without a widget: only the module is tested.
    stage
        .page
        .go(&stage.host.page("<p>Nothing here</p>"))
        .await?;
    convert(&stage.page, texts).await
}

async fn convert(page: &Page, texts: &[String]) -> Result<Vec<String>> {
    let arguments = vec![json!(dist::lazy_module("xml")?), json!(texts)];
    let result = page.browser.execute_async(CONVERT, arguments).await?;
    let converted = result.convert();
    converted.with_context(|| format!("{}", result.json()))
}

/// What the crate reads, as text that can be compared.
fn read(about: About, text: &str) -> Result<String> {
    let value = json::parse(text).with_context(|| format!("not JSON: {text}"))?;
    Ok(match about {
        About::Services => {
            let reading = read_services(&value);
            format!("{} bad, {:#?}", reading.bad_rows, reading.rows)
        }
        About::Definition => {
            let read = read_definition(&value);
            let (bad, automated) = (read.bad_rows, read.automated);
            let code = read.service_code;
            format!(
                "{code:?}: {bad} bad, {automated} automated, {:#?}",
                read.attributes
            )
        }
        About::Requests => {
            let reading = read_requests(&value);
            format!("{} bad, {:#?}", reading.bad_rows, reading.rows)
        }
        About::Receipt => format!("{:#?}", read_receipt(&value)),
        About::Updates => {
            let reading = read_updates(&value);
            format!("{} bad, {:#?}", reading.bad_rows, reading.rows)
        }
    })
}

fn check_same(what: &str, about: About, xml: &str, json: &str) -> Result<()> {
    let (ours, twin) = (
        read(about, xml).context(what.to_owned())?,
        read(about, json)?,
    );
    ensure!(
        ours == twin,
        "{what}\n  in XML, as JSON: {xml}\n  reads to {ours}\n  and its twin {json}\n  to {twin}"
    );
    Ok(())
}

#[test]
fn xml_reads_to_the_values_of_its_json_twin() {
    stage(async |stage| {
        let texts: Vec<String> = SAMPLES.iter().map(|sample| sample.2.to_owned()).collect();
        let documents = converted(stage, &texts).await?;
        let mut wrong = Vec::new();
        for ((what, about, _, json), xml) in SAMPLES.iter().zip(&documents) {
            if let Err(error) = check_same(what, *about, xml, json) {
                wrong.push(format!("{error:#}"));
            }
        }
        ensure!(wrong.is_empty(), "{}", wrong.join("\n\n"));
        Ok(())
    });
}

#[test]
fn malformed_and_truncated_xml_is_refused() {
    stage(async |stage| {
        let receipt = "<?xml version=\"1.0\"?><service_requests><request><service_request_id>2601187</service_request_id><service_notice>Größe &amp; Übermaß</service_notice></request></service_requests>";
        let mut texts: Vec<String> = receipt
            .char_indices()
            .map(|(end, _)| receipt[..end].to_owned())
            .collect();
        texts.extend(["<html><body>Sign in</body></html>", "{}", "Not found"].map(str::to_owned));
        texts.push(["<a>".repeat(60), "</a>".repeat(60)].concat());
        texts.push("<a></b>".to_owned());
        let documents = converted(stage, &texts).await?;
        for (text, document) in texts.iter().zip(&documents) {
            // A page may be converted, but must not give a number.
            if let Ok(value) = json::parse(document) {
                let receipt = read_receipt(&value);
                assert_eq!(receipt.service_request_id, None, "{text} became {document}");
            }
            let is_cut = receipt.starts_with(text.as_str());
            assert!(
                !is_cut || document.starts_with("refused"),
                "{text}: {document}"
            );
        }
        let whole = converted(stage, &[receipt.to_owned()]).await?;
        let read = read_receipt(&json::parse(&whole[0])?);
        assert_eq!(read.service_request_id.as_deref(), Some("2601187"));
        Ok(())
    });
}

/// Compares everything that an endpoint responds, in both formats.
async fn check_endpoint(stage: &Stage, endpoint: &str) -> Result<()> {
    let get = async |path: &str, format: &str| -> Result<String> {
        let bytes = stage
            .city
            .bytes(&format!("/{endpoint}/{path}.{format}"))
            .await;
        Ok(String::from_utf8(bytes.with_context(|| path.to_owned())?)?)
    };
    let mut paths = vec![
        ("services".to_owned(), About::Services),
        ("requests".to_owned(), About::Requests),
    ];
    let services = read_services(&json::parse(&get("services", "json").await?)?);
    for service in services.rows.iter().filter(|service| service.metadata) {
        let path = format!("services/{}", path_segment(&service.code));
        paths.push((path, About::Definition));
    }
    let requests = read_requests(&json::parse(&get("requests", "json").await?)?);
    let ids = requests
        .rows
        .iter()
        .filter_map(|row| row.id.clone())
        .take(3);
    paths.extend(ids.map(|id| (format!("requests/{}", path_segment(&id)), About::Requests)));
    let (mut xml, mut json) = (Vec::new(), Vec::new());
    for (path, _) in &paths {
        xml.push(get(path, "xml").await?);
        json.push(get(path, "json").await?);
    }
    let documents = converted(stage, &xml).await?;
    for (((path, about), xml), json) in paths.iter().zip(&documents).zip(&json) {
        check_same(&format!("{endpoint}/{path}"), *about, xml, json)?;
    }
    // A look-up finds the same in both.
    let last = paths.last().context("nothing was compared")?;
    let id = requests.rows.iter().filter_map(|row| row.id.clone()).nth(2);
    let id = id.context("no third request")?;
    let found = documents.last().map(|xml| look_up_request(200, xml, &id));
    let twin = json.last().map(|json| look_up_request(200, json, &id));
    ensure!(found == twin, "{endpoint}/{}: {found:?}, {twin:?}", last.0);
    Ok(())
}

#[test]
fn the_sample_city_responds_the_same_in_xml_and_json() {
    stage(async |stage| check_endpoint(stage, "open311/v2").await);
}

#[test]
fn every_dialect_with_xml_responds_the_same_in_xml_and_json() {
    for name in [
        "connected-bits",
        "bos311",
        "ureport",
        "klarschiff",
        "markaspot",
        "6aika",
    ] {
        stage_with(&["--dialect", name], async |stage| {
            let config = stage.city.file("/frontdoor.json").await?;
            let endpoint = config["endpoint"].as_str().context("no endpoint")?;
            check_endpoint(stage, endpoint).await
        });
    }
}
