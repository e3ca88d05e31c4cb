//! Figures as a table and as a bar chart.
//! Knows nothing of where the figures come from.

use crate::app::App;
use crate::platform::intl;
use crate::ui::message_heading;
use crate::view::{View, el};
use frontdoor_core::i18n::k;

/// A table that scrolls horizontally in a narrow column, with the keyboard too (WCAG 2.1.1): hence `tabindex`.
pub(super) fn table(caption: &str, headings: &[String], rows: &[Vec<String>]) -> View {
    let heading: Vec<View> = headings
        .iter()
        .map(|heading| el("th").attr("scope", "col").child(heading.as_str()).into())
        .collect();
    let rows: Vec<View> = rows
        .iter()
        .map(|row| {
            let cells: Vec<View> = row
                .iter()
                .enumerate()
                .map(|(index, text)| match index {
                    0 => el("th").attr("scope", "row").child(text.as_str()).into(),
                    _ => el("td").child(text.as_str()).into(),
                })
                .collect();
            el("tr").child(cells).into()
        })
        .collect();
    el("div")
        .class("wide")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", caption)
        .child(
            el("table")
                .child(el("caption").class("vh").child(caption))
                .child(el("thead").child(el("tr").child(heading)))
                .child(el("tbody").child(rows)),
        )
        .into()
}

/// The most frequent services as bars. The bars are hidden from screen readers; the text beside them has the figure.
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
                .child(el("path").attr("d", &["M0 0h", &width, "v6H0z"].concat()));
            let text = [name, " · ", &intl::number(&app.language(), *count as f64)].concat();
            el("li").child(el("span").child(text)).child(bar).into()
        })
        .collect();
    el("section")
        .child(message_heading(app.t(k::CARD_CHART)))
        .child(el("ul").class("bars").child(bars))
        .into()
}
