//! Opens a journey whose code is a chunk of its own: fetched when it is opened,
//! waited for, and asked for again when the network failed.

use super::{loading, problem, stack};
use crate::api::Failure;
use crate::app::App;
use crate::live::Live;
use crate::platform::view::View;
use leptos::{task::spawn_local, wasm_split::SplitLoaderError};
use std::{
    future::Future,
    pin::Pin,
    sync::atomic::{AtomicBool, Ordering},
    task::{Context, Poll, Waker},
};

type Fetch<T> = Pin<Box<dyn Future<Output = Result<T, SplitLoaderError>>>>;

/// A journey's code: how to fetch it, and how to draw its view once it is there.
pub struct Journey {
    /// Whether the code is there.
    pub is_there: AtomicBool,
    /// Fetches the code.
    pub fetch: fn() -> Fetch<()>,
    /// Draws the view; at once when the code is there.
    pub draw: fn(App) -> Fetch<View>,
}

impl Journey {
    /// Fetches the code ahead of time. A failure is left for the moment when it is needed.
    pub async fn prefetch(&self) {
        if !self.is_there.load(Ordering::Relaxed) && (self.fetch)().await.is_ok() {
            self.is_there.store(true, Ordering::Relaxed);
        }
    }
}

/// The view of a journey, or words until its code is there.
pub fn lazily(app: App, journey: &'static Journey) -> View {
    if journey.is_there.load(Ordering::Relaxed) {
        return at_once((journey.draw)(app));
    }
    let arrived = Live::new(None);
    let told = arrived.clone();
    let ask = move || {
        told.set(None);
        let told = told.clone();
        spawn_local(async move {
            journey.prefetch().await;
            told.set(Some(journey.is_there.load(Ordering::Relaxed)));
        });
    };
    ask();
    stack(move || match arrived.get() {
        None => loading(app),
        Some(true) => at_once((journey.draw)(app)),
        Some(false) => problem(app, &Failure::Unreachable, ask.clone()),
    })
}

/// The outcome of a future that has nothing to wait for.
fn at_once(mut future: Fetch<View>) -> View {
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(Ok(view)) => view,
        _ => View::Nothing,
    }
}
