//! Time limits for network calls (`AbortController`). Knows nothing of URLs or what is called; the limits
//! themselves are chosen in `net`.

use super::time::Timer;
use std::{cell::Cell, rc::Rc};
use web_sys::{AbortController, AbortSignal};

pub use web_sys::RequestCache;

/// Aborts a call after a time limit, unless it is dropped first.
pub struct AbortTimer {
    signal: Option<AbortSignal>,
    has_fired: Rc<Cell<bool>>,
    _timer: Timer,
}

impl AbortTimer {
    /// Starts the time limit, in milliseconds.
    pub fn new(milliseconds: i32) -> Self {
        let controller = AbortController::new().ok();
        let signal = controller.as_ref().map(AbortController::signal);
        let has_fired = Rc::new(Cell::new(false));
        let flag = has_fired.clone();
        let timer = Timer::new(milliseconds, move || {
            flag.set(true);
            if let Some(controller) = &controller {
                controller.abort();
            }
        });
        Self {
            signal,
            has_fired,
            _timer: timer,
        }
    }

    /// Signal to pass to the call; `None` in a browser without `AbortController`.
    pub fn signal(&self) -> Option<&AbortSignal> {
        self.signal.as_ref()
    }

    /// True once the time limit has passed.
    pub fn has_fired(&self) -> bool {
        self.has_fired.get()
    }
}
