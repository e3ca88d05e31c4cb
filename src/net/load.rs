//! Something that is fetched, and how far that is.

use super::ApiError;
use std::rc::Rc;

/// Something that is fetched.
#[derive(Clone, Debug, Default)]
pub enum Load<T> {
    /// No response yet.
    #[default]
    Pending,
    /// It is here.
    Ready(T),
    /// It could not be fetched, and why.
    Failed(ApiError),
}

impl<T> Load<Rc<T>> {
    /// The result of a fetch.
    pub fn from_result(result: Result<T, ApiError>) -> Self {
        match result {
            Ok(value) => Self::Ready(Rc::new(value)),
            Err(error) => Self::Failed(error),
        }
    }
}
