//! The device's database: texts and photos in IndexedDB, or in memory where the browser blocks it
//! (`src/js/store.js`); and a lock across all tabs of the site. Does not know what the texts mean: keys are
//! defined in `frontdoor_core::storage`.

use super::lazy_module::lazy_module;
use frontdoor_core::storage::{Row, Table};
use js_sys::{Array, Function, Promise};
use std::pin::Pin;
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
}

/// A widget's database on the device; closed when dropped.
pub struct DeviceStore {
    module: Module,
    store: Store,
}

/// A pending read. Boxed, so that its code is in the wasm once instead of in every caller.
pub type Reading<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A pending write. It is carried out whether or not the caller waits for it.
#[must_use = "dropping it does not wait; say so with `let _ =`"]
pub struct Write(Promise);

impl Write {
    /// Waits for the write; false if the device could not store it.
    pub async fn done(self) -> bool {
        JsFuture::from(self.0).await.is_ok()
    }
}

impl Drop for DeviceStore {
    fn drop(&mut self) {
        self.store.close();
    }
}

impl DeviceStore {
    /// Opens the database of the widget with this key prefix; `None` if the JavaScript module could not be
    /// fetched or the database not opened.
    pub async fn open(prefix: &str) -> Option<Self> {
        let module: Module = lazy_module("store").await?;
        let store = JsFuture::from(module.open(prefix)).await.ok()?;
        Some(Self {
            module,
            store: store.unchecked_into(),
        })
    }

    /// True if data survives closing the tab; false if it is kept in memory.
    pub fn is_persistent(&self) -> bool {
        self.store.lasting()
    }

    /// All texts of a table as pairs of id and text, ordered by id. Empty if they cannot be read.
    pub fn texts(&self, table: Table) -> Reading<'_, Vec<(String, String)>> {
        Box::pin(async move {
            let prefix = table.prefix();
            let Ok(all) = JsFuture::from(self.store.all(prefix)).await else {
                return Vec::new();
            };
            let pairs = Array::from(&all);
            let pairs = pairs.iter().filter_map(|pair| {
                let pair = Array::from(&pair);
                let key = pair.get(0).as_string()?;
                Some((
                    key.strip_prefix(prefix)?.to_owned(),
                    pair.get(1).as_string()?,
                ))
            });
            pairs.collect()
        })
    }

    /// The text of a row; `None` if there is none, or if it cannot be read.
    pub async fn text(&self, row: Row<'_>) -> Option<String> {
        self.get(row).await?.as_string()
    }

    /// The photo of a row; `None` if there is none, or if it cannot be read.
    pub async fn photo(&self, row: Row<'_>) -> Option<Blob> {
        self.get(row).await?.dyn_into().ok()
    }

    fn get(&self, row: Row<'_>) -> Reading<'_, Option<JsValue>> {
        let value = JsFuture::from(self.store.get(&row.key()));
        Box::pin(async move { value.await.ok() })
    }

    /// Writes a text.
    pub fn put(&self, row: Row, text: &str) -> Write {
        Write(self.store.put(&row.key(), &text.into()))
    }

    /// Writes a photo.
    pub fn put_photo(&self, row: Row, photo: &Blob) -> Write {
        Write(self.store.put(&row.key(), photo))
    }

    /// Removes a row.
    pub fn remove(&self, row: Row) -> Write {
        Write(self.store.remove(&row.key()))
    }

    /// Stops saving beyond the tab and erases everything that was saved, for a computer that others use too.
    pub fn stop_saving(&self) -> Write {
        Write(self.module.forgetful(&self.store))
    }

    /// Runs a task unless another tab of the site is running one of the same name. True if it ran here.
    pub async fn run_exclusively(
        &self,
        name: &str,
        task: impl Future<Output = ()> + 'static,
    ) -> bool {
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
