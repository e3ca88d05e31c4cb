//! Newtypes for the identifiers that an endpoint assigns and for the keys that the widget generates, so
//! that a service code cannot be passed for a request number.
//!
//! They hold any text: what is a valid identifier is up to the endpoint, and nothing is checked here.

use std::ops::Deref;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(String);

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }
    )+};
}

ids! {
    /// A service's `service_code` (GeoReport v2).
    ServiceCode
    /// A request's `service_request_id` (GeoReport v2), as the city writes it or as a resident typed it.
    RequestNumber
    /// A `token` (GeoReport v2), given instead of a number that is assigned later.
    Token
    /// The random key of a draft, 32 hexadecimal digits. It is the idempotency key: the city creates at most
    /// one request for it, however often it is sent.
    DraftKey
    /// The random key of a photo on this device, 32 hexadecimal digits.
    PhotoId
}
