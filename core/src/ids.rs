//! Codes and numbers that an endpoint gives, and keys that we make, as types of their own: a service's code
//! cannot be taken for a request's number.

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
    /// A `token` (GeoReport v2): becomes a request's number later.
    Token
    /// The random key of a draft, 32 hexadecimal digits: one request for each, however often it is sent.
    DraftKey
    /// The random key of a photo on this device, 32 hexadecimal digits.
    PhotoId
}
