//! Reads the lines of a table: finds the separator and the headings, and skips empty lines.

use super::columns::{self, Column};
use super::report::{Cell, Report};

/// A table with known headings.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) languages: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// A line with at least one filled cell.
#[derive(Debug)]
pub(super) struct Row {
    /// The line number in the file, counted from 1.
    pub(super) line: u64,
    cells: Vec<String>,
}

impl Table {
    /// The cell of a column without languages, with its position; `None` if it is empty.
    pub(super) fn plain(&self, row: &Row, name: &str) -> Option<(String, Cell)> {
        let mut columns = self.columns.iter();
        let column = columns.find(|column| column.name == name && column.language.is_none())?;
        let text = row.get(column);
        (!text.is_empty()).then(|| (text.to_owned(), row.cell(column)))
    }
}

impl Row {
    /// The cell of a column, trimmed; empty if the row is too short.
    pub(super) fn get(&self, column: &Column) -> &str {
        self.cells.get(column.index).map_or("", |cell| cell.trim())
    }

    pub(super) fn cell(&self, column: &Column) -> Cell {
        Cell {
            line: self.line,
            heading: column.heading.clone(),
            column: column.index,
        }
    }
}

/// Reads a table; `None`, reported, if it cannot be read.
pub(super) fn read(text: &str, report: &mut Report) -> Option<Table> {
    let (delimiter, body, skipped) = delimiter(text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(body.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                report.error(
                    &Cell::line(1),
                    &error.to_string(),
                    "Save the table again as CSV.",
                );
                return None;
            }
        };
        let line = record.position().map_or(0, csv::Position::line) + skipped;
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(Row { line, cells });
        }
    }
    if body.matches('"').count() % 2 == 1 {
        let last = rows.last().map_or(1, |row| row.line);
        let problem = "a quotation mark is not closed";
        let remedy = "Close it, and write “\"\"” for a quotation mark inside a cell.";
        report.error(&Cell::line(last), problem, remedy);
        return None;
    }
    with_headings(rows, report)
}

/// Takes the first row as the headings.
fn with_headings(mut rows: Vec<Row>, report: &mut Report) -> Option<Table> {
    if rows.is_empty() {
        report.error(
            &Cell::line(1),
            "the table is empty",
            "Begin with a line of headings.",
        );
        return None;
    }
    let first = rows.remove(0);
    let headings: Vec<&str> = first.cells.iter().map(String::as_str).collect();
    let columns = columns::read(&headings, first.line, report);
    if !columns.iter().any(|column| column.name == "guide") {
        let problem = "there is no column “guide”";
        let remedy =
            "The first line has the headings: guide, title en, step en, text en and so on.";
        report.error(&Cell::line(first.line), problem, remedy);
        return None;
    }
    for row in &rows {
        let extra = row.cells.iter().enumerate().skip(headings.len());
        for (column, _) in extra.filter(|(_, cell)| !cell.trim().is_empty()).take(1) {
            let cell = Cell {
                line: row.line,
                heading: "no heading".to_owned(),
                column,
            };
            let problem = "there are more cells than headings";
            let remedy = "Put a text that has the separator in it into quotation marks.";
            report.error(&cell, problem, remedy);
        }
    }
    let languages = columns::languages(&columns);
    Some(Table {
        columns,
        languages,
        rows,
    })
}

/// The separator, the text to parse, and how many lines were skipped: Excel may name the separator in a first line
/// `sep=;`.
fn delimiter(text: &str) -> (u8, &str, u64) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(separator) = first.trim().to_ascii_lowercase().strip_prefix("sep=")
        && let Some(separator) = separator.bytes().next()
    {
        return (separator, rest, 1);
    }
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let filled = text.trim_start();
    for byte in filled.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (_, count) in counts
                    .iter_mut()
                    .filter(|(separator, _)| *separator == byte)
                {
                    *count += 1;
                }
            }
        }
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    (most.map_or(b',', |(separator, _)| *separator), text, 0)
}
