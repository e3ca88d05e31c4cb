//! The clerk's list: all requests, or those of a status or a service, or those that want a word.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::Response;

use super::http::html;
use super::page::{self, Text, field, moment, name, place};
use super::{feedback, notices};
use crate::clock;
use crate::state::AppState;
use crate::store::list::{self, Search};
use crate::store::requests::Stored;
use crate::store::services::{self, Service};
use crate::store::stage::Stage;
use crate::store::{self};

const PAGE_SIZE: u32 = 25;

/// What the list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Filter {
    stage: Option<Stage>,
    service: Option<String>,
    /// Not closed although it was promised for a time that is past.
    late: bool,
    /// The resident was asked and has not answered.
    asked: bool,
}

impl Filter {
    fn read(asked: &HashMap<String, String>) -> Self {
        let is_set = |name: &str| asked.get(name).is_some_and(|value| value == "1");
        Filter {
            stage: asked.get("status").and_then(|name| Stage::named(name)),
            service: asked
                .get("service")
                .filter(|code| !code.is_empty())
                .cloned(),
            late: is_set("late"),
            asked: is_set("asked"),
        }
    }

    fn fields(&self) -> Vec<(&'static str, &str)> {
        let mut fields = Vec::new();
        fields.extend(self.stage.map(|stage| ("status", stage.name())));
        fields.extend(self.service.as_deref().map(|code| ("service", code)));
        fields.extend(self.late.then_some(("late", "1")));
        fields.extend(self.asked.then_some(("asked", "1")));
        fields
    }

    /// The address of one of its pages, ready for an attribute.
    fn address(&self, page: u64) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.fields());
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        match query.finish() {
            query if query.is_empty() => "/clerk".to_owned(),
            query => Text(&format!("/clerk?{query}")).to_string(),
        }
    }
}

pub(super) async fn show(
    State(app): State<Arc<AppState>>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response<Body> {
    let filter = Filter::read(&asked);
    let number: u32 = asked
        .get("page")
        .map_or(1, |page| page.parse().unwrap_or(1));
    let now = clock::now();
    let search = Search {
        stages: filter
            .stage
            .map(|stage| stage.name().to_owned())
            .into_iter()
            .collect(),
        codes: filter.service.iter().cloned().collect(),
        late_at: filter.late.then_some(now),
        asked: filter.asked,
        page: number.max(1),
        page_size: PAGE_SIZE,
        ..Search::default()
    };
    html(app.store.run(|tx| {
        let rows = list::page(tx, &search)?;
        let page = Page {
            number: u64::from(search.page),
            total: list::count(tx, &search)?,
        };
        let rows: String = rows.iter().map(|request| row(&app, request, now)).collect();
        let services = services::all(tx)?;
        let notices = notices::section(&app, &store::notices::current(tx, now)?);
        let more = [&notices, feedback::LINK].concat();
        Ok(view(&app, &filter, &services, &page, &rows, &more))
    }))
}

struct Page {
    number: u64,
    /// The rows of all pages.
    total: u64,
}

fn view(
    app: &AppState,
    filter: &Filter,
    services: &[Service],
    page: &Page,
    rows: &str,
    more: &str,
) -> String {
    let (number, total) = (page.number, page.total);
    let pages = total.div_ceil(u64::from(PAGE_SIZE)).max(1);
    let step = |to: u64, words: &str| format!("<a href=\"{}\">{words}</a>", filter.address(to));
    let back = (number > 1).then(|| step(number - 1, "‹ Newer"));
    let on = (number < pages).then(|| step(number + 1, "Older ›"));
    let rows = match rows {
        "" => "<p>Nothing here.</p>".to_owned(),
        rows => format!("<ol class=\"rows\">{rows}</ol>"),
    };
    let order = match filter.late {
        true => "longest late first",
        false => "newest first",
    };
    page::frame(
        "Requests",
        &format!(
            "<h1>{}: requests</h1>{}{}\
             <p class=\"quiet\">{total} requests, {order}. Page {number} of {pages}.</p>\
             {rows}\
             <nav class=\"pages\" aria-label=\"Pages\">{}{}</nav>{more}",
            Text(&app.city.name()),
            choices(filter),
            of_service(filter, services),
            back.unwrap_or_default(),
            on.unwrap_or_default(),
        ),
    )
}

/// Each choice keeps the service that is chosen below.
fn choices(filter: &Filter) -> String {
    let all = Filter {
        service: filter.service.clone(),
        ..Filter::default()
    };
    let mut each = vec![("All", all.clone())];
    each.extend(Stage::ALL.map(|stage| {
        let stage = Some(stage);
        let words = stage.map_or("", Stage::words);
        (
            words,
            Filter {
                stage,
                ..all.clone()
            },
        )
    }));
    each.push((
        "Late",
        Filter {
            late: true,
            ..all.clone()
        },
    ));
    each.push(("Waiting for the resident", Filter { asked: true, ..all }));
    let items: String = each
        .iter()
        .map(|(words, choice)| {
            let current = match choice == filter {
                true => " aria-current=\"page\"",
                false => "",
            };
            let address = choice.address(1);
            format!("<li><a href=\"{address}\"{current}>{words}</a></li>")
        })
        .collect();
    format!("<nav aria-label=\"Filter\"><ul class=\"filters\">{items}</ul></nav>")
}

fn of_service(filter: &Filter, services: &[Service]) -> String {
    let kept: String = filter
        .fields()
        .into_iter()
        .filter(|(name, _)| *name != "service")
        .map(|(name, value)| {
            format!(
                "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
                Text(value)
            )
        })
        .collect();
    let options: String = services
        .iter()
        .map(|service| {
            let code = service.text("service_code");
            let chosen = match filter.service.as_deref() == Some(code) {
                true => " selected",
                false => "",
            };
            let words = service.text("service_name");
            format!(
                "<option value=\"{}\"{chosen}>{}</option>",
                Text(code),
                Text(words)
            )
        })
        .collect();
    format!(
        "<form class=\"narrow\" action=\"/clerk\">{kept}<label for=\"service\">Service</label>\
         <select id=\"service\" name=\"service\"><option value=\"\">All</option>{options}</select>\
         <button>Show</button></form>"
    )
}

fn row(app: &AppState, request: &Stored, now: jiff::Timestamp) -> String {
    let tags: String = [
        (request.is_late(now), "late", "Late"),
        (
            request.asked.is_some(),
            "waiting",
            "Waiting for the resident",
        ),
        (request.reminded.is_some(), "waiting", "Reminder came"),
    ]
    .into_iter()
    .filter(|(is_so, _, _)| *is_so)
    .map(|(_, class, words)| format!(" <span class=\"stage {class}\">{words}</span>"))
    .collect();
    format!(
        "<li><a href=\"/clerk/{}\"><span><span class=\"stage {}\">{}</span>{tags}</span><b>{}</b>\
         <span>{}</span><span class=\"quiet\">{} · {}</span></a></li>",
        request.number,
        request.stage.name(),
        request.stage.words(),
        Text(&field(request, "service_name")),
        Text(&place(request)),
        Text(&name(request)),
        Text(&moment(app, request, "requested_datetime")),
    )
}
