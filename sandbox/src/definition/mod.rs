//! A service definition as typed attributes: what is asked, which values are offered, and the
//! conditions under which a question is asked or a form ends.
//!
//! Definitions of recorded cities are served exactly as they were sent, so they are stored as JSON;
//! these types read them tolerantly. They know neither the form nor the database.

mod attribute;
mod conditions;

pub(crate) use attribute::Attribute;
pub(crate) use conditions::Answers;
