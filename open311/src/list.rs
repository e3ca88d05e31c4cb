//! How lists come (rule 3): bare, wrapped, or as the one object that is in them. It finds the rows and
//! keeps count of what was odd; what a row means is the business of the modules that call it.

use json::Value;

/// What was read of a list, and what was odd about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<T> {
    /// The rows that could be read, in the order they were sent.
    pub rows: Vec<T>,
    /// How many could not: they are left out, the others are not harmed.
    pub bad_rows: usize,
    /// How many fields of all rows were `null`.
    pub nulls: usize,
    /// Names of fields that this crate does not know, each once, at most a hundred.
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

/// What a kind of list looks like from outside.
pub(crate) struct Shape {
    /// Names that lists of this kind are wrapped in.
    pub(crate) wrappers: &'static [&'static str],
    /// Fields that only a row has.
    pub(crate) marks: &'static [&'static str],
    /// All fields that are understood.
    pub(crate) known: &'static [&'static str],
}

impl Shape {
    fn is_row(&self, value: &Value) -> bool {
        self.marks.iter().any(|mark| value.get(mark).is_some())
    }

    fn inside<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        value.first(self.wrappers).or_else(|| {
            // A wrapper around nothing is an empty list, not a bad row.
            self.wrappers.iter().find_map(|name| value.get(name))
        })
    }

    /// Whether this is a row or wraps some.
    pub(crate) fn knows(&self, value: &Value) -> bool {
        self.is_row(value) || self.inside(value).is_some()
    }

    /// The rows in an answer, still to be looked at one by one.
    pub(crate) fn rows<'a>(&self, answer: &'a Value) -> &'a [Value] {
        let mut value = answer;
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

    /// The row itself, where each row of a list is wrapped once more: `[{"request":{…}},…]`.
    pub(crate) fn row<'a>(&self, item: &'a Value) -> &'a Value {
        if self.is_row(item) {
            return item;
        }
        self.inside(item).unwrap_or(item)
    }

    /// Whether the answer is of this kind, if only an empty list, and not an error in disguise.
    pub(crate) fn fits(&self, answer: &Value) -> bool {
        let rows = self.rows(answer);
        rows.iter().all(|item| self.is_row(self.row(item)))
    }

    /// Reads every row; `read` answers `None` for a bad one.
    pub(crate) fn read<T>(&self, answer: &Value, read: fn(&Value) -> Option<T>) -> Reading<T> {
        let mut reading = Reading::default();
        for item in self.rows(answer) {
            let row = self.row(item);
            take_stock(
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

/// Counts nulls and notes unknown fields, for the webmaster's report.
pub(crate) fn take_stock(
    row: &Value,
    known: &[&str],
    nulls: &mut usize,
    unknown_fields: &mut Vec<String>,
) {
    // A hostile answer may have a new name in every field.
    const MOST_NAMES: usize = 100;
    for (name, value) in row.fields() {
        *nulls += usize::from(*value == Value::Null);
        if !known.contains(&name.as_str())
            && unknown_fields.len() < MOST_NAMES
            && !unknown_fields.contains(name)
        {
            unknown_fields.push(name.clone());
        }
    }
}
