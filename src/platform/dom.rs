//! DOM elements, their events, and what the browser reports about the resident's preferences and network.
//! Knows nothing of the widget's views.

use wasm_bindgen::{JsCast, prelude::*};
use web_sys::MouseEvent;

pub use web_sys::{Blob, Document, Element as DomElement, Event, File, HtmlElement, Node};

/// The value of a DOM property.
pub enum Property {
    /// A text, such as an input's value.
    Text(String),
    /// True or false, such as whether a box is ticked.
    Flag(bool),
}

impl From<String> for Property {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Property {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<bool> for Property {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

/// A listener on an element. It must be kept alive for as long as the event may fire.
pub struct Listener(#[expect(dead_code, reason = "kept alive")] Closure<dyn FnMut(Event)>);

/// The page's document; `None` outside a window.
pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Creates an element, in the SVG namespace for `svg` and `path`; `None` if `tag` is not a valid name.
pub fn create(document: &Document, tag: &str) -> Option<DomElement> {
    match tag {
        "svg" | "path" => document.create_element_ns(Some("http://www.w3.org/2000/svg"), tag),
        _ => document.create_element(tag),
    }
    .ok()
}

/// Sets an attribute; `None` removes it.
pub fn set_attribute(element: &DomElement, name: &str, value: Option<&str>) {
    // Cannot fail: all names are the widget's own, and valid.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Sets a property of the DOM object.
pub fn set_property(element: &DomElement, name: &str, value: Property) {
    let value = match value {
        Property::Text(text) => text.into(),
        Property::Flag(flag) => flag.into(),
    };
    // Cannot fail: every element of the tag has the property.
    let _ = js_sys::Reflect::set(element, &name.into(), &value);
}

/// Calls `listener` on every event of this name.
pub fn listen(element: &DomElement, event: &str, listener: Box<dyn FnMut(Event)>) -> Listener {
    let closure = Closure::<dyn FnMut(Event)>::new(listener);
    let _ = element.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    Listener(closure)
}

/// Appends a node.
pub fn append(parent: &Node, child: &Node) {
    // Cannot fail: a new node can be inserted anywhere.
    let _ = parent.append_child(child);
}

/// Appends text; never read as markup.
pub fn append_text(document: &Document, parent: &Node, text: &str) {
    append(parent, &document.create_text_node(text));
}

/// The first element under `root` that `selector` matches.
pub fn find(root: &DomElement, selector: &str) -> Option<HtmlElement> {
    let found = root.query_selector(selector).ok()??;
    Some(found.unchecked_into())
}

/// Casts an element to `HtmlElement`, the type that can take the focus. SVG elements must not be passed.
pub fn as_html(element: &DomElement) -> &HtmlElement {
    element.unchecked_ref()
}

/// True for a click that asks for a new tab or window (a modifier key, or not the main button); the browser
/// handles such a click.
pub fn wants_new_tab(event: &Event) -> bool {
    let Some(event) = event.dyn_ref::<MouseEvent>() else {
        return false;
    };
    event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0
}

/// The current value of the event's target: the text of an input, text area or select. Empty if it has none.
pub fn value_of(event: &Event) -> String {
    property_of(event, "value")
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// True if the event's target is a checked checkbox or radio button.
pub fn is_checked(event: &Event) -> bool {
    property_of(event, "checked").is_some_and(|value| value.is_truthy())
}

/// The address of the link that an event is at or in, as it is written.
pub fn link_of(event: &Event) -> Option<String> {
    let target = event.target()?.unchecked_into::<web_sys::Element>();
    target.closest("a").ok()??.get_attribute("href")
}

fn property_of(event: &Event, name: &str) -> Option<JsValue> {
    let target = event.target()?;
    js_sys::Reflect::get(&target, &name.into()).ok()
}

/// True if the resident asked to save data (`navigator.connection.saveData`; false where the browser lacks it).
pub fn saves_data() -> bool {
    let navigator = web_sys::window().map(|window| window.navigator());
    let connection =
        navigator.and_then(|navigator| js_sys::Reflect::get(&navigator, &"connection".into()).ok());
    connection
        .and_then(|connection| js_sys::Reflect::get(&connection, &"saveData".into()).ok())
        .is_some_and(|saves| saves.is_truthy())
}

/// True if the resident asked for less motion (`prefers-reduced-motion`).
pub fn prefers_less_motion() -> bool {
    web_sys::window()
        .and_then(|window| {
            window
                .match_media("(prefers-reduced-motion: reduce)")
                .ok()?
        })
        .is_some_and(|query| query.matches())
}

/// False if the browser knows that there is no network. True does not guarantee one.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}
