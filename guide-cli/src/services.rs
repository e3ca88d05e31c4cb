//! The city's services: their codes, and the questions of their forms. Reads a GeoReport service list, or a folder of
//! such lists, as tolerantly as endpoints require.

use std::fs;
use std::path::Path;

use json::Value;

use crate::file::{self, FileError};

/// The services of a city.
#[derive(Debug, Default)]
pub(crate) struct Services {
    all: Vec<Service>,
}

/// A service and its form.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) code: String,
    /// The questions and notices of the form; `None` if the list does not have them.
    pub(crate) attributes: Option<Vec<Attribute>>,
}

/// A question or notice of a form.
#[derive(Debug)]
pub(crate) struct Attribute {
    pub(crate) code: String,
    /// False for a notice.
    pub(crate) is_question: bool,
    /// Whether several choices can be selected.
    pub(crate) is_multiple: bool,
    /// The keys of the choices; `None` for a free answer.
    pub(crate) keys: Option<Vec<String>>,
}

impl Services {
    /// Reads a list, or a folder of lists.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let mut services = Self::default();
        if !path.is_dir() {
            services.add(path)?;
            return Ok(services);
        }
        let entries = fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        files.retain(|file| file.extension().is_some_and(|end| end == "json"));
        files.sort();
        if files.is_empty() {
            let remedy = "Name the folder or the file that has the services as JSON.";
            return Err(FileError::new("there is no JSON in this folder", remedy).at(path));
        }
        for file in files {
            services.add(&file)?;
        }
        Ok(services)
    }

    fn add(&mut self, path: &Path) -> Result<(), String> {
        let value = file::read_json(path).map_err(|error| error.at(path))?;
        let list = value.get("services").unwrap_or(&value);
        if !matches!(list, Value::List(_)) {
            let remedy = "Save what the endpoint answers to services.json, or name the right file.";
            return Err(FileError::new("this is no list of services", remedy).at(path));
        }
        self.all.extend(list.items().iter().filter_map(service));
        Ok(())
    }

    pub(crate) fn codes(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|service| service.code.as_str())
    }

    pub(crate) fn find(&self, code: &str) -> Option<&Service> {
        self.all.iter().find(|service| service.code == code)
    }
}

fn service(value: &Value) -> Option<Service> {
    let code = value.text_of(&["service_code"])?.to_owned();
    let attributes = match value.get("attributes") {
        Some(list @ Value::List(_)) => Some(list.items().iter().filter_map(attribute).collect()),
        _ => None,
    };
    Some(Service { code, attributes })
}

fn attribute(value: &Value) -> Option<Attribute> {
    let datatype = value.text_of(&["datatype"]).unwrap_or_default();
    let is_list = datatype.ends_with("valuelist");
    let keys = || {
        let values = value.get("values").map(Value::items).unwrap_or_default();
        let keys = values.iter().filter_map(|value| value.text_of(&["key"]));
        keys.map(str::to_owned).collect()
    };
    Some(Attribute {
        code: value.text_of(&["code"])?.to_owned(),
        is_question: value.get("variable").and_then(Value::as_bool) != Some(false),
        is_multiple: datatype == "multivaluelist",
        keys: is_list.then(keys),
    })
}
