//! The city's own files: its config for the widget, its guides and its boundary.
//!
//! They are either the sample city's, compiled in, or those of a folder, which are read again at
//! each call so that an edit shows after a reload.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::Zone;
use crate::json::{lenient, lenient_list};
use crate::localized::Localized;

const CONFIG: &str = include_str!("../data/frontdoor.json");
const BOUNDARY: &str = include_str!("../data/boundary.geojson");

/// Parts of the sample city's config that do not apply to a recorded city: promises, places, texts.
const SAMPLE_ONLY: [&str; 13] = [
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
];

/// The files of `data/guides` with the names under which they are served.
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
    /// The compiled-in files. The config is changed according to the command line.
    Sample {
        config: Value,
    },
    Folder(PathBuf),
}

/// The parts of the widget's config that the sandbox itself needs.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Config {
    #[serde(deserialize_with = "lenient")]
    name: Option<Localized>,
    #[serde(deserialize_with = "lenient")]
    time_zone: Option<String>,
    #[serde(deserialize_with = "lenient")]
    status: StatusConfig,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct StatusConfig {
    #[serde(deserialize_with = "lenient_list")]
    matters: Option<Vec<Option<Localized>>>,
}

impl City {
    pub(crate) fn sample() -> Self {
        City::Sample {
            config: parse(CONFIG),
        }
    }

    /// The files of `folder`; without one, the sample city's files with this jurisdiction and key.
    /// Fails if the folder has no readable config.
    pub(crate) fn load(
        folder: Option<&Path>,
        is_recorded: bool,
        jurisdiction: Option<&str>,
        api_key: Option<&str>,
    ) -> Result<Self, String> {
        if let Some(folder) = folder {
            let city = City::Folder(folder.to_owned());
            let file = folder.join("frontdoor.json");
            let text = city
                .config()
                .ok_or_else(|| format!("cannot read {}", file.display()))?;
            return match serde_json::from_str::<Value>(&text) {
                Ok(_) => Ok(city),
                Err(error) => Err(format!("{}: {error}", file.display())),
            };
        }
        let mut config = parse(CONFIG);
        if let Some(fields) = config.as_object_mut() {
            if is_recorded {
                for name in SAMPLE_ONLY {
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

    /// The name in English.
    pub(crate) fn name(&self) -> String {
        let name = self.read_config().name;
        let english = name.as_ref().and_then(Localized::english);
        english.unwrap_or("the city").to_owned()
    }

    pub(crate) fn zone(&self) -> Zone {
        Zone::named(self.read_config().time_zone.as_deref().unwrap_or("UTC"))
    }

    /// What a resident can choose as most important when they rate a closed request.
    pub(crate) fn rating_choices(&self) -> Vec<Localized> {
        let choices = self.read_config().status.matters.unwrap_or_default();
        choices.into_iter().flatten().collect()
    }

    /// The text of `frontdoor.json`.
    pub(crate) fn config(&self) -> Option<String> {
        match self {
            City::Sample { config } => Some(format!("{config:#}")),
            City::Folder(folder) => read(&folder.join("frontdoor.json")),
        }
    }

    fn read_config(&self) -> Config {
        let text = self.config().unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    pub(crate) fn boundary(&self) -> Option<String> {
        match self {
            City::Sample { .. } => Some(BOUNDARY.to_owned()),
            City::Folder(folder) => read(&folder.join("boundary.geojson")),
        }
    }

    /// The text of a file in `guides/`, by its file name.
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

/// A plain file name that cannot lead out of the folder.
fn is_file_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    name.ends_with(".json") && !name.starts_with('.') && name.chars().all(is_plain)
}

fn read(path: &Path) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}
