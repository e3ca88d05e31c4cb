//! The functions that JavaScript calls: mount a widget, change its language, unmount it. The element itself is in
//! `embed/element.js`, because it must exist before the wasm has loaded. Decides nothing.

fn main() {}

#[cfg(target_family = "wasm")]
#[global_allocator]
static MEMORY: frontdoor::platform::allocator::Blocks =
    frontdoor::platform::allocator::Blocks::new(frontdoor::platform::allocator::more_memory);

#[cfg(target_family = "wasm")]
#[allow(unreachable_pub, reason = "wasm-bindgen exports only what is public")]
mod entry {
    use frontdoor::mount::{MountedWidget, TagOptions, mount_widget};
    use frontdoor::platform::prefetch::PrefetchedResponses;
    use js_sys::Map;
    use wasm_bindgen::prelude::*;
    use web_sys::HtmlElement;

    #[wasm_bindgen]
    extern "C" {
        /// The object that `element.js` passes to `mount`.
        pub type Options;
        #[wasm_bindgen(method, getter)]
        fn root(this: &Options) -> HtmlElement;
        #[wasm_bindgen(method, getter)]
        fn early(this: &Options) -> Map;
        #[wasm_bindgen(method, indexing_getter)]
        fn text(this: &Options, name: &str) -> Option<String>;
    }

    /// A widget on the page.
    #[wasm_bindgen]
    pub struct Widget(MountedWidget);

    /// Mounts a widget in `root`; resolves when its first view is drawn, and rejects with a sentence for the
    /// webmaster.
    #[wasm_bindgen]
    pub async fn mount(options: Options) -> Result<Widget, JsValue> {
        let text = |name| options.text(name).filter(|text| !text.is_empty());
        let tag = TagOptions {
            root: options.root(),
            prefetched: PrefetchedResponses::new(options.early()),
            config: text("config"),
            base: text("base").unwrap_or_default(),
            locales: text("locales").unwrap_or_default(),
            name: text("name").unwrap_or_default(),
            language: text("language").unwrap_or_default(),
            endpoint: text("endpoint"),
            jurisdiction: text("jurisdiction"),
            view: text("view"),
            service: text("service"),
            guide: text("guide"),
            request: text("request"),
            history: text("history"),
            at: text("at"),
        };
        let mounted = mount_widget(tag)
            .await
            .map_err(|sentence| JsValue::from(js_sys::Error::new(&sentence)))?;
        Ok(Widget(mounted))
    }

    #[wasm_bindgen]
    impl Widget {
        /// Follows the page's language.
        #[wasm_bindgen(js_name = setLanguage)]
        pub fn set_language(&self, language: &str) {
            self.0.set_language(language);
        }

        /// Removes the widget from the page, with all its listeners.
        pub fn unmount(self) {
            drop(self);
        }
    }
}
