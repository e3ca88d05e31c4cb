//! Keyboard focus and scrolling, within one widget's root. Does not decide which element should have the focus:
//! callers pass a selector or an id.

use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{Element, HtmlElement, ShadowRoot};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = requestAnimationFrame)]
    fn request_animation_frame(callback: &js_sys::Function) -> i32;
}

/// Runs `task` once, just before the browser's next paint (`requestAnimationFrame`).
pub fn after_drawing(task: impl FnOnce() + 'static) {
    request_animation_frame(Closure::once_into_js(task).unchecked_ref());
}

/// Moves the focus to the first element under `root` that `selector` matches, before the next paint.
pub fn focus_after_drawing(root: &Element, selector: &'static str) {
    let root = root.clone();
    after_drawing(move || focus_first(&root, selector));
}

/// Moves the focus to the first element under `root` that `selector` matches.
fn focus_first(root: &Element, selector: &str) {
    if let Ok(Some(element)) = root.query_selector(selector) {
        focus(element.unchecked_ref());
    }
}

/// Moves the focus to an element; no effect on an element that cannot have it.
pub fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

/// True if something in the shadow tree of `root` has the focus, or gets it back when the window does: `:focus` matches
/// nothing while another window is in front.
pub fn has_focus(root: &Element) -> bool {
    let tree = root.get_root_node();
    let tree = tree.unchecked_ref::<ShadowRoot>();
    tree.active_element().is_some()
}

/// Runs `draw`. If that removed the focused element, moves the focus to the first element under `root` that
/// `selector` matches: otherwise a screen reader would start again at the top of the page.
pub fn keep_focus(root: &Element, selector: &'static str, draw: impl FnOnce()) {
    let had_focus = has_focus(root);
    draw();
    if had_focus {
        let root = root.clone();
        after_drawing(move || {
            if !has_focus(&root) {
                focus_first(&root, selector);
            }
        });
    }
}

/// Moves the focus to the element with this `id` under `root`, and scrolls to it.
pub fn focus_id(root: &Element, id: &str) {
    let mut selector = String::from("[id=\"");
    selector.extend(id.chars().flat_map(|c| {
        matches!(c, '"' | '\\')
            .then_some('\\')
            .into_iter()
            .chain([c])
    }));
    selector.push_str("\"]");
    if let Ok(Some(element)) = root.query_selector(&selector) {
        focus(element.unchecked_ref());
        element.scroll_into_view_with_bool(true);
    }
}

/// Scrolls to the top of the widget if that is above the visible area.
pub fn show_top(root: &Element) {
    if root.get_bounding_client_rect().top() < 0.0 {
        root.scroll_into_view();
    }
}
