//! The console: messages for the webmaster, and marks for measurements.

use json::Diagnostics;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Writes a warning as it is.
    #[wasm_bindgen(js_namespace = console, js_name = warn)]
    fn warn_js(message: &str);
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn error_js(message: &str);
    /// Sets a mark for measurements (User Timing).
    #[wasm_bindgen(js_namespace = performance)]
    pub fn mark(name: &str);
}

/// Writes a warning: `Frontdoor: ` and the parts, joined. Not a format string, because `fmt` is kilobytes.
pub fn warn(parts: &[&str]) {
    warn_js(&["Frontdoor: ", &parts.concat()].concat());
}

/// Reports what is wrong with the file at `url`: keys that nothing reads, and values that do not fit.
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
