//! What the city gave to find a request by.

use crate::ids::{RequestNumber, Token};

/// What the city gave to find a request by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// The request's number (`service_request_id`).
    Number(RequestNumber),
    /// A token that becomes a number later.
    Token(Token),
    /// Nothing: the service is a black box, whose requests cannot be looked up.
    Nothing,
}

impl Reference {
    /// The name of its kind, in addresses, in events and on the device: `number`, `token`, `nothing`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Number(_) => "number",
            Self::Token(_) => "token",
            Self::Nothing => "nothing",
        }
    }

    /// The number or token; empty for nothing.
    pub fn value(&self) -> &str {
        match self {
            Self::Number(number) => number,
            Self::Token(token) => token,
            Self::Nothing => "",
        }
    }

    /// A reference of this kind; `None` for a kind that does not exist.
    pub fn from_parts(kind: &str, value: &str) -> Option<Self> {
        Some(match kind {
            "number" => Self::Number(value.into()),
            "token" => Self::Token(value.into()),
            "nothing" => Self::Nothing,
            _ => return None,
        })
    }

    /// As saved on the device: the kind, a space, the number or token.
    pub fn to_text(&self) -> String {
        [self.kind(), " ", self.value()].concat()
    }

    /// As it was saved; `None` if that is no reference.
    pub fn parse(saved: &str) -> Option<Self> {
        let (kind, value) = saved.split_once(' ')?;
        Self::from_parts(kind, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_survives_being_saved() {
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
