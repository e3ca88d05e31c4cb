//! The widget in a real browser, as residents, webmasters and hostile pages meet it.

mod boot;
mod hostile;
mod leaks;
mod screenshots;
mod tour;
mod trap;
