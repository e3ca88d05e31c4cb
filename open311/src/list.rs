//! Finds the rows of a response, which may be a bare list, a wrapped list, or a single object (rule 3), and
//! counts what is unusual. What a row means is up to the modules that call this one.

use json::Value;

/// The rows of a list, with statistics for the webmaster.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<T> {
    /// The rows that could be read, in the order sent.
    pub rows: Vec<T>,
    /// How many rows could not be read and were skipped.
    pub bad_rows: usize,
    /// How many fields of all rows were `null`.
    pub nulls: usize,
    /// Unknown fields, each name once, at most a hundred.
    pub unknown_fields: Vec<String>,
}

impl<T> Default for Reading<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            bad_rows: 0,
            nulls: 0,
            unknown_fields: Vec::new(),
        }
    }
}

/// How to recognize one kind of list and its rows.
pub(crate) struct Shape {
    /// Names of the fields that lists of this kind are wrapped in.
    pub(crate) wrappers: &'static [&'static str],
    /// Fields by which a row is recognized.
    pub(crate) marks: &'static [&'static str],
    /// All fields that the reader knows.
    pub(crate) known: &'static [&'static str],
}

impl Shape {
    fn is_row(&self, value: &Value) -> bool {
        self.marks.iter().any(|mark| value.get(mark).is_some())
    }

    fn inside<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        value.first(self.wrappers).or_else(|| {
            // An empty wrapper is an empty list, not a bad row.
            self.wrappers.iter().find_map(|name| value.get(name))
        })
    }

    /// Whether the value is a row or wraps rows.
    pub(crate) fn knows(&self, value: &Value) -> bool {
        self.is_row(value) || self.inside(value).is_some()
    }

    /// The rows of a response, each possibly still wrapped; see [`Shape::row`].
    pub(crate) fn rows<'a>(&self, response: &'a Value) -> &'a [Value] {
        let mut value = response;
        loop {
            let inside = match value {
                Value::List(items) => match items.as_slice() {
                    [only] if !self.is_row(only) => self.inside(only),
                    items => return items,
                },
                Value::Map(fields) if !self.is_row(value) => {
                    if fields.iter().all(|(name, _)| name == "meta") {
                        return &[];
                    }
                    self.inside(value)
                }
                _ => None,
            };
            match inside {
                Some(inside) => value = inside,
                None if value.is_blank() => return &[],
                None if matches!(value, Value::List(_)) => return value.items(),
                None => return core::slice::from_ref(value),
            }
        }
    }

    /// The row itself, if each row of a list is wrapped once more: `[{"request":{…}},…]`.
    pub(crate) fn row<'a>(&self, item: &'a Value) -> &'a Value {
        if self.is_row(item) {
            return item;
        }
        self.inside(item).unwrap_or(item)
    }

    /// Whether the response is a list of this kind, possibly empty, and not an error with status 200.
    pub(crate) fn fits(&self, response: &Value) -> bool {
        let rows = self.rows(response);
        rows.iter().all(|item| self.is_row(self.row(item)))
    }

    /// Reads every row; `read` returns `None` for a bad one.
    pub(crate) fn read<T>(&self, response: &Value, read: fn(&Value) -> Option<T>) -> Reading<T> {
        let mut reading = Reading::default();
        for item in self.rows(response) {
            let row = self.row(item);
            collect_statistics(
                row,
                self.known,
                &mut reading.nulls,
                &mut reading.unknown_fields,
            );
            match read(row) {
                Some(row) => reading.rows.push(row),
                None => reading.bad_rows += 1,
            }
        }
        reading
    }
}

/// Counts nulls and collects unknown fields, for the webmaster's report.
pub(crate) fn collect_statistics(
    row: &Value,
    known: &[&str],
    nulls: &mut usize,
    unknown_fields: &mut Vec<String>,
) {
    // At most this many names are collected: a hostile response may have a new one in every field. Real
    // ones have fewer than 20.
    const MAX_NAMES: usize = 100;
    for (name, value) in row.fields() {
        *nulls += usize::from(*value == Value::Null);
        if !known.contains(&name.as_str())
            && unknown_fields.len() < MAX_NAMES
            && !unknown_fields.contains(name)
        {
            unknown_fields.push(name.clone());
        }
    }
}
