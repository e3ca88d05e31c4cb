//! What is kept on the device for as long as the tab lives. Where storage is blocked
//! (private windows, policies, frames of other sites) it is kept in memory, for as long
//! as the page lives.

use std::cell::RefCell;
use web_sys::Storage;

thread_local! {
    static MEMORY: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

fn store() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// What was kept under `key`.
pub fn read(key: &str) -> Option<String> {
    let in_memory = |kept: &RefCell<Vec<(String, String)>>| {
        let kept = kept.borrow();
        kept.iter()
            .find(|(known, _)| known == key)
            .map(|(_, text)| text.clone())
    };
    // Memory is newer: it is used only since the device refused.
    MEMORY
        .with(in_memory)
        .or_else(|| store()?.get_item(key).ok().flatten())
}

/// Keeps `text` under `key`.
pub fn write(key: &str, text: &str) {
    forget_in_memory(key);
    let is_kept = store().is_some_and(|store| store.set_item(key, text).is_ok());
    if !is_kept {
        MEMORY.with(|kept| kept.borrow_mut().push((key.to_owned(), text.to_owned())));
    }
}

/// Forgets what was kept under `key`.
pub fn remove(key: &str) {
    forget_in_memory(key);
    if let Some(store) = store() {
        // Nothing there is what we want.
        let _ = store.remove_item(key);
    }
}

fn forget_in_memory(key: &str) {
    MEMORY.with(|kept| kept.borrow_mut().retain(|(known, _)| known != key));
}
