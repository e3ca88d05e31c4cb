//! Reads all public requests of an endpoint: month by month and page by page, slowly, and so that a second run goes on
//! where the first one stopped.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use jiff::civil::Date;
use open311::Service;

use crate::args::EndpointArgs;
use crate::requests::{Collected, read_document, read_rows};

/// GeoReport allows at most 90 days; many endpoints answer with at most a few hundred rows.
const WINDOW_DAYS: i64 = 30;
const PAGE_SIZE: usize = 100;
/// An endpoint that ignores the page would otherwise be asked forever.
const MOST_PAGES: usize = 2_000;
/// How often a question is repeated when the endpoint is busy, and the first wait in seconds, which doubles.
const TRIES: u32 = 5;
const FIRST_WAIT_SECONDS: u64 = 10;
const LONGEST_WAIT_SECONDS: u64 = 120;
/// A question that takes longer is repeated.
const TIMEOUT: Duration = Duration::from_secs(60);
const MOST_BYTES: u64 = 200_000_000;

/// An answer of the endpoint.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Seconds that the endpoint wants to be left alone.
    pub(crate) retry_after: Option<u64>,
    pub(crate) body: String,
}

/// What asks, waits and tells about progress.
pub(crate) struct Means<'a> {
    pub(crate) ask: &'a dyn Fn(&str) -> Result<Answer, String>,
    pub(crate) wait: &'a dyn Fn(u64),
    pub(crate) tell: &'a dyn Fn(&str),
}

/// Asks over the network.
pub(crate) fn ask(url: &str) -> Result<Answer, String> {
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(TIMEOUT))
        .user_agent("frontdoor-words")
        .build();
    let agent = ureq::Agent::new_with_config(config);
    let mut response = agent.get(url).call().map_err(|error| error.to_string())?;
    let retry_after = response.headers().get("retry-after");
    let retry_after = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
    let status = response.status().as_u16();
    let body = response.body_mut().with_config().limit(MOST_BYTES);
    Ok(Answer {
        status,
        retry_after,
        body: body.read_to_string().map_err(|error| error.to_string())?,
    })
}

/// Waits that many seconds.
pub(crate) fn wait(seconds: u64) {
    thread::sleep(Duration::from_secs(seconds));
}

/// Reads the services.
///
/// # Errors
/// The endpoint does not answer with a list of services.
pub(crate) fn services(args: &EndpointArgs, means: &Means) -> Result<Vec<Service>, String> {
    let text = ask_either(args, means, "services", "")?;
    let document =
        read_document(&text).ok_or("the endpoint's services are neither JSON nor XML")?;
    Ok(open311::read_services(&document).rows)
}

/// Reads the requests, and keeps each answer in the folder of the pages.
///
/// # Errors
/// The endpoint does not answer, or answers in another format; or the folder cannot be written.
pub(crate) fn requests(args: &EndpointArgs, means: &Means) -> Result<Collected, String> {
    fs::create_dir_all(&args.pages).map_err(|error| problem(&args.pages, &error))?;
    let mut collected = Collected::default();
    let mut until = args.until;
    while until >= args.since {
        let span = jiff::Span::new().days(WINDOW_DAYS - 1);
        let from = until
            .checked_sub(span)
            .unwrap_or(args.since)
            .max(args.since);
        window(args, means, from, until, &mut collected)?;
        let all = collected.requests.len();
        (means.tell)(&format!(
            "{from} to {until}: {all} requests with a text so far"
        ));
        let Ok(before) = from.yesterday() else { break };
        until = before;
    }
    Ok(collected)
}

fn window(
    args: &EndpointArgs,
    means: &Means,
    from: Date,
    until: Date,
    collected: &mut Collected,
) -> Result<(), String> {
    for page in 1..=MOST_PAGES {
        let path = args.pages.join(format!("{from}_{until}_{page}.txt"));
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(_) => {
                let query = format!(
                    "start_date={from}T00:00:00Z&end_date={until}T23:59:59Z&page={page}&page_size={PAGE_SIZE}"
                );
                let text = ask_either(args, means, "requests", &query)?;
                if read_document(&text).is_none() {
                    return Err("the endpoint's requests are neither JSON nor XML".to_owned());
                }
                fs::write(&path, &text).map_err(|error| problem(&path, &error))?;
                (means.wait)(args.pause_seconds);
                text
            }
        };
        let rows = read_document(&text).map(|document| read_rows(&document));
        // An endpoint that does not know pages sends the same one again.
        if collected.add(rows.unwrap_or_default()) == 0 {
            break;
        }
    }
    Ok(())
}

/// Asks for JSON, and for XML if there is none.
fn ask_either(
    args: &EndpointArgs,
    means: &Means,
    what: &str,
    query: &str,
) -> Result<String, String> {
    let jurisdiction = args.jurisdiction.as_deref().map(|id| {
        let id = open311::path_segment(id);
        format!("jurisdiction_id={id}")
    });
    let query: Vec<&str> = jurisdiction
        .as_deref()
        .into_iter()
        .chain([query])
        .filter(|part| !part.is_empty())
        .collect();
    let query = query.join("&");
    let mut last = String::new();
    for format in ["json", "xml"] {
        let url = open311::join(&args.url, &format!("{what}.{format}?{query}"));
        let answer = ask_patiently(means, &url)?;
        if answer.status == 200 && read_document(&answer.body).is_some() {
            return Ok(answer.body);
        }
        last = format!("{url} answers with status {}", answer.status);
    }
    Err(last)
}

fn ask_patiently(means: &Means, url: &str) -> Result<Answer, String> {
    let mut wait = FIRST_WAIT_SECONDS;
    for attempt in 1..=TRIES {
        let answer = (means.ask)(url);
        let is_busy = match &answer {
            Ok(answer) => answer.status == 429 || answer.status >= 500,
            Err(_) => true,
        };
        if !is_busy {
            return answer;
        }
        if attempt < TRIES {
            let asked = answer.ok().and_then(|answer| answer.retry_after);
            let seconds = asked.unwrap_or(wait).clamp(1, LONGEST_WAIT_SECONDS);
            (means.tell)(&format!(
                "the endpoint is busy; asking again in {seconds} s"
            ));
            (means.wait)(seconds);
            wait *= 2;
        }
    }
    Err(format!(
        "{url} does not answer; run the command again to go on from here"
    ))
}

fn problem(path: &Path, error: &std::io::Error) -> String {
    format!("{} cannot be written: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::{Cell, RefCell};

    fn args(pages: &Path) -> EndpointArgs {
        EndpointArgs {
            url: "https://city.example/v2".to_owned(),
            pages: pages.to_owned(),
            jurisdiction: Some("city.example".to_owned()),
            since: jiff::civil::date(2026, 1, 1),
            until: jiff::civil::date(2026, 3, 1),
            pause_seconds: 1,
        }
    }

    fn answer(status: u16, body: &str) -> Result<Answer, String> {
        Ok(Answer {
            status,
            retry_after: Some(7),
            body: body.to_owned(),
        })
    }

    /// Two pages in each month, with requests of their own.
    fn page(url: &str) -> Result<Answer, String> {
        let start = url.split("start_date=").nth(1).unwrap_or_default();
        let start = start.get(..10).unwrap_or_default();
        for page in ["1", "2"] {
            if url.contains(&format!("page={page}&")) {
                let row = format!(
                    r#"[{{"service_request_id": "{start}-{page}", "service_code": "a", "description": "hole", "address": "1 Main St"}}]"#
                );
                return answer(200, &row);
            }
        }
        answer(200, "[]")
    }

    #[test]
    fn all_pages_of_all_months_are_read_once_with_pauses() {
        let folder = tempfile::tempdir().unwrap();
        let asked = RefCell::new(Vec::new());
        let waited = Cell::new(0);
        let means = Means {
            ask: &|url| {
                asked.borrow_mut().push(url.to_owned());
                page(url)
            },
            wait: &|seconds| waited.set(waited.get() + seconds),
            tell: &|_| {},
        };
        let collected = requests(&args(folder.path()), &means).unwrap();
        assert_eq!(collected.requests.len(), 4);
        let first = asked.borrow().clone();
        assert_eq!(first.len(), 6);
        assert_eq!(waited.get(), 6);
        assert!(first[0].starts_with("https://city.example/v2/requests.json?jurisdiction_id=city.example&start_date=2026-01-31T00:00:00Z&end_date=2026-03-01T23:59:59Z&page=1"), "{}", first[0]);
        // A second run asks for nothing.
        assert_eq!(
            requests(&args(folder.path()), &means)
                .unwrap()
                .requests
                .len(),
            4
        );
        assert_eq!(asked.borrow().len(), 6);
    }

    #[test]
    fn a_run_that_was_interrupted_goes_on_where_it_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let left = Cell::new(3);
        let means = Means {
            ask: &|url| {
                if left.get() == 0 {
                    return Err("no network".to_owned());
                }
                left.set(left.get() - 1);
                page(url)
            },
            wait: &|_| {},
            tell: &|_| {},
        };
        let problem = requests(&args(folder.path()), &means).err().unwrap();
        assert!(problem.contains("run the command again"), "{problem}");
        left.set(3);
        assert_eq!(
            requests(&args(folder.path()), &means)
                .unwrap()
                .requests
                .len(),
            4
        );
        assert_eq!(left.get(), 0);
    }

    #[test]
    fn a_busy_endpoint_is_left_alone_for_as_long_as_it_wants() {
        let folder = tempfile::tempdir().unwrap();
        let waited = RefCell::new(Vec::new());
        let tries = Cell::new(0);
        let means = Means {
            ask: &|_| {
                tries.set(tries.get() + 1);
                if tries.get() == 1 {
                    answer(429, "")
                } else {
                    answer(200, "[]")
                }
            },
            wait: &|seconds| waited.borrow_mut().push(seconds),
            tell: &|_| {},
        };
        requests(&args(folder.path()), &means).unwrap();
        assert_eq!(waited.borrow()[0], 7);
    }

    #[test]
    fn an_endpoint_without_json_or_pages_is_read_in_xml() {
        let folder = tempfile::tempdir().unwrap();
        let means = Means {
            ask: &|url| {
                if url.contains(".json") {
                    return answer(404, "not found");
                }
                answer(
                    200,
                    "<service_requests><request><service_request_id>1</service_request_id><service_code>a</service_code><description>hole</description></request></service_requests>",
                )
            },
            wait: &|_| {},
            tell: &|_| {},
        };
        assert_eq!(
            requests(&args(folder.path()), &means)
                .unwrap()
                .requests
                .len(),
            1
        );
    }

    #[test]
    fn an_endpoint_that_refuses_is_named_with_its_answer() {
        let folder = tempfile::tempdir().unwrap();
        let means = Means {
            ask: &|_| answer(403, "no"),
            wait: &|_| {},
            tell: &|_| {},
        };
        let problem = requests(&args(folder.path()), &means).err().unwrap();
        assert!(problem.ends_with("status 403"), "{problem}");
    }
}
