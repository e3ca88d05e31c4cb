//! The arguments of a call: name and value pairs of a query string or a form, and the files of a
//! multipart form.
//!
//! Missing, empty and blank values are the same here, as the specification requires.

use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HOST};
use http_body_util::BodyExt as _;

use crate::response::ApiError;

/// The largest body of a POST, in bytes. Leaves room for five photos of a good phone and the other
/// fields; a much larger value would let one call fill the memory.
const MAX_BODY_BYTES: usize = 32 * 1024 * 1024;

/// The form field with the alternative text of a photo, once for each file and in their order.
pub(crate) const MEDIA_DESCRIPTION: &str = "media_description";

#[derive(Debug, Default)]
pub(crate) struct Form {
    pairs: Vec<(String, String)>,
    pub(crate) files: Vec<Vec<u8>>,
}

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

    /// All pairs, form-encoded.
    pub(crate) fn encoded(&self) -> String {
        let mut encoded = form_urlencoded::Serializer::new(String::new());
        encoded.extend_pairs(&self.pairs).finish()
    }

    pub(crate) fn add(&mut self, name: &str, value: &str) {
        self.pairs.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.pairs.retain(|(key, _)| key != name);
    }

    /// Replaces each value of this name.
    pub(crate) fn rewrite(&mut self, name: &str, replace: impl Fn(&str) -> String) {
        for (key, value) in &mut self.pairs {
            if key == name {
                *value = replace(value.trim());
            }
        }
    }

    /// The first value of this name that is not blank, trimmed.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.non_blank(name).next()
    }

    /// All values of this name in their order, trimmed. Blank ones are included, so that the n-th
    /// value belongs to the n-th file.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.pairs
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.trim())
    }

    fn non_blank(&self, name: &str) -> impl Iterator<Item = &str> {
        self.values(name).filter(|value| !value.is_empty())
    }

    /// A comma-separated list, which may also be split over several arguments of the same name.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        self.non_blank(name)
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The answers to one attribute, sent as `attribute[code]` or `attribute[code][]`.
    pub(crate) fn attribute(&self, code: &str) -> Vec<&str> {
        self.pairs
            .iter()
            .filter(|(key, _)| attribute_code(key) == Some(code))
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// The codes of all attributes that were sent, without duplicates, in their order.
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
    pub(crate) async fn from_request(request: Request) -> Result<Self, ApiError> {
        let content_type = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_ascii_lowercase();
        if content_type.starts_with("multipart/form-data") {
            Form::from_multipart(request).await
        } else if content_type.is_empty()
            || content_type.starts_with("application/x-www-form-urlencoded")
        {
            let bytes = read_body(request.into_body()).await?;
            Ok(Form::from_encoded(&bytes))
        } else {
            Err(ApiError::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                format!(
                    "Content-Type {content_type} is not read here: send application/x-www-form-urlencoded or multipart/form-data"
                ),
            ))
        }
    }

    async fn from_multipart(request: Request) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        // Read the body to its end first: a limit that is exceeded in mid-stream would close the
        // connection before the client can read why.
        let request = Request::from_parts(parts, Body::from(read_body(body).await?));
        let mut multipart = Multipart::from_request(request, &())
            .await
            .map_err(|error| ApiError::bad_request(error.body_text()))?;
        let mut form = Form::default();
        while let Some(field) = multipart
            .next_field()
            .await
            .map_err(|error| ApiError::bad_request(error.body_text()))?
        {
            let name = field.name().unwrap_or_default().to_owned();
            let is_file = field.file_name().is_some();
            let bytes = field
                .bytes()
                .await
                .map_err(|error| ApiError::bad_request(error.body_text()))?;
            if is_file || matches!(name.as_str(), "media" | "media[]" | "file") {
                // Browsers send an empty file field as a part without bytes.
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

/// The address that the client used, such as `http://127.0.0.1:8311`.
pub(crate) fn origin(request: &Request) -> String {
    let host = request.headers().get(HOST);
    let host = host.and_then(|host| host.to_str().ok());
    format!("http://{}", host.unwrap_or("127.0.0.1"))
}

async fn read_body(mut body: Body) -> Result<Vec<u8>, ApiError> {
    let (mut bytes, mut length) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| ApiError::bad_request("what was sent broke off"))?;
        let Some(data) = frame.data_ref() else {
            continue;
        };
        length += data.len();
        if length <= MAX_BODY_BYTES {
            bytes.extend_from_slice(data);
        } else if length > MAX_BODY_BYTES * 4 {
            break;
        }
        // Beyond the limit the rest is read and dropped: many clients read no response, not even
        // "too large", before they have sent the whole body.
    }
    if length <= MAX_BODY_BYTES {
        return Ok(bytes);
    }
    Err(ApiError::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!(
            "what was sent is larger than {} MB",
            MAX_BODY_BYTES / 1024 / 1024
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
    fn comma_separated_and_repeated_arguments_form_one_list() {
        let form = Form::from_encoded(b"status=open,%20closed&status=&status=late");
        assert_eq!(form.list("status"), ["open", "closed", "late"]);
    }

    #[test]
    fn both_forms_of_an_attribute_name_are_read() {
        let form =
            Form::from_encoded(b"attribute%5Ba%5D=1&attribute[b][]=2&attribute[b][]=3&attribute=4");
        assert_eq!(form.attribute("a"), ["1"]);
        assert_eq!(form.attribute("b"), ["2", "3"]);
        assert_eq!(form.attribute_codes(), ["a", "b"]);
    }
}
