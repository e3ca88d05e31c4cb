//! Tests of the status journey that involve several modules.

mod update_sending;
mod update_sending_model;
