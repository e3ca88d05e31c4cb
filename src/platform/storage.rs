//! What is kept on the device for as long as the tab lives. Where storage is
//! blocked (private windows, policies) nothing is kept and nothing fails.

use web_sys::Storage;

fn store() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// What was kept under `key`.
pub fn read(key: &str) -> Option<String> {
    store()?.get_item(key).ok().flatten()
}

/// Keeps `text` under `key`; false if the device would not.
pub fn write(key: &str, text: &str) -> bool {
    store().is_some_and(|store| store.set_item(key, text).is_ok())
}

/// Forgets what was kept under `key`.
pub fn remove(key: &str) {
    if let Some(store) = store() {
        // Nothing there is what we want.
        let _ = store.remove_item(key);
    }
}
