//! XML read by the widget's own part, in a browser, and then by the crate that reads JSON: the
//! same values as its twin in JSON has.

use anyhow::{Context, Result, ensure};
use frontdoor_tests::{Page, Stage, part, stage, stage_with};
use open311::{
    json, look_up_request, path_segment, read_definition, read_receipt, read_requests,
    read_services, read_updates,
};
use serde_json::json;

use crate::xml_samples::{About, SAMPLES};

/// Runs in a page with the address of the part and texts in XML; gives each as JSON, or why not.
const CONVERT: &str = "
const [address, texts, done] = arguments;
const one = (toJson) => (text) => { try { return toJson(text) } catch (error) { return `refused: ${error.message}` } };
import(address).then(({ toJson }) => done(texts.map(one(toJson))), (error) => done(`${error}`));";

/// Each of these texts in XML as the widget turns it into JSON, or “refused: ” and why.
pub(crate) async fn converted(stage: &Stage, texts: &[String]) -> Result<Vec<String>> {
    // A page without a widget: only the part is to be seen at work.
    stage
        .page
        .go(&stage.host.page("<p>Nothing here</p>"))
        .await?;
    convert(&stage.page, texts).await
}

async fn convert(page: &Page, texts: &[String]) -> Result<Vec<String>> {
    let arguments = vec![json!(part("xml")?), json!(texts)];
    let told = page.browser.execute_async(CONVERT, arguments).await?;
    let told = told.json().clone();
    let list = told.as_array().with_context(|| format!("{told}"))?;
    let texts = list
        .iter()
        .map(|text| text.as_str().unwrap_or_default().to_owned());
    Ok(texts.collect())
}

/// What the crate reads, in words that can be compared.
fn read(about: About, text: &str) -> Result<String> {
    let value = json::parse(text).with_context(|| format!("no JSON: {text}"))?;
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

fn same(what: &str, about: About, xml: &str, json: &str) -> Result<()> {
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
fn xml_reads_to_the_values_of_its_twin_in_json() {
    stage(async |stage| {
        let texts: Vec<String> = SAMPLES.iter().map(|sample| sample.2.to_owned()).collect();
        let turned = converted(stage, &texts).await?;
        let mut wrong = Vec::new();
        for ((what, about, _, json), xml) in SAMPLES.iter().zip(&turned) {
            if let Err(error) = same(what, *about, xml, json) {
                wrong.push(format!("{error:#}"));
            }
        }
        ensure!(wrong.is_empty(), "{}", wrong.join("\n\n"));
        Ok(())
    });
}

#[test]
fn what_is_no_xml_and_what_breaks_off_is_refused_and_not_guessed() {
    stage(async |stage| {
        let receipt = "<?xml version=\"1.0\"?><service_requests><request><service_request_id>2601187</service_request_id><service_notice>Größe &amp; Übermaß</service_notice></request></service_requests>";
        let mut texts: Vec<String> = receipt
            .char_indices()
            .map(|(end, _)| receipt[..end].to_owned())
            .collect();
        texts.extend(["<html><body>Sign in</body></html>", "{}", "Not found"].map(str::to_owned));
        texts.push(["<a>".repeat(60), "</a>".repeat(60)].concat());
        texts.push("<a></b>".to_owned());
        let turned = converted(stage, &texts).await?;
        for (text, turned) in texts.iter().zip(&turned) {
            // A page may become words; what must not come out of it is a number.
            if let Ok(value) = json::parse(turned) {
                let receipt = read_receipt(&value);
                assert_eq!(receipt.service_request_id, None, "{text} became {turned}");
            }
            let is_cut = receipt.starts_with(text.as_str());
            assert!(!is_cut || turned.starts_with("refused"), "{text}: {turned}");
        }
        let whole = converted(stage, &[receipt.to_owned()]).await?;
        let read = read_receipt(&json::parse(&whole[0])?);
        assert_eq!(read.service_request_id.as_deref(), Some("2601187"));
        Ok(())
    });
}

/// All that the endpoint says, in both of its languages.
async fn both_agree(stage: &Stage, endpoint: &str) -> Result<()> {
    let ask = async |path: &str, ending: &str| -> Result<String> {
        let bytes = stage
            .city
            .bytes(&format!("/{endpoint}/{path}.{ending}"))
            .await;
        Ok(String::from_utf8(bytes.with_context(|| path.to_owned())?)?)
    };
    let mut paths = vec![
        ("services".to_owned(), About::Services),
        ("requests".to_owned(), About::Requests),
    ];
    let services = read_services(&json::parse(&ask("services", "json").await?)?);
    for service in services.rows.iter().filter(|service| service.metadata) {
        let path = format!("services/{}", path_segment(&service.code));
        paths.push((path, About::Definition));
    }
    let requests = read_requests(&json::parse(&ask("requests", "json").await?)?);
    let ids = requests
        .rows
        .iter()
        .filter_map(|row| row.id.clone())
        .take(3);
    paths.extend(ids.map(|id| (format!("requests/{}", path_segment(&id)), About::Requests)));
    let (mut xml, mut json) = (Vec::new(), Vec::new());
    for (path, _) in &paths {
        xml.push(ask(path, "xml").await?);
        json.push(ask(path, "json").await?);
    }
    let turned = converted(stage, &xml).await?;
    for (((path, about), xml), json) in paths.iter().zip(&turned).zip(&json) {
        same(&format!("{endpoint}/{path}"), *about, xml, json)?;
    }
    // And a look-up finds in the one what it finds in the other.
    let last = paths.last().context("nothing was compared")?;
    let id = requests.rows.iter().filter_map(|row| row.id.clone()).nth(2);
    let id = id.context("no third request")?;
    let found = turned.last().map(|xml| look_up_request(200, xml, &id));
    let twin = json.last().map(|json| look_up_request(200, json, &id));
    ensure!(found == twin, "{endpoint}/{}: {found:?}, {twin:?}", last.0);
    Ok(())
}

#[test]
fn the_sample_city_says_in_xml_what_it_says_in_json() {
    stage(async |stage| both_agree(stage, "open311/v2").await);
}

#[test]
fn every_dialect_that_has_xml_says_in_it_what_it_says_in_json() {
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
            both_agree(stage, endpoint).await
        });
    }
}
