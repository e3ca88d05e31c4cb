//! The current route, and navigation between routes. Knows neither the views nor how a route is written in the
//! URL (`frontdoor_core::route`).

use super::App;
use super::context::State;
use crate::platform::history;
use frontdoor_core::route::Route;

impl App {
    /// The current route; views that read it are redrawn when it changes.
    pub fn route(self) -> Route {
        self.state().route.get()
    }

    /// The current route, untracked.
    pub fn route_untracked(self) -> Route {
        self.state().route.get_untracked()
    }

    /// Opens a route; Back leads to the current one.
    pub fn go(self, route: Route) {
        let state = self.state();
        let here = state.route.get_untracked();
        if here != route {
            state.back_stack.borrow_mut().push(here);
            state.show(route);
        }
    }

    /// Replaces the current route; Back skips it.
    pub fn replace(self, route: Route) {
        let state = self.state();
        if state.options.uses_hash {
            history::replace_hash(&route.to_hash());
        }
        state.route.set(route);
    }

    /// True if Back leads to `route`.
    pub fn came_from(self, route: &Route) -> bool {
        self.state().back_stack.borrow().last() == Some(route)
    }

    /// Opens a route from which Back does not lead to the current one, for example after a form was sent.
    pub fn reset_to(self, route: Route) {
        let state = self.state();
        state.back_stack.borrow_mut().clear();
        state.show(route);
    }

    /// Forgets the earlier routes: from the current one, Back leads one level up.
    pub fn clear_history(self) {
        self.state().back_stack.borrow_mut().clear();
    }

    /// Goes back to the previous route, or one level up if there is none.
    pub fn back(self) {
        let state = self.state();
        let before = state.back_stack.borrow().last().cloned();
        if before.is_some() && state.options.uses_hash {
            return history::back();
        }
        state.back_stack.borrow_mut().pop();
        let above = state.route.with_untracked(Route::above);
        state.show(before.unwrap_or(above));
    }

    /// Opens the route in the page's URL fragment, after the browser changed it (its Back button).
    pub fn follow_hash(self) {
        let state = self.state();
        let named = Route::from_hash(&history::hash());
        let is_other = |route: &Route| state.route.with_untracked(|here| here != route);
        if let Some(route) = named.filter(is_other) {
            // A browser does not say whether it went back or forward; the widget's own stack does.
            let mut back_stack = state.back_stack.borrow_mut();
            match back_stack.iter().rposition(|before| *before == route) {
                Some(index) => back_stack.truncate(index),
                None => back_stack.push(state.route.get_untracked()),
            }
            drop(back_stack);
            state.route.set(route);
        }
    }
}

impl State {
    fn show(&self, route: Route) {
        if self.options.uses_hash {
            history::push_hash(&route.to_hash());
        }
        self.route.set(route);
    }
}
