//! The public row of a new request. Rows of a recorded city have other fields; they stay JSON.

use serde::Serialize;
use serde_json::Value;

use super::services::Service;

/// The specification's fields in its order. `requests::insert` puts the number in front.
#[derive(Serialize)]
pub(crate) struct RequestRow<'a> {
    pub(crate) status: &'static str,
    pub(crate) status_notes: Option<&'static str>,
    /// JSON values, since a recorded city may have numbers here.
    pub(crate) service_name: Option<&'a Value>,
    pub(crate) service_code: Option<&'a Value>,
    pub(crate) description: Option<&'a str>,
    pub(crate) agency_responsible: Option<&'a str>,
    pub(crate) service_notice: Option<&'a str>,
    pub(crate) requested_datetime: String,
    pub(crate) updated_datetime: String,
    pub(crate) expected_datetime: Option<String>,
    pub(crate) address: Option<&'a str>,
    pub(crate) address_id: Option<&'a str>,
    pub(crate) zipcode: Option<&'static str>,
    pub(crate) lat: Option<f64>,
    pub(crate) long: Option<f64>,
    pub(crate) media_url: Option<&'a str>,
    /// Extension: the number of the earlier request that this one follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) linked_request_id: Option<&'a str>,
}

impl<'a> RequestRow<'a> {
    /// An open request of the service without a description and without a location.
    pub(crate) fn new(service: &'a Service, requested: String) -> Self {
        RequestRow {
            status: "open",
            status_notes: None,
            service_name: service.row.get("service_name"),
            service_code: service.row.get("service_code"),
            description: None,
            agency_responsible: service.agency(),
            service_notice: service.notice(),
            updated_datetime: requested.clone(),
            requested_datetime: requested,
            expected_datetime: None,
            address: None,
            address_id: None,
            zipcode: None,
            lat: None,
            long: None,
            media_url: None,
            linked_request_id: None,
        }
    }
}
