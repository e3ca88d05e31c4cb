//! The requests of this device: those that were sent from here, and those that are followed. Erasable,
//! and kept nowhere on a computer that others use.

use crate::app::App;
use crate::platform::kept::Kept;
use crate::platform::storage;
use wasm_bindgen_futures::JsFuture;

/// A request that this device knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Own {
    pub(super) id: String,
    /// What was asked for.
    pub(super) name: String,
    /// True if it was sent from here.
    pub(super) is_mine: bool,
}

const MINE: &str = "mine/";
const FOLLOWED: &str = "followed/";

async fn open(app: App) -> Option<Kept> {
    let device = Kept::open(&app.key("")).await?;
    if storage::is_forgetful() {
        let _ = JsFuture::from(device.be_forgetful()).await;
    }
    Some(device)
}

/// All that this device knows, its own first.
pub(super) async fn all(app: App) -> Vec<Own> {
    let Some(device) = open(app).await else {
        return Vec::new();
    };
    let mut all: Vec<Own> = Vec::new();
    for (prefix, is_mine) in [(MINE, true), (FOLLOWED, false)] {
        for (key, name) in device.texts(prefix).await {
            let id = key.strip_prefix(prefix).unwrap_or_default();
            if !all.iter().any(|known| known.id == id) {
                all.push(Own {
                    id: id.to_owned(),
                    name,
                    is_mine,
                });
            }
        }
    }
    all
}

/// True if this device follows a request, or has sent it.
pub(super) async fn knows(app: App, id: &str) -> bool {
    all(app).await.iter().any(|own| own.id == id)
}

/// Follows a request; false where nothing stays on the device.
pub(super) async fn follow(app: App, id: &str, name: &str) -> bool {
    let Some(device) = open(app).await else {
        return false;
    };
    let kept = device.put(&[FOLLOWED, id].concat(), &name.into());
    JsFuture::from(kept).await.is_ok() && device.is_lasting() && !storage::is_forgetful()
}

/// The name under which it is kept that the two questions after closing were answered.
pub(super) fn rated(app: App, id: &str) -> String {
    app.key(&["rated/", id].concat())
}

/// The name under which it is kept which of the city's questions was answered.
pub(super) fn answered(app: App, id: &str) -> String {
    app.key(&["answered/", id].concat())
}

/// Forgets all that is known of a request.
pub(super) async fn forget(app: App, id: &str) {
    super::look::forget(app, id);
    for key in [rated(app, id), answered(app, id)] {
        storage::write_kept(&key, "");
    }
    if let Some(device) = open(app).await {
        for prefix in [MINE, FOLLOWED] {
            let _ = JsFuture::from(device.remove(&[prefix, id].concat())).await;
        }
    }
}
