//! The city's own files: its config for the widget, its guides and its boundary.
//!
//! They are the sample city's, compiled in, or those of a folder, read anew at every call so that
//! an edit shows at the next reload.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::clock::Zone;

const CONFIG: &str = include_str!("../data/frontdoor.json");
const BOUNDARY: &str = include_str!("../data/boundary.geojson");

/// The files of `data/guides` under the names by which they are served.
macro_rules! guides {
    ($($id:literal),+ $(,)?) => {
        &[$((
            concat!($id, ".json"),
            include_str!(concat!("../data/guides/", $id, ".json")),
        )),+]
    };
}

const GUIDES: &[(&str, &str)] = guides![
    "index",
    "park-shelter",
    "deck-permit",
    "recycle-bin",
    "bulky-waste",
    "property-tax",
    "missed-pickup",
    "parking-ticket",
    "marriage-license",
    "start-a-business",
    "license-a-dog",
    "plan-a-block-party",
    "council-meeting",
];

pub(crate) enum City {
    /// The compiled-in files; the config says what the sandbox was started with.
    Sample {
        config: Value,
    },
    Folder(PathBuf),
}

impl City {
    pub(crate) fn sample() -> Self {
        City::Sample {
            config: parse(CONFIG),
        }
    }

    /// The files of a folder, or the sample city's with what the sandbox was started with.
    pub(crate) fn load(
        folder: Option<&Path>,
        recorded: bool,
        jurisdiction: Option<&str>,
        api_key: Option<&str>,
    ) -> Result<Self, String> {
        if let Some(folder) = folder {
            let city = City::Folder(folder.to_owned());
            let text = city.config().ok_or_else(|| {
                format!("{} cannot be read", folder.join("frontdoor.json").display())
            })?;
            return match serde_json::from_str::<Value>(&text) {
                Ok(_) => Ok(city),
                Err(error) => Err(format!(
                    "{}: {error}",
                    folder.join("frontdoor.json").display()
                )),
            };
        }
        let mut config = parse(CONFIG);
        if let Some(fields) = config.as_object_mut() {
            if recorded {
                // The sample's promises and places are not this city's.
                for name in [
                    "jurisdiction",
                    "contact",
                    "commitments",
                    "standards",
                    "popular",
                    "guides",
                    "feedback",
                    "holidays",
                    "map",
                    "privacy",
                    "report",
                    "status",
                    "synonyms",
                ] {
                    fields.remove(name);
                }
                fields.insert(
                    "name".into(),
                    json!({ "en": "Recorded city", "es": "Ciudad grabada" }),
                );
            }
            for (name, value) in [("jurisdiction", jurisdiction), ("api_key", api_key)] {
                if let Some(value) = value {
                    fields.insert(name.into(), json!(value));
                }
            }
        }
        Ok(City::Sample { config })
    }

    pub(crate) fn name(&self) -> String {
        let config = parse(&self.config().unwrap_or_default());
        let name = config.get("name").and_then(|name| match name {
            Value::String(name) => Some(name.clone()),
            other => other.get("en").and_then(Value::as_str).map(str::to_owned),
        });
        name.unwrap_or_else(|| "the city".to_owned())
    }

    pub(crate) fn zone(&self) -> Zone {
        let config = parse(&self.config().unwrap_or_default());
        Zone::named(
            config
                .get("time_zone")
                .and_then(Value::as_str)
                .unwrap_or("UTC"),
        )
    }

    pub(crate) fn config(&self) -> Option<String> {
        match self {
            City::Sample { config } => Some(pretty(config)),
            City::Folder(folder) => read(&folder.join("frontdoor.json")),
        }
    }

    pub(crate) fn boundary(&self) -> Option<String> {
        match self {
            City::Sample { .. } => Some(BOUNDARY.to_owned()),
            City::Folder(folder) => read(&folder.join("boundary.geojson")),
        }
    }

    pub(crate) fn guide(&self, name: &str) -> Option<String> {
        match self {
            City::Sample { .. } => GUIDES
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, text)| (*text).to_owned()),
            City::Folder(folder) if is_file_name(name) => read(&folder.join("guides").join(name)),
            City::Folder(_) => None,
        }
    }
}

/// A plain name: no way up or out of the folder.
fn is_file_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    name.ends_with(".json") && !name.starts_with('.') && name.chars().all(plain)
}

fn read(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
