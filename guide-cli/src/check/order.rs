//! What has to be done before what: names that lead nowhere, and circles.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Notes;
use crate::near::did_you_mean;
use crate::place::{self, Place};

pub(crate) fn check(top: &Place, notes: &mut Notes) {
    let steps = place::steps(top);
    let position: BTreeMap<&str, usize> = steps
        .iter()
        .enumerate()
        .filter_map(|(index, step)| Some((step.id()?, index)))
        .collect();
    let mut before: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (index, step) in steps.iter().enumerate() {
        for after in step.list("after") {
            let Some(id) = after.text() else { continue };
            let Some(at) = position.get(id) else {
                let remedy = did_you_mean(id, position.keys().copied(), "Add the step.");
                notes.error(after.path, format!("there is no step “{id}”"), remedy);
                continue;
            };
            if let Some(own) = step.id() {
                before.entry(own).or_default().push(id);
            }
            if *at > index {
                let wrong = format!("“{id}” has to be done before, but comes later in the list");
                notes.warning(
                    after.path,
                    wrong,
                    "Put the steps into the order they are done in.",
                );
            }
        }
    }
    if let Some(circle) = circle(&before) {
        let first = circle.first().and_then(|id| position.get(id));
        let path = first.and_then(|index| steps.get(*index));
        let wrong = format!(
            "these steps wait for each other: {}",
            circle.join(" after ")
        );
        let remedy = "Remove one “after” of the circle.";
        notes.error(
            path.map_or_else(String::new, |step| step.path_of("after")),
            wrong,
            remedy,
        );
    }
}

/// A circle, its first step named again at the end. Each step is walked once, so that a long chain
/// costs no more than its length, and by a list of its own, so that it costs no stack.
fn circle<'a>(before: &BTreeMap<&'a str, Vec<&'a str>>) -> Option<Vec<&'a str>> {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in before.keys() {
        let mut way: Vec<(&str, usize)> = vec![(start, 0)];
        while let Some((step, next)) = way.pop() {
            let following = before.get(step).and_then(|steps| steps.get(next));
            let Some(following) = following else {
                done.insert(step);
                continue;
            };
            way.push((step, next + 1));
            if let Some(from) = way.iter().position(|(known, _)| known == following) {
                let circle = way.iter().skip(from).map(|(step, _)| *step);
                return Some(circle.chain([*following]).collect());
            }
            if !done.contains(following) {
                way.push((following, 0));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(edges: &[(&'static str, &[&'static str])]) -> Option<Vec<&'static str>> {
        circle(
            &edges
                .iter()
                .map(|(step, before)| (*step, before.to_vec()))
                .collect(),
        )
    }

    #[test]
    fn a_circle_is_found_wherever_it_begins_and_a_chain_is_none() {
        assert_eq!(found(&[("b", &["a"]), ("c", &["a", "b"])]), None);
        assert_eq!(found(&[("a", &["a"])]), Some(vec!["a", "a"]));
        assert_eq!(
            found(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"])]),
            Some(vec!["b", "c", "b"])
        );
    }
}
