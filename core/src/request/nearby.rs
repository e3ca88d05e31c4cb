//! Finds the open requests near a point, nearest first.
//!
//! It works on requests that were already fetched, and does not know a map or the endpoint.

use super::location::metres;
use crate::ids::{RequestNumber, ServiceCode};
use open311::{Location, ServiceRequest, Stage};

/// An open request near a point.
#[derive(Clone, Debug, PartialEq)]
pub struct NearbyRequest {
    /// The request.
    pub request: ServiceRequest,
    /// Its number.
    pub number: RequestNumber,
    /// Where it is.
    pub location: Location,
    /// The distance, in metres.
    pub metres: f64,
}

impl NearbyRequest {
    /// The request with its distance from `center`; `None` if it is closed, has no number or no location, or is
    /// further away than `within` metres.
    pub fn new(request: ServiceRequest, center: Location, within: u32) -> Option<Self> {
        let location = request.location?;
        let number = request.id.as_deref()?.into();
        let metres = metres(location, center);
        let is_near = metres <= f64::from(within) && request.status.stage() != Stage::Closed;
        is_near.then_some(Self {
            request,
            number,
            location,
            metres,
        })
    }

    /// Inserts the request into a list that is sorted by distance.
    pub fn insert_into(self, list: &mut Vec<Self>) {
        let index = list.partition_point(|known| known.metres <= self.metres);
        list.insert(index, self);
    }
}

/// The open requests for a service within `within` metres of `center`: at most `most`, nearest first. Requests
/// that name no service are included.
pub fn nearby_requests(
    rows: Vec<ServiceRequest>,
    service: &ServiceCode,
    center: Location,
    within: u32,
    most: usize,
) -> Vec<NearbyRequest> {
    let mut found = Vec::new();
    for request in rows {
        let code = request.service_code.as_deref();
        if code.is_none_or(|code| *service == code)
            && let Some(near) = NearbyRequest::new(request, center, within)
        {
            near.insert_into(&mut found);
        }
    }
    found.truncate(most);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, status: &str, code: &str, lat: f64) -> ServiceRequest {
        ServiceRequest {
            id: Some(id.into()),
            status: open311::Status::read(status),
            service_code: Some(code.into()),
            location: Location::new(lat, -89.918),
            ..ServiceRequest::default()
        }
    }

    #[test]
    fn open_requests_of_the_service_within_the_radius_are_listed_nearest_first() {
        let center = Location::new(40.62, -89.918).unwrap();
        let rows = vec![
            row("far", "open", "pothole", 40.63),
            row("second", "open", "pothole", 40.621),
            row("closed", "closed", "pothole", 40.62),
            row("other", "open", "graffiti", 40.62),
            row("first", "in_progress", "pothole", 40.6201),
            ServiceRequest {
                location: None,
                ..row("nowhere", "open", "pothole", 40.62)
            },
            ServiceRequest {
                id: None,
                token: Some("t".into()),
                ..row("", "open", "pothole", 40.62)
            },
        ];
        let found = nearby_requests(rows, &"pothole".into(), center, 250, 5);
        let found: Vec<&str> = found.iter().map(|near| &*near.number).collect();
        assert_eq!(found, ["first", "second"]);
    }
}
