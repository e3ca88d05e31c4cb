//! `guide export`: guides as schema.org JSON-LD, for search engines, assistants and service catalogs. docs/guide-terms.md
//! maps the terms.

mod duration;
mod how_to;
mod office;
mod schema_org;
mod service;
#[cfg(test)]
mod tests;
mod text;

use guide::{Guide, Office};

use crate::args::ExportArgs;
use crate::collection::{Collection, folder_of};
use crate::{new, pretty_json};
use schema_org::{Document, Node};

/// Writes a file for each guide.
///
/// # Errors
/// If a guide cannot be read or written; the others are written.
pub(crate) fn run(args: &ExportArgs) -> Result<String, String> {
    let collection = Collection::open(&args.path);
    let unreadable: Vec<String> = collection
        .unreadable
        .iter()
        .map(ToString::to_string)
        .collect();
    if collection.documents.is_empty() {
        let none = format!("{}: there is no guide to export.", args.path.display());
        return Err(if unreadable.is_empty() {
            none
        } else {
            unreadable.join("\n")
        });
    }
    let default_out = if collection.is_whole_folder {
        args.path.clone()
    } else {
        folder_of(&args.path)
    };
    let out = args.out.clone().unwrap_or(default_out);
    new::create_folder(&out)?;
    let is_complete = unreadable.is_empty();
    let mut lines = unreadable;
    for document in &collection.documents {
        let path = out.join(format!("{}.jsonld", document.stem));
        pretty_json::save(&path, &json_ld(&document.guide, collection.offices()))?;
        lines.push(format!("{}: written", path.display()));
    }
    let message = lines.join("\n");
    if is_complete {
        Ok(message)
    } else {
        Err(message)
    }
}

/// A guide as schema.org describes it: the service, the steps, and the offices.
fn json_ld(guide: &Guide, index: &[Office]) -> Document {
    let offices = office::offices(guide, index);
    let mut graph = vec![
        Node::Service(service::service(guide, &offices)),
        Node::HowTo(how_to::how_to(guide)),
    ];
    let organizations = offices.iter().map(office::GraphOffice::organization);
    graph.extend(organizations.map(Node::Organization));
    Document {
        context: "https://schema.org",
        graph,
    }
}
