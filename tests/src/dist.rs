//! Names of the files of the built widget. The build adds a hash to each name and splits the code
//! into chunks; everything that the tests know about these names is in this module.

use anyhow::{Context, Result};

use crate::environment;

/// The folder of the widget on the test server.
pub const FOLDER: &str = "/fd/";
/// The folder in which the README and the examples expect the widget.
pub const README_FOLDER: &str = "/frontdoor/";
/// The chunk of the map, as a pattern for [`Host::answer`](crate::Host::answer).
pub const MAP: &str = "/fd/map-*";
/// The lazily loaded reader of XML.
pub const XML: &str = "/fd/xml-*";
/// The chunk of the request forms.
pub const REQUEST: &str = "/fd/request-*";
/// Texts of other languages than English.
pub const LOCALES: &str = "/fd/locales*";
/// A piece of the address of the chunk of guides.
pub const GUIDES: &str = "/guides-";
/// A piece of the address of the chunk with the tools of a guide: print, copy, share, feedback.
pub const GUIDE_TOOLS: &str = "/guide_tools-";
/// Regular expressions for names that the entry script contains.
pub const APP_WASM: &str = r"\./app-\w+_bg\.wasm";
/// The generated JavaScript around the wasm.
pub const APP_SCRIPT: &str = r"\./app-\w+\.js";

/// The path on the test server of a lazily loaded JavaScript module, such as `xml`.
///
/// # Errors
/// The built widget has no such module.
pub fn lazy_module(stem: &str) -> Result<String> {
    let start = format!("{stem}-");
    let names = std::fs::read_dir(environment::dist()?)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let name = names
        .filter(|name| name.starts_with(&start))
        .find(|name| name.ends_with(".js"))
        .with_context(|| format!("the built widget has no module {stem}"))?;
    Ok(format!("{FOLDER}{name}"))
}
