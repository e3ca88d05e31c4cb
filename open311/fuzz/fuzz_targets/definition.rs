//! Every question can be answered, and attributes are sorted.
#![no_main]

use libfuzzer_sys::fuzz_target;
use open311::{AttributeKind, Datatype, json, read_definition};

fuzz_target!(|text: &str| {
    let Ok(answer) = json::parse(text) else {
        return;
    };
    let definition = read_definition(&answer);
    let orders = definition
        .attributes
        .iter()
        .map(|a| a.order.unwrap_or(f64::INFINITY));
    assert!(orders.is_sorted());
    for attribute in &definition.attributes {
        assert!(!attribute.description.is_empty());
        if let AttributeKind::Question {
            datatype, values, ..
        } = &attribute.kind
        {
            let is_list = matches!(
                datatype,
                Datatype::SingleValueList | Datatype::MultiValueList
            );
            assert!(!attribute.code.is_empty());
            let may_be_empty = !is_list || !attribute.conditional_values.is_empty();
            assert!(may_be_empty || !values.is_empty());
        }
    }
});
