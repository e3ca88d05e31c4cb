//! Short messages through one live region: announcements for screen readers, and toasts that are also shown.
//! Does not know what is announced; the region itself is drawn by `shell`.

use super::App;
use crate::platform::time;
use crate::view::Signal;
use leptos::task::spawn_local;

/// How long a toast is shown, in milliseconds. Shorter is hard to read, longer covers the view. Sensible: 5 to
/// 15 s. WCAG 2.2.1 allows a time limit here because the text stays in the live region.
const TOAST_MS: i32 = 8_000;
/// Delay before a toast on a newly opened view, in milliseconds. Must be longer than drawing the view takes,
/// because opening a view clears the announcement. Sensible: 300 to 1000 ms.
const AFTER_NAVIGATION_MS: i32 = 500;

impl App {
    /// The text of the live region.
    pub fn announcement(self) -> Signal<String> {
        self.state().announcement.clone()
    }

    /// True while the text of the live region is also visible.
    pub fn is_toast(self) -> Signal<bool> {
        self.state().is_toast.clone()
    }

    /// Announces a text to screen readers.
    pub fn announce(self, text: String) {
        let state = self.state();
        state.is_toast.set(false);
        state.announcement.set(text);
    }

    /// Shows the result of an action for a few seconds, and announces it to screen readers. For results that are
    /// not visible anywhere else.
    pub fn toast(self, text: String) {
        let state = self.state();
        state.announcement.set(text.clone());
        state.is_toast.set(true);
        spawn_local(async move {
            time::sleep(TOAST_MS).await;
            // Hidden, but left in the live region: changing the region would announce it again.
            if state.announcement.with_untracked(|now| *now == text) {
                state.is_toast.set(false);
            }
        });
    }

    /// Shows a toast once the newly opened view is drawn.
    pub fn toast_after_navigation(self, text: String) {
        spawn_local(async move {
            time::sleep(AFTER_NAVIGATION_MS).await;
            if !self.is_gone() {
                self.toast(text);
            }
        });
    }
}
