//! How satisfied residents are with closed requests, counted: whether the problem is solved, the score,
//! and what matters to them.

use jiff::Timestamp;
use rusqlite::Transaction;
use serde::Deserialize;

/// The answers about one service in one language, whatever the country: `es-MX` counts as `es`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Group {
    pub(crate) service_code: String,
    pub(crate) language: String,
    pub(crate) count: i64,
    pub(crate) solved: i64,
    /// How many gave a score from 1 to 5.
    pub(crate) scored: i64,
    /// The sum of these scores.
    pub(crate) scores: i64,
}

impl Group {
    /// Rounded to one decimal. `None`: nobody gave a score.
    pub(crate) fn score_mean(&self) -> Option<f64> {
        (self.scored > 0).then(|| {
            let mean = self.scores as f64 / self.scored as f64;
            (mean * 10.0).round() / 10.0
        })
    }

    /// Adds the counts of another group.
    pub(crate) fn add(&mut self, other: &Group) {
        self.count += other.count;
        self.solved += other.solved;
        self.scored += other.scored;
        self.scores += other.scores;
    }
}

/// All groups, service by service.
pub(crate) fn groups(tx: &Transaction) -> rusqlite::Result<Vec<Group>> {
    tx.prepare(
        "SELECT row ->> 'service_code' AS service_code,
                lower(substr(row ->> 'language', 1, instr(row ->> 'language' || '-', '-') - 1))
                    AS language,
                count(*) AS count, sum(row ->> 'solved' = 'yes') AS solved,
                count(row ->> 'score') AS scored,
                coalesce(sum(CAST(row ->> 'score' AS INTEGER)), 0) AS scores
         FROM feedback WHERE about = 'request'
         GROUP BY 1, 2 ORDER BY 1, 2",
    )?
    .query_map([], |row| {
        Ok(Group {
            service_code: row.get("service_code")?,
            language: row.get("language")?,
            count: row.get("count")?,
            solved: row.get("solved")?,
            scored: row.get("scored")?,
            scores: row.get("scores")?,
        })
    })?
    .collect()
}

/// Code of the service, what matters, and how many said so: in their own words and language.
pub(crate) fn matters(tx: &Transaction) -> rusqlite::Result<Vec<(String, String, i64)>> {
    tx.prepare(
        "SELECT row ->> 'service_code', row ->> 'matters', count(*) FROM feedback
         WHERE about = 'request' AND row ->> 'matters' IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2",
    )?
    .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
    .collect()
}

/// Feedback about a closed request, as it was sent.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct RequestFeedback {
    pub(crate) service_code: String,
    pub(crate) language: String,
    /// `yes` or `no`.
    pub(crate) solved: String,
    /// `1` to `5`, or empty.
    pub(crate) score: String,
    pub(crate) matters: String,
    pub(crate) text: String,
}

/// All feedback about requests, oldest first.
pub(crate) fn answers(tx: &Transaction) -> rusqlite::Result<Vec<(Timestamp, RequestFeedback)>> {
    tx.prepare("SELECT at, row FROM feedback WHERE about = 'request' ORDER BY number")?
        .query_map([], |row| {
            Ok((super::timestamp(row, "at")?, super::from_json(row, "row")?))
        })?
        .collect()
}
