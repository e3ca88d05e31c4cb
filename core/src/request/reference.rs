//! The reference that the city returns for a request, and its encoding on the device.
//!
//! It does not know how a request is looked up.

use crate::ids::{RequestNumber, Token};

/// The reference by which a request can be found again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// The request's number (`service_request_id`).
    Number(RequestNumber),
    /// A token, for which the city assigns a number later.
    Token(Token),
    /// None: the service is a “blackbox” (GeoReport v2), whose requests cannot be looked up.
    Nothing,
}

impl Reference {
    /// The name of its kind in addresses, in events and on the device: `number`, `token` or `nothing`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Number(_) => "number",
            Self::Token(_) => "token",
            Self::Nothing => "nothing",
        }
    }

    /// The number or token; empty for [`Reference::Nothing`].
    pub fn value(&self) -> &str {
        match self {
            Self::Number(number) => number,
            Self::Token(token) => token,
            Self::Nothing => "",
        }
    }

    /// The reference of this kind, as named by [`Reference::kind`]; `None` for an unknown kind.
    pub fn from_parts(kind: &str, value: &str) -> Option<Self> {
        Some(match kind {
            "number" => Self::Number(value.into()),
            "token" => Self::Token(value.into()),
            "nothing" => Self::Nothing,
            _ => return None,
        })
    }

    /// Encodes the reference to be saved: the kind, a space, the number or token.
    pub fn to_text(&self) -> String {
        [self.kind(), " ", self.value()].concat()
    }

    /// Decodes a reference that was saved; `None` if it is not one.
    pub fn parse(saved: &str) -> Option<Self> {
        let (kind, value) = saved.split_once(' ')?;
        Self::from_parts(kind, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_reference_is_read_back_unchanged() {
        for reference in [
            Reference::Number("26-01187 b".into()),
            Reference::Token("t?x".into()),
            Reference::Nothing,
        ] {
            assert_eq!(Reference::parse(&reference.to_text()), Some(reference));
        }
        assert_eq!(Reference::parse("number"), None);
        assert_eq!(Reference::parse("odd 1"), None);
    }
}
