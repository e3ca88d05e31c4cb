//! What a widget saves on the device: which storage each entry goes to, and how saving is stopped on a computer
//! that others use. Keys and formats are defined in `frontdoor_core::storage`; this module does not know what
//! the texts mean.

use super::App;
use crate::platform::device_store::{DeviceStore, Reading};
use crate::platform::web_storage;
use frontdoor_core::storage::{Area, Entry};
use std::rc::Rc;

impl App {
    /// Prefix of all keys of this widget.
    fn key_prefix(self) -> String {
        ["front-door/", &self.state().options.name, "/"].concat()
    }

    fn key(self, entry: Entry) -> String {
        [self.key_prefix().as_str(), &entry.key()].concat()
    }

    /// Reads an entry of Web Storage; `None` if it is absent or empty.
    pub fn read(self, entry: Entry) -> Option<String> {
        let key = self.key(entry);
        let text = match entry.area() {
            Area::Tab => web_storage::read_session(&key),
            Area::Device => web_storage::read_local(&key),
            Area::DeviceOrTab => {
                web_storage::read_local(&key).or_else(|| web_storage::read_session(&key))
            }
        };
        text.filter(|text| !text.is_empty())
    }

    /// Writes an entry of Web Storage; an empty text erases it.
    pub fn write(self, entry: Entry, text: &str) {
        let key = self.key(entry);
        match entry.area() {
            Area::Tab => web_storage::write_session(&key, text),
            Area::Device => web_storage::write_local(&key, text),
            Area::DeviceOrTab => {
                web_storage::write_local(&key, text);
                if text.is_empty() || web_storage::read_local(&key).is_none() {
                    web_storage::write_session(&key, text);
                }
            }
        }
    }

    /// Erases an entry of Web Storage.
    pub fn erase(self, entry: Entry) {
        self.write(entry, "");
    }

    /// The widget's database, opened with the first call. `None` if its code could not be fetched.
    pub fn device(self) -> Reading<'static, Option<Rc<DeviceStore>>> {
        Box::pin(self.find_or_open_device())
    }

    async fn find_or_open_device(self) -> Option<Rc<DeviceStore>> {
        if let Some(device) = self.slot::<DeviceStore>() {
            return Some(device);
        }
        let device = DeviceStore::open(&self.key_prefix()).await?;
        // Another view may have opened it meanwhile. Use that one: where the browser blocks the database, each
        // `DeviceStore` has its own memory.
        if let Some(known) = self.slot::<DeviceStore>() {
            return Some(known);
        }
        if self.is_shared_computer() {
            device.stop_saving().done().await;
        }
        let device = Rc::new(device);
        self.set_slot(device.clone());
        Some(device)
    }

    /// The widget's database, if it is already open.
    pub fn open_device(self) -> Option<Rc<DeviceStore>> {
        self.slot()
    }

    /// Stops saving and erases everything that this widget has saved, for a computer that others use too.
    pub fn stop_saving(self) {
        web_storage::stop_saving(&self.key_prefix(), &self.key(Entry::SharedComputer));
        self.spawn(async move {
            // A database opened from now on stops by itself; one that is already open needs the call.
            if let Some(device) = self.device().await {
                device.stop_saving().done().await;
            }
        });
    }

    /// True if the resident has declared this a shared computer, so that nothing is saved.
    pub fn is_shared_computer(self) -> bool {
        web_storage::is_shared_computer()
    }

    /// Restores after a reload that the resident has declared this a shared computer.
    pub(super) fn recall_shared_computer(self) {
        web_storage::recall_shared_computer(&self.key(Entry::SharedComputer));
    }
}
