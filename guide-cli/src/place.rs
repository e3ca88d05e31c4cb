//! A value in a document together with its path, for checks that have to say where.
//! The typed guide knows what a document means; this knows where it says so.

use json::Value;

/// A value and the path to it, as in `steps[2].fees[0]`.
#[derive(Clone, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) path: String,
    pub(crate) value: &'a Value,
}

impl<'a> Place<'a> {
    /// The whole document.
    pub(crate) fn top(value: &'a Value) -> Self {
        Self {
            path: String::new(),
            value,
        }
    }

    /// What stands under a key; null counts as nothing.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key)?;
        (!matches!(value, Value::Null)).then(|| self.under(key, value))
    }

    /// The elements of the list under a key.
    pub(crate) fn list(&self, key: &str) -> Vec<Self> {
        self.get(key).map(|list| list.items()).unwrap_or_default()
    }

    /// The elements of this list.
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
            .map(|(key, value)| (key.as_str(), self.under(key, value)))
            .collect()
    }

    /// The string that this is.
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

    fn under(&self, key: &str, value: &'a Value) -> Self {
        let path = self.path_of(key);
        Self { path, value }
    }
}

/// Every step of a guide, the parts right after the step that holds them.
pub(crate) fn steps<'a>(document: &Place<'a>) -> Vec<Place<'a>> {
    let mut all = Vec::new();
    for step in document.list("steps") {
        let parts = step.list("steps");
        all.push(step);
        all.extend(parts);
    }
    all
}

/// Objects whose keys are the city's own: a question or an attribute may be called “office”.
const OWN_KEYS: [&str; 3] = ["when", "answers", "prefill"];

/// Everything with `key` anywhere in the document, outermost first.
pub(crate) fn everywhere<'a>(place: &Place<'a>, key: &str) -> Vec<Place<'a>> {
    let mut found = Vec::new();
    gather(place, key, &mut found);
    found
}

fn gather<'a>(place: &Place<'a>, key: &str, found: &mut Vec<Place<'a>>) {
    found.extend(place.get(key));
    for (name, field) in place.fields() {
        if !OWN_KEYS.contains(&name) {
            gather(&field, key, found);
        }
    }
    for item in place.items() {
        gather(&item, key, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use json::parse;

    #[test]
    fn a_path_reads_as_the_library_writes_it() {
        let document = parse(r#"{"steps": [{"id": "a"}, {"steps": [{"id": "b"}]}]}"#).unwrap();
        let top = Place::top(&document);
        let paths: Vec<String> = steps(&top).into_iter().map(|step| step.path).collect();
        assert_eq!(paths, ["steps[0]", "steps[1]", "steps[1].steps[0]"]);
        let ids = everywhere(&top, "id");
        assert_eq!(ids.last().unwrap().path, "steps[1].steps[0].id");
    }

    #[test]
    fn what_the_city_named_itself_is_not_taken_for_a_key_of_the_guide() {
        let document = parse(
            r#"{"office": "a", "steps": [{"when": {"office": "x"}, "office": "b", "action": {"prefill": {"office": "c"}}}]}"#,
        )
        .unwrap();
        let found = everywhere(&Place::top(&document), "office");
        let paths: Vec<&str> = found.iter().map(|place| place.path.as_str()).collect();
        assert_eq!(paths, ["office", "steps[0].office"]);
    }
}
