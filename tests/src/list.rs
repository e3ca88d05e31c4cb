//! A city's list of requests of any length, with pages or without.

use std::collections::HashMap;

use serde_json::Value;

/// What a list has, and what it knows of the questions that are asked of it.
#[derive(Clone, Debug)]
pub struct List {
    rows: Vec<Value>,
    /// It never shows more rows than this in one answer.
    most: usize,
    has_pages: bool,
    has_dates: bool,
}

impl List {
    /// A list that knows pages and dates, of `most` rows in one answer.
    pub fn new(rows: Vec<Value>, most: usize) -> Self {
        Self {
            rows,
            most,
            has_pages: true,
            has_dates: true,
        }
    }

    /// It knows no pages: the same one comes again.
    #[must_use]
    pub fn without_pages(mut self) -> Self {
        self.has_pages = false;
        self
    }

    /// It does not look at the dates that are asked for.
    #[must_use]
    pub fn without_dates(mut self) -> Self {
        self.has_dates = false;
        self
    }

    /// The answer to a query.
    pub(crate) fn answer(&self, query: &str) -> String {
        let fields: HashMap<String, String> = reqwest::Url::parse(&format!("list:?{query}"))
            .map(|url| url.query_pairs().into_owned().collect())
            .unwrap_or_default();
        let number = |name: &str| fields.get(name).and_then(|text| text.parse::<usize>().ok());
        let size = number("page_size").unwrap_or(self.most).min(self.most);
        let page = match self.has_pages {
            true => number("page").unwrap_or(1).max(1),
            false => 1,
        };
        let limit = |name: &str| fields.get(name).filter(|_| self.has_dates);
        let (start, end) = (limit("start_date"), limit("end_date"));
        // All of them are RFC 3339 in UTC to the second, so that they can be compared as they stand.
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
