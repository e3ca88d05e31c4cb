//! The clerk's list: all requests, or those of a stage or a service, those that are late, or those that
//! wait for the resident.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use jiff::Timestamp;

use super::http::html;
use super::page::{self, Text, date, display_id, field, location};
use super::{feedback, notices};
use crate::clock;
use crate::state::AppState;
use crate::store;
use crate::store::request_list::{self, RequestFilter};
use crate::store::requests::StoredRequest;
use crate::store::services::{self, Service};
use crate::store::stage::Stage;

const PAGE_SIZE: u32 = 25;

/// The filter that the address of the page names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Filter {
    stage: Option<Stage>,
    service: Option<String>,
    /// Not closed, although the expected date is past.
    late: bool,
    /// The resident has not answered a question yet.
    asked: bool,
}

impl Filter {
    fn read(query: &HashMap<String, String>) -> Self {
        let is_set = |name: &str| query.get(name).is_some_and(|value| value == "1");
        Filter {
            stage: query.get("status").and_then(|name| Stage::from_name(name)),
            service: query
                .get("service")
                .filter(|code| !code.is_empty())
                .cloned(),
            late: is_set("late"),
            asked: is_set("asked"),
        }
    }

    /// The arguments of the address.
    fn arguments(&self) -> Vec<(&'static str, &str)> {
        let mut arguments = Vec::new();
        arguments.extend(self.stage.map(|stage| ("status", stage.name())));
        arguments.extend(self.service.as_deref().map(|code| ("service", code)));
        arguments.extend(self.late.then_some(("late", "1")));
        arguments.extend(self.asked.then_some(("asked", "1")));
        arguments
    }

    /// The address of one of its pages, escaped for an attribute.
    fn address(&self, page: u64) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.arguments());
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
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let filter = Filter::read(&query);
    let number: u32 = query
        .get("page")
        .map_or(1, |page| page.parse().unwrap_or(1));
    let now = clock::now();
    let request_filter = RequestFilter {
        stage: filter.stage,
        codes: filter.service.iter().cloned().collect(),
        late_at: filter.late.then_some(now),
        asked: filter.asked,
        page: number.max(1),
        page_size: PAGE_SIZE,
        ..RequestFilter::default()
    };
    html(app.store.run(|tx| {
        let rows = request_list::page(tx, &request_filter)?;
        let page = Page {
            number: u64::from(request_filter.page),
            total: request_list::count(tx, &request_filter)?,
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
    /// The number of rows on all pages.
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
    let link = |page: u64, label: &str| format!("<a href=\"{}\">{label}</a>", filter.address(page));
    let newer = (number > 1).then(|| link(number - 1, "‹ Newer"));
    let older = (number < pages).then(|| link(number + 1, "Older ›"));
    let rows = match rows {
        "" => "<p>Nothing here.</p>".to_owned(),
        rows => format!("<ol class=\"rows\">{rows}</ol>"),
    };
    let order = if filter.late {
        "longest late first"
    } else {
        "newest first"
    };
    page::frame(
        "Requests",
        &format!(
            "<h1>{}: requests</h1>{}{}\
             <p class=\"quiet\">{total} requests, {order}. Page {number} of {pages}.</p>\
             {rows}\
             <nav class=\"pages\" aria-label=\"Pages\">{}{}</nav>{more}",
            Text(&app.city.name()),
            filter_links(filter),
            service_form(filter, services),
            newer.unwrap_or_default(),
            older.unwrap_or_default(),
        ),
    )
}

/// Each link keeps the service that is selected in the form below.
fn filter_links(filter: &Filter) -> String {
    let all = Filter {
        service: filter.service.clone(),
        ..Filter::default()
    };
    let mut choices = vec![("All", all.clone())];
    choices.extend(Stage::ALL.map(|stage| {
        let stage = Some(stage);
        let label = stage.map_or("", Stage::label);
        (
            label,
            Filter {
                stage,
                ..all.clone()
            },
        )
    }));
    choices.push((
        "Late",
        Filter {
            late: true,
            ..all.clone()
        },
    ));
    choices.push(("Waiting for the resident", Filter { asked: true, ..all }));
    let items: String = choices
        .iter()
        .map(|(label, choice)| {
            let current = if choice == filter {
                " aria-current=\"page\""
            } else {
                ""
            };
            let address = choice.address(1);
            format!("<li><a href=\"{address}\"{current}>{label}</a></li>")
        })
        .collect();
    format!("<nav aria-label=\"Filter\"><ul class=\"filters\">{items}</ul></nav>")
}

/// Selects a service and keeps the rest of the filter.
fn service_form(filter: &Filter, services: &[Service]) -> String {
    let hidden: String = filter
        .arguments()
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
            let code = service.code();
            let selected = if filter.service.as_deref() == Some(code) {
                " selected"
            } else {
                ""
            };
            format!(
                "<option value=\"{}\"{selected}>{}</option>",
                Text(code),
                Text(service.name())
            )
        })
        .collect();
    format!(
        "<form class=\"narrow\" action=\"/clerk\">{hidden}<label for=\"service\">Service</label>\
         <select id=\"service\" name=\"service\"><option value=\"\">All</option>{options}</select>\
         <button>Show</button></form>"
    )
}

fn row(app: &AppState, request: &StoredRequest, now: Timestamp) -> String {
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
    .filter(|(applies, _, _)| *applies)
    .map(|(_, class, label)| format!(" <span class=\"stage {class}\">{label}</span>"))
    .collect();
    format!(
        "<li><a href=\"/clerk/{}\"><span><span class=\"stage {}\">{}</span>{tags}</span><b>{}</b>\
         <span>{}</span><span class=\"quiet\">{} · {}</span></a></li>",
        request.number,
        request.stage.name(),
        request.stage.label(),
        Text(&field(request, "service_name")),
        Text(&location(request)),
        Text(&display_id(request)),
        Text(&date(app, request, "requested_datetime")),
    )
}
