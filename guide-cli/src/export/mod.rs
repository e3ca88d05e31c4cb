//! Guides for machines that read schema.org: search engines, assistants, catalogs of services.
//! The CPSV-AP terms that the guide's own are close to map to the same classes (docs/guides.md).

mod how_to;
mod office;
mod service;
mod time;
#[cfg(test)]
mod types;
mod words;

use guide::{Guide, Office};
use serde_json::{Value, json};

use super::collection::{Collection, folder_of};
use super::options::Export;
use super::{new, output_json};

pub(crate) fn run(options: &Export) -> Result<String, String> {
    let collection = Collection::open(&options.path);
    let broken: Vec<String> = collection.faults.iter().map(ToString::to_string).collect();
    if collection.documents.is_empty() {
        let none = format!("{}: there is no guide to export.", options.path.display());
        return Err(if broken.is_empty() {
            none
        } else {
            broken.join("\n")
        });
    }
    let beside = if collection.is_whole {
        options.path.clone()
    } else {
        folder_of(&options.path)
    };
    let out = options.out.clone().unwrap_or(beside);
    new::make_folder(&out)?;
    let mut said = broken.clone();
    for document in &collection.documents {
        let path = out.join(format!("{}.jsonld", document.stem));
        output_json::save(&path, &json_ld(&document.guide, collection.offices()))?;
        said.push(format!("{}: written", path.display()));
    }
    match broken.as_slice() {
        [] => Ok(said.join("\n")),
        // What could be read was written; that the rest was not must not look like success.
        _ => Err(said.join("\n")),
    }
}

/// A guide as schema.org has it: the service, how to get it, and the offices.
pub(super) fn json_ld(guide: &Guide, offices: &[Office]) -> Value {
    let known = office::all(guide, offices);
    let mut graph = vec![service::node(guide, &known), how_to::node(guide)];
    graph.extend(known.iter().map(office::Known::node));
    json!({"@context": "https://schema.org", "@graph": graph})
}
