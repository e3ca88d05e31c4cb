//! Errors and warnings about a table, each with line and column.

use std::fmt;
use std::path::Path;

/// The errors and warnings about one table.
#[derive(Debug)]
pub(super) struct Report {
    file: String,
    /// Why the guides cannot be written.
    pub(super) errors: Vec<String>,
    /// What was ignored.
    pub(super) warnings: Vec<String>,
}

impl Report {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            file: path.display().to_string(),
            errors: Vec::new(),
            warnings: Vec::new(),
        }
    }

    pub(super) fn error(&mut self, cell: &Cell, problem: &str, remedy: &str) {
        self.errors.push(self.line(cell, problem, remedy));
    }

    pub(super) fn warning(&mut self, cell: &Cell, problem: &str, remedy: &str) {
        self.warnings.push(self.line(cell, problem, remedy));
    }

    fn line(&self, cell: &Cell, problem: &str, remedy: &str) -> String {
        format!("{}: {cell}: {problem}. {remedy}", self.file)
    }
}

/// A position in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Counted from 1.
    pub(super) line: u64,
    /// Counted from 0.
    pub(super) column: usize,
    /// The heading of the column; empty for the whole line.
    pub(super) heading: String,
}

impl Cell {
    /// A whole line.
    pub(super) fn line(line: u64) -> Self {
        Self {
            line,
            column: 0,
            heading: String::new(),
        }
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}", self.line)?;
        if self.heading.is_empty() {
            return Ok(());
        }
        let letters = column_letters(self.column);
        write!(formatter, ", column {letters} ({})", self.heading)
    }
}

/// The letters of a column in a spreadsheet: A, B, … Z, AA.
pub(super) fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        for (column, expected) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")] {
            assert_eq!(column_letters(column), expected);
        }
    }
}
