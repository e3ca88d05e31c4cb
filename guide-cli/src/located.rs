//! A value of a document together with its path, for checks that report where. The typed guide knows what a document
//! means; this module knows where it says so.

use json::Value;

/// A value and its path, as in `steps[2].fees[0]`.
#[derive(Clone, Debug)]
pub(crate) struct Located<'a> {
    pub(crate) path: String,
    pub(crate) value: &'a Value,
}

impl<'a> Located<'a> {
    /// The whole document.
    pub(crate) fn top(value: &'a Value) -> Self {
        Self {
            path: String::new(),
            value,
        }
    }

    /// The value under a key; `null` counts as absent.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key)?;
        (!matches!(value, Value::Null)).then(|| self.child(key, value))
    }

    /// The items of the list under a key.
    pub(crate) fn list(&self, key: &str) -> Vec<Self> {
        self.get(key).map(|list| list.items()).unwrap_or_default()
    }

    /// The items of this list.
    pub(crate) fn items(&self) -> Vec<Self> {
        let items = self.value.items().iter().enumerate();
        items
            .map(|(index, value)| Self {
                path: format!("{}[{index}]", self.path),
                value,
            })
            .collect()
    }

    /// The keys of this object with their values.
    pub(crate) fn fields(&self) -> Vec<(&'a str, Self)> {
        let fields = self.value.fields().iter();
        fields
            .map(|(key, value)| (key.as_str(), self.child(key, value)))
            .collect()
    }

    /// The value as a string.
    pub(crate) fn text(&self) -> Option<&'a str> {
        match self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The string under a key.
    pub(crate) fn string(&self, key: &str) -> Option<&'a str> {
        match self.value.get(key)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The string under `id`.
    pub(crate) fn id(&self) -> Option<&'a str> {
        self.string("id")
    }

    pub(crate) fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    /// The path of a key in this object.
    pub(crate) fn path_of(&self, key: &str) -> String {
        let dot = if self.path.is_empty() { "" } else { "." };
        format!("{}{dot}{key}", self.path)
    }

    fn child(&self, key: &str, value: &'a Value) -> Self {
        let path = self.path_of(key);
        Self { path, value }
    }
}

/// Every step of a guide, each followed by its parts.
pub(crate) fn steps<'a>(document: &Located<'a>) -> Vec<Located<'a>> {
    let mut all = Vec::new();
    for step in document.list("steps") {
        let parts = step.list("steps");
        all.push(step);
        all.extend(parts);
    }
    all
}

/// The items of the lists under a key, of all steps.
pub(crate) fn in_steps<'a>(steps: &[Located<'a>], key: &str) -> Vec<Located<'a>> {
    steps.iter().flat_map(|step| step.list(key)).collect()
}

/// Objects whose keys the city chooses: a question or an attribute may be called “office”.
const OWN_KEYS: [&str; 3] = ["when", "answers", "prefill"];

/// Every value under `key`, anywhere in the document, outermost first.
pub(crate) fn find_all<'a>(top: &Located<'a>, key: &str) -> Vec<Located<'a>> {
    let mut found = Vec::new();
    collect(top, key, &mut found);
    found
}

fn collect<'a>(located: &Located<'a>, key: &str, found: &mut Vec<Located<'a>>) {
    found.extend(located.get(key));
    for (name, field) in located.fields() {
        if !OWN_KEYS.contains(&name) {
            collect(&field, key, found);
        }
    }
    for item in located.items() {
        collect(&item, key, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use json::parse;

    #[test]
    fn paths_have_the_format_of_the_reader_s_diagnostics() {
        let document = parse(r#"{"steps": [{"id": "a"}, {"steps": [{"id": "b"}]}]}"#).unwrap();
        let top = Located::top(&document);
        let paths: Vec<String> = steps(&top).into_iter().map(|step| step.path).collect();
        assert_eq!(paths, ["steps[0]", "steps[1]", "steps[1].steps[0]"]);
        let ids = find_all(&top, "id");
        assert_eq!(ids.last().unwrap().path, "steps[1].steps[0].id");
    }

    #[test]
    fn keys_that_the_city_chose_are_not_keys_of_the_guide() {
        let document = parse(
            r#"{"office": "a", "steps": [{"when": {"office": "x"}, "office": "b", "action": {"prefill": {"office": "c"}}}]}"#,
        )
        .unwrap();
        let found = find_all(&Located::top(&document), "office");
        let paths: Vec<&str> = found.iter().map(|located| located.path.as_str()).collect();
        assert_eq!(paths, ["office", "steps[0].office"]);
    }
}
