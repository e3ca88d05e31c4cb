//! The widget in a real browser, as residents, webmasters and hostile pages meet it.

mod screenshots;
