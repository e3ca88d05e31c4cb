//! A value that views follow: when it changes, what read it is redrawn. Leptos's trigger with a cell beside
//! it; a leptos signal would be compiled again for each type it holds, some 3 KB each
//! (docs/decisions/0001-one-view-type.md).

use leptos::prelude::{ArcTrigger, Notify as _, Track as _};
use std::{cell::RefCell, rc::Rc};

/// A value that views follow. Its clones are the same value, as with leptos's `ArcRwSignal`.
pub struct Signal<T>(Rc<Inner<T>>);

struct Inner<T> {
    value: RefCell<T>,
    trigger: ArcTrigger,
}

impl<T> Signal<T> {
    /// A signal with a first value.
    pub fn new(value: T) -> Self {
        Self(Rc::new(Inner {
            value: RefCell::new(value),
            trigger: ArcTrigger::new(),
        }))
    }

    /// Reads the value and tracks it. `read` must not set it.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.0.trigger.track();
        self.with_untracked(read)
    }

    /// Reads the value without tracking it.
    pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.0.value.borrow())
    }

    /// Tracks the value without reading it.
    pub fn track(&self) {
        self.0.trigger.track();
    }

    /// Replaces the value, and redraws what tracks it.
    pub fn set(&self, value: T) {
        drop(self.0.value.replace(value));
        self.0.trigger.notify();
    }

    /// Changes the value, and redraws what tracks it.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        change(&mut self.0.value.borrow_mut());
        self.0.trigger.notify();
    }

    /// Changes the value, and redraws nothing.
    pub fn update_untracked<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        change(&mut self.0.value.borrow_mut())
    }
}

impl Signal<()> {
    /// Redraws what tracks it.
    pub fn notify(&self) {
        self.0.trigger.notify();
    }
}

impl<T: Clone> Signal<T> {
    /// A copy of the value, which is tracked.
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    /// A copy of the value, which is not tracked.
    pub fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }
}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}
