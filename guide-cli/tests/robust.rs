//! Missing, truncated, huge and malformed files: never a panic, always a sentence with a remedy.

mod city;

use city::{City, guide, index, park_shelter};
use serde_json::{Value, json};

#[test]
fn an_unreadable_file_is_reported_and_the_others_are_checked() {
    let whole = park_shelter().to_string();
    let deep = format!("{{\"id\": {}1{}}}", "[".repeat(5000), "]".repeat(5000));
    let cases: [(&[u8], &str); 9] = [
        (b"", "error: it is empty."),
        (
            &whole.as_bytes()[..whole.len() / 2],
            "error: this is half a file: the JSON ends too early (line 1, column ",
        ),
        (
            b"{\"id\": \"a\",\n  \"title\": \"A\",\n}",
            "error: this is not JSON (line 3, column 1): there is a comma before",
        ),
        (
            b"{\"id\": \"caf\xe9\"}",
            "error: it is not UTF-8 (first seen in line 1); maybe it is Windows-1252.",
        ),
        (b"\xff\xfe{\0}\0", "error: it is UTF-16."),
        (
            deep.as_bytes(),
            "error: the JSON is nested deeper than 64 levels",
        ),
        (
            b"[1, 2]",
            "error: this does not fit and is left out. Write an object.",
        ),
        (b"\"guide\"", "error: this does not fit"),
        (
            b"{\"id\": 7, \"steps\": {}, \"title\": [], \"when\": 3, \"questions\": \"x\"}",
            "steps: error: ",
        ),
    ];
    for (bytes, expected) in cases {
        let city = City::new();
        city.write("broken.json", bytes);
        let output = city.check(&[]);
        let line = output
            .stdout
            .lines()
            .find(|line| line.contains("broken.json: ") && line.contains(expected));
        assert!(line.is_some(), "missing: {expected}\n{}", output.stdout);
        assert_eq!(output.code, 1);
        assert!(output.stderr.is_empty(), "{}", output.stderr);
    }
}

#[test]
fn a_huge_file_is_not_read() {
    let city = City::new();
    city.write("huge.json", vec![b' '; 2_100_001]);
    let output = city.check(&[]);
    assert!(
        output
            .stdout
            .contains("huge.json: error: it is too large: 2.2 MB, and 2 MB is the most."),
        "{}",
        output.stdout
    );
}

#[test]
fn a_missing_file_is_reported() {
    for words in [
        &["check", "no/such/guide.json"][..],
        &["check", "no-such-folder"],
        &["export", "no-such-folder"],
        &["index", "no-such-folder"],
        &["preview", "no-such-folder"],
    ] {
        let output = guide(words);
        let told = output.stdout + &output.stderr;
        assert!(
            told.contains("no such file") || told.contains("no folder"),
            "{words:?}: {told}"
        );
        assert_eq!(output.code, 1, "{words:?}");
    }
}

#[test]
fn a_missing_index_is_reported_and_the_guides_are_checked() {
    let city = City::empty();
    let mut guide = park_shelter();
    guide["reviewed"] = Value::Null;
    city.save("park-shelter", &guide);
    let output = city.check(&[]);
    assert!(
        output
            .stdout
            .contains("index.json: error: there is no index"),
        "{}",
        output.stdout
    );
    assert!(
        output.stdout.contains("Write it with: guide index "),
        "{}",
        output.stdout
    );
    assert!(
        output.stdout.contains("reviewed: warning"),
        "{}",
        output.stdout
    );
    let empty = City::empty();
    assert!(
        empty
            .check(&[])
            .stdout
            .contains("there is no guide in this folder")
    );
}

#[test]
fn a_single_guide_is_checked_with_the_offices_of_its_index() {
    let city = City::new();
    city.write("broken.json", "{");
    let file = city.file("park-shelter.json");
    let output = guide(&["check", file.to_str().unwrap(), "--today", city::TODAY]);
    assert_eq!(output.stdout, "0 errors, 0 warnings\n");
}

#[test]
fn a_malformed_index_is_never_overwritten() {
    let city = City::new();
    city.write("index.json", "{\"offices\": [");
    let path = city.path().to_str().unwrap();
    for words in [&["index", path][..], &["new", "other", "--dir", path]] {
        let output = guide(words);
        assert_eq!(output.code, 1, "{words:?}");
        assert!(
            output.stderr.contains("index.json: this is half a file"),
            "{}",
            output.stderr
        );
        assert_eq!(
            std::fs::read_to_string(city.file("index.json")).unwrap(),
            "{\"offices\": ["
        );
        assert!(
            !city.file("other.json").exists(),
            "a guide that nobody finds was left behind"
        );
    }
    let city = City::new();
    city.write("broken.json", "{");
    let output = guide(&["index", city.path().to_str().unwrap()]);
    assert!(
        output.stderr.contains("The index was left as it is"),
        "{}",
        output.stderr
    );
}

#[test]
fn three_hundred_steps_are_checked_in_seconds() {
    let city = City::new();
    let mut guide = park_shelter();
    guide["steps"] = (0..300)
        .map(|number| {
            let before = if number > 0 {
                json!([format!("s{}", number - 1)])
            } else {
                json!([])
            };
            json!({"id": format!("s{number}"), "title": {"en": "Go", "es": "Vaya"}, "after": before,
                   "text": [{"en": "Go on to the next one.", "es": "Siga al siguiente."}]})
        })
        .collect();
    guide["scenarios"] = json!([]);
    city.save("park-shelter", &guide);
    city.save("index", &index(&[guide]));
    let started = std::time::Instant::now();
    let output = city.check(&[]);
    assert!(
        output
            .stdout
            .contains("steps: warning: there are 300 steps"),
        "{}",
        output.stdout
    );
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_followed_and_broken_ones_are_reported() {
    use std::os::unix::fs::symlink;

    let city = City::new();
    let elsewhere = City::new();
    std::fs::remove_file(city.file("park-shelter.json")).unwrap();
    symlink(
        elsewhere.file("park-shelter.json"),
        city.file("park-shelter.json"),
    )
    .unwrap();
    assert_eq!(city.check(&[]).stdout, "0 errors, 0 warnings\n");
    symlink(city.file("nowhere"), city.file("lost.json")).unwrap();
    symlink(city.file("round.json"), city.file("round.json")).unwrap();
    symlink(city.path(), city.file("folder.json")).unwrap();
    let output = city.check(&[]);
    assert!(
        output
            .stdout
            .contains("lost.json: error: this is a link to a file that is not there."),
        "{}",
        output.stdout
    );
    assert!(
        output
            .stdout
            .contains("round.json: error: it cannot be read"),
        "{}",
        output.stdout
    );
    assert!(
        output
            .stdout
            .contains("folder.json: error: this is a folder, not a file."),
        "{}",
        output.stdout
    );
}

#[test]
fn no_document_causes_a_panic() {
    let odd = [
        json!(null),
        json!(7),
        json!("x"),
        json!([]),
        json!([[]]),
        json!({}),
        json!({"en": []}),
        json!([null, {"id": 1}]),
    ];
    let guide = park_shelter();
    for key in guide.as_object().unwrap().keys() {
        for value in &odd {
            let city = City::new();
            let mut changed = guide.clone();
            changed[key] = value.clone();
            city.save("park-shelter", &changed);
            let output = city.check(&[]);
            assert!(
                output.stdout.contains("error") && output.stderr.is_empty(),
                "{key}: {value}: {}",
                output.stderr
            );
        }
    }
    for key in ["guides", "offices", "holidays"] {
        for value in &odd {
            let city = City::new();
            let mut changed = index(&[park_shelter()]);
            changed[key] = value.clone();
            city.save("index", &changed);
            let output = city.check(&[]);
            assert!(
                output.stderr.is_empty(),
                "{key}: {value}: {}",
                output.stderr
            );
        }
    }
}

#[test]
fn no_truncated_file_causes_a_panic() {
    let whole = park_shelter().to_string();
    let city = City::new();
    for end in (0..whole.len())
        .step_by(97)
        .filter(|end| whole.is_char_boundary(*end))
    {
        city.write("park-shelter.json", &whole[..end]);
        let output = city.check(&[]);
        assert!(
            output.code == 1 && output.stderr.is_empty(),
            "{end}: {}",
            output.stderr
        );
    }
}
