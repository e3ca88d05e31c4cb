//! Figures as a table, and as bars beside it.

use crate::app::App;
use crate::i18n::k;
use crate::platform::intl;
use crate::platform::view::{View, el};
use crate::ui::message_heading;

/// A table that scrolls sideways by itself in a narrow column.
pub(super) fn table(caption: &str, heads: &[String], rows: &[Vec<String>]) -> View {
    let head: Vec<View> = heads
        .iter()
        .map(|head| el("th").attr("scope", "col").put(head.as_str()).into())
        .collect();
    let rows: Vec<View> = rows
        .iter()
        .map(|row| {
            let cells: Vec<View> = row
                .iter()
                .enumerate()
                .map(|(index, words)| match index {
                    0 => el("th").attr("scope", "row").put(words.as_str()).into(),
                    _ => el("td").put(words.as_str()).into(),
                })
                .collect();
            el("tr").put(cells).into()
        })
        .collect();
    el("div")
        .class("wide")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", caption)
        .put(
            el("table")
                .put(el("caption").class("vh").put(caption))
                .put(el("thead").put(el("tr").put(head)))
                .put(el("tbody").put(rows)),
        )
        .into()
}

/// The most frequent services as bars; the table says the same.
pub(super) fn chart(app: App, rows: &[(String, usize)]) -> View {
    let most = rows
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(1)
        .max(1);
    let bars: Vec<View> = rows
        .iter()
        .map(|(name, count)| {
            let width = (count * 100 / most).max(1).to_string();
            let bar = el("svg")
                .attr("viewBox", "0 0 100 6")
                .attr("preserveAspectRatio", "none")
                .attr("aria-hidden", "true")
                .put(el("path").attr("d", &["M0 0h", &width, "v6H0z"].concat()));
            let words = [name, " · ", &intl::number(&app.language(), *count as f64)].concat();
            el("li").put(el("span").put(words)).put(bar).into()
        })
        .collect();
    el("section")
        .put(message_heading(app.t(k::CARD_CHART)))
        .put(el("ul").class("bars").put(bars))
        .into()
}
