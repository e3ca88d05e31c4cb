//! What is kept on the device for as long as the tab lives. Where storage is blocked
//! (private windows, policies, frames of other sites) it is kept in memory, for as long
//! as the page lives.

use std::cell::{Cell, RefCell};
use web_sys::Storage;

thread_local! {
    static IS_FORGETFUL: Cell<bool> = const { Cell::new(false) };
    static MEMORY: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// From now on keeps everything in memory, and takes from the device what it kept under names that
/// begin with `prefix`: others use this computer.
pub fn be_forgetful(prefix: &str) {
    if let Some(store) = store() {
        for key in keys(&store) {
            if key.starts_with(prefix) {
                let text = store.get_item(&key).ok().flatten().unwrap_or_default();
                let _ = store.remove_item(&key);
                MEMORY.with(|kept| kept.borrow_mut().push((key, text)));
            }
        }
    }
    let shared = [prefix, SHARED].concat();
    if let Some(store) = store() {
        let _ = store.set_item(&shared, "1");
    }
    if let Some(store) = lasting() {
        for key in keys(&store) {
            if key.starts_with(prefix) {
                let _ = store.remove_item(&key);
            }
        }
    }
    IS_FORGETFUL.set(true);
}

/// The one thing that stays in the tab of a shared computer: that it is one.
const SHARED: &str = "shared";

/// Recalls, after a reload, that others use this computer.
pub fn recall(prefix: &str) {
    if read(&[prefix, SHARED].concat()).is_some() {
        IS_FORGETFUL.set(true);
    }
}

/// What was kept under `key` beyond the tab.
pub fn read_lasting(key: &str) -> Option<String> {
    lasting()?.get_item(key).ok().flatten()
}

/// Keeps a short `text` under `key` beyond the tab, where the device lets it; blank text is forgotten.
pub fn write_lasting(key: &str, text: &str) {
    if let Some(store) = lasting() {
        let _ = match text.is_empty() {
            true => store.remove_item(key),
            false => store.set_item(key, text),
        };
    }
}

/// What is kept under a name: beyond the tab, or in this tab alone.
pub fn read_kept(key: &str) -> Option<String> {
    let kept = read_lasting(key).or_else(|| read(key));
    kept.filter(|text| !text.is_empty())
}

/// Keeps a short text beyond the tab, and in this tab alone where the device keeps nothing.
pub fn write_kept(key: &str, text: &str) {
    write_lasting(key, text);
    match text.is_empty() {
        true => remove(key),
        false if read_lasting(key).is_none() => write(key, text),
        false => {}
    }
}

fn lasting() -> Option<Storage> {
    if IS_FORGETFUL.get() {
        return None;
    }
    web_sys::window()?.local_storage().ok().flatten()
}

fn keys(store: &Storage) -> Vec<String> {
    let count = store.length().unwrap_or_default();
    (0..count)
        .filter_map(|index| store.key(index).ok().flatten())
        .collect()
}

/// True if nothing is kept on the device.
pub fn is_forgetful() -> bool {
    IS_FORGETFUL.get()
}

fn store() -> Option<Storage> {
    if IS_FORGETFUL.get() {
        return None;
    }
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
