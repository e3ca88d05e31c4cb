//! The state of something that is fetched, for views that draw it.
//! Does not fetch anything itself.

use super::ApiError;
use std::rc::Rc;

/// The state of a fetch, and its result.
#[derive(Clone, Debug, Default)]
pub enum Load<T> {
    /// No response yet.
    #[default]
    Pending,
    /// It was fetched.
    Ready(T),
    /// It could not be fetched, for this reason.
    Failed(ApiError),
}

impl<T> Load<Rc<T>> {
    /// Converts the result of a fetch.
    pub fn from_result(result: Result<T, ApiError>) -> Self {
        match result {
            Ok(value) => Self::Ready(Rc::new(value)),
            Err(error) => Self::Failed(error),
        }
    }
}
