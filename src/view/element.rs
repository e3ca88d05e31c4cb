//! Elements, text and lists as one type, [`View`], and how it is drawn into the DOM. Knows nothing of the
//! widget, its texts or its styles, and reaches the browser through `platform::dom` alone.

use crate::platform::dom::{self, Document, DomElement, Event, Listener, Node, Property};
use leptos::prelude::RenderEffect;

/// Something to draw.
#[derive(Default)]
pub enum View {
    /// Nothing at all.
    #[default]
    Nothing,
    /// Text; never read as markup.
    Text(String),
    /// An element with its children.
    Element(Element),
    /// Several views, in order.
    Many(Vec<View>),
}

type Draw = Box<dyn Fn() -> View>;
type AttributeValue = Box<dyn Fn() -> Option<String>>;
type OnEvent = Box<dyn FnMut(Event)>;
type OnMount = Box<dyn FnOnce(&DomElement)>;

/// Builder of an element. Boxed, because builder calls pass it by value: unboxed, every call in every view
/// would copy the whole `Spec` (docs/decisions/0010-an-element-is-a-pointer.md).
pub struct Element(Box<Spec>);

#[derive(Default)]
struct Spec {
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    reactive_attributes: Vec<(&'static str, AttributeValue)>,
    properties: Vec<(&'static str, Property)>,
    listeners: Vec<(&'static str, OnEvent)>,
    children: Vec<View>,
    reactive_child: Option<Draw>,
    on_mount: Option<OnMount>,
}

/// An element of this tag, without children.
#[inline(never)]
pub fn el(tag: &'static str) -> Element {
    Element(Box::new(Spec {
        tag,
        ..Spec::default()
    }))
}

impl Element {
    /// Sets its classes; none if `classes` is empty.
    #[inline(never)]
    pub fn class(self, classes: &str) -> Self {
        if classes.is_empty() {
            self
        } else {
            self.attr("class", classes)
        }
    }

    /// Sets an attribute to a text, or to the result of a closure. A closure runs again whenever a signal that
    /// it read changes; `None` removes the attribute.
    pub fn attr(self, name: &'static str, value: impl IntoAttribute) -> Self {
        value.set_on(self, name)
    }

    #[inline(never)]
    fn with_attribute(mut self, name: &'static str, value: &str) -> Self {
        self.0.attributes.push((name, value.to_owned()));
        self
    }

    #[inline(never)]
    fn with_reactive_attribute(mut self, name: &'static str, value: AttributeValue) -> Self {
        self.0.reactive_attributes.push((name, value));
        self
    }

    /// Sets a property of the DOM object, such as an input's value.
    pub fn prop(mut self, name: &'static str, value: impl Into<Property>) -> Self {
        self.0.properties.push((name, value.into()));
        self
    }

    /// Listens to an event for as long as the element is drawn.
    pub fn on(self, event: &'static str, listener: impl FnMut(Event) + 'static) -> Self {
        self.with_listener(event, Box::new(listener))
    }

    #[inline(never)]
    fn with_listener(mut self, event: &'static str, listener: OnEvent) -> Self {
        self.0.listeners.push((event, listener));
        self
    }

    /// Calls `on_mount` with the DOM element once it is created, before it is inserted into the page.
    pub fn on_mount(mut self, on_mount: impl FnOnce(&DomElement) + 'static) -> Self {
        self.0.on_mount = Some(Box::new(on_mount));
        self
    }

    /// Appends a child: a view, or a closure that returns one and is called again whenever a signal that it
    /// read changes. A closure has to be the only child.
    pub fn child(self, child: impl IntoChild) -> Self {
        child.append_to(self)
    }

    #[inline(never)]
    fn with_child(mut self, child: View) -> Self {
        self.0.children.push(child);
        self
    }

    #[inline(never)]
    fn with_reactive_child(mut self, draw: Draw) -> Self {
        self.0.reactive_child = Some(draw);
        self
    }
}

/// Value of an attribute: a text, or a closure that returns `Option<String>`.
pub trait IntoAttribute {
    /// Sets the attribute on an element.
    fn set_on(self, element: Element, name: &'static str) -> Element;
}

impl IntoAttribute for &str {
    fn set_on(self, element: Element, name: &'static str) -> Element {
        element.with_attribute(name, self)
    }
}

impl IntoAttribute for &String {
    fn set_on(self, element: Element, name: &'static str) -> Element {
        element.with_attribute(name, self)
    }
}

impl<F: Fn() -> Option<String> + 'static> IntoAttribute for F {
    fn set_on(self, element: Element, name: &'static str) -> Element {
        element.with_reactive_attribute(name, Box::new(self))
    }
}

/// Child of an element: anything that converts into a [`View`], or a closure that returns such a value.
pub trait IntoChild {
    /// Appends the child to an element.
    fn append_to(self, element: Element) -> Element;
}

impl<F: Fn() -> V + 'static, V: Into<View>> IntoChild for F {
    fn append_to(self, element: Element) -> Element {
        element.with_reactive_child(Box::new(move || self().into()))
    }
}

macro_rules! into_child {
    ($($type:ty),+) => {$(
        impl IntoChild for $type {
            fn append_to(self, element: Element) -> Element {
                element.with_child(self.into())
            }
        }
    )+};
}

into_child!(View, Element, String, &str, Vec<View>);

impl<V: Into<View>> IntoChild for Option<V> {
    fn append_to(self, element: Element) -> Element {
        element.with_child(self.into())
    }
}

impl<const N: usize> IntoChild for [View; N] {
    fn append_to(self, element: Element) -> Element {
        element.with_child(self.into())
    }
}

impl From<Element> for View {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl From<String> for View {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for View {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
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

/// Owner of a drawn view's listeners and effects, including the views that the effects drew. Dropping it
/// leaves the nodes in the page, but they no longer react.
#[derive(Default)]
pub struct Mounted {
    listeners: Vec<Listener>,
    children: Vec<RenderEffect<Mounted>>,
    attributes: Vec<RenderEffect<()>>,
}

impl View {
    /// Appends the view to `parent`. Its events and reactive parts work until the result is dropped.
    pub fn mount(self, parent: &Node) -> Mounted {
        let mut mounted = Mounted::default();
        if let Some(document) = dom::document() {
            self.mount_into(&document, parent, &mut mounted);
        }
        mounted
    }

    fn mount_into(self, document: &Document, parent: &Node, mounted: &mut Mounted) {
        match self {
            Self::Nothing => {}
            Self::Text(text) => dom::append_text(document, parent, &text),
            Self::Many(views) => views
                .into_iter()
                .for_each(|view| view.mount_into(document, parent, mounted)),
            Self::Element(element) => {
                if let Some(node) = element.create(document, mounted) {
                    dom::append(parent, &node);
                }
            }
        }
    }
}

impl Element {
    fn create(self, document: &Document, mounted: &mut Mounted) -> Option<DomElement> {
        let spec = *self.0;
        let node = dom::create(document, spec.tag)?;
        for (name, value) in spec.attributes {
            dom::set_attribute(&node, name, Some(&value));
        }
        for child in spec.children {
            child.mount_into(document, &node, mounted);
        }
        // After the children: a select accepts a value only once it has its options.
        for (name, value) in spec.properties {
            dom::set_property(&node, name, value);
        }
        for (event, listener) in spec.listeners {
            mounted.listeners.push(dom::listen(&node, event, listener));
        }
        for (name, value) in spec.reactive_attributes {
            let node = node.clone();
            let write: Box<dyn FnMut(Option<()>)> =
                Box::new(move |_| dom::set_attribute(&node, name, value().as_deref()));
            mounted.attributes.push(RenderEffect::new(write));
        }
        if let Some(draw) = spec.reactive_child {
            let node = node.clone();
            let write: Box<dyn FnMut(Option<Mounted>) -> Mounted> = Box::new(move |before| {
                let view = draw();
                node.set_text_content(None);
                drop(before);
                view.mount(&node)
            });
            mounted.children.push(RenderEffect::new(write));
        }
        if let Some(on_mount) = spec.on_mount {
            on_mount(&node);
        }
        Some(node)
    }
}
