//! Files as they really come: missing, half, huge, strange. Never a panic; a sentence with a remedy.

mod city;

use city::{City, guide, index, park_shelter};
use serde_json::{Value, json};

#[test]
fn a_file_that_cannot_be_read_is_told_and_the_others_are_checked_all_the_same() {
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
        let said = city.check(&[]);
        let line = said
            .out
            .lines()
            .find(|line| line.contains("broken.json: ") && line.contains(expected));
        assert!(line.is_some(), "missing: {expected}\n{}", said.out);
        assert_eq!(said.code, 1);
        assert!(said.err.is_empty(), "{}", said.err);
    }
}

#[test]
fn a_huge_file_is_not_read() {
    let city = City::new();
    city.write("huge.json", vec![b' '; 2_100_001]);
    let said = city.check(&[]);
    assert!(
        said.out
            .contains("huge.json: error: it is too large: 2.2 MB, and 2 MB is the most."),
        "{}",
        said.out
    );
}

#[test]
fn what_was_named_and_is_not_there_is_said() {
    for words in [
        &["check", "no/such/guide.json"][..],
        &["check", "no-such-folder"],
        &["export", "no-such-folder"],
        &["index", "no-such-folder"],
        &["preview", "no-such-folder"],
    ] {
        let said = guide(words);
        let told = said.out + &said.err;
        assert!(
            told.contains("no such file") || told.contains("no folder"),
            "{words:?}: {told}"
        );
        assert_eq!(said.code, 1, "{words:?}");
    }
}

#[test]
fn a_folder_without_an_index_is_told_and_its_guides_are_checked() {
    let city = City::empty();
    let mut guide = park_shelter();
    guide["reviewed"] = Value::Null;
    city.save("park-shelter", &guide);
    let said = city.check(&[]);
    assert!(
        said.out.contains("index.json: error: there is no index"),
        "{}",
        said.out
    );
    assert!(
        said.out.contains("Write it with: guide index "),
        "{}",
        said.out
    );
    assert!(said.out.contains("reviewed: warning"), "{}", said.out);
    let empty = City::empty();
    assert!(
        empty
            .check(&[])
            .out
            .contains("there is no guide in this folder")
    );
}

#[test]
fn a_single_guide_is_checked_with_the_offices_of_the_index_beside_it() {
    let city = City::new();
    city.write("broken.json", "{");
    let file = city.file("park-shelter.json");
    let said = guide(&["check", file.to_str().unwrap(), "--today", city::TODAY]);
    assert_eq!(said.out, "0 errors, 0 warnings\n");
}

#[test]
fn an_index_that_is_broken_is_never_overwritten() {
    let city = City::new();
    city.write("index.json", "{\"offices\": [");
    let path = city.path().to_str().unwrap();
    for words in [&["index", path][..], &["new", "other", "--dir", path]] {
        let said = guide(words);
        assert_eq!(said.code, 1, "{words:?}");
        assert!(
            said.err.contains("index.json: this is half a file"),
            "{}",
            said.err
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
    let said = guide(&["index", city.path().to_str().unwrap()]);
    assert!(
        said.err.contains("The index was left as it is"),
        "{}",
        said.err
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
    let said = city.check(&[]);
    assert!(
        said.out.contains("steps: warning: there are 300 steps"),
        "{}",
        said.out
    );
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_those_that_lead_nowhere_are_told() {
    use std::os::unix::fs::symlink;

    let city = City::new();
    let elsewhere = City::new();
    std::fs::remove_file(city.file("park-shelter.json")).unwrap();
    symlink(
        elsewhere.file("park-shelter.json"),
        city.file("park-shelter.json"),
    )
    .unwrap();
    assert_eq!(city.check(&[]).out, "0 errors, 0 warnings\n");
    symlink(city.file("nowhere"), city.file("lost.json")).unwrap();
    symlink(city.file("round.json"), city.file("round.json")).unwrap();
    symlink(city.path(), city.file("folder.json")).unwrap();
    let said = city.check(&[]);
    assert!(
        said.out
            .contains("lost.json: error: this is a link to a file that is not there."),
        "{}",
        said.out
    );
    assert!(
        said.out.contains("round.json: error: it cannot be read"),
        "{}",
        said.out
    );
    assert!(
        said.out
            .contains("folder.json: error: this is a folder, not a file."),
        "{}",
        said.out
    );
}

#[test]
fn a_document_of_any_shape_makes_no_panic() {
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
            let said = city.check(&[]);
            assert!(
                said.out.contains("error") && said.err.is_empty(),
                "{key}: {value}: {}",
                said.err
            );
        }
    }
    for key in ["guides", "offices", "holidays"] {
        for value in &odd {
            let city = City::new();
            let mut changed = index(&[park_shelter()]);
            changed[key] = value.clone();
            city.save("index", &changed);
            let said = city.check(&[]);
            assert!(said.err.is_empty(), "{key}: {value}: {}", said.err);
        }
    }
}

#[test]
fn half_a_file_of_any_length_is_no_panic() {
    let whole = park_shelter().to_string();
    let city = City::new();
    for end in (0..whole.len())
        .step_by(97)
        .filter(|end| whole.is_char_boundary(*end))
    {
        city.write("park-shelter.json", &whole[..end]);
        let said = city.check(&[]);
        assert!(said.code == 1 && said.err.is_empty(), "{end}: {}", said.err);
    }
}
