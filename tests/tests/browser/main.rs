//! The widget in a real browser, as residents, webmasters and hostile pages meet it.

mod bad_answers;
mod bad_data;
mod bad_days;
mod bad_sends;
mod boot;
mod datatypes;
mod errors;
mod hostile;
mod journey;
mod keeping;
mod keyboard;
mod language;
mod leaks;
mod map_keys;
mod narrow;
mod reach;
mod real_trap;
mod screenshots;
mod steps;
mod tour;
mod trap;
