//! What a client sent: the pairs of a query string or a form, and the files of a multipart form.
//!
//! Missing, empty and blank are the same here, as the specification asks.

use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use http_body_util::BodyExt as _;

use crate::answer::Failure;

/// Five photos of a good phone, and the words around them.
pub(crate) const MOST_BYTES: usize = 32 * 1024 * 1024;

#[derive(Debug, Default)]
pub(crate) struct Form {
    pairs: Vec<(String, String)>,
    pub(crate) files: Vec<Vec<u8>>,
}

/// The form field that says what a photo shows, once for each, in the order of the files.
pub(crate) const MEDIA_DESCRIPTION: &str = "media_description";

impl Form {
    pub(crate) fn from_encoded(encoded: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(encoded).into_owned().collect();
        Form {
            pairs,
            files: Vec::new(),
        }
    }

    pub(crate) fn append_encoded(&mut self, encoded: &[u8]) {
        self.pairs
            .extend(form_urlencoded::parse(encoded).into_owned());
    }

    pub(crate) fn add(&mut self, name: &str, value: &str) {
        self.pairs.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.pairs.retain(|(key, _)| key != name);
    }

    /// Puts another value in the place of each that stands under this name.
    pub(crate) fn rewrite(&mut self, name: &str, other: impl Fn(&str) -> String) {
        for (key, value) in &mut self.pairs {
            if key == name {
                *value = other(value.trim());
            }
        }
    }

    /// The first value under this name that is not blank, trimmed.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).first().copied()
    }

    /// Every value under this name in its order, the blank ones too: they keep their place.
    pub(crate) fn in_order(&self, name: &str) -> Vec<&str> {
        self.pairs
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.trim())
            .collect()
    }

    fn all(&self, name: &str) -> Vec<&str> {
        self.pairs
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// A comma list, which may also be spread over several arguments of the same name.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        self.all(name)
            .into_iter()
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The answers to one attribute, written `attribute[code]` or `attribute[code][]`.
    pub(crate) fn attribute(&self, code: &str) -> Vec<&str> {
        self.pairs
            .iter()
            .filter(|(key, _)| attribute_code(key) == Some(code))
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// The codes of all attributes that were sent, each once, in their order.
    pub(crate) fn attribute_codes(&self) -> Vec<&str> {
        let mut codes = Vec::new();
        for code in self.pairs.iter().filter_map(|(key, _)| attribute_code(key)) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }

    /// Reads the body of a POST, form-encoded or multipart.
    pub(crate) async fn from_request(request: Request) -> Result<Self, Failure> {
        let kind = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_ascii_lowercase();
        if kind.starts_with("multipart/form-data") {
            Form::from_multipart(request).await
        } else if kind.is_empty() || kind.starts_with("application/x-www-form-urlencoded") {
            let bytes = bytes(request.into_body()).await?;
            Ok(Form::from_encoded(&bytes))
        } else {
            Err(Failure::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                format!(
                    "Content-Type {kind} is not read here: send application/x-www-form-urlencoded or multipart/form-data"
                ),
            ))
        }
    }

    async fn from_multipart(request: Request) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        // Read to the end first: a limit that is met in mid-stream would close the connection
        // before the client can read why.
        let request = Request::from_parts(parts, Body::from(bytes(body).await?));
        let mut multipart = Multipart::from_request(request, &())
            .await
            .map_err(|problem| Failure::bad(problem.body_text()))?;
        let mut form = Form::default();
        while let Some(field) = multipart
            .next_field()
            .await
            .map_err(|problem| Failure::bad(problem.body_text()))?
        {
            let name = field.name().unwrap_or_default().to_owned();
            let is_file = field.file_name().is_some();
            let bytes = field
                .bytes()
                .await
                .map_err(|problem| Failure::bad(problem.body_text()))?;
            if is_file || matches!(name.as_str(), "media" | "media[]" | "file") {
                // A file field that was left empty is sent as a part without bytes.
                if !bytes.is_empty() {
                    form.files.push(bytes.to_vec());
                }
            } else {
                form.pairs
                    .push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
        Ok(form)
    }
}

async fn bytes(mut body: Body) -> Result<Vec<u8>, Failure> {
    let (mut kept, mut length) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Failure::bad("what was sent broke off"))?;
        let Some(data) = frame.data_ref() else {
            continue;
        };
        length += data.len();
        if length <= MOST_BYTES {
            kept.extend_from_slice(data);
        } else if length > MOST_BYTES * 4 {
            break;
        }
        // Beyond the limit the rest is read and dropped: many clients read no answer, not even
        // the one that says "too large", before they have sent everything.
    }
    if length <= MOST_BYTES {
        return Ok(kept);
    }
    Err(Failure::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!(
            "what was sent is larger than {} MB",
            MOST_BYTES / 1024 / 1024
        ),
    ))
}

fn attribute_code(key: &str) -> Option<&str> {
    let inner = key.strip_prefix("attribute[")?;
    inner
        .strip_suffix("][]")
        .or_else(|| inner.strip_suffix(']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_arguments_count_as_missing() {
        let form = Form::from_encoded(b"lat=+&lat=&long=+4.5+");
        assert_eq!(form.get("lat"), None);
        assert_eq!(form.get("long"), Some("4.5"));
    }

    #[test]
    fn comma_lists_and_repeated_arguments_are_one_list() {
        let form = Form::from_encoded(b"status=open,%20closed&status=&status=late");
        assert_eq!(form.list("status"), ["open", "closed", "late"]);
    }

    #[test]
    fn both_spellings_of_an_attribute_are_read() {
        let form =
            Form::from_encoded(b"attribute%5Ba%5D=1&attribute[b][]=2&attribute[b][]=3&attribute=4");
        assert_eq!(form.attribute("a"), ["1"]);
        assert_eq!(form.attribute("b"), ["2", "3"]);
        assert_eq!(form.attribute_codes(), ["a", "b"]);
    }
}
