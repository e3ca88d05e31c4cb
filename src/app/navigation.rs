//! Where the resident is, and how to get anywhere else.

use super::App;
use super::context::State;
use crate::platform::history;
use frontdoor_core::route::Route;

impl App {
    /// Where the resident is; views that read it are redrawn when it changes.
    pub fn route(self) -> Route {
        self.state().route.get()
    }

    /// Where the resident is, untracked.
    pub fn route_untracked(self) -> Route {
        self.state().route.get_untracked()
    }

    /// Goes to a place; Back leads here again.
    pub fn go(self, route: Route) {
        let state = self.state();
        let here = state.route.get_untracked();
        if here != route {
            state.back_stack.borrow_mut().push(here);
            state.show(route);
        }
    }

    /// Replaces the current place; Back skips it.
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

    /// Goes to a place from which Back does not lead here again, such as away from a form that was sent.
    pub fn reset_to(self, route: Route) {
        let state = self.state();
        state.back_stack.borrow_mut().clear();
        state.show(route);
    }

    /// From here, Back leads one level up.
    pub fn clear_history(self) {
        self.state().back_stack.borrow_mut().clear();
    }

    /// Goes back to where the resident came from, or one level up.
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

    /// Follows the page's address after the browser changed it (its Back button).
    pub fn follow_hash(self) {
        let state = self.state();
        let named = Route::from_hash(&history::hash());
        let is_other = |route: &Route| state.route.with_untracked(|here| here != route);
        if let Some(route) = named.filter(is_other) {
            // A browser does not say whether it went back or forward; our own history does.
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
