//! What is kept on the device beyond the tab: texts and pictures in IndexedDB, in memory where
//! that is blocked (`src/parts/store.js`). And a lock over all tabs of the site.

use super::part::part;
use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

#[wasm_bindgen]
extern "C" {
    type Module;
    #[wasm_bindgen(method)]
    fn open(this: &Module, name: &str) -> Promise;
    #[wasm_bindgen(method)]
    fn forgetful(this: &Module, store: &Store) -> Promise;
    #[wasm_bindgen(method)]
    fn once(this: &Module, name: &str, task: &Function) -> Promise;

    type Store;
    #[wasm_bindgen(method, getter)]
    fn lasting(this: &Store) -> bool;
    #[wasm_bindgen(method)]
    fn close(this: &Store);
    #[wasm_bindgen(method)]
    fn all(this: &Store, prefix: &str) -> Promise;
    #[wasm_bindgen(method)]
    fn get(this: &Store, key: &str) -> Promise;
    #[wasm_bindgen(method)]
    fn put(this: &Store, key: &str, value: &JsValue) -> Promise;
    #[wasm_bindgen(method)]
    fn remove(this: &Store, key: &str) -> Promise;
    #[wasm_bindgen(method)]
    fn clear(this: &Store, prefix: &str) -> Promise;
}

/// A place for texts and pictures under names.
pub struct Kept {
    module: Module,
    store: Store,
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.store.close();
    }
}

impl Kept {
    /// Opens the place of one widget; None if its code is not to be had now.
    pub async fn open(name: &str) -> Option<Self> {
        let module: Module = part("store").await?.unchecked_into();
        let store = JsFuture::from(module.open(name)).await.ok()?;
        Some(Self {
            module,
            store: store.unchecked_into(),
        })
    }

    /// True if what is put here is there after the tab was closed.
    pub fn is_lasting(&self) -> bool {
        self.store.lasting()
    }

    /// The names that begin so and the texts under them, in the order of the names.
    pub async fn texts(&self, prefix: &str) -> Vec<(String, String)> {
        let Ok(all) = JsFuture::from(self.store.all(prefix)).await else {
            return Vec::new();
        };
        let pairs = Array::from(&all);
        let pairs = pairs.iter().filter_map(|pair| {
            let pair = Array::from(&pair);
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        });
        pairs.collect()
    }

    /// The text under a name.
    pub async fn text(&self, key: &str) -> Option<String> {
        JsFuture::from(self.store.get(key)).await.ok()?.as_string()
    }

    /// The picture under a name.
    pub async fn blob(&self, key: &str) -> Option<Blob> {
        JsFuture::from(self.store.get(key))
            .await
            .ok()?
            .dyn_into()
            .ok()
    }

    /// Puts a text or a picture under a name; done at the latest when the promise is.
    pub fn put(&self, key: &str, value: &JsValue) -> Promise {
        self.store.put(key, value)
    }

    /// Forgets what is under a name.
    pub fn remove(&self, key: &str) -> Promise {
        self.store.remove(key)
    }

    /// Forgets all under names that begin so.
    pub fn clear(&self, prefix: &str) -> Promise {
        self.store.clear(prefix)
    }

    /// From now on keeps nothing beyond the tab, and takes from the device what was kept.
    pub fn be_forgetful(&self) -> Promise {
        self.module.forgetful(&self.store)
    }

    /// Runs a task unless another tab is at it: over all tabs, one at a time. True if it ran here.
    pub async fn once(&self, name: &str, task: impl Future<Output = ()> + 'static) -> bool {
        let task = Closure::once_into_js(move || {
            wasm_bindgen_futures::future_to_promise(async move {
                task.await;
                Ok(JsValue::TRUE)
            })
        });
        let ran = JsFuture::from(self.module.once(name, task.unchecked_ref())).await;
        ran.is_ok_and(|ran| ran.is_truthy())
    }
}
