//! Tests of the status journey that involve several modules.

mod update_sending;
