//! References to questions and their options.

use std::collections::BTreeSet;

use crate::finding::Findings;
use crate::located::Located;
use crate::suggest::did_you_mean;

/// The ids of a question's options; `None` if there is no such question.
pub(crate) fn options_of<'a>(question: &str, top: &Located<'a>) -> Option<BTreeSet<&'a str>> {
    let questions = top.list("questions");
    let found = questions
        .iter()
        .find(|known| known.id() == Some(question))?;
    let options = found.list("options");
    Some(options.iter().filter_map(Located::id).collect())
}

/// Reports a question that does not exist.
pub(crate) fn report_unknown(question: &str, path: &str, top: &Located, findings: &mut Findings) {
    let questions = top.list("questions");
    let known = questions.iter().filter_map(Located::id);
    let remedy = did_you_mean(question, known, "Add it to “questions”.");
    findings.error(path, format!("there is no question “{question}”"), remedy);
}
