//! What a check has to say: where, how bad, what is wrong and what to do. Knows how it is
//! printed and how it is written as JSON, not how it was found.

use std::fmt;

use serde_json::{Value, json};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// Residents are misled or something does not work.
    Error,
    /// It works, but not as well as it should.
    Warning,
}

impl Severity {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The file, as it was named or found.
    pub(crate) file: String,
    /// The place in the JSON, as in `steps[2].action`; empty for the whole file.
    pub(crate) path: String,
    pub(crate) severity: Severity,
    /// What is wrong, without a full stop.
    pub(crate) wrong: String,
    /// What to do, in one or two whole sentences.
    pub(crate) remedy: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.file)?;
        if !self.path.is_empty() {
            write!(formatter, "{}: ", self.path)?;
        }
        let severity = self.severity.word();
        write!(formatter, "{severity}: {}. {}", self.wrong, self.remedy)
    }
}

impl Finding {
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "file": self.file,
            "path": self.path,
            "severity": self.severity.word(),
            "wrong": self.wrong,
            "remedy": self.remedy,
        })
    }
}

/// What was found in one file.
#[derive(Debug)]
pub(crate) struct Notes {
    file: String,
    found: Vec<Finding>,
}

impl Notes {
    pub(crate) fn on(file: impl Into<String>) -> Self {
        let (file, found) = (file.into(), Vec::new());
        Self { file, found }
    }

    pub(crate) fn error(
        &mut self,
        path: impl Into<String>,
        wrong: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add(Severity::Error, path.into(), wrong.into(), remedy.into());
    }

    pub(crate) fn warning(
        &mut self,
        path: impl Into<String>,
        wrong: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add(Severity::Warning, path.into(), wrong.into(), remedy.into());
    }

    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.found
    }

    fn add(&mut self, severity: Severity, path: String, wrong: String, remedy: String) {
        let file = self.file.clone();
        self.found.push(Finding {
            file,
            path,
            severity,
            wrong,
            remedy,
        });
    }
}

/// How many errors and warnings, in words.
pub(crate) fn sum(findings: &[Finding]) -> String {
    let errors = count(findings, Severity::Error);
    let warnings = count(findings, Severity::Warning);
    format!(
        "{}, {}",
        plural(errors, "error"),
        plural(warnings, "warning")
    )
}

pub(crate) fn count(findings: &[Finding], severity: Severity) -> usize {
    let of_it = findings.iter().filter(|found| found.severity == severity);
    of_it.count()
}

/// A number and its noun: `1 error`, `2 errors`.
pub(crate) fn plural(number: usize, noun: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{s}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_file_path_severity_fault_and_remedy_in_one_line() {
        let mut notes = Notes::on("park-shelter.json");
        notes.error("steps[2].id", "there is no id", "Give it one.");
        notes.warning("", "nobody is named", "Name an office.");
        let lines: Vec<String> = notes
            .into_findings()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            lines,
            [
                "park-shelter.json: steps[2].id: error: there is no id. Give it one.",
                "park-shelter.json: warning: nobody is named. Name an office.",
            ]
        );
    }
}
