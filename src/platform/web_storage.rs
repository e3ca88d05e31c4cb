//! Web Storage: short texts for the lifetime of the tab (`sessionStorage`), or until erased (`localStorage`).
//! Where the browser blocks it (private windows, policies, cross-site frames), session texts are kept in memory
//! for the lifetime of the page. Does not know what they mean: keys are defined in `frontdoor_core::storage`.

use std::cell::{Cell, RefCell};
use web_sys::Storage;

thread_local! {
    static IS_SHARED_COMPUTER: Cell<bool> = const { Cell::new(false) };
    static MEMORY: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// Stops saving, for a computer that others use too: from now on everything is kept in memory, and everything
/// saved under keys that begin with `prefix` is erased. Only the key `marker` stays in `sessionStorage`, so that
/// a reload remembers this.
pub fn stop_saving(prefix: &str, marker: &str) {
    if let Some(store) = session() {
        for key in keys(&store, prefix) {
            let text = store.get_item(&key).ok().flatten().unwrap_or_default();
            let _ = store.remove_item(&key);
            MEMORY.with(|memory| memory.borrow_mut().push((key, text)));
        }
        let _ = store.set_item(marker, "1");
    }
    if let Some(store) = local() {
        for key in keys(&store, prefix) {
            let _ = store.remove_item(&key);
        }
    }
    IS_SHARED_COMPUTER.set(true);
}

/// Restores after a reload that others use this computer, if `marker` is set.
pub fn recall_shared_computer(marker: &str) {
    if read_session(marker).is_some() {
        IS_SHARED_COMPUTER.set(true);
    }
}

/// True if the resident has declared this a shared computer, so that nothing is saved.
pub fn is_shared_computer() -> bool {
    IS_SHARED_COMPUTER.get()
}

/// Reads from `localStorage`; `None` if the key is absent, the browser blocks it, or this is a shared computer.
pub fn read_local(key: &str) -> Option<String> {
    local()?.get_item(key).ok().flatten()
}

/// Writes to `localStorage`, if the browser allows it; an empty text removes the key.
pub fn write_local(key: &str, text: &str) {
    if let Some(store) = local() {
        let _ = if text.is_empty() {
            store.remove_item(key)
        } else {
            store.set_item(key, text)
        };
    }
}

/// Reads from memory, or from `sessionStorage`; `None` if the key is absent.
pub fn read_session(key: &str) -> Option<String> {
    let in_memory = |memory: &RefCell<Vec<(String, String)>>| {
        let memory = memory.borrow();
        memory
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, text)| text.clone())
    };
    // Memory first: it is written only after the browser refused, so it is newer.
    MEMORY
        .with(in_memory)
        .or_else(|| session()?.get_item(key).ok().flatten())
}

/// Writes to `sessionStorage`, or to memory if the browser refuses; an empty text removes the key.
pub fn write_session(key: &str, text: &str) {
    MEMORY.with(|memory| memory.borrow_mut().retain(|(known, _)| known != key));
    if text.is_empty() {
        if let Some(store) = session() {
            let _ = store.remove_item(key);
        }
        return;
    }
    let is_saved = session().is_some_and(|store| store.set_item(key, text).is_ok());
    if !is_saved {
        MEMORY.with(|memory| memory.borrow_mut().push((key.to_owned(), text.to_owned())));
    }
}

fn local() -> Option<Storage> {
    if IS_SHARED_COMPUTER.get() {
        return None;
    }
    web_sys::window()?.local_storage().ok().flatten()
}

fn session() -> Option<Storage> {
    if IS_SHARED_COMPUTER.get() {
        return None;
    }
    web_sys::window()?.session_storage().ok().flatten()
}

fn keys(store: &Storage, prefix: &str) -> Vec<String> {
    let count = store.length().unwrap_or_default();
    (0..count)
        .filter_map(|index| store.key(index).ok().flatten())
        .filter(|key| key.starts_with(prefix))
        .collect()
}
