//! The arguments of a call: codes and ids become the city's own, and extensions that the dialect does
//! not have are ignored.

use super::super::path::Resource;
use super::profile::{Dialect, Extension};
use super::service_codes::ServiceCodes;
use crate::form::Form;

/// Arguments that only this sandbox has.
const OWN_ARGUMENTS: [&str; 5] = [
    "linked_request_id",
    "type",
    "receipt",
    "author",
    "confirmation",
];

impl Dialect {
    pub(in crate::georeport) fn internal_resource(
        &self,
        codes: &ServiceCodes,
        resource: Resource,
    ) -> Resource {
        match resource {
            Resource::Definition(code) => Resource::Definition(codes.internal(&code)),
            Resource::Request(id) => Resource::Request(self.ids.internal(&id)),
            other => other,
        }
    }

    pub(in crate::georeport) fn rewrite_arguments(
        &self,
        codes: &ServiceCodes,
        form: &mut Form,
        is_post: bool,
    ) {
        form.rewrite("service_code", |list| {
            // Where the code is a name, it may contain a comma.
            let single = codes.internal(list);
            if single != list {
                return single;
            }
            each(list, |code| codes.internal(code))
        });
        form.rewrite("service_request_id", |list| {
            each(list, |id| self.ids.internal(id))
        });
        let mut remove = |names: &[&str]| names.iter().for_each(|name| form.remove(name));
        for (extension, names) in [
            (Extension::Notes, &["extensions"][..]),
            (Extension::Idempotency, &["idempotency_key"]),
            (Extension::Paging, &["page", "page_size"]),
            (
                Extension::PreferredContact,
                &["preferred_contact", "postal_address"],
            ),
        ] {
            if !self.has(extension) {
                remove(names);
            }
        }
        remove(&OWN_ARGUMENTS);
        if !is_post && !self.has(Extension::Radius) {
            remove(&["lat", "long", "radius"]);
        }
        if !self.has(Extension::Media) {
            form.files.clear();
        }
        if is_post {
            return;
        }
        let requested = form.get("page_size").and_then(|size| size.parse().ok());
        let size = requested.unwrap_or(self.max_rows).min(self.max_rows);
        form.remove("page_size");
        form.add("page_size", &size.to_string());
    }
}

/// Rewrites each item of a comma-separated list.
fn each(list: &str, rewrite: impl Fn(&str) -> String) -> String {
    let items = list.split(',').map(|item| rewrite(item.trim()));
    items.collect::<Vec<_>>().join(",")
}
