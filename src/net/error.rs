//! Why there is no usable response: the one error of `net`.

use open311::ServiceError;

/// Why there is no usable response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// No response within the limit.
    TimedOut,
    /// The network is gone, the server is down, or another site's server does not let this page read its
    /// responses (CORS): a browser does not say which.
    Unreachable,
    /// The server answered with an error.
    Refused(ServiceError),
    /// Too many requests (429): try again after this many seconds, if the server says how many.
    Busy(Option<u32>),
    /// The response is not what the endpoint should send.
    NotUnderstood,
}

impl ApiError {
    /// From an error response; one without an HTTP error status makes no sense.
    pub(super) fn from_response(error: ServiceError, retry_after: Option<u32>) -> Self {
        match error.status {
            429 => Self::Busy(retry_after),
            400.. => Self::Refused(error),
            _ => Self::NotUnderstood,
        }
    }

    /// From a look-up that failed.
    pub fn from_error(error: ServiceError) -> Self {
        Self::from_response(error, None)
    }

    /// True if the city refused the request rather than failing to answer: sending it again as it is will not
    /// help.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused(error) if error.status < 500 && error.status != 408)
    }

    /// True if what was sent may have arrived nevertheless.
    pub fn leaves_doubt(&self) -> bool {
        !self.is_refusal() && !matches!(self, Self::Busy(_))
    }

    /// The city's own reasons, plain text; empty if there are none.
    pub fn reasons(&self) -> &[String] {
        match self {
            Self::Refused(error) => &error.messages,
            _ => &[],
        }
    }
}
