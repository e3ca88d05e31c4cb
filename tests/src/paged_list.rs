//! A city's list of requests of any length, as endpoints with and without paging serve it.

use std::collections::HashMap;

use serde_json::Value;

/// The rows of a list, and which query parameters the endpoint supports.
#[derive(Clone, Debug)]
pub struct PagedList {
    rows: Vec<Value>,
    /// The most rows in one response.
    limit: usize,
    has_pages: bool,
    has_dates: bool,
}

impl PagedList {
    /// A list that supports `page`, `page_size`, `start_date` and `end_date`, with at most `limit`
    /// rows in one response.
    pub fn new(rows: Vec<Value>, limit: usize) -> Self {
        Self {
            rows,
            limit,
            has_pages: true,
            has_dates: true,
        }
    }

    /// Ignores `page`: every page is the first one.
    #[must_use]
    pub fn without_pages(mut self) -> Self {
        self.has_pages = false;
        self
    }

    /// Ignores `start_date` and `end_date`.
    #[must_use]
    pub fn without_dates(mut self) -> Self {
        self.has_dates = false;
        self
    }

    /// The response to a query, as JSON.
    pub(crate) fn response(&self, query: &str) -> String {
        let fields: HashMap<String, String> = reqwest::Url::parse(&format!("list:?{query}"))
            .map(|url| url.query_pairs().into_owned().collect())
            .unwrap_or_default();
        let number = |name: &str| fields.get(name).and_then(|text| text.parse::<usize>().ok());
        let size = number("page_size").unwrap_or(self.limit).min(self.limit);
        let page = if self.has_pages {
            number("page").unwrap_or(1).max(1)
        } else {
            1
        };
        let date = |name: &str| fields.get(name).filter(|_| self.has_dates);
        let (start, end) = (date("start_date"), date("end_date"));
        // All dates are RFC 3339 in UTC to the second, so they compare as text.
        let is_wanted = |row: &&Value| {
            let sent = row["requested_datetime"].as_str().unwrap_or_default();
            start.is_none_or(|start| sent >= start.as_str())
                && end.is_none_or(|end| sent <= end.as_str())
        };
        let rows = self.rows.iter().filter(is_wanted);
        let rows: Vec<&Value> = rows.skip((page - 1) * size).take(size).collect();
        serde_json::to_string(&rows).unwrap_or_default()
    }
}
