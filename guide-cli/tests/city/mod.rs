//! A city's folder of guides, and the command to run on it.
#![allow(dead_code, reason = "each test file uses a part of this")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "only tests use this"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The date of the checks.
pub(crate) const TODAY: &str = "2026-10-15";

/// The result of a command.
#[derive(Debug)]
pub(crate) struct CommandOutput {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `guide` with these arguments.
pub(crate) fn guide(args: &[&str]) -> CommandOutput {
    let output = command().args(args).output().unwrap();
    CommandOutput::from(output)
}

pub(crate) fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_guide"))
}

impl From<Output> for CommandOutput {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().expect("the command was not killed"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A folder with an index and one guide, in which the check finds nothing.
pub(crate) struct City {
    folder: TempDir,
}

impl City {
    pub(crate) fn new() -> Self {
        let city = Self::empty();
        city.save("park-shelter", &park_shelter());
        city.save("index", &index(&[park_shelter()]));
        city
    }

    pub(crate) fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A city whose guide was changed; the index agrees with it.
    pub(crate) fn changed(change: impl Fn(&mut Value)) -> Self {
        let city = Self::new();
        let mut guide = park_shelter();
        change(&mut guide);
        city.save("park-shelter", &guide);
        city.save("index", &index(&[guide]));
        city
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub(crate) fn save(&self, stem: &str, value: &Value) {
        self.write(&format!("{stem}.json"), value.to_string());
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.file(name), bytes).unwrap();
    }

    pub(crate) fn read(&self, stem: &str) -> Value {
        let text = fs::read_to_string(self.file(&format!("{stem}.json"))).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// Checks the whole folder.
    pub(crate) fn check(&self, more: &[&str]) -> CommandOutput {
        let path = self.path().to_str().unwrap();
        let mut args = vec!["check", path, "--today", TODAY];
        args.extend(more);
        guide(&args)
    }
}

/// Sets the value at a JSON pointer; its parent must exist.
pub(crate) fn set(document: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Array(items) if key == "-" => items.push(value),
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        parent => parent[key] = value,
    }
}

/// Removes the value at a JSON pointer.
pub(crate) fn remove(document: &mut Value, pointer: &str) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap();
    match parent {
        Value::Array(items) => {
            items.remove(key.parse().unwrap());
        }
        parent => {
            parent.as_object_mut().unwrap().shift_remove(key).unwrap();
        }
    }
}

pub(crate) fn index(guides: &[Value]) -> Value {
    let entries: Vec<Value> = guides
        .iter()
        .map(|guide| {
            let mut entry = json!({});
            for key in ["id", "title", "summary", "topic", "keywords"] {
                if let Some(value) = guide.get(key) {
                    entry[key] = value.clone();
                }
            }
            let id = guide["id"].as_str().unwrap_or("park-shelter");
            entry["url"] = json!(format!("{id}.json"));
            entry
        })
        .collect();
    json!({
        "guides": entries,
        "offices": [{
            "id": "parks",
            "name": {"en": "Parks Office", "es": "Oficina de Parques"},
            "phone": "(555) 010-0160",
            "address": "40 River Rd",
            "hours": [{"days": ["mo", "tu", "we", "th", "fr"], "opens": "09:00", "closes": "16:30"}]
        }],
        "holidays": ["2026-11-26"]
    })
}

/// A guide in which the check finds nothing.
pub(crate) fn park_shelter() -> Value {
    let both = |en: &str, es: &str| json!({"en": en, "es": es});
    json!({
        "id": "park-shelter",
        "language": "en",
        "title": both("Reserve a park shelter", "Reservar un refugio"),
        "topic": both("Parks", "Parques"),
        "summary": both("For a party of up to 80 people.", "Para una fiesta de hasta 80 personas."),
        "keywords": {"en": ["picnic"], "es": ["fiesta"]},
        "office": "parks",
        "output": both("A key for one day", "Una llave por un día"),
        "time": {"usual": "1 working day", "most": "3 working days"},
        "currency": "USD",
        "questions": [
            {"id": "school", "label": both("Is it for a school?", "¿Es para una escuela?"), "options": [
                {"id": "yes", "label": both("Yes", "Sí")}, {"id": "no", "label": both("No", "No")}]},
            {"id": "size", "label": both("How many come?", "¿Cuántos vienen?"), "when": {"school": "no"},
             "options": [{"id": "few", "label": "1-80"}, {"id": "many", "label": "81+"}]}
        ],
        "outcomes": [
            {"id": "too-many", "when": {"size": "many"}, "eligible": false,
             "title": both("It is too small for you", "Es pequeño para su grupo"),
             "try": [{"label": both("Call us", "Llame"), "phone": "311"}]},
            {"id": "school-free", "when": {"school": "yes"}, "title": both("It is free", "Es gratis")},
            {"id": "can-reserve", "title": both("You can have it", "Lo puede usar")}
        ],
        "steps": [
            {"id": "pick", "title": both("Pick a day", "Elija un día"),
             "text": [both("Have a second choice.", "Tenga otra opción.")],
             "time": {"usual": "5 minutes"},
             "action": {"label": both("Look", "Vea"), "url": "https://riverton.example/parks"}},
            {"id": "send", "title": both("Send it", "Envíe"), "after": ["pick"],
             "evidence": [
                {"id": "photo-id", "title": both("Photo ID", "Identificación"), "without": both("Call us.", "Llame.")},
                {"id": "letter", "title": both("A letter", "Una carta"), "when": {"school": "yes"}}],
             "action": {"label": both("Start", "Empezar"), "service": "shelter-reservation",
                        "prefill": {"school": {"answer": "school"}, "shelter": "any", "extras": ["power", "ramp"]}}},
            {"id": "pay", "title": both("Pay", "Pague"), "when": {"school": "no"}, "office": "parks",
             "fees": [{"id": "rent", "title": both("Rent", "Alquiler"), "amount": 35}]}
        ],
        "refusal": {"text": [both("It may be taken.", "Puede estar ocupado.")],
                    "appeal": [both("Call the park manager.", "Llame a la gerencia.")]},
        "reviewed": "2026-10-01",
        "scenarios": [
            {"name": "A school", "answers": {"school": "yes"}, "outcome": "school-free",
             "steps": ["pick", "send"], "evidence": ["photo-id", "letter"], "fees": []},
            {"name": "A family", "answers": {"school": "no", "size": "few"}, "outcome": "can-reserve",
             "steps": ["pick", "send", "pay"], "fees": ["rent"]},
            {"name": "A crowd", "answers": {"school": "no", "size": "many"}, "outcome": "too-many"}
        ]
    })
}

/// The services of the guide's actions.
pub(crate) fn services() -> Value {
    json!([{
        "service_code": "shelter-reservation",
        "service_name": "Reserve a park shelter",
        "attributes": [
            {"code": "rules", "variable": false, "description": "Open from 8 am."},
            {"code": "shelter", "datatype": "singlevaluelist", "values": [{"key": "river"}, {"key": "any"}]},
            {"code": "people", "datatype": "number"},
            {"code": "extras", "datatype": "multivaluelist", "values": [{"key": "power"}, {"key": "ramp"}]},
            {"code": "school", "datatype": "singlevaluelist", "values": [{"key": "yes"}, {"key": "no"}]}
        ]
    }])
}

/// A change that makes the guide wrong, and a part of the expected finding.
pub(crate) type Case = (fn(&mut Value), &'static str);

/// Applies each change to a city of its own, and looks for the expected finding.
pub(crate) fn check_each(cases: &[Case]) {
    for (change, expected) in cases {
        let city = City::changed(change);
        city.write("services.list", services().to_string());
        let services = city.file("services.list");
        let output = city.check(&["--services", services.to_str().unwrap()]);
        assert!(
            output.stdout.contains(expected),
            "missing: {expected}\n{}",
            output.stdout
        );
        let is_error = expected.contains(": error: ");
        assert!(
            !is_error || output.code == 1,
            "{expected}: {}",
            output.stdout
        );
    }
}
