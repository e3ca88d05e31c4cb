//! Every view on a phone: nothing scrolls sideways, and every target is large enough for a thumb.

use anyhow::Result;
use frontdoor_tests::{Page, Stage};

use super::each_view;

/// Elements and texts that stick out at the widget's sides, or make the page scroll sideways.
const TOO_WIDE: &str = "
const host = document.querySelector('front-door');
const { left, right } = host.getBoundingClientRect();
const isOut = (box) => box.width > 0 && (box.left < left - 1 || box.right > right + 1);
const isWide = (node) => {
    // A map is clipped at its frame, and a data table scrolls inside its own frame (WCAG 2.2, 1.4.10).
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

/// Checks that nothing sticks out at the sides.
pub(super) async fn fits(page: &Page) -> Result<()> {
    let found = page.script(TOO_WIDE, Vec::new()).await?;
    assert_eq!(found.as_str(), Some(""));
    Ok(())
}

/// Pointer targets that are too small. A link inside a sentence may be as small as its line (WCAG 2.2,
/// 2.5.8).
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

async fn targets_are_large_enough(page: &Page) -> Result<()> {
    let found = page.script(TOO_SMALL, Vec::new()).await?;
    assert_eq!(found.as_str(), Some(""));
    Ok(())
}

async fn fits_a_phone(stage: &Stage) -> Result<()> {
    stage.page.resize(320, 640).await?;
    fits(&stage.page).await?;
    targets_are_large_enough(&stage.page).await
}

#[test]
fn the_first_third_of_the_views_fits_a_phone() {
    each_view(0, fits_a_phone);
}

#[test]
fn the_second_third_of_the_views_fits_a_phone() {
    each_view(1, fits_a_phone);
}

#[test]
fn the_last_third_of_the_views_fits_a_phone() {
    each_view(2, fits_a_phone);
}
