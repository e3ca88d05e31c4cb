//! Code that is fetched when it is needed: parts of the wasm with the views that they draw. Knows no particular
//! chunk; journeys declare theirs with `chunk!`.

use super::App;
use crate::view::View;
use leptos::wasm_split::SplitLoaderError;
use std::{
    future::Future,
    pin::Pin,
    sync::atomic::{AtomicBool, Ordering},
    task::{Context, Poll, Waker},
};

/// A pending load of code, with the code's result.
pub type LoadCode<T> = Pin<Box<dyn Future<Output = Result<T, SplitLoaderError>>>>;

/// A part of the wasm that is loaded on demand. Declared with `chunk!`.
pub struct Chunk {
    #[doc(hidden)]
    pub is_loaded: AtomicBool,
    #[doc(hidden)]
    pub load: fn() -> LoadCode<()>,
    #[doc(hidden)]
    pub draw: fn(App) -> LoadCode<View>,
}

impl Chunk {
    /// Loads the code ahead of time; true if it is loaded afterwards. A failure is ignored here and shows when
    /// the code is needed.
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

    /// Draws the chunk's view at once; empty if its code is not loaded.
    pub fn draw_now(&self, app: App) -> View {
        let mut drawing = (self.draw)(app);
        // Ready at the first poll, because the code is loaded.
        match drawing
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(Ok(view)) => view,
            _ => View::Nothing,
        }
    }

    /// Loads and runs code that draws nothing. True if it could be loaded.
    pub async fn run(&self, app: App) -> bool {
        let is_loaded = self.load().await;
        if is_loaded && !app.is_gone() {
            let _ = (self.draw)(app).await;
        }
        is_loaded
    }
}

/// Declares chunks: `chunk! { /// Doc comment. pub static NAME in file = draw; }`, where `file` names the wasm
/// file, which several chunks may share, and `draw` is a `fn(App) -> View`.
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
            // The splitter identifies functions by name and source location: a fixed name in this macro would be the
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
