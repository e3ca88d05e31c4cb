//! Creates a new guide from a template with an example of each part, in which the author only fills in texts.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::args::{DocumentKind, NewArgs};
use crate::texts::PLACEHOLDER;
use crate::{date, index, pretty_json, schema};

/// The file name of the schema, next to the guides.
pub(crate) const SCHEMA: &str = "guide.schema.json";

pub(crate) fn run(args: &NewArgs) -> Result<String, String> {
    let folder = &args.folder;
    let path = folder.join(format!("{}.json", args.id));
    if (path.exists() || path.is_symlink()) && !args.force {
        let path = path.display();
        return Err(format!(
            "{path}: the guide is there already. Take another id, or add --force."
        ));
    }
    create_folder(folder)?;
    let index = index::read_existing(folder)?;
    let office = index
        .get("offices")
        .and_then(|offices| offices.get(0)?.get("id"))
        .cloned();
    let guide = template(&args.id, &args.languages, office);
    save_schema(folder)?;
    pretty_json::save(&path, &guide)?;
    index::update(folder, &[(args.id.clone(), guide)])?;
    let (path, folder) = (path.display(), folder.display());
    Ok(format!(
        "{path}: written. Fill in what says “{PLACEHOLDER}”, remove what is not needed, then: guide check {folder}"
    ))
}

/// Writes the schema to which guides refer, for editors, unless it exists.
pub(crate) fn save_schema(folder: &Path) -> Result<(), String> {
    let path = folder.join(SCHEMA);
    if path.exists() {
        return Ok(());
    }
    fs::write(&path, schema::text(DocumentKind::Guide)).map_err(|error| {
        let path = path.display();
        format!("{path}: cannot be written: {error}. Check the folder and its rights.")
    })
}

/// Creates the folder for guides, unless it exists.
pub(crate) fn create_folder(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| {
        let folder = folder.display();
        format!("{folder}: the folder cannot be made: {error}. Name another with --dir.")
    })
}

fn template(id: &str, languages: &[String], office: Option<Value>) -> Value {
    let fill_in = |what: &str| -> Value {
        let languages = languages.iter();
        let by_language: Map<_, _> = languages
            .map(|tag| (tag.clone(), json!(format!("{PLACEHOLDER}: {what}]"))))
            .collect();
        Value::Object(by_language)
    };
    let source = languages.first().map_or("en", String::as_str);
    let keywords: Map<String, Value> = languages
        .iter()
        .map(|tag| {
            (
                tag.clone(),
                json!([format!("{PLACEHOLDER}: a word people say for it]")]),
            )
        })
        .collect();
    let office = office.unwrap_or_else(|| {
        json!({
            "name": fill_in("the office that decides"),
            "phone": "311",
            "address": fill_in("street, floor, room"),
            "hours": [{"days": ["mo", "tu", "we", "th", "fr"], "opens": "09:00", "closes": "16:30"}]
        })
    });
    json!({
        "$schema": SCHEMA,
        "id": id,
        "language": source,
        "title": fill_in("what a resident wants, such as: Reserve a park shelter"),
        "topic": fill_in("the topic, such as: Parks"),
        "summary": fill_in("who it is for, in one sentence"),
        "keywords": keywords,
        "office": office,
        "output": fill_in("what they have in the end, such as: A permit card, good for 1 year"),
        "time": {"usual": "1 working day", "most": "3 working days"},
        "currency": "USD",
        "questions": [{
            "id": "resident",
            "label": fill_in("a question that decides what is for whom"),
            "options": [
                {"id": "yes", "label": fill_in("Yes")},
                {"id": "no", "label": fill_in("No")}
            ]
        }],
        "outcomes": [
            {
                "id": "not-here",
                "when": {"resident": "no"},
                "eligible": false,
                "title": fill_in("for whom this is not"),
                "text": [fill_in("why, and where they go in its place")],
                "try": [{"label": fill_in("Call 311"), "phone": "311"}]
            },
            {"id": "go-on", "title": fill_in("good news in one sentence")}
        ],
        "steps": [
            {
                "id": "prepare",
                "title": fill_in("what they do first"),
                "text": [fill_in("how, in short sentences")],
                "time": {"usual": "10 minutes"},
                "evidence": [{
                    "id": "photo-id",
                    "title": fill_in("what to bring"),
                    "without": fill_in("what to do without it")
                }]
            },
            {
                "id": "send",
                "title": fill_in("what they send or where they go"),
                "time": {"usual": "5 minutes"},
                "fees": [{"id": "fee", "title": fill_in("what they pay for; amount 0 is free"), "amount": 0}],
                "action": {"label": fill_in("what the button does"), "phone": "311"}
            },
            {
                "id": "answer",
                "title": fill_in("what the city does then"),
                "who": "city",
                "time": {"usual": "1 working day", "most": "3 working days"}
            }
        ],
        "refusal": {
            "text": [fill_in("the usual reasons for a no, and what you tell people then")],
            "appeal": [fill_in("who looks at it again, and until when they can ask")]
        },
        "reviewed": date::today().to_string(),
        "review_months": 12,
        "scenarios": [
            {
                "name": "Somebody for whom it is",
                "answers": {"resident": "yes"},
                "outcome": "go-on",
                "steps": ["prepare", "send", "answer"],
                "evidence": ["photo-id"],
                "fees": ["fee"]
            },
            {"name": "Somebody for whom it is not", "answers": {"resident": "no"}, "outcome": "not-here"}
        ]
    })
}
