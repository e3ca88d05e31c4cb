//! Code that is fetched when it is needed: a part of the wasm with the views that it draws.

use super::App;
use crate::view::View;
use leptos::wasm_split::SplitLoaderError;
use std::{
    future::Future,
    pin::Pin,
    sync::atomic::{AtomicBool, Ordering},
    task::{Context, Poll, Waker},
};

/// Loads code, and what comes of it.
pub type LoadCode<T> = Pin<Box<dyn Future<Output = Result<T, SplitLoaderError>>>>;

/// A part of the wasm. Declared with [`chunk!`].
pub struct Chunk {
    #[doc(hidden)]
    pub is_loaded: AtomicBool,
    #[doc(hidden)]
    pub load: fn() -> LoadCode<()>,
    #[doc(hidden)]
    pub draw: fn(App) -> LoadCode<View>,
}

impl Chunk {
    /// Loads the code ahead of time; true if it is loaded then. A failure is left for the moment when it is
    /// needed.
    pub async fn load(&self) -> bool {
        if !self.is_loaded() && (self.load)().await.is_ok() {
            self.is_loaded.store(true, Ordering::Relaxed);
        }
        self.is_loaded()
    }

    /// True if the code is loaded.
    pub fn is_loaded(&self) -> bool {
        self.is_loaded.load(Ordering::Relaxed)
    }

    /// Draws the view of code that is loaded.
    pub fn draw_now(&self, app: App) -> View {
        let mut drawing = (self.draw)(app);
        // Nothing is left to wait for.
        match drawing
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(Ok(view)) => view,
            _ => View::Nothing,
        }
    }

    /// Loads code that draws nothing, and runs it. True if it could be loaded.
    pub async fn run(&self, app: App) -> bool {
        let is_loaded = self.load().await;
        if is_loaded && !app.is_gone() {
            let _ = (self.draw)(app).await;
        }
        is_loaded
    }
}

/// Declares a chunk: `chunk! { /// What it is. pub static NAME in file = draw; }`, where `file` names the file
/// of the wasm, which several chunks may share, and `draw` is a `fn(App) -> View`.
macro_rules! chunk {
    ($($(#[$doc:meta])* $vis:vis static $name:ident in $file:ident = $draw:expr;)+) => {$(
        $(#[$doc])*
        $vis static $name: $crate::app::Chunk = {
            #[leptos::wasm_split::wasm_split(
                $file,
                wasm_split_path = leptos::wasm_split,
                fallible,
                preload(load)
            )]
            // The splitter tells functions apart by name and place in the source: a name from this macro would be the
            // same for all chunks of one invocation.
            #[allow(non_snake_case)]
            fn $name(
                app: $crate::app::App,
            ) -> Result<$crate::view::View, leptos::wasm_split::SplitLoaderError> {
                let draw: fn($crate::app::App) -> $crate::view::View = $draw;
                Ok(draw(app))
            }
            $crate::app::Chunk {
                is_loaded: std::sync::atomic::AtomicBool::new(false),
                load: || Box::pin(load()),
                draw: |app| Box::pin($name(app)),
            }
        };
    )+};
}

pub(crate) use chunk;
