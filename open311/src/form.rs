//! A new service request as form fields (rule 9), with one idempotency key for each draft (rule 10).

use crate::Location;
use crate::url::percent_encode;

/// The form field that makes sending twice harmless, if the endpoint supports it. A field and not a header,
/// because a custom header would require a CORS preflight.
pub const IDEMPOTENCY_KEY: &str = "idempotency_key";

/// A new service request. Blank fields are not sent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Post {
    /// The service; never blank.
    pub service_code: String,
    /// The city, if the endpoint serves several.
    pub jurisdiction_id: String,
    /// The API key, if the endpoint requires one.
    pub api_key: String,
    /// The coordinates.
    pub location: Option<Location>,
    /// The address as text.
    pub address_string: String,
    /// The city's own address code.
    pub address_id: String,
    /// Answers to the attributes of the service definition, in the order of the form.
    pub attributes: Vec<AttributeAnswer>,
    /// The description of the problem.
    pub description: String,
    /// The resident's e-mail address.
    pub email: String,
    /// The resident's first name.
    pub first_name: String,
    /// The resident's last name.
    pub last_name: String,
    /// The resident's telephone number, in any format.
    pub phone: String,
    /// An id of the resident's device.
    pub device_id: String,
    /// The resident's account at the city.
    pub account_id: String,
    /// The URL of a picture.
    pub media_url: String,
    /// How the resident wants to be contacted (`phone`, `text`, `email`, `post`, `none`); an extension.
    pub preferred_contact: String,
    /// The resident's postal address; an extension.
    pub postal_address: String,
    /// The number of an earlier request that this one follows up; an extension.
    pub linked_request_id: String,
    /// One key for each draft; see [`IDEMPOTENCY_KEY`].
    pub idempotency_key: String,
}

/// The answer to one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeAnswer {
    /// The attribute's code.
    pub code: String,
    /// The answer.
    pub value: AnswerValue,
}

/// The value of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerValue {
    /// One value, sent as `attribute[code]`.
    One(String),
    /// The keys of all selected choices, each sent as `attribute[code][]`.
    Many(Vec<String>),
}

impl Post {
    /// Names and values in the order of the form, trimmed, without blank values.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        add(&mut pairs, "jurisdiction_id", &self.jurisdiction_id);
        add(&mut pairs, "api_key", &self.api_key);
        add(&mut pairs, "service_code", &self.service_code);
        if let Some(location) = &self.location {
            let (lat, long) = location.texts();
            add(&mut pairs, "lat", &lat);
            add(&mut pairs, "long", &long);
        }
        for answer in &self.attributes {
            answer.add_to(&mut pairs);
        }
        for (name, value) in [
            ("address_string", &self.address_string),
            ("address_id", &self.address_id),
            ("email", &self.email),
            ("device_id", &self.device_id),
            ("account_id", &self.account_id),
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("phone", &self.phone),
            ("description", &self.description),
            ("media_url", &self.media_url),
            ("preferred_contact", &self.preferred_contact),
            ("postal_address", &self.postal_address),
            ("linked_request_id", &self.linked_request_id),
            (IDEMPOTENCY_KEY, &self.idempotency_key),
        ] {
            add(&mut pairs, name, value);
        }
        pairs
    }
}

impl Post {
    /// A request from the names and values that [`Post::pairs`] returned, for requests stored earlier. Unknown
    /// names are ignored.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut post = Self::default();
        let (mut lat, mut long) = (None, None);
        for (name, value) in pairs {
            match name.as_str() {
                "lat" => lat = json::decimal(&value),
                "long" => long = json::decimal(&value),
                _ => match name.strip_prefix("attribute[") {
                    Some(code) => post.add_attribute(code, value),
                    None => {
                        if let Some(text) = post.text(&name) {
                            *text = value;
                        }
                    }
                },
            }
        }
        post.location = lat
            .zip(long)
            .and_then(|(lat, long)| Location::new(lat, long));
        post
    }

    fn add_attribute(&mut self, code: &str, value: String) {
        let Some(code) = code.strip_suffix("][]") else {
            let code = code.strip_suffix(']').unwrap_or(code).to_owned();
            let value = AnswerValue::One(value);
            return self.attributes.push(AttributeAnswer { code, value });
        };
        match self.attributes.last_mut() {
            Some(AttributeAnswer {
                code: last,
                value: AnswerValue::Many(values),
            }) if last == code => values.push(value),
            _ => self.attributes.push(AttributeAnswer {
                code: code.to_owned(),
                value: AnswerValue::Many(vec![value]),
            }),
        }
    }

    fn text(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "service_code" => &mut self.service_code,
            "jurisdiction_id" => &mut self.jurisdiction_id,
            "api_key" => &mut self.api_key,
            "address_string" => &mut self.address_string,
            "address_id" => &mut self.address_id,
            "description" => &mut self.description,
            "email" => &mut self.email,
            "first_name" => &mut self.first_name,
            "last_name" => &mut self.last_name,
            "phone" => &mut self.phone,
            "device_id" => &mut self.device_id,
            "account_id" => &mut self.account_id,
            "media_url" => &mut self.media_url,
            "preferred_contact" => &mut self.preferred_contact,
            "postal_address" => &mut self.postal_address,
            "linked_request_id" => &mut self.linked_request_id,
            IDEMPOTENCY_KEY => &mut self.idempotency_key,
            _ => return None,
        })
    }
}

impl AttributeAnswer {
    fn add_to(&self, pairs: &mut Vec<(String, String)>) {
        let mut name = String::from("attribute[");
        name.push_str(&self.code);
        name.push(']');
        match &self.value {
            AnswerValue::One(value) => add(pairs, &name, value),
            AnswerValue::Many(values) => {
                name.push_str("[]");
                for value in values {
                    add(pairs, &name, value);
                }
            }
        }
    }
}

fn add(pairs: &mut Vec<(String, String)>, name: &str, value: &str) {
    let value = value.trim();
    if !value.is_empty() {
        pairs.push((name.to_owned(), value.to_owned()));
    }
}

/// Encodes names and values as `application/x-www-form-urlencoded` (URL Standard, section 5.2): for the body of a
/// POST and the query of a GET.
pub fn encode(pairs: &[(String, String)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        encode_text(&mut out, name);
        out.push('=');
        encode_text(&mut out, value);
    }
    out
}

fn encode_text(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            b'*' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => percent_encode(out, byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_comes_back_from_its_pairs() {
        let many = |code: &str| AttributeAnswer {
            code: code.into(),
            value: AnswerValue::Many(vec!["1".into(), "2".into()]),
        };
        let post = Post {
            service_code: "pothole".into(),
            location: Location::new(40.62, -89.918),
            attributes: vec![
                many("a"),
                many("b]["),
                AttributeAnswer {
                    code: "c".into(),
                    value: AnswerValue::One("x".into()),
                },
            ],
            description: "Deep".into(),
            preferred_contact: "text".into(),
            idempotency_key: "k".into(),
            ..Post::default()
        };
        assert_eq!(Post::from_pairs(post.pairs()), post);
    }
}
