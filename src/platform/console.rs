//! The browser's console: messages for the webmaster, and marks for measurements (User Timing). Residents
//! never see what is written here, and nothing about a resident is written.

use json::Diagnostics;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Writes a warning, without the prefix.
    #[wasm_bindgen(js_namespace = console, js_name = warn)]
    fn warn_js(message: &str);
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn error_js(message: &str);
    /// Sets a mark for measurements (User Timing).
    #[wasm_bindgen(js_namespace = performance)]
    pub fn mark(name: &str);
}

/// Writes a warning: `Frontdoor: ` followed by `parts`, concatenated. Not a format string: `fmt` would add
/// kilobytes to the wasm.
pub fn warn(parts: &[&str]) {
    warn_js(&["Frontdoor: ", &parts.concat()].concat());
}

/// Reports the problems of the JSON file at `url`: a warning for each unknown key, an error for each invalid
/// value.
pub fn report(diagnostics: &Diagnostics, url: &str) {
    for path in &diagnostics.unknown_keys {
        warn(&[
            url,
            ": nothing reads the key “",
            path,
            "”; check its spelling.",
        ]);
    }
    for invalid in &diagnostics.invalid_values {
        let path = if invalid.path.is_empty() {
            "the file"
        } else {
            &invalid.path
        };
        let message = [
            "Frontdoor: ",
            url,
            ": “",
            path,
            "” should be ",
            &invalid.expected,
            "; it is left out.",
        ];
        error_js(&message.concat());
    }
}
