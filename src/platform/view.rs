//! What is drawn: one type for every element, text and list, built straight into the
//! page's DOM. Leptos's reactive graph says when; this says what. Because the type is
//! one, its code is in the wasm once, and not once for every shape of view
//! (docs/decisions/0001-one-view-type.md has the bytes).

use leptos::prelude::RenderEffect;
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{Document, Element as DomElement, Event, Node};

/// Something to draw.
#[derive(Default)]
pub enum View {
    /// Nothing at all.
    #[default]
    Nothing,
    /// Words; never read as markup.
    Text(String),
    /// An element and what is in it.
    Element(Element),
    /// One after the other.
    Many(Vec<View>),
}

type Draw = Box<dyn Fn() -> View>;
type Attribute = Box<dyn Fn() -> Option<String>>;
type Listener = Box<dyn FnMut(Event)>;

/// An element that is to be drawn. A pointer, because it is handed from call to call while it is made:
/// the thing itself would be copied at each, in every view (docs/decisions/0010-an-element-is-a-pointer.md).
pub struct Element(Box<Parts>);

#[derive(Default)]
struct Parts {
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    live_attributes: Vec<(&'static str, Attribute)>,
    properties: Vec<(&'static str, JsValue)>,
    listeners: Vec<(&'static str, Listener)>,
    children: Vec<View>,
    live: Option<Draw>,
}

/// An element of this tag, with nothing in it.
#[inline(never)]
pub fn el(tag: &'static str) -> Element {
    Element(Box::new(Parts {
        tag,
        ..Parts::default()
    }))
}

impl Element {
    /// Sets its classes.
    #[inline(never)]
    pub fn class(self, classes: &str) -> Self {
        match classes.is_empty() {
            true => self,
            false => self.attr("class", classes),
        }
    }

    /// Sets an attribute.
    #[inline(never)]
    pub fn attr(mut self, name: &'static str, value: &str) -> Self {
        self.0.attributes.push((name, value.to_owned()));
        self
    }

    /// Sets an attribute whose value changes; None takes it away.
    pub fn live_attr(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        self.with_live_attribute(name, Box::new(value))
    }

    #[inline(never)]
    fn with_live_attribute(mut self, name: &'static str, value: Attribute) -> Self {
        self.0.live_attributes.push((name, value));
        self
    }

    /// Sets a property of the DOM object, such as what an input holds.
    pub fn prop(mut self, name: &'static str, value: impl Into<JsValue>) -> Self {
        self.0.properties.push((name, value.into()));
        self
    }

    /// Listens to an event for as long as the element is drawn.
    pub fn on(self, event: &'static str, listener: impl FnMut(Event) + 'static) -> Self {
        self.with_listener(event, Box::new(listener))
    }

    #[inline(never)]
    fn with_listener(mut self, event: &'static str, listener: Listener) -> Self {
        self.0.listeners.push((event, listener));
        self
    }

    /// Puts something in, after what is there.
    pub fn put(self, child: impl Into<View>) -> Self {
        self.with_child(child.into())
    }

    #[inline(never)]
    fn with_child(mut self, child: View) -> Self {
        self.0.children.push(child);
        self
    }

    /// Draws what is in it anew whenever a signal that `draw` read has changed.
    pub fn live(self, draw: impl Fn() -> View + 'static) -> Self {
        self.with_draw(Box::new(draw))
    }

    #[inline(never)]
    fn with_draw(mut self, draw: Draw) -> Self {
        self.0.live = Some(draw);
        self
    }
}

impl From<Element> for View {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl From<String> for View {
    fn from(words: String) -> Self {
        Self::Text(words)
    }
}

impl From<&str> for View {
    fn from(words: &str) -> Self {
        Self::Text(words.to_owned())
    }
}

impl From<Vec<View>> for View {
    fn from(views: Vec<View>) -> Self {
        Self::Many(views)
    }
}

impl<V: Into<View>> From<Option<V>> for View {
    fn from(view: Option<V>) -> Self {
        view.map_or(Self::Nothing, Into::into)
    }
}

impl<const N: usize> From<[View; N]> for View {
    fn from(views: [View; N]) -> Self {
        Self::Many(views.into())
    }
}

/// What has to live as long as what was drawn: listeners, and effects with what they drew.
#[derive(Default)]
pub struct Kept {
    _listeners: Vec<Closure<dyn FnMut(Event)>>,
    effects: Vec<RenderEffect<Kept>>,
    attributes: Vec<RenderEffect<()>>,
}

impl View {
    /// Draws into `parent`, after what is there. What was drawn works until the answer is dropped.
    pub fn draw(self, parent: &Node) -> Kept {
        let mut kept = Kept::default();
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            self.draw_into(&document, parent, &mut kept);
        }
        kept
    }

    fn draw_into(self, document: &Document, parent: &Node, kept: &mut Kept) {
        match self {
            Self::Nothing => {}
            Self::Text(words) => append(parent, &document.create_text_node(&words)),
            Self::Many(views) => views
                .into_iter()
                .for_each(|view| view.draw_into(document, parent, kept)),
            Self::Element(element) => {
                if let Some(node) = element.create(document, kept) {
                    append(parent, &node);
                }
            }
        }
    }
}

impl Element {
    fn create(self, document: &Document, kept: &mut Kept) -> Option<DomElement> {
        let parts = *self.0;
        let node = match parts.tag {
            "svg" | "path" => {
                document.create_element_ns(Some("http://www.w3.org/2000/svg"), parts.tag)
            }
            tag => document.create_element(tag),
        }
        .ok()?;
        for (name, value) in parts.attributes {
            set(&node, name, Some(value));
        }
        for child in parts.children {
            child.draw_into(document, &node, kept);
        }
        // A select takes a value only once its options are there.
        for (name, value) in parts.properties {
            // Setting what every element of the tag has cannot fail.
            let _ = js_sys::Reflect::set(&node, &name.into(), &value);
        }
        for (event, listener) in parts.listeners {
            let closure = Closure::<dyn FnMut(Event)>::new(listener);
            let _ = node.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
            kept._listeners.push(closure);
        }
        for (name, value) in parts.live_attributes {
            let node = node.clone();
            let write: Box<dyn FnMut(Option<()>)> = Box::new(move |_| set(&node, name, value()));
            kept.attributes.push(RenderEffect::new(write));
        }
        if let Some(draw) = parts.live {
            let node = node.clone();
            let write: Box<dyn FnMut(Option<Kept>) -> Kept> = Box::new(move |before| {
                let view = draw();
                node.set_text_content(None);
                drop(before);
                view.draw(&node)
            });
            kept.effects.push(RenderEffect::new(write));
        }
        Some(node)
    }
}

fn set(node: &DomElement, name: &str, value: Option<String>) {
    // The names are our own, and valid.
    let _ = match value {
        Some(value) => node.set_attribute(name, &value),
        None => node.remove_attribute(name),
    };
}

fn append(parent: &Node, child: &Node) {
    // A fresh node can be put anywhere.
    let _ = parent.append_child(child);
}
