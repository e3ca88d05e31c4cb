//! Why there is no usable response: the only error type of `net`. Holds no text for residents but the city's
//! own reasons; views choose the phrase.

use open311::ServiceError;

/// Why there is no usable response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// No response within the time limit.
    TimedOut,
    /// No network, a server that is down, or a cross-origin server that does not let this page read its
    /// responses (CORS). Browsers do not reveal which.
    Unreachable,
    /// The server responded with an HTTP error.
    Refused(ServiceError),
    /// Too many requests (429): try again after this many seconds, if the server named a number.
    Busy(Option<u32>),
    /// The response is not what the endpoint should send.
    NotUnderstood,
}

impl ApiError {
    /// Converts an error response. One without an HTTP error status is not understood.
    pub(super) fn from_response(error: ServiceError, retry_after: Option<u32>) -> Self {
        match error.status {
            429 => Self::Busy(retry_after),
            400.. => Self::Refused(error),
            _ => Self::NotUnderstood,
        }
    }

    /// Converts the error of a failed look-up, which has no `Retry-After`.
    pub fn from_error(error: ServiceError) -> Self {
        Self::from_response(error, None)
    }

    /// True if the city refused the request (4xx except 408) rather than failing to respond: sending it again
    /// unchanged will not help.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused(error) if error.status < 500 && error.status != 408)
    }

    /// True if the city may have received what was sent despite the error.
    pub fn leaves_doubt(&self) -> bool {
        !self.is_refusal() && !matches!(self, Self::Busy(_))
    }

    /// The city's reasons, as plain text; empty if it gave none.
    pub fn reasons(&self) -> &[String] {
        match self {
            Self::Refused(error) => &error.messages,
            _ => &[],
        }
    }
}
