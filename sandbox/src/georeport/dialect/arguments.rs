//! What comes in: codes and numbers become the city's own, and what this dialect has not got is not
//! seen.

use super::super::path::Resource;
use super::codes::Catalog;
use super::profile::{Dialect, Extension};
use crate::form::Form;

impl Dialect {
    pub(in crate::georeport) fn read_resource(
        &self,
        catalog: &Catalog,
        resource: Resource,
    ) -> Resource {
        match resource {
            Resource::Definition(code) => Resource::Definition(catalog.own(&code)),
            Resource::Request(id) => Resource::Request(self.ids.own(&id)),
            other => other,
        }
    }

    pub(in crate::georeport) fn read_arguments(
        &self,
        catalog: &Catalog,
        form: &mut Form,
        writes: bool,
    ) {
        form.rewrite("service_code", |codes| {
            // A name may have a comma in it; then it is one.
            let whole = catalog.own(codes);
            if whole != codes {
                return whole;
            }
            let each = codes.split(',').map(|code| catalog.own(code.trim()));
            each.collect::<Vec<_>>().join(",")
        });
        form.rewrite("service_request_id", |ids| {
            let each = ids.split(',').map(|id| self.ids.own(id.trim()));
            each.collect::<Vec<_>>().join(",")
        });
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
                names.iter().for_each(|name| form.remove(name));
            }
        }
        // Words of our own, which no other system has.
        ["linked_request_id", "type"]
            .iter()
            .for_each(|name| form.remove(name));
        if !self.has(Extension::Media) {
            form.files.clear();
        }
        if writes {
            return;
        }
        if !self.has(Extension::Radius) {
            ["lat", "long", "radius"]
                .iter()
                .for_each(|name| form.remove(name));
        }
        let asked = form.get("page_size").and_then(|size| size.parse().ok());
        let size = asked.unwrap_or(self.most_rows).min(self.most_rows);
        form.remove("page_size");
        form.add("page_size", &size.to_string());
    }
}
