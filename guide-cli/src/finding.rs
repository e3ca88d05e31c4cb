//! Findings of checks: where, how severe, what is wrong, and what to do. Knows how findings are printed, not how they
//! are found.

use std::fmt;

use serde::Serialize;

/// How severe a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Severity {
    /// Residents are misled, or something does not work.
    Error,
    /// It works, but not as well as it should.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// Something to fix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Finding {
    /// The file, as it was named or found.
    pub(crate) file: String,
    /// The path in the document, as in `steps[2].action`; empty for the whole file.
    pub(crate) path: String,
    pub(crate) severity: Severity,
    /// What is wrong, without a full stop.
    #[serde(rename = "wrong")]
    pub(crate) problem: String,
    /// What to do, in one or two sentences.
    pub(crate) remedy: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.file)?;
        if !self.path.is_empty() {
            write!(formatter, "{}: ", self.path)?;
        }
        write!(
            formatter,
            "{}: {}. {}",
            self.severity, self.problem, self.remedy
        )
    }
}

/// Collects the findings of one file.
#[derive(Debug)]
pub(crate) struct Findings {
    file: String,
    all: Vec<Finding>,
}

impl Findings {
    pub(crate) fn new(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            all: Vec::new(),
        }
    }

    pub(crate) fn error(
        &mut self,
        path: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add(Severity::Error, path.into(), problem.into(), remedy.into());
    }

    pub(crate) fn warning(
        &mut self,
        path: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add(
            Severity::Warning,
            path.into(),
            problem.into(),
            remedy.into(),
        );
    }

    pub(crate) fn into_vec(self) -> Vec<Finding> {
        self.all
    }

    fn add(&mut self, severity: Severity, path: String, problem: String, remedy: String) {
        self.all.push(Finding {
            file: self.file.clone(),
            path,
            severity,
            problem,
            remedy,
        });
    }
}

/// Findings as text: a line for each, and the totals.
pub(crate) fn to_text(findings: &[Finding]) -> String {
    let mut lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    lines.push(totals(findings));
    lines.join("\n")
}

/// Findings as JSON, with the totals.
pub(crate) fn to_json(findings: &[Finding]) -> String {
    #[derive(Serialize)]
    struct Report<'a> {
        errors: usize,
        warnings: usize,
        findings: &'a [Finding],
    }

    let report = Report {
        errors: count(findings, Severity::Error),
        warnings: count(findings, Severity::Warning),
        findings,
    };
    serde_json::to_string(&report).unwrap_or_default()
}

/// The numbers of errors and warnings: `1 error, 2 warnings`.
pub(crate) fn totals(findings: &[Finding]) -> String {
    let errors = count(findings, Severity::Error);
    let warnings = count(findings, Severity::Warning);
    format!(
        "{}, {}",
        plural(errors, "error"),
        plural(warnings, "warning")
    )
}

pub(crate) fn count(findings: &[Finding], severity: Severity) -> usize {
    let findings = findings.iter();
    findings
        .filter(|finding| finding.severity == severity)
        .count()
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
    fn a_finding_has_file_path_severity_problem_and_remedy_on_one_line() {
        let mut findings = Findings::new("park-shelter.json");
        findings.error("steps[2].id", "there is no id", "Give it one.");
        findings.warning("", "nobody is named", "Name an office.");
        let findings = findings.into_vec();
        assert_eq!(
            to_text(&findings),
            "park-shelter.json: steps[2].id: error: there is no id. Give it one.\n\
             park-shelter.json: warning: nobody is named. Name an office.\n\
             1 error, 1 warning"
        );
        assert!(to_json(&findings).starts_with(
            r#"{"errors":1,"warnings":1,"findings":[{"file":"park-shelter.json","path":"steps[2].id","severity":"error","wrong":"there is no id","remedy":"Give it one."}"#
        ));
    }
}
