//! The known keys of each object, for suggesting what a misspelt key was meant to be. Which keys are unknown is up to
//! the reader; this table only provides the suggestions.

/// The keys of an object, by the key under which the object is.
const KEYS: &[(&str, &str)] = &[
    (
        "",
        "id language title topic summary keywords office output time currency questions outcomes \
         steps refusal related reviewed review_months scenarios guides offices holidays",
    ),
    ("guides", "id title summary topic keywords url"),
    ("office", OFFICE),
    ("offices", OFFICE),
    ("hours", "days opens closes"),
    ("time", "usual most"),
    ("questions", "id label hint options when"),
    ("options", "id label"),
    ("outcomes", "id when eligible title text try"),
    (
        "steps",
        "id title text who actor time optional when after evidence fees office refusal action \
         choose steps",
    ),
    ("evidence", "id title text without optional when"),
    ("fees", "id title amount to waiver pay when"),
    ("refusal", "text appeal"),
    ("related", "guides services"),
    ("scenarios", "name answers outcome steps evidence fees"),
    ("action", ACTION),
    ("try", ACTION),
    ("calendar", "title place text dates in minutes remind"),
];
const OFFICE: &str = "id name phone email address hours closed accessibility note map";
const ACTION: &str = "label service prefill url phone guide download calendar";
const SPAN: &str = "emphasis text link guide service phone";

/// The known keys of the object that has the key at this path.
pub(crate) fn siblings_of(path: &str) -> impl Iterator<Item = &'static str> {
    let mut names = path.rsplit('.').skip(1);
    let parent = names.next().unwrap_or_default();
    let parent = parent.split('[').next().unwrap_or_default();
    let row = KEYS.iter().find(|(name, _)| *name == parent);
    row.map_or(SPAN, |(_, keys)| keys).split_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_keys_depend_on_the_object() {
        for (path, key) in [
            ("titel", "title"),
            ("steps[3].evidence[0].witout", "without"),
            ("steps[3].steps[0].chose", "choose"),
            ("steps[0].text[1].en[2].lnk", "link"),
            ("outcomes[0].try[1].lable", "label"),
        ] {
            assert!(siblings_of(path).any(|known| known == key), "{path}");
        }
        assert!(!siblings_of("steps[0].x").any(|known| known == "currency"));
    }
}
