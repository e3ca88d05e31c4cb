//! Where the arrows between files run in a circle.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::graph::{File, Graph};

/// Files that depend on one another.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Circle {
    /// Ways around, in each of which the last file imports from the first: every pair that imports each other, or one
    /// shortest way when there is no such pair.
    pub(crate) ways: Vec<Vec<File>>,
    /// All files that are tied together.
    pub(crate) files: Vec<File>,
}

impl Graph {
    fn targets(&self, file: File) -> impl Iterator<Item = File> {
        let arrows = self.arrows.range((file, 0)..=(file, File::MAX));
        arrows.map(|((_, to), _)| *to)
    }

    /// The shortest way from a file back to itself, or to another file.
    fn way(&self, from: File, to: File) -> Option<Vec<File>> {
        let mut reached: HashMap<File, File> = HashMap::new();
        let mut next = VecDeque::from([from]);
        while let Some(file) = next.pop_front() {
            for target in self.targets(file) {
                if target == to {
                    let mut way = vec![file];
                    let mut at = file;
                    while at != from {
                        at = *reached.get(&at)?;
                        way.push(at);
                    }
                    way.reverse();
                    return Some(way);
                }
                if target != from && !reached.contains_key(&target) {
                    reached.insert(target, file);
                    next.push_back(target);
                }
            }
        }
        None
    }

    /// The pairs of these files that import from each other.
    fn pairs(&self, files: &[File]) -> Vec<Vec<File>> {
        let has = |from: File, to: File| self.arrows.contains_key(&(from, to));
        let mut pairs = Vec::new();
        for from in files {
            for to in files.iter().filter(|to| from < *to) {
                if has(*from, *to) && has(*to, *from) {
                    pairs.push(vec![*from, *to]);
                }
            }
        }
        pairs
    }

    /// Every group of files that are tied together.
    pub(crate) fn circles(&self) -> Vec<Circle> {
        let mut done = BTreeSet::new();
        let mut circles = Vec::new();
        for file in 0..self.files.len() {
            if done.contains(&file) || self.way(file, file).is_none() {
                continue;
            }
            let files: Vec<File> = (0..self.files.len())
                .filter(|other| {
                    *other == file
                        || (self.way(file, *other).is_some() && self.way(*other, file).is_some())
                })
                .collect();
            done.extend(files.iter().copied());
            let mut ways: Vec<Vec<File>> = files
                .iter()
                .filter_map(|file| self.way(*file, *file))
                .collect();
            ways.sort_by_key(Vec::len);
            if ways.first().is_some_and(|way| way.len() > 2) {
                ways.truncate(1);
            } else {
                ways = self.pairs(&files);
            }
            circles.push(Circle { ways, files });
        }
        circles
    }
}
