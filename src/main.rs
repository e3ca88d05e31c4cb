//! What JavaScript may call: mount a widget, change its language, take it away.
//! The element itself belongs to `embed.js`, because it must exist before the wasm does.

fn main() {}

#[cfg(target_family = "wasm")]
#[allow(unreachable_pub, reason = "wasm-bindgen exports only what is public")]
mod entry {
    use frontdoor::mount::{Mounted, Page, mount_widget};
    use js_sys::Map;
    use wasm_bindgen::prelude::*;
    use web_sys::HtmlElement;

    #[wasm_bindgen]
    extern "C" {
        /// What `embed.js` knows of the page.
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
    pub struct Widget(Mounted);

    /// Draws a widget into `root`; resolves when its first view stands.
    #[wasm_bindgen]
    pub async fn mount(options: Options) -> Result<Widget, JsValue> {
        let text = |name| options.text(name).filter(|text| !text.is_empty());
        let page = Page {
            root: options.root(),
            early: options.early(),
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
        let mounted = mount_widget(page)
            .await
            .map_err(|sentence| JsValue::from(js_sys::Error::new(&sentence)))?;
        Ok(Widget(mounted))
    }

    #[wasm_bindgen]
    impl Widget {
        /// Follows the language of the page.
        #[wasm_bindgen(js_name = setLanguage)]
        pub fn set_language(&self, language: &str) {
            self.0.set_language(language);
        }

        /// Takes the widget off the page, with all that it listens to.
        pub fn unmount(self) {
            drop(self);
        }
    }
}
