//! Checks the order of steps (`after`): unknown ids, and cycles.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Findings;
use crate::located::{self, Located};
use crate::suggest::did_you_mean;

pub(crate) fn check(top: &Located, findings: &mut Findings) {
    let steps = located::steps(top);
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
                findings.error(after.path, format!("there is no step “{id}”"), remedy);
                continue;
            };
            if let Some(own) = step.id() {
                before.entry(own).or_default().push(id);
            }
            if *at > index {
                let problem = format!("“{id}” has to be done before, but comes later in the list");
                findings.warning(
                    after.path,
                    problem,
                    "Put the steps into the order they are done in.",
                );
            }
        }
    }
    if let Some(cycle) = find_cycle(&before) {
        let first = cycle.first().and_then(|id| position.get(id));
        let path = first.and_then(|index| steps.get(*index));
        let problem = format!("these steps wait for each other: {}", cycle.join(" after "));
        let remedy = "Remove one “after” of the circle.";
        findings.error(
            path.map_or_else(String::new, |step| step.path_of("after")),
            problem,
            remedy,
        );
    }
}

/// A cycle, with its first step repeated at the end. Visits each step once, so that a long chain takes linear time, and
/// without recursion, so that it cannot exhaust the stack.
fn find_cycle<'a>(before: &BTreeMap<&'a str, Vec<&'a str>>) -> Option<Vec<&'a str>> {
    let mut visited: BTreeSet<&str> = BTreeSet::new();
    for start in before.keys() {
        let mut path: Vec<(&str, usize)> = vec![(start, 0)];
        while let Some((step, next)) = path.pop() {
            let following = before.get(step).and_then(|steps| steps.get(next));
            let Some(following) = following else {
                visited.insert(step);
                continue;
            };
            path.push((step, next + 1));
            if let Some(from) = path.iter().position(|(known, _)| known == following) {
                let cycle = path.iter().skip(from).map(|(step, _)| *step);
                return Some(cycle.chain([*following]).collect());
            }
            if !visited.contains(following) {
                path.push((following, 0));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(edges: &[(&'static str, &[&'static str])]) -> Option<Vec<&'static str>> {
        find_cycle(
            &edges
                .iter()
                .map(|(step, before)| (*step, before.to_vec()))
                .collect(),
        )
    }

    #[test]
    fn a_cycle_is_found_wherever_it_starts_and_a_chain_is_not_one() {
        assert_eq!(found(&[("b", &["a"]), ("c", &["a", "b"])]), None);
        assert_eq!(found(&[("a", &["a"])]), Some(vec!["a", "a"]));
        assert_eq!(
            found(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"])]),
            Some(vec!["b", "c", "b"])
        );
    }
}
