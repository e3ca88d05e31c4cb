//! How many tests ran, read from what test programs print.

use std::time::Duration;

/// The sum over several test programs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    passed: u64,
    failed: u64,
    ignored: u64,
    filtered_out: u64,
}

impl Counts {
    /// Adds the numbers of a line of output, if it is one that counts tests.
    pub(crate) fn read(&mut self, line: &str) {
        let Some(counted) = line.trim().strip_prefix("test result: ") else {
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
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                "filtered" => self.filtered_out += number,
                _ => {}
            }
        }
    }

    pub(crate) fn passed(&self) -> u64 {
        self.passed
    }

    pub(crate) fn all_passed(&self) -> bool {
        self.failed == 0
    }

    /// The counts as `cargo test` prints them.
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
    fn the_counts_of_all_programs_are_added_up() {
        let counts = counted(&[
            "test result: FAILED. 16 passed; 1 failed; 2 ignored; 0 measured; 3 filtered out; finished in 0.00s",
            "test result: ok. 10 passed; 0 failed; 4 ignored; 0 measured; 0 filtered out; finished in 0.50s",
            "running 7 tests",
        ]);
        let expected = Counts {
            passed: 26,
            failed: 1,
            ignored: 6,
            filtered_out: 3,
        };
        assert_eq!(counts, expected);
        assert!(!counts.all_passed());
    }

    #[test]
    fn the_last_line_has_the_form_of_cargos() {
        let line = counted(&["test result: ok. 1 passed; 0 failed; 0 ignored"])
            .line(true, Duration::from_millis(1500));
        assert_eq!(
            line,
            "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s"
        );
    }
}
