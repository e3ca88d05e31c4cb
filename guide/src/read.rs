//! Reads what people write by hand (config, guides) into strict types, and keeps
//! account: which keys nobody asked for, and which values do not fit and why. Nothing
//! stops the rest: a wrong opening hour must not cost a resident the telephone number.
//!
//! By hand and not by serde, because serde's code for these few types is a third of
//! the first view (docs/decisions/0002-reading-without-serde.md has the bytes).

use crate::text::{Block, Rich, Text};
use open311::Value;
use std::cell::RefCell;

/// A value that does not fit: the path to it, as in `contact[0].hours`, and what was expected, in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Path from the top of the file; empty at the top itself.
    pub path: String,
    /// What was expected there.
    pub expected: String,
}

/// What is odd about a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Paths of keys that nothing reads.
    pub unknown: Vec<String>,
    /// Values that were left out because they do not fit.
    pub misfits: Vec<Misfit>,
}

/// Reads a file that is an object.
pub fn read<T>(value: &Value, read: impl FnOnce(&Fields) -> T) -> (T, Account) {
    let account = RefCell::default();
    let node = Node {
        value,
        path: String::new(),
        account: &account,
    };
    let read = node.object(read);
    (read, account.into_inner())
}

/// Reads a part of a file that was left for later; `path` is where it stands.
pub fn read_part<T: Default>(
    value: &Value,
    path: &str,
    read: impl FnOnce(&Fields) -> T,
) -> (T, Account) {
    if matches!(value, Value::Null) {
        return Default::default();
    }
    let account = RefCell::default();
    let node = Node {
        value,
        path: path.to_owned(),
        account: &account,
    };
    let read = node.object(read);
    (read, account.into_inner())
}

/// Reads a file that is a list.
pub fn read_list<T>(value: &Value, read: impl Fn(Node) -> T) -> (Vec<T>, Account) {
    let account = RefCell::default();
    let node = Node {
        value,
        path: String::new(),
        account: &account,
    };
    let list = node.items().into_iter().map(read).collect();
    (list, account.into_inner())
}

/// A value and where it stands.
pub struct Node<'a> {
    value: &'a Value,
    path: String,
    account: &'a RefCell<Account>,
}

/// The keys of an object. What has not been asked for by the end is unknown.
pub struct Fields<'a> {
    node: Node<'a>,
    asked: RefCell<Vec<&'a str>>,
}

impl<'a> Node<'a> {
    /// Says that the value is not what was expected.
    #[inline(never)]
    pub fn misfit(&self, expected: &str) {
        self.account.borrow_mut().misfits.push(Misfit {
            path: self.path.clone(),
            expected: expected.to_owned(),
        });
    }

    /// Reads the value as an object; one without keys where it is none.
    pub fn object<T>(self, read: impl FnOnce(&Fields<'a>) -> T) -> T {
        let fields = Fields {
            node: self,
            asked: RefCell::default(),
        };
        if !matches!(fields.node.value, Value::Map(_)) {
            fields.node.misfit("an object");
        }
        let read = read(&fields);
        fields.close();
        read
    }

    /// The value as a string.
    pub fn string(&self) -> Option<String> {
        match self.value {
            Value::Text(text) => Some(text.clone()),
            _ => {
                self.misfit("a string");
                None
            }
        }
    }

    /// The value as text, be it written as a string or as a number.
    pub fn any_text(&self) -> Option<String> {
        self.value.text().map(str::to_owned)
    }

    /// The value as one of a few words.
    pub fn word<T: Copy>(&self, words: &[(&str, T)]) -> Option<T> {
        let found = match self.value {
            Value::Text(text) => words
                .iter()
                .find(|(word, _)| word == text)
                .map(|(_, meaning)| *meaning),
            _ => None,
        };
        if found.is_none() {
            let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.misfit(&["one of ", &names.join(", ")].concat());
        }
        found
    }

    /// Every string in the value, however deep.
    pub fn all_strings(&self) -> Vec<String> {
        let mut strings = Vec::new();
        gather(self.value, &mut strings);
        strings
    }

    fn number(&self) -> Option<u32> {
        let number = match self.value {
            Value::Number(digits) => digits.parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.misfit("a whole number, 0 or more");
        }
        number
    }

    /// The value as it is.
    pub fn value(&self) -> &'a Value {
        self.value
    }

    /// A value inside this one, under a key.
    pub(crate) fn inside(&self, key: &str, value: &'a Value) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Node {
            value,
            path: [&self.path, dot, key].concat(),
            account: self.account,
        }
    }

    /// The value as a text in one language or several.
    pub fn texts(&self) -> Text {
        let text = match self.value {
            Value::Text(words) => Some(Text::plain(words)),
            Value::Map(entries) => Text::by_language(entries),
            _ => None,
        };
        text.unwrap_or_else(|| {
            self.misfit("a text, or an object of texts by language");
            Text::default()
        })
    }

    /// The items of a list.
    #[inline(never)]
    pub fn items(&self) -> Vec<Node<'a>> {
        let Value::List(items) = self.value else {
            self.misfit("a list");
            return Vec::new();
        };
        let mut nodes = Vec::with_capacity(items.len());
        for (index, value) in items.iter().enumerate() {
            let path = [&self.path, "[", &index.to_string(), "]"].concat();
            nodes.push(Node {
                value,
                path,
                account: self.account,
            });
        }
        nodes
    }
}

impl<'a> Fields<'a> {
    /// What stands under a key; null counts as nothing.
    #[inline(never)]
    pub fn get(&self, key: &'static str) -> Option<Node<'a>> {
        self.asked.borrow_mut().push(key);
        let value = self
            .node
            .value
            .get(key)
            .filter(|value| !matches!(value, Value::Null))?;
        Some(Node {
            value,
            path: self.path_of(key),
            account: self.node.account,
        })
    }

    /// Takes a key that the city chose itself for known.
    pub fn accept(&self, key: &'a str) {
        self.asked.borrow_mut().push(key);
    }

    /// Whether a key is there, be it with nothing in it.
    pub fn is_written(&self, key: &str) -> bool {
        self.node.value.get(key).is_some()
    }

    /// Whether anything stands under a key.
    pub fn has(&self, key: &str) -> bool {
        self.node
            .value
            .get(key)
            .is_some_and(|value| !matches!(value, Value::Null))
    }

    /// What stands under a key, to be read later.
    pub fn later(&self, key: &'static str) -> Value {
        self.get(key).map_or(Value::Null, |node| node.value.clone())
    }

    /// A string that must be there.
    pub fn needed(&self, key: &'static str) -> String {
        let node = self.get(key);
        if node.is_none() {
            self.node.misfit(&["the key “", key, "”"].concat());
        }
        node.and_then(|node| node.string()).unwrap_or_default()
    }

    /// A string.
    #[inline(never)]
    pub fn string(&self, key: &'static str) -> Option<String> {
        self.get(key)?.string()
    }

    /// A whole number.
    pub fn number(&self, key: &'static str) -> Option<u32> {
        self.get(key)?.number()
    }

    /// A text in one language or several.
    #[inline(never)]
    pub fn text(&self, key: &'static str) -> Text {
        self.get(key).map(|node| node.texts()).unwrap_or_default()
    }

    /// A text with links and emphasis, in one language or several.
    #[inline(never)]
    pub fn rich(&self, key: &'static str) -> Rich {
        self.get(key)
            .map(|node| Rich::read(&node))
            .unwrap_or_default()
    }

    /// Paragraphs and lists.
    #[inline(never)]
    pub fn blocks(&self, key: &'static str) -> Vec<Block> {
        self.get(key)
            .map(|node| Block::read_all(&node))
            .unwrap_or_default()
    }

    /// True or false; false where nothing stands.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let node = self.get(key)?;
        if let Value::Bool(flag) = node.value {
            return Some(*flag);
        }
        node.misfit("true or false");
        None
    }

    /// A number of money, as written; 0 or more.
    pub fn amount(&self, key: &'static str) -> Option<f64> {
        let node = self.get(key)?;
        let number = match node.value {
            Value::Number(digits) => open311::decimal(digits),
            _ => None,
        };
        let number = number.filter(|number| *number >= 0.0);
        if number.is_none() {
            node.misfit("a number, 0 or more");
        }
        number
    }

    /// Each name in an object and what stands under it.
    pub fn entries(&self) -> Vec<(&'a str, Node<'a>)> {
        let fields = self.node.value.fields();
        let entries = fields.iter();
        entries
            .map(|(name, value)| (name.as_str(), self.node.inside(name, value)))
            .collect()
    }

    /// A list; what does not fit is left out of it.
    pub fn list<T>(&self, key: &'static str, read: impl Fn(Node<'a>) -> Option<T>) -> Vec<T> {
        let mut list = Vec::new();
        for node in self.get(key).map(|node| node.items()).unwrap_or_default() {
            if let Some(item) = read(node) {
                list.push(item);
            }
        }
        list
    }

    /// A list of strings.
    pub fn strings(&self, key: &'static str) -> Vec<String> {
        self.list(key, |node| node.string())
    }

    /// A list of texts.
    pub fn texts(&self, key: &'static str) -> Vec<Text> {
        self.list(key, |node| Some(node.texts()))
    }

    /// An object.
    pub fn object<T>(&self, key: &'static str, read: impl FnOnce(&Fields<'a>) -> T) -> Option<T> {
        Some(self.get(key)?.object(read))
    }

    /// Two numbers, such as a latitude and a longitude.
    pub fn pair(&self, key: &'static str) -> Option<(f64, f64)> {
        let node = self.get(key)?;
        let numbers: Vec<f64> = match node.value {
            Value::List(items) => items
                .iter()
                .filter_map(|item| open311::decimal(item.text()?))
                .collect(),
            _ => Vec::new(),
        };
        if let [first, second] = numbers.as_slice() {
            return Some((*first, *second));
        }
        node.misfit("a list of two numbers");
        None
    }

    /// Says that what stands under a key is not what was expected.
    pub fn misfit(&self, key: &str, expected: &str) {
        let misfit = Misfit {
            path: self.path_of(key),
            expected: expected.to_owned(),
        };
        self.node.account.borrow_mut().misfits.push(misfit);
    }

    fn path_of(&self, key: &str) -> String {
        let dot = if self.node.path.is_empty() { "" } else { "." };
        [&self.node.path, dot, key].concat()
    }

    fn close(&self) {
        let asked = self.asked.borrow();
        for (key, _) in self.node.value.fields() {
            // The schema that a file names for its editor.
            if !asked.contains(&key.as_str()) && key != "$schema" {
                self.node
                    .account
                    .borrow_mut()
                    .unknown
                    .push(self.path_of(key));
            }
        }
    }
}

fn gather(value: &Value, strings: &mut Vec<String>) {
    match value {
        Value::Text(text) => strings.push(text.clone()),
        Value::List(items) => items.iter().for_each(|item| gather(item, strings)),
        Value::Map(entries) => entries.iter().for_each(|(_, item)| gather(item, strings)),
        _ => {}
    }
}
