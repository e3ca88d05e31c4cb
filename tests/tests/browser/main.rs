//! The widget in a real browser, as residents, webmasters and hostile pages meet it.

mod boot;
mod datatypes;
mod errors;
mod guides;
mod hostile;
mod journey;
mod leaks;
mod screenshots;
mod steps;
mod tour;
mod trap;
