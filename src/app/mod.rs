//! One widget on a page: its options, its phrases, the current route and navigation, the lists that every
//! journey needs, and what it saves. Views get an [`App`] by value: it is a handle, and cheap to copy. Knows
//! the type `View`, but no particular view.

mod announce;
pub mod calendar_file;
mod chunk;
mod context;
mod device;
mod directory;
mod events;
pub mod feedback;
mod language;
mod navigation;

pub(crate) use chunk::chunk;
pub use chunk::{Chunk, LoadCode};
pub use context::{App, WidgetOptions};
pub use events::Event;
pub use language::{choose_language, load_catalog};
