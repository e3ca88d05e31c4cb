//! How many tests ran, read from what `cargo test` and cargo-nextest print.

use std::time::Duration;

/// Tests of several runs added up.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    passed: u64,
    failed: u64,
    ignored: u64,
    filtered_out: u64,
}

impl Counts {
    /// Takes in a line of output, if it is one that counts tests.
    pub(crate) fn read(&mut self, line: &str) {
        let line = line.trim();
        let counted = if let Some(rest) = line.strip_prefix("test result: ") {
            rest
        } else if line.starts_with("Summary [") {
            line
        } else {
            return;
        };
        let words: Vec<&str> = counted
            .split(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '(' | ')' | ':'))
            .filter(|word| !word.is_empty())
            .collect();
        for pair in words.windows(2) {
            let [number, name] = pair else { continue };
            let Ok(number) = number.parse::<u64>() else {
                continue;
            };
            match *name {
                "passed" => self.passed += number,
                "failed" | "timed" => self.failed += number,
                "ignored" | "skipped" => self.ignored += number,
                "filtered" => self.filtered_out += number,
                _ => {}
            }
        }
    }

    pub(crate) fn all_passed(&self) -> bool {
        self.failed == 0
    }

    /// The counts in the words of `cargo test`.
    pub(crate) fn line(&self, all_well: bool, took: Duration) -> String {
        let Self {
            passed,
            failed,
            ignored,
            filtered_out,
        } = self;
        let verdict = if all_well { "ok" } else { "FAILED" };
        format!(
            "test result: {verdict}. {passed} passed; {failed} failed; {ignored} ignored; \
             0 measured; {filtered_out} filtered out; finished in {:.2}s",
            took.as_secs_f64()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(lines: &[&str]) -> Counts {
        let mut counts = Counts::default();
        for line in lines {
            counts.read(line);
        }
        counts
    }

    #[test]
    fn both_runners_are_understood_and_added_up() {
        let counts = counted(&[
            "test result: FAILED. 16 passed; 1 failed; 2 ignored; 0 measured; 3 filtered out; finished in 0.00s",
            "     Summary [   0.5s] 12 tests run: 10 passed (1 slow), 1 failed, 1 timed out, 4 skipped",
            "running 7 tests",
        ]);
        let expected = Counts {
            passed: 26,
            failed: 3,
            ignored: 6,
            filtered_out: 3,
        };
        assert_eq!(counts, expected);
        assert!(!counts.all_passed());
    }

    #[test]
    fn the_last_line_reads_like_cargos() {
        let line = counted(&["test result: ok. 1 passed; 0 failed; 0 ignored"])
            .line(true, Duration::from_millis(1500));
        assert_eq!(
            line,
            "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s"
        );
    }
}
