//! Every view, for everyone: judged by axe-core in light and dark, on a phone and on a desk;
//! read without scrolling sideways; and with targets that a thumb hits.

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Stage, Theme, en, host_page, plural, stage, violations};

use crate::tour::{self, VIEWS};

const WIDTHS: [u32; 2] = [320, 1280];

/// Goes through some of the views; several tests share them, so that two run at a time.
fn each_view(part: usize, look: impl AsyncFn(&Stage) -> Result<()>) {
    stage(async |stage| {
        for view in VIEWS.iter().skip(part).step_by(3) {
            tour::visit(stage, view, "en")
                .await
                .with_context(|| format!("on the way to {view}"))?;
            if let Some(words) = tour::sign(view) {
                stage.page.sees(&words).await?;
            }
            look(stage)
                .await
                .with_context(|| format!("in the view {view}"))?;
        }
        Ok(())
    });
}

async fn axe_is_content(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    for width in WIDTHS {
        page.size(width, 900).await?;
        for theme in [Theme::Light, Theme::Dark] {
            page.theme(theme).await?;
            let found = violations(page).await?;
            assert!(
                found.is_empty(),
                "at {width} px, {theme:?}:\n{}",
                found.join("\n")
            );
        }
    }
    Ok(())
}

#[test]
fn axe_finds_nothing_in_the_first_third_of_the_views() {
    each_view(0, axe_is_content);
}

#[test]
fn axe_finds_nothing_in_the_second_third_of_the_views() {
    each_view(1, axe_is_content);
}

#[test]
fn axe_finds_nothing_in_the_last_third_of_the_views() {
    each_view(2, axe_is_content);
}

/// What stands out of the widget's sides, boxes and words alike, or makes the page scroll sideways.
const TOO_WIDE: &str = "
const host = document.querySelector('front-door');
const { left, right } = host.getBoundingClientRect();
const isOut = (box) => box.width > 0 && (box.left < left - 1 || box.right > right + 1);
const isWide = (node) => {
  // What a map shows beyond its frame is cut off there; a table of figures has a frame in which it is scrolled
  // (WCAG 2.2, 1.4.10).
  if (node.closest('.vh, .leaflet-pane, .wide > *') || !node.checkVisibility()) return false;
  const words = Array.from(node.childNodes).filter((child) => child.nodeType === Node.TEXT_NODE);
  const lines = words.flatMap((text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    return Array.from(range.getClientRects());
  });
  return [node.getBoundingClientRect(), ...lines].some(isOut);
};
const wide = Array.from(host.shadowRoot.querySelectorAll('*')).filter(isWide);
const page = document.scrollingElement;
if (page.scrollWidth > page.clientWidth) wide.push(page);
return wide.map((node) => `${node.localName}.${node.className} “${node.textContent.trim().slice(0, 40)}”`).join('\\n');";

pub(crate) async fn fits(page: &Page) -> Result<()> {
    let told = page.script(TOO_WIDE, Vec::new()).await?;
    assert_eq!(told.as_str(), Some(""));
    Ok(())
}

/// Whether something is aimed at by itself, or stands in a sentence, where WCAG 2.2 (2.5.8) lets
/// the line decide.
const TOO_SMALL: &str = "
const root = document.querySelector('front-door').shadowRoot;
const small = [];
for (const node of root.querySelectorAll('a[href], button, input, select, textarea, summary')) {
  if (!node.checkVisibility()) continue;
  const target = node.labels?.[0]?.contains(node) ? node.labels[0] : node;
  const { width, height } = target.getBoundingClientRect();
  const isButton = node.localName === 'button' || node.localName === 'summary' || node.classList.contains('btn') || target !== node;
  const isInSentence = getComputedStyle(node).display === 'inline' && node.parentNode.textContent.trim() !== node.textContent.trim();
  const least = isButton ? 44 : 24;
  if (!isInSentence && (height < least - 0.5 || width < 23.5)) small.push(`${node.localName} “${target.textContent.trim()}” ${node.id} is ${width} by ${height}`);
}
return small.join('\\n');";

async fn can_be_hit(page: &Page) -> Result<()> {
    let told = page.script(TOO_SMALL, Vec::new()).await?;
    assert_eq!(told.as_str(), Some(""));
    Ok(())
}

async fn suits_a_phone(stage: &Stage) -> Result<()> {
    stage.page.size(320, 640).await?;
    fits(&stage.page).await?;
    can_be_hit(&stage.page).await
}

#[test]
fn the_first_third_of_the_views_suits_a_phone() {
    each_view(0, suits_a_phone);
}

#[test]
fn the_second_third_of_the_views_suits_a_phone() {
    each_view(1, suits_a_phone);
}

#[test]
fn the_last_third_of_the_views_suits_a_phone() {
    each_view(2, suits_a_phone);
}

#[test]
fn the_widget_fits_a_column_of_280_pixels_with_text_twice_as_large() {
    stage(async |stage| {
        let page = &stage.page;
        let views = [
            "",
            r#"view="report""#,
            r#"service="pothole""#,
            r#"view="status""#,
            r#"guide="deck-permit""#,
        ];
        for view in views {
            for size in ["100%", "200%"] {
                let style = format!(
                    "<style>html {{ font-size: {size} }} #column {{ width: 280px }}</style>"
                );
                let tag = format!(
                    r#"<div id="column"><front-door config="/frontdoor.json" {view}></front-door></div>"#
                );
                stage
                    .host
                    .answer("/", frontdoor_tests::Reply::html(host_page(&style, &tag)));
                page.size(500, 800).await?;
                page.open(&stage.host.url("/")).await?;
                page.until(
                    "!document.querySelector('front-door').shadowRoot.querySelector('.loading')",
                )
                .await?;
                fits(page)
                    .await
                    .with_context(|| format!("with {view} at {size}"))?;
            }
        }
        Ok(())
    });
}

#[test]
fn a_changed_view_is_announced_by_its_heading_and_a_search_by_its_count() {
    stage(async |stage| {
        let page = &stage.page;
        tour::visit(stage, "start", "en").await?;
        page.fill(&en("start.search"), "pothole").await?;
        page.until("Array.from(document.querySelector('front-door').shadowRoot.querySelectorAll('[role=status]')).some(node => node.textContent.includes('1 result'))").await?;
        // One heading of the second level, under the page's own of the first.
        let levels = page.eval("Array.from(document.querySelector('front-door').shadowRoot.querySelectorAll('h1, h2')).map(node => node.localName).join()").await?;
        assert_eq!(levels, "h2");
        Ok(())
    });
}

#[test]
fn what_was_announced_does_not_stay_when_it_is_over() {
    stage(async |stage| {
        let page = &stage.page;
        tour::visit(stage, "results", "en").await?;
        let told = plural("search.found", 1);
        page.sees(&told).await?;
        page.press("Pothole").await?;
        page.heading(&en("place.heading")).await?;
        page.loses(&told).await?;
        tour::visit(stage, "sent", "en").await?;
        page.heading(&en("sent.heading")).await?;
        page.loses(&en("sending")).await
    });
}
