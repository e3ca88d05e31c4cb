//! The lines of a table: which sign parts the cells, which line has the headings, which are empty.

use super::columns::{self, Column};
use super::{Cell, Report};

/// A table whose headings are understood.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    pub(crate) languages: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// A line that is not empty.
#[derive(Debug)]
pub(crate) struct Row {
    /// As an editor counts, from 1.
    pub(crate) line: u64,
    cells: Vec<String>,
}

impl Row {
    /// What stands in a column, without the white space around it.
    pub(crate) fn get(&self, column: &Column) -> &str {
        self.cells.get(column.at).map_or("", |cell| cell.trim())
    }

    pub(crate) fn cell(&self, column: &Column) -> Cell {
        Cell {
            line: self.line,
            heading: column.heading.clone(),
            column: column.at,
        }
    }
}

/// Reads a table; None if it cannot be one.
pub(crate) fn read(text: &str, report: &mut Report) -> Option<Table> {
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
                report.problem(
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
        let wrong = "a quotation mark is not closed";
        let remedy = "Close it, and write “\"\"” for a quotation mark inside a cell.";
        report.problem(&Cell::line(last), wrong, remedy);
        return None;
    }
    headed(rows, report)
}

fn headed(mut rows: Vec<Row>, report: &mut Report) -> Option<Table> {
    if rows.is_empty() {
        report.problem(
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
        let wrong = "there is no column “guide”";
        let remedy =
            "The first line has the headings: guide, title en, step en, text en and so on.";
        report.problem(&Cell::line(first.line), wrong, remedy);
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
            let wrong = "there are more cells than headings";
            let remedy = "Put a text that has the separator in it into quotation marks.";
            report.problem(&cell, wrong, remedy);
        }
    }
    let languages = columns::languages(&columns);
    Some(Table {
        columns,
        languages,
        rows,
    })
}

/// The sign between the cells, the text to read, and how many lines were passed over for it. Excel may
/// write it in a first line `sep=;`.
fn delimiter(text: &str) -> (u8, &str, u64) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(sign) = first.trim().to_ascii_lowercase().strip_prefix("sep=")
        && let Some(sign) = sign.bytes().next()
    {
        return (sign, rest, 1);
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
                for (_, count) in counts.iter_mut().filter(|(sign, _)| *sign == byte) {
                    *count += 1;
                }
            }
        }
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    (most.map_or(b',', |(sign, _)| *sign), text, 0)
}
