//! The public report card: how many requests, how fast, and how often on time, in the last 90 days, from the city's
//! own list. A table first, then a bar chart, and a CSV file for further analysis. Counting and statistics are in
//! `frontdoor_core::status::report_card`.

use super::chart::{chart, table};
use super::context::StatusContext;
use crate::app::App;
use crate::net::{ApiError, fetch_json};
use crate::platform::{focus, intl, share, time};
use crate::ui::{heading, load_error, paragraph, reactive, row, secondary_button, title};
use crate::view::{Signal, View, el};
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::route::Route;
use frontdoor_core::status::config::apply_city_wording;
use frontdoor_core::status::on_time::OnTimeCheck;
use frontdoor_core::status::report_card::ReportCard;
use frontdoor_core::time::{DAY, UnixMs};
use json::Value;
use open311::ServiceRequest;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The period that is counted, in milliseconds. Longer means more calls to the endpoint; GeoReport limits a list to
/// 90 days. Sensible: 30 to 90 days.
const PERIOD: i64 = 90 * DAY;
/// Rows requested at a time. More blocks the page for longer at a stretch. Sensible: 50 to 500.
const PAGE: usize = 200;
/// A list without paging that has at least this many rows may be truncated. Sensible: 20 to 200.
const MAY_BE_CUT: usize = 50;
/// The span requested at a time from a list without paging, in milliseconds. Shorter means more calls, longer may be
/// truncated. Sensible: 1 to 14 days.
const SPAN: i64 = 7 * DAY;
/// At most this many services are shown as bars: more are hard to compare. Sensible: 5 to 15.
const MAX_BARS: usize = 10;

#[derive(Clone, PartialEq)]
enum State {
    Reading,
    /// The list was read; only in part if `is_complete` is false.
    Done {
        is_complete: bool,
    },
    Failed(ApiError),
}

struct ReportCardPage {
    app: App,
    context: Rc<StatusContext>,
    card: RefCell<ReportCard>,
    is_cancelled: Cell<bool>,
    state: Signal<State>,
    /// Number of requests counted.
    count: Signal<usize>,
    satisfaction: Signal<Vec<Vec<String>>>,
}

/// The page with the report card; starts to read the list.
pub(super) fn report_card_page(app: App) -> View {
    let page = Rc::new(ReportCardPage {
        app,
        context: StatusContext::of(app),
        card: RefCell::default(),
        is_cancelled: Cell::new(false),
        state: Signal::new(State::Reading),
        count: Signal::new(0),
        satisfaction: Signal::new(Vec::new()),
    });
    page.clone().start();
    page.clone().load_satisfaction();
    let satisfaction = page.clone();
    [
        title(app, app.t(k::CARD_HEADING)),
        paragraph("", app.t(k::CARD_MORE)),
        reactive(move || page.body()),
        reactive(move || satisfaction.satisfaction_table()),
    ]
    .into()
}

/// The result of reading a span of the city's list.
#[derive(Default)]
struct SpanResult {
    /// Number of rows on the first page.
    first_page: usize,
    /// True if the span was read to its end.
    is_complete: bool,
    /// True if the list sent the same page again, so it has no paging.
    repeats: bool,
}

impl ReportCardPage {
    fn start(self: Rc<Self>) {
        self.is_cancelled.set(false);
        self.count.set(0);
        self.state.set(State::Reading);
        self.app.spawn(async move {
            let (app, now) = (self.app, time::now());
            let since = now.plus(-PERIOD);
            self.card.replace(ReportCard::new(since));
            let result = self.read(since, now).await;
            if app.is_gone() || self.is_cancelled.get() {
                return;
            }
            let is_done = result.is_ok();
            self.state.set(match result {
                Ok(is_complete) => State::Done { is_complete },
                Err(error) => State::Failed(error),
            });
            if is_done && app.route_untracked() == Route::ReportCard {
                app.announce(self.counted());
            }
        });
    }

    /// Stops reading and shows what was read so far.
    fn stop(&self) {
        self.is_cancelled.set(true);
        self.state.set(State::Done { is_complete: false });
        focus::focus_after_drawing(&self.app.root(), ".view .title");
    }

    /// Reads the whole period page by page, or week by week if the list has no paging and may be truncated (at 1,000
    /// requests, by the specification). True if the list was read completely.
    async fn read(&self, since: UnixMs, now: UnixMs) -> Result<bool, ApiError> {
        let all = self.read_span(since, now).await?;
        if !all.repeats || all.first_page < MAY_BE_CUT {
            return Ok(all.is_complete);
        }
        let (mut is_complete, mut end) = (true, now);
        while end > since {
            let start = since.max(end.plus(-SPAN));
            // After an error, what was read is still shown, marked as incomplete.
            let span = self.read_span(start, end).await.unwrap_or_default();
            // As many rows as for the whole period: either that is the list's limit, or it ignores dates as well.
            is_complete &= (span.is_complete || span.repeats) && span.first_page < all.first_page;
            if self.is_over() {
                return Ok(false);
            }
            end = start;
        }
        Ok(is_complete)
    }

    /// Reads a span page by page, until a page has no new requests.
    async fn read_span(&self, start: UnixMs, end: UnixMs) -> Result<SpanResult, ApiError> {
        let (start, end) = (time::rfc3339(start), time::rfc3339(end));
        let page_size = PAGE.to_string();
        let mut span = SpanResult::default();
        for page in 1.. {
            let number = page.to_string();
            let query = [
                ("start_date", start.as_str()),
                ("end_date", &end),
                ("page", &number),
                ("page_size", &page_size),
            ];
            let mut rows = match self.app.client().request_summaries(&query).await {
                Ok(rows) => rows,
                Err(error) if page == 1 => return Err(error),
                Err(_) => return Ok(span),
            };
            if page == 1 {
                span.first_page = rows.len();
            }
            apply_city_wording(&self.context.config, &mut rows);
            let new = self.add(&rows);
            if self.is_over() {
                return Ok(span);
            }
            if new == 0 {
                // On page 1, all requests of a week may be known from the whole period.
                span.is_complete = rows.is_empty() || page > 1;
                span.repeats = !rows.is_empty();
                return Ok(span);
            }
            // Lets the browser handle input before the next page.
            time::sleep(0).await;
        }
        Ok(span)
    }

    /// True if the page was left or stopped, or if the card counts no more requests.
    fn is_over(&self) -> bool {
        self.app.is_gone()
            || self.app.route_untracked() != Route::ReportCard
            || self.is_cancelled.get()
            || self.card.borrow().is_full()
    }

    /// Counts the requests of a page and returns how many of them are new.
    fn add(&self, rows: &[ServiceRequest]) -> usize {
        if self.app.is_gone() || self.is_cancelled.get() {
            return 0;
        }
        let now = time::now();
        let options = self.app.options();
        let check = OnTimeCheck {
            config: &options.config,
            utc_offset_ms: self.context.utc_offset_ms(now),
            now,
            working_days: &self.context.working_days,
        };
        let was_on_time = |request: &ServiceRequest| check.was_on_time(request);
        let mut card = self.card.borrow_mut();
        let rows = rows.iter();
        let new = rows
            .filter(|request| card.add(request, &was_on_time))
            .count();
        let count = card.total();
        drop(card);
        self.count.set(count);
        new
    }

    /// “1,234 requests”.
    fn counted(&self) -> String {
        let total = self.card.borrow().total();
        self.app.t_count(k::CARD_COUNTED, total, &[])
    }

    fn body(self: &Rc<Self>) -> View {
        let app = self.app;
        match self.state.get() {
            State::Reading => {
                let (page, count) = (self.clone(), self.count.clone());
                let progress = move || app.t_count(k::CARD_READING, count.get(), &[]);
                let stop = secondary_button(app.t(k::CARD_STOP), move || page.stop());
                el("div")
                    .child(el("p").child(progress))
                    .child(row(stop))
                    .into()
            }
            State::Failed(error) => {
                let page = self.clone();
                load_error(app, &error, move || page.clone().start())
            }
            State::Done { is_complete } => self.tables(is_complete),
        }
    }

    fn tables(self: &Rc<Self>, is_complete: bool) -> View {
        let app = self.app;
        let rows = self.card.borrow().rows();
        if rows.is_empty() {
            let text = if is_complete {
                k::CARD_NOTHING
            } else {
                k::CARD_PART
            };
            return paragraph("", app.t(text));
        }
        let language = app.language();
        let number = |number: usize| intl::number(&language, number as f64);
        let days = |days: Option<f64>| {
            days.map_or_else(dash, |days| {
                intl::number(&language, (days * 10.0).round() / 10.0)
            })
        };
        let share = |share: Option<f64>| {
            share.map_or_else(dash, |share| {
                [&intl::number(&language, (share * 100.0).round()), " %"].concat()
            })
        };
        let cells = rows.iter().map(|row| {
            vec![
                row.name.clone(),
                number(row.count),
                number(row.open),
                days(row.median_days),
                days(row.p90_days),
                share(row.on_time),
            ]
        });
        let cells: Vec<Vec<String>> = cells.collect();
        let incomplete = (!is_complete).then(|| paragraph("notice", app.t(k::CARD_PART)));
        let page = self.clone();
        let save = secondary_button(app.t(k::CARD_CSV), move || page.save_csv());
        let bars = rows.iter().take(MAX_BARS);
        let bars: Vec<(String, usize)> = bars.map(|row| (row.name.clone(), row.count)).collect();
        [
            paragraph("", self.counted()),
            incomplete.into(),
            table(&app.t(k::CARD_TABLE), &headings(app, &HEADINGS), &cells),
            paragraph("quiet", app.t(k::CARD_HOW)),
            chart(app, &bars),
            row(save),
        ]
        .into()
    }

    fn save_csv(&self) {
        let headings = headings(self.app, &HEADINGS);
        let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
        let csv = self.card.borrow().csv(&headings);
        share::save("report-card.csv".into(), "text/csv;charset=utf-8", csv);
    }

    /// Loads the residents' ratings, if the city publishes them.
    fn load_satisfaction(self: Rc<Self>) {
        let app = self.app;
        let Some(path) = &self.context.config.satisfaction else {
            return;
        };
        let (url, options) = (app.resolve(path), app.options());
        app.spawn(async move {
            let Ok(value) = fetch_json(&url, &options.prefetched).await else {
                return;
            };
            if app.is_gone() {
                return;
            }
            let row = |row: &Value| {
                let text = |name| row.get(name).and_then(Value::text).unwrap_or_default();
                let code = text("service_code");
                let service = app.service(code);
                let name = service.map_or_else(|| code.to_owned(), |service| service.name);
                let fields = ["language", "channel", "count", "solved", "score_mean"];
                let fields = fields.iter().map(|name| text(name).to_owned());
                std::iter::once(name).chain(fields).collect()
            };
            let rows = value.items().iter().map(row);
            self.satisfaction.set(rows.collect());
        });
    }

    fn satisfaction_table(&self) -> View {
        let app = self.app;
        self.satisfaction.with(|rows| {
            if rows.is_empty() {
                return View::Nothing;
            }
            let headings = headings(
                app,
                &[
                    k::CARD_SERVICE,
                    k::CARD_LANGUAGE,
                    k::CARD_CHANNEL,
                    k::CARD_ANSWERS,
                    k::CARD_SOLVED,
                    k::CARD_SCORE,
                ],
            );
            [
                heading(app.t(k::CARD_SATISFACTION)),
                table(&app.t(k::CARD_SATISFACTION), &headings, rows),
            ]
            .into()
        })
    }
}

/// The headings of the table and of the CSV file.
const HEADINGS: [Key; 6] = [
    k::CARD_SERVICE,
    k::CARD_COUNT,
    k::CARD_OPEN,
    k::CARD_MEDIAN,
    k::CARD_P90,
    k::CARD_ON_TIME,
];

fn headings(app: App, keys: &[Key]) -> Vec<String> {
    keys.iter().map(|key| app.t(*key)).collect()
}

fn dash() -> String {
    "–".into()
}
