//! A value that views follow: when it changes, what read it is drawn anew. Leptos's
//! trigger with a cell beside it; a leptos signal would be compiled anew for each type
//! it holds, some 3 KB each (docs/decisions/0001-one-view-type.md).

use leptos::prelude::{ArcTrigger, Notify as _, Track as _};
use std::{cell::RefCell, rc::Rc};

/// A value that views follow. Its clones are the same value.
pub struct Live<T>(Rc<Inner<T>>);

struct Inner<T> {
    value: RefCell<T>,
    changed: ArcTrigger,
}

impl<T> Live<T> {
    /// A value to start with.
    pub fn new(value: T) -> Self {
        Self(Rc::new(Inner {
            value: RefCell::new(value),
            changed: ArcTrigger::new(),
        }))
    }

    /// Reads it; the view that does so follows it from now on. `read` must not set it.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.0.changed.track();
        self.peek(read)
    }

    /// Reads it without following it.
    pub fn peek<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.0.value.borrow())
    }

    /// Replaces it.
    pub fn set(&self, value: T) {
        drop(self.0.value.replace(value));
        self.0.changed.notify();
    }

    /// Changes it without telling those who follow it.
    pub fn change_quietly<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        change(&mut self.0.value.borrow_mut())
    }
}

impl<T: Clone> Live<T> {
    /// A copy of it; the view that takes it follows it from now on.
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    /// A copy of it, without following it.
    pub fn now(&self) -> T {
        self.peek(T::clone)
    }
}

impl<T> Clone for Live<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}
