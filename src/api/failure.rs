//! Why the city's endpoint gave no answer that can be used: the one error of `api`.

use open311::ServiceError;

/// What went wrong between the resident and the city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nobody answered within the limit.
    TimedOut,
    /// The network is gone, the server is down, or another site's server does not let
    /// this page read its answers: a browser does not say which.
    Unreachable,
    /// The city's server answered, and said no.
    Refused(ServiceError),
    /// Too many are asking (429): try again after so many seconds, where the server says how many.
    Busy(Option<u32>),
    /// The answer came, but it is not what the endpoint should say.
    NotUnderstood,
}

impl Failure {
    /// A refusal; one without an HTTP error status is an answer that makes no sense.
    pub(super) fn of(error: ServiceError, retry_after: Option<u32>) -> Self {
        match error.status {
            429 => Self::Busy(retry_after),
            400.. => Self::Refused(error),
            _ => Self::NotUnderstood,
        }
    }

    /// A look-up that failed.
    pub fn from_error(error: ServiceError) -> Self {
        Self::of(error, None)
    }

    /// True if the city refused what was asked, rather than failing to answer: asking
    /// again the same way will not help.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused(error) if error.status < 500 && error.status != 408)
    }

    /// True if what was sent may have arrived all the same.
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
