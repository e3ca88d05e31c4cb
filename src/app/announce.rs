//! Messages: to screen readers, and to everybody.

use super::App;
use crate::platform::time;
use crate::view::Signal;
use leptos::task::spawn_local;

/// How long a toast is shown, in milliseconds. Sensible: 5 to 15 s; WCAG 2.2.1 allows it because the text
/// stays in the live region.
const TOAST_MS: i32 = 8_000;
/// How long a new view has to be drawn before a toast is shown on it, in milliseconds: opening a view clears
/// the announcement.
const AFTER_NAVIGATION_MS: i32 = 500;

impl App {
    /// The text of the live region.
    pub fn announcement(self) -> Signal<String> {
        self.state().announcement.clone()
    }

    /// True if the text of the live region is shown, too.
    pub fn is_toast(self) -> Signal<bool> {
        self.state().is_toast.clone()
    }

    /// Announces something to screen readers.
    pub fn announce(self, text: String) {
        let state = self.state();
        state.is_toast.set(false);
        state.announcement.set(text);
    }

    /// Tells everybody the result of an action that shows nowhere else on the screen, for a few seconds.
    pub fn toast(self, text: String) {
        let state = self.state();
        state.announcement.set(text.clone());
        state.is_toast.set(true);
        spawn_local(async move {
            time::sleep(TOAST_MS).await;
            // It is hidden, but stays in the live region: changing that would announce it again.
            if state.announcement.with_untracked(|now| *now == text) {
                state.is_toast.set(false);
            }
        });
    }

    /// Shows a toast once the view that was just opened is drawn.
    pub fn toast_after_navigation(self, text: String) {
        spawn_local(async move {
            time::sleep(AFTER_NAVIGATION_MS).await;
            if !self.is_gone() {
                self.toast(text);
            }
        });
    }
}
