//! Photos: scaled down and turned upright on the phone, without the camera's metadata, each with a
//! description, a retry and a way to remove it.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use frontdoor_tests::steps::common::go_on;
use frontdoor_tests::steps::request::{open_form, send_from_photos, sent_request, to_details};
use frontdoor_tests::{Page, Reply, Stage, en, stage};
use serde_json::{Value, json};

/// Chooses a photo as from the gallery: half red and half blue, with these bytes after the first JPEG
/// marker.
const CHOOSE: &str = "
const [width, height, head, name, done] = arguments;
const canvas = Object.assign(document.createElement('canvas'), { width, height });
const context = canvas.getContext('2d');
context.fillStyle = '#f00';
context.fillRect(0, 0, width / 2, height);
context.fillStyle = '#00f';
context.fillRect(width / 2, 0, width / 2, height);
canvas.toBlob((blob) => {
  const parts = [blob.slice(0, 2), new Uint8Array(head), blob.slice(2)];
  const chosen = new DataTransfer();
  chosen.items.add(new File(parts, name, { type: 'image/jpeg' }));
  const input = document.querySelector('front-door').shadowRoot.getElementById('photo-choose');
  input.files = chosen.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  done();
}, 'image/jpeg', 0.9);";

async fn choose_photo(page: &Page, name: &str, size: (u32, u32), head: &[u8]) -> Result<()> {
    let arguments = vec![json!(size.0), json!(size.1), json!(head), json!(name)];
    page.browser.execute_async(CHOOSE, arguments).await?;
    Ok(())
}

async fn is_ready(page: &Page, name: &str) -> Result<()> {
    page.hears(&en("photo.ready").replace("{name}", name)).await
}

/// The Exif segment of a camera that was held upright at 40° 30′ N, 89° 45′ W.
fn camera_metadata() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [
            &tag.to_be_bytes()[..],
            &kind.to_be_bytes(),
            &count.to_be_bytes(),
            &value,
        ]
        .concat()
    };
    let degrees = |degrees: u32, minutes: u32| -> Vec<u8> {
        [degrees, 1, minutes, 1, 0, 1]
            .iter()
            .flat_map(|part| part.to_be_bytes())
            .collect()
    };
    // An 8-byte header, a directory of two entries, one of four for GPS, then its two values.
    let (gps, values) = (8 + 2 + 24 + 4_u32, 8 + 30 + 2 + 48 + 4_u32);
    let tiff = [
        b"MM\0\x2a\0\0\0\x08".to_vec(),
        2_u16.to_be_bytes().to_vec(),
        entry(0x0112, 3, 1, [0, 6, 0, 0]),
        entry(0x8825, 4, 1, gps.to_be_bytes()),
        vec![0; 4],
        4_u16.to_be_bytes().to_vec(),
        entry(1, 2, 2, *b"N\0\0\0"),
        entry(2, 5, 3, values.to_be_bytes()),
        entry(3, 2, 2, *b"W\0\0\0"),
        entry(4, 5, 3, (values + 24).to_be_bytes()),
        vec![0; 4],
        degrees(40, 30),
        degrees(89, 45),
    ]
    .concat();
    let length = (tiff.len() + 8) as u16;
    [&[0xff, 0xe1], &length.to_be_bytes()[..], b"Exif\0\0", &tiff].concat()
}

/// Width and height in the header of a JPEG.
fn jpeg_size(jpeg: &[u8]) -> Result<(u16, u16)> {
    let word = |at: usize| u16::from_be_bytes([jpeg[at], jpeg[at + 1]]);
    let mut at = 2;
    while at + 9 < jpeg.len() {
        if matches!(word(at), 0xffc0..=0xffc2) {
            return Ok((word(at + 7), word(at + 5)));
        }
        at += 2 + usize::from(word(at + 2));
    }
    bail!("{} bytes are no JPEG", jpeg.len())
}

fn has_metadata(jpeg: &[u8]) -> bool {
    jpeg.windows(6).any(|bytes| bytes == b"Exif\0\0")
}

/// Opens a form and goes to its step for photos.
async fn to_photos(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    open_form(stage, "street-sweeping").await?;
    to_details(page).await?;
    page.fill(&en("description.alone"), "Glass.").await?;
    go_on(page, "photos.heading").await
}

/// Sends the request, and returns it as the city has it.
async fn send(stage: &Stage) -> Result<Value> {
    send_from_photos(&stage.page).await?;
    sent_request(stage).await
}

/// The path of the photo that the city has.
fn photo_path(row: &Value) -> Result<String> {
    let url = row["media_url"].as_str().context("no photo")?;
    let index = url.find("/media/").with_context(|| format!("at {url}"))?;
    Ok(url[index..].to_owned())
}

fn description_label(name: &str) -> String {
    en("photo.words").replace("{name}", name)
}

#[test]
fn a_photo_arrives_scaled_down_upright_and_without_metadata() {
    stage(async |stage| {
        let page = &stage.page;
        to_photos(stage).await?;
        choose_photo(page, "street.jpg", (3000, 1500), &camera_metadata()).await?;
        is_ready(page, "street.jpg").await?;
        page.fill(&description_label("street.jpg"), "Glass & gravel")
            .await?;
        let row = send(stage).await?;
        let path = photo_path(&row)?;
        let jpeg = stage.city.bytes(&path).await?;
        assert_eq!(jpeg_size(&jpeg)?, (1024, 2048));
        assert!(!has_metadata(&jpeg));
        // Turned clockwise by a quarter, so that the left half is at the top.
        let colors = page
            .browser
            .execute_async(
                "const [path, done] = arguments;
                 fetch(path).then((answer) => answer.blob()).then(createImageBitmap).then((image) => {
                   const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
                   const context = canvas.getContext('2d');
                   context.drawImage(image, 0, 0);
                   const red = (y) => context.getImageData(512, y, 1, 1).data[0] > 200;
                   done([red(100), red(1900)]);
                 });",
                vec![json!(path)],
            )
            .await?;
        assert_eq!(colors.json(), &json!([true, false]));
        let clerk = stage.city.clerk_page().await?;
        assert!(clerk.contains("alt=\"Glass &amp; gravel\""), "{clerk}");
        Ok(())
    });
}

#[test]
fn the_location_of_a_photo_is_sent_only_if_the_resident_ticks_it() {
    stage(async |stage| {
        let page = &stage.page;
        to_photos(stage).await?;
        choose_photo(page, "street.jpg", (400, 200), &camera_metadata()).await?;
        is_ready(page, "street.jpg").await?;
        let keep = page.find("checkbox", &en("photo.keep-place")).await?;
        assert!(!keep.is_selected().await?);
        keep.click().await?;
        let jpeg = stage.city.bytes(&photo_path(&send(stage).await?)?).await?;
        assert_eq!(jpeg_size(&jpeg)?, (200, 400));
        assert!(has_metadata(&jpeg));
        // A photo without a location is not asked about.
        to_photos(stage).await?;
        choose_photo(page, "plain.jpg", (400, 200), &[]).await?;
        is_ready(page, "plain.jpg").await?;
        let boxes = page.names("checkbox").await?;
        assert!(boxes.is_empty(), "{boxes:?}");
        Ok(())
    });
}

#[test]
fn photos_can_be_removed_and_their_number_is_limited() {
    stage(async |stage| {
        let page = &stage.page;
        to_photos(stage).await?;
        for name in ["1.jpg", "2.jpg", "3.jpg"] {
            choose_photo(page, name, (40, 20), &[]).await?;
            is_ready(page, name).await?;
        }
        page.sees(&en("photos.full")).await?;
        page.loses(&en("photos.choose")).await?;
        page.press(&format!("{} 2.jpg", en("photo.remove"))).await?;
        page.hears(&en("photo.removed")).await?;
        page.loses(&description_label("2.jpg")).await?;
        page.sees(&en("photos.choose")).await?;
        send(stage).await?;
        let clerk = stage.city.clerk_page().await?;
        assert_eq!(clerk.matches("<img src=\"/media/").count(), 2, "{clerk}");
        Ok(())
    });
}

#[test]
fn a_file_that_is_no_photo_says_what_to_do_and_can_be_left_out() {
    stage(async |stage| {
        let page = &stage.page;
        to_photos(stage).await?;
        page.script(
            "const chosen = new DataTransfer();
             chosen.items.add(new File(['ftypheic, but nothing else'], 'odd.heic', { type: 'image/heic' }));
             const input = document.querySelector('front-door').shadowRoot.getElementById('photo-choose');
             input.files = chosen.files;
             input.dispatchEvent(new Event('change', { bubbles: true }));",
            Vec::new(),
        )
        .await?;
        page.hears(&en("photo.unreadable")).await?;
        page.press(&en("continue")).await?;
        page.hears(&en("photos.failed")).await?;
        page.press(&en("photos.without")).await?;
        page.heading(&en("how-to-reach.heading")).await?;
        page.press(&en("contact.anonymous")).await?;
        page.heading(&en("check.heading")).await?;
        page.sees(&en("check.no-photos")).await
    });
}

#[test]
fn a_reload_keeps_photos_and_their_descriptions() {
    stage(async |stage| {
        let page = &stage.page;
        to_photos(stage).await?;
        choose_photo(page, "street.jpg", (400, 200), &[]).await?;
        is_ready(page, "street.jpg").await?;
        page.fill(&description_label("street.jpg"), "Glass").await?;
        page.reload().await?;
        page.heading(&en("place.heading")).await?;
        go_on(page, "details.heading").await?;
        go_on(page, "photos.heading").await?;
        is_ready(page, "street.jpg").await?;
        page.holds(&description_label("street.jpg"), "Glass")
            .await?;
        let jpeg = stage.city.bytes(&photo_path(&send(stage).await?)?).await?;
        assert_eq!(jpeg_size(&jpeg)?, (400, 200));
        Ok(())
    });
}

#[test]
fn a_photo_uploaded_before_its_request_shows_progress_and_can_be_retried() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| {
                config["report"]["photos"] = json!({ "upload": "upload" });
                config["extensions"] = json!(["updates", "idempotency", "preferred_contact"]);
            })
            .await?;
        let upload = "POST /upload";
        let failing = Reply::status(503).delayed(Duration::from_millis(800));
        stage.host.answer(upload, failing);
        to_photos(stage).await?;
        choose_photo(page, "street.jpg", (400, 200), &[]).await?;
        page.until_shown(".photos progress").await?;
        page.hears(&en("photo.not-sent")).await?;
        page.press(&en("continue")).await?;
        page.hears(&en("photos.failed")).await?;
        stage.host.restore(upload);
        page.press(&en("problem.retry")).await?;
        is_ready(page, "street.jpg").await?;
        let jpeg = stage.city.bytes(&photo_path(&send(stage).await?)?).await?;
        assert_eq!(jpeg_size(&jpeg)?, (400, 200));
        assert_eq!(stage.host.seen("POST", "/upload").len(), 2);
        Ok(())
    });
}

/// Makes the browser wait with decoding pictures until `goOn()` is called.
const SLOW_DECODER: &str = "const decode = window.createImageBitmap;
    const wait = new Promise((go) => (window.goOn = go));
    window.createImageBitmap = (...all) => wait.then(() => decode(...all));";

#[test]
fn a_photo_that_is_removed_while_it_is_made_smaller_is_neither_kept_nor_uploaded() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .configure(|config| config["report"]["photos"] = json!({ "upload": "upload" }))
            .await?;
        to_photos(stage).await?;
        page.script(SLOW_DECODER, Vec::new()).await?;
        choose_photo(page, "private.jpg", (400, 200), &[]).await?;
        page.press(&format!("{} private.jpg", en("photo.remove")))
            .await?;
        page.hears(&en("photo.removed")).await?;
        page.script("window.goOn()", Vec::new()).await?;
        // By the time that a later photo is ready, the removed one would be too.
        choose_photo(page, "second.jpg", (400, 200), &[]).await?;
        is_ready(page, "second.jpg").await?;
        assert_eq!(stage.host.seen("POST", "/upload").len(), 1);
        let stored = page.stored_data().await?;
        assert_eq!(stored.matches("photo/").count(), 1, "{stored}");
        Ok(())
    });
}
