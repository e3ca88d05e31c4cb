//! Steps that several tests take on their way, one module for each journey. A step waits for what it
//! leads to, and fails if that does not appear.

pub mod common;
pub mod guides;
pub mod request;
pub mod status;
