//! The tables of civic concepts that the widget uses.

use frontdoor_core::search::concepts::Table;

const TABLES: [&str; 3] = [
    include_str!("../../core/civic/en.txt"),
    include_str!("../../core/civic/es.txt"),
    include_str!("../../core/civic/de.txt"),
];

/// The place of the German table among [`all`].
pub(crate) const GERMAN: usize = 2;

/// The tables of all languages.
pub(crate) fn all() -> Vec<Table> {
    TABLES.iter().map(|text| Table::read(text)).collect()
}
