//! Reads hand-written files (config, guides) into strict types and collects diagnostics: unknown keys, and
//! values that do not fit, each with its path. Reading never fails: a wrong opening hour must not cost a
//! resident the telephone number.
//!
//! Written without serde, whose code for these few types would be a third of the first view
//! (docs/decisions/0002-reading-without-serde.md has the bytes).
//!
//! ```
//! let value = json::parse(r#"{"name": "Parks", "phone": 311, "fax": "12"}"#)?;
//! let ((name, phone), diagnostics) =
//!     json::read(&value, |fields| (fields.required("name"), fields.string("phone")));
//! assert_eq!((name.as_str(), phone), ("Parks", None));
//! assert_eq!(diagnostics.invalid_values[0].path, "phone");
//! assert_eq!(diagnostics.invalid_values[0].expected, "a string");
//! assert_eq!(diagnostics.unknown_keys, ["fax"]);
//! # Ok::<(), json::ParseError>(())
//! ```

use crate::{Value, decimal};
use std::cell::RefCell;

/// A value that does not fit its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidValue {
    /// Path from the top of the file, such as `contact[0].hours`; empty for the file itself.
    pub path: String,
    /// What the reader expected there, in English, as in “a list”.
    pub expected: String,
}

/// What is wrong with a file, in the order of reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    /// Paths of keys that the reader does not know.
    pub unknown_keys: Vec<String>,
    /// Values that were ignored because they do not fit.
    pub invalid_values: Vec<InvalidValue>,
}

/// Reads a file that holds an object.
pub fn read<T>(value: &Value, read: impl FnOnce(&Fields) -> T) -> (T, Diagnostics) {
    read_value(value, |node| node.object(read))
}

/// Reads a section of a file that was stored unread with [`Fields::raw`]; `path` is its path in the file.
/// `null`, which stands for a missing section, gives the default without diagnostics.
pub fn read_section<T: Default>(
    value: &Value,
    path: &str,
    read: impl FnOnce(&Fields) -> T,
) -> (T, Diagnostics) {
    if matches!(value, Value::Null) {
        return Default::default();
    }
    read_at(value, path.to_owned(), |node| node.object(read))
}

/// Reads a file that holds a list.
pub fn read_list<T>(value: &Value, read: impl Fn(Node) -> T) -> (Vec<T>, Diagnostics) {
    read_value(value, |node| node.items().into_iter().map(read).collect())
}

/// Reads a file that holds any value.
pub fn read_value<T>(value: &Value, read: impl FnOnce(Node) -> T) -> (T, Diagnostics) {
    read_at(value, String::new(), read)
}

fn read_at<T>(value: &Value, path: String, read: impl FnOnce(Node) -> T) -> (T, Diagnostics) {
    let diagnostics = RefCell::default();
    let node = Node {
        value,
        path,
        diagnostics: &diagnostics,
    };
    let read = read(node);
    (read, diagnostics.into_inner())
}

/// A value and its path in the file.
pub struct Node<'a> {
    value: &'a Value,
    path: String,
    diagnostics: &'a RefCell<Diagnostics>,
}

/// The fields of an object. Keys that have not been read when reading ends are reported as unknown.
pub struct Fields<'a> {
    node: Node<'a>,
    read_keys: RefCell<Vec<&'a str>>,
}

impl<'a> Node<'a> {
    /// Reports that the value does not fit.
    #[inline(never)]
    pub fn expected(&self, expected: &str) {
        self.diagnostics
            .borrow_mut()
            .invalid_values
            .push(InvalidValue {
                path: self.path.clone(),
                expected: expected.to_owned(),
            });
    }

    /// Reads the value as an object. Anything else is reported and reads as an empty object.
    pub fn object<T>(self, read: impl FnOnce(&Fields<'a>) -> T) -> T {
        let fields = Fields {
            node: self,
            read_keys: RefCell::default(),
        };
        if !matches!(fields.node.value, Value::Map(_)) {
            fields.node.expected("an object");
        }
        let read = read(&fields);
        fields.close();
        read
    }

    /// The value as a string; anything else is reported.
    pub fn string(&self) -> Option<String> {
        match self.value {
            Value::Text(text) => Some(text.clone()),
            _ => {
                self.expected("a string");
                None
            }
        }
    }

    /// The value as text, whether written as a string or as a number; `None`, unreported, for anything else.
    pub fn any_text(&self) -> Option<String> {
        self.value.text().map(str::to_owned)
    }

    /// The value as one of a few keywords; anything else is reported with the list of keywords.
    pub fn one_of<T: Copy>(&self, keywords: &[(&str, T)]) -> Option<T> {
        let found = match self.value {
            Value::Text(text) => keywords
                .iter()
                .find(|(keyword, _)| keyword == text)
                .map(|(_, meaning)| *meaning),
            _ => None,
        };
        if found.is_none() {
            let keywords: Vec<&str> = keywords.iter().map(|(keyword, _)| *keyword).collect();
            self.expected(&["one of ", &keywords.join(", ")].concat());
        }
        found
    }

    /// Every string in the value, at any depth.
    pub fn all_strings(&self) -> Vec<String> {
        let mut strings = Vec::new();
        collect_strings(self.value, &mut strings);
        strings
    }

    fn number(&self) -> Option<u32> {
        let number = match self.value {
            Value::Number(digits) => digits.parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.expected("a whole number, 0 or more");
        }
        number
    }

    /// The value itself.
    pub fn value(&self) -> &'a Value {
        self.value
    }

    /// A value inside this one, with `key` added to the path.
    pub fn inside(&self, key: &str, value: &'a Value) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Node {
            value,
            path: [&self.path, dot, key].concat(),
            diagnostics: self.diagnostics,
        }
    }

    /// The items of a list; anything else is reported and has none.
    #[inline(never)]
    pub fn items(&self) -> Vec<Node<'a>> {
        let Value::List(items) = self.value else {
            self.expected("a list");
            return Vec::new();
        };
        let mut nodes = Vec::with_capacity(items.len());
        for (index, value) in items.iter().enumerate() {
            let path = [&self.path, "[", &index.to_string(), "]"].concat();
            nodes.push(Node {
                value,
                path,
                diagnostics: self.diagnostics,
            });
        }
        nodes
    }
}

impl<'a> Fields<'a> {
    /// The value of a key; `null` counts as absent.
    #[inline(never)]
    pub fn get(&self, key: &'static str) -> Option<Node<'a>> {
        self.read_keys.borrow_mut().push(key);
        let value = self
            .node
            .value
            .get(key)
            .filter(|value| !matches!(value, Value::Null))?;
        Some(Node {
            value,
            path: self.path_of(key),
            diagnostics: self.node.diagnostics,
        })
    }

    /// Marks a key as known, for objects whose keys the city chooses itself.
    pub fn accept(&self, key: &'a str) {
        self.read_keys.borrow_mut().push(key);
    }

    /// True if the key is present, even with `null`.
    pub fn is_written(&self, key: &str) -> bool {
        self.node.value.get(key).is_some()
    }

    /// True if the key is present and not `null`.
    pub fn has(&self, key: &str) -> bool {
        self.node
            .value
            .get(key)
            .is_some_and(|value| !matches!(value, Value::Null))
    }

    /// The value of a key, unread, for [`read_section`]; `null` if absent.
    pub fn raw(&self, key: &'static str) -> Value {
        self.get(key).map_or(Value::Null, |node| node.value.clone())
    }

    /// A string that must be present; a missing one is reported and reads as empty.
    pub fn required(&self, key: &'static str) -> String {
        let node = self.get(key);
        if node.is_none() {
            self.node.expected(&["the key “", key, "”"].concat());
        }
        node.and_then(|node| node.string()).unwrap_or_default()
    }

    /// A string; `None` if absent.
    #[inline(never)]
    pub fn string(&self, key: &'static str) -> Option<String> {
        self.get(key)?.string()
    }

    /// A whole number, 0 or more; `None` if absent.
    pub fn number(&self, key: &'static str) -> Option<u32> {
        self.get(key)?.number()
    }

    /// True or false; `None` if absent.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let node = self.get(key)?;
        if let Value::Bool(flag) = node.value {
            return Some(*flag);
        }
        node.expected("true or false");
        None
    }

    /// An amount of money, 0 or more, in the unit the file uses.
    pub fn amount(&self, key: &'static str) -> Option<f64> {
        let node = self.get(key)?;
        let number = match node.value {
            Value::Number(digits) => decimal(digits),
            _ => None,
        };
        let number = number.filter(|number| *number >= 0.0);
        if number.is_none() {
            node.expected("a number, 0 or more");
        }
        number
    }

    /// The keys of the object with their values.
    pub fn entries(&self) -> Vec<(&'a str, Node<'a>)> {
        let fields = self.node.value.fields();
        let entries = fields.iter();
        entries
            .map(|(name, value)| (name.as_str(), self.node.inside(name, value)))
            .collect()
    }

    /// A list, without the items for which `read` returns `None`; empty if absent.
    pub fn list<T>(&self, key: &'static str, read: impl Fn(Node<'a>) -> Option<T>) -> Vec<T> {
        let mut list = Vec::new();
        for node in self.get(key).map(|node| node.items()).unwrap_or_default() {
            if let Some(item) = read(node) {
                list.push(item);
            }
        }
        list
    }

    /// A list of strings; other items are reported.
    pub fn strings(&self, key: &'static str) -> Vec<String> {
        self.list(key, |node| node.string())
    }

    /// An object; `None` if absent.
    pub fn object<T>(&self, key: &'static str, read: impl FnOnce(&Fields<'a>) -> T) -> Option<T> {
        Some(self.get(key)?.object(read))
    }

    /// Two numbers, such as a latitude and a longitude.
    pub fn pair(&self, key: &'static str) -> Option<(f64, f64)> {
        let node = self.get(key)?;
        let numbers: Vec<f64> = match node.value {
            Value::List(items) => items
                .iter()
                .filter_map(|item| decimal(item.text()?))
                .collect(),
            _ => Vec::new(),
        };
        if let [first, second] = numbers.as_slice() {
            return Some((*first, *second));
        }
        node.expected("a list of two numbers");
        None
    }

    /// Reports that the value of a key does not fit.
    pub fn expected(&self, key: &str, expected: &str) {
        let invalid = InvalidValue {
            path: self.path_of(key),
            expected: expected.to_owned(),
        };
        self.node
            .diagnostics
            .borrow_mut()
            .invalid_values
            .push(invalid);
    }

    fn path_of(&self, key: &str) -> String {
        let dot = if self.node.path.is_empty() { "" } else { "." };
        [&self.node.path, dot, key].concat()
    }

    fn close(&self) {
        let read_keys = self.read_keys.borrow();
        for (key, _) in self.node.value.fields() {
            // `$schema` is for editors.
            if !read_keys.contains(&key.as_str()) && key != "$schema" {
                self.node
                    .diagnostics
                    .borrow_mut()
                    .unknown_keys
                    .push(self.path_of(key));
            }
        }
    }
}

fn collect_strings(value: &Value, strings: &mut Vec<String>) {
    match value {
        Value::Text(text) => strings.push(text.clone()),
        Value::List(items) => items.iter().for_each(|item| collect_strings(item, strings)),
        Value::Map(entries) => entries
            .iter()
            .for_each(|(_, item)| collect_strings(item, strings)),
        _ => {}
    }
}
