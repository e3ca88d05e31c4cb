//! The public report card: how many, how fast, and how often on time, for the last 90 days, from the
//! city's own list. A table first, then the same as bars; and a file for those who want to reckon.

use super::card::Card;
use super::clock::Clock;
use super::figures::{chart, table};
use super::promised::setting;
use super::words::understand;
use crate::api::{self, Failure};
use crate::app::App;
use crate::i18n::{Key, k};
use crate::live::Live;
use crate::platform::view::{View, el};
use crate::platform::{copy, dom, intl, time};
use crate::route::Route;
use crate::ui::{heading, paragraph, problem, row, second_button, stack, title};
use leptos::task::spawn_local;
use open311::{ServiceRequest, Value};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

const DAYS: f64 = 90.0;
const DAY: f64 = 86_400_000.0;
/// Rows of a page of the city's list.
const PAGE: usize = 200;
/// A list of so many that does not go on may have more behind it than it shows.
const MANY: usize = 50;
/// So many days are asked for at a time where the list knows no pages.
const SPAN: f64 = 7.0;

#[derive(Clone, PartialEq)]
enum Stand {
    Reading,
    Done { is_whole: bool },
    Failed(Failure),
}

struct Reader {
    app: App,
    card: RefCell<Card>,
    is_cancelled: Cell<bool>,
    stand: Live<Stand>,
    /// How many requests have been read.
    read: Live<usize>,
    satisfaction: Live<Vec<Vec<String>>>,
}

/// The report card.
pub(super) fn card(app: App) -> View {
    let reader = Rc::new(Reader {
        app,
        card: RefCell::default(),
        is_cancelled: Cell::new(false),
        stand: Live::new(Stand::Reading),
        read: Live::new(0),
        satisfaction: Live::new(Vec::new()),
    });
    reader.clone().start();
    reader.clone().ask_satisfaction();
    let shown = reader.clone();
    [
        title(app.t(k::CARD_HEADING)),
        paragraph("", app.t(k::CARD_MORE)),
        stack(move || reader.body()),
        stack(move || shown.satisfied()),
    ]
    .into()
}

/// How a time of the city's list was read.
#[derive(Default)]
struct Span {
    /// Rows of its first page.
    first: usize,
    /// It was read to its end.
    is_whole: bool,
    /// The list sends the same page again: it knows no pages.
    repeats: bool,
}

impl Reader {
    fn start(self: Rc<Self>) {
        self.is_cancelled.set(false);
        self.read.set(0);
        self.stand.set(Stand::Reading);
        spawn_local(async move {
            let (app, now) = (self.app, time::now());
            let since = now - DAYS * DAY;
            self.card.replace(Card::new(since as i64));
            let clock = Clock::new(app, now);
            let read = self.read(since, now, &clock).await;
            if app.is_gone() || self.is_cancelled.get() {
                return;
            }
            let stand = match read {
                Ok(is_whole) => Stand::Done { is_whole },
                Err(failure) => Stand::Failed(failure),
            };
            let is_done = matches!(stand, Stand::Done { .. });
            self.stand.set(stand);
            if is_done && app.route_now() == Route::Card {
                app.announce(app.t_count(k::CARD_COUNTED, self.card.borrow().total(), &[]));
            }
        });
    }

    /// Shows what has been read; what is still under way is not waited for.
    fn stop(&self) {
        self.is_cancelled.set(true);
        self.stand.set(Stand::Done { is_whole: false });
        dom::focus(&self.app.root(), ".view .title");
    }

    /// Reads the whole time, page by page; week by week where the list knows no pages and may be longer than
    /// what it shows, as the standard has it (1,000 requests). Whether it was all.
    async fn read(&self, since: f64, now: f64, clock: &Clock) -> Result<bool, Failure> {
        let all = self.span(since, now, clock).await?;
        if !all.repeats || all.first < MANY {
            return Ok(all.is_whole);
        }
        let (mut is_whole, mut end) = (true, now);
        while end > since {
            let start = since.max(end - SPAN * DAY);
            // What is there can be shown, if it is said that it is not all.
            let span = self.span(start, end, clock).await.unwrap_or_default();
            // As much as for all of the time: as much as it ever shows, or it does not know dates either.
            is_whole &= (span.is_whole || span.repeats) && span.first < all.first;
            if self.is_over() {
                return Ok(false);
            }
            end = start;
        }
        Ok(is_whole)
    }

    /// Reads a time, page by page, until one brings nothing new.
    async fn span(&self, start: f64, end: f64, clock: &Clock) -> Result<Span, Failure> {
        let (start, end) = (time::rfc3339(start), time::rfc3339(end));
        let mut span = Span::default();
        for page in 1.. {
            let (number, size) = (page.to_string(), PAGE.to_string());
            let query = [
                ("start_date", start.as_str()),
                ("end_date", &end),
                ("page", &number),
                ("page_size", &size),
            ];
            let mut rows = match self.app.api().outlines(&query).await {
                Ok(rows) => rows,
                Err(failure) if page == 1 => return Err(failure),
                Err(_) => return Ok(span),
            };
            if page == 1 {
                span.first = rows.len();
            }
            understand(&clock.setting, &mut rows);
            let new = self.add(&rows, clock);
            if self.is_over() {
                return Ok(span);
            }
            if new == 0 {
                // Of a week all may be known already.
                span.is_whole = rows.is_empty() || page > 1;
                span.repeats = !rows.is_empty();
                return Ok(span);
            }
            // The page has to answer while the next one is read.
            time::sleep(0).await;
        }
        Ok(span)
    }

    /// Nobody waits for more, or no more is read.
    fn is_over(&self) -> bool {
        self.app.is_gone()
            || self.app.route_now() != Route::Card
            || self.is_cancelled.get()
            || self.card.borrow().is_full()
    }

    /// Adds a page; how many of it were new.
    fn add(&self, rows: &[ServiceRequest], clock: &Clock) -> usize {
        if self.app.is_gone() || self.is_cancelled.get() {
            return 0;
        }
        let mut card = self.card.borrow_mut();
        let was_on_time = |request: &ServiceRequest| clock.was_on_time(request);
        let new = rows
            .iter()
            .filter(|request| card.add(request, &was_on_time));
        let new = new.count();
        let total = card.total();
        drop(card);
        self.read.set(total);
        new
    }

    fn body(self: &Rc<Self>) -> View {
        let app = self.app;
        match self.stand.get() {
            Stand::Reading => {
                let (reader, read) = (self.clone(), self.read.clone());
                let cancel = second_button(app.t(k::CARD_STOP), move || reader.stop());
                el("div")
                    .put(el("p").live(move || app.t_count(k::CARD_READING, read.get(), &[]).into()))
                    .put(row(cancel))
                    .into()
            }
            Stand::Failed(failure) => {
                let reader = self.clone();
                problem(app, &failure, move || reader.clone().start())
            }
            Stand::Done { is_whole } => self.tables(is_whole),
        }
    }

    fn tables(self: &Rc<Self>, is_whole: bool) -> View {
        let app = self.app;
        let card = self.card.borrow();
        let rows = card.rows();
        if rows.is_empty() {
            return paragraph(
                "",
                app.t(match is_whole {
                    true => k::CARD_NOTHING,
                    false => k::CARD_PART,
                }),
            );
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
        let cells: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                vec![
                    row.name.clone(),
                    number(row.count),
                    number(row.open),
                    days(row.median_days),
                    days(row.p90_days),
                    share(row.on_time),
                ]
            })
            .collect();
        const HEADS: [Key; 6] = [
            k::CARD_SERVICE,
            k::CARD_COUNT,
            k::CARD_OPEN,
            k::CARD_MEDIAN,
            k::CARD_P90,
            k::CARD_ON_TIME,
        ];
        let heads: Vec<String> = HEADS.iter().map(|key| app.t(*key)).collect();
        let counted = app.t_count(k::CARD_COUNTED, card.total(), &[]);
        let part = (!is_whole).then(|| paragraph("notice", app.t(k::CARD_PART)));
        let saver = self.clone();
        let save = second_button(app.t(k::CARD_CSV), move || {
            let heads: Vec<String> = HEADS.iter().map(|key| app.t(*key)).collect();
            let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
            let csv = saver.card.borrow().csv(&heads);
            copy::save("report-card.csv".into(), "text/csv;charset=utf-8", csv);
        });
        let bars: Vec<(String, usize)> = rows
            .iter()
            .take(MOST_BARS)
            .map(|row| (row.name.clone(), row.count))
            .collect();
        [
            paragraph("", counted),
            part.into(),
            table(&app.t(k::CARD_TABLE), &heads, &cells),
            paragraph("quiet", app.t(k::CARD_HOW)),
            chart(app, &bars),
            row(save),
        ]
        .into()
    }

    /// What residents said, where the city publishes it.
    fn ask_satisfaction(self: Rc<Self>) {
        let app = self.app;
        let Some(path) = setting(app).satisfaction else {
            return;
        };
        let state = app.state();
        let url = dom::resolve(&path, &state.setting().config_url);
        spawn_local(async move {
            let Ok(value) = api::file(&url, &state.setting().early).await else {
                return;
            };
            if app.is_gone() {
                return;
            }
            let row = |row: &Value| {
                let text = |name| row.get(name).and_then(Value::text).unwrap_or_default();
                let code = text("service_code");
                let name = app
                    .service(code)
                    .map_or_else(|| code.to_owned(), |service| service.name);
                vec![
                    name,
                    text("language").to_owned(),
                    text("channel").to_owned(),
                    text("count").to_owned(),
                    text("solved").to_owned(),
                    text("score_mean").to_owned(),
                ]
            };
            self.satisfaction
                .set(value.items().iter().map(row).collect());
        });
    }

    fn satisfied(&self) -> View {
        let app = self.app;
        self.satisfaction.with(|rows| {
            if rows.is_empty() {
                return View::Nothing;
            }
            let heads = [
                k::CARD_SERVICE,
                k::CARD_LANGUAGE,
                k::CARD_CHANNEL,
                k::CARD_ANSWERS,
                k::CARD_SOLVED,
                k::CARD_SCORE,
            ];
            let heads: Vec<String> = heads.iter().map(|key| app.t(*key)).collect();
            [
                heading(app.t(k::CARD_SATISFACTION)),
                table(&app.t(k::CARD_SATISFACTION), &heads, rows),
            ]
            .into()
        })
    }
}

/// As many bars as can be told apart.
const MOST_BARS: usize = 10;

fn dash() -> String {
    "–".into()
}
