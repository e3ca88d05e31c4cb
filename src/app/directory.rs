//! The lists that every journey needs: the city's services and its guides. Fetches and holds them; how they are
//! searched and shown is up to `ui` and the journeys.

use super::App;
use crate::net::Load;
use crate::net::guides::{GuideIndex, load_index};
use crate::platform::console;
use crate::view::Signal;
use frontdoor_core::route::Route;
use leptos::task::spawn_local;
use open311::Service;
use std::rc::Rc;

impl App {
    /// The city's services; views that read the signal are redrawn when they arrive.
    pub fn services(self) -> Signal<Load<Rc<Vec<Service>>>> {
        self.state().services.clone()
    }

    /// The index of the city's guides; empty if the city has none.
    pub fn guides(self) -> Signal<Load<Rc<GuideIndex>>> {
        self.state().guides.clone()
    }

    /// Fetches the services, or fetches them again.
    pub fn load_services(self) {
        let state = self.state();
        state.services.set(Load::Pending);
        spawn_local(async move {
            let services = state.client.services().await;
            state.services.set(Load::from_result(services));
            // From now on the search has results: the first view can be used.
            console::mark("front-door:ready");
            if self.is_gone() {
                return;
            }
            if let Route::Form { service, .. } = self.route_untracked() {
                self.prefetch_definition(&service);
            }
        });
    }

    /// Fetches the index of guides, or fetches it again, if the city has guides.
    pub fn load_guides(self) {
        let state = self.state();
        let Some(path) = state.options.config.guides.as_deref() else {
            return state.guides.set(Load::Ready(Rc::default()));
        };
        let url = self.resolve(path);
        state.guides.set(Load::Pending);
        spawn_local(async move {
            let index = load_index(&url, &state.options.prefetched).await;
            state.guides.set(Load::from_result(index));
        });
    }

    /// The service with this code; `None` if there is none, or if the list has not arrived. Tracks the list.
    pub fn service(self, code: &str) -> Option<Service> {
        self.state().services.with(|services| match services {
            Load::Ready(services) => services
                .iter()
                .find(|service| service.code == code)
                .cloned(),
            _ => None,
        })
    }

    /// Starts to fetch a service's definition while the form's code is still loading.
    pub fn prefetch_definition(self, service: &str) {
        let state = self.state();
        let has_definition = state.services.with_untracked(|services| match services {
            Load::Ready(all) => all
                .iter()
                .any(|known| known.code == service && known.metadata),
            _ => false,
        });
        let is_new =
            has_definition && state.prefetched_definition.replace(service.to_owned()) != service;
        if is_new {
            state.client.prefetch_definition(service);
        }
    }
}
