//! Photos: which files are accepted as one, and how they are served.
//!
//! The type of a file is told by its first bytes, never by its name or by the type that was sent with
//! it, so that an uploaded file cannot be served as a page under the city's address.

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse as _, Response};

use crate::form::{Form, MEDIA_DESCRIPTION};
use crate::response::not_found;

/// How many photos one request or update may have.
const MAX_PHOTOS: usize = 5;
/// The largest photo, in bytes.
const MAX_PHOTO_BYTES: usize = 10 * 1024 * 1024;
const MAX_DESCRIPTION_CHARS: usize = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ImageFormat {
    Jpeg,
    Png,
    Gif,
    Webp,
    Heic,
}

impl ImageFormat {
    pub(crate) fn detect(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(ImageFormat::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(ImageFormat::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(ImageFormat::Gif),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(ImageFormat::Webp),
            [
                _,
                _,
                _,
                _,
                b'f',
                b't',
                b'y',
                b'p',
                b'h',
                b'e',
                b'i',
                b'c' | b'x',
                ..,
            ]
            | [
                _,
                _,
                _,
                _,
                b'f',
                b't',
                b'y',
                b'p',
                b'm',
                b'i',
                b'f',
                b'1',
                ..,
            ] => Some(ImageFormat::Heic),
            _ => None,
        }
    }

    pub(crate) fn extension(self) -> &'static str {
        match self {
            ImageFormat::Jpeg => "jpg",
            ImageFormat::Png => "png",
            ImageFormat::Gif => "gif",
            ImageFormat::Webp => "webp",
            ImageFormat::Heic => "heic",
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            ImageFormat::Jpeg => "image/jpeg",
            ImageFormat::Png => "image/png",
            ImageFormat::Gif => "image/gif",
            ImageFormat::Webp => "image/webp",
            ImageFormat::Heic => "image/heic",
        }
    }
}

pub(crate) struct UploadedPhoto {
    pub(crate) format: ImageFormat,
    /// The alternative text, as the sender wrote it.
    pub(crate) description: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// Takes the files out of the form. A file that is not accepted adds its reason to `errors`.
pub(crate) fn take_photos(form: &mut Form, errors: &mut Vec<String>) -> Vec<UploadedPhoto> {
    let files = std::mem::take(&mut form.files);
    if files.len() > MAX_PHOTOS {
        errors.push(format!(
            "media has {} files, at most {MAX_PHOTOS} are kept",
            files.len()
        ));
        return Vec::new();
    }
    let mut descriptions = form.values(MEDIA_DESCRIPTION);
    let mut photos = Vec::new();
    for bytes in files {
        let description = descriptions.next().filter(|text| !text.is_empty());
        let length = description.map_or(0, |text| text.chars().count());
        if length > MAX_DESCRIPTION_CHARS {
            errors.push(format!(
                "{MEDIA_DESCRIPTION} has {length} characters, at most {MAX_DESCRIPTION_CHARS} are kept"
            ));
        }
        match ImageFormat::detect(&bytes) {
            _ if bytes.len() > MAX_PHOTO_BYTES => errors.push(format!(
                "media is larger than {} MB",
                MAX_PHOTO_BYTES / 1024 / 1024
            )),
            Some(format) => photos.push(UploadedPhoto {
                format,
                description: description.map(str::to_owned),
                bytes,
            }),
            None => {
                errors.push("media is not a photo: send JPEG, PNG, GIF, WebP or HEIC".to_owned())
            }
        }
    }
    photos
}

/// The stored photo, or 404.
pub(crate) fn respond(bytes: Option<Vec<u8>>) -> Response {
    let photo = bytes.and_then(|bytes| ImageFormat::detect(&bytes).map(|format| (format, bytes)));
    let Some((format, bytes)) = photo else {
        return not_found("There is no such photo.");
    };
    let headers = [
        (CONTENT_TYPE, format.content_type()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (CONTENT_DISPOSITION, "inline"),
        // The name is random, and its bytes never change.
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, Body::from(bytes)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_type_of_a_file() {
        for (bytes, format) in [
            (b"\xff\xd8\xff\xe0 JFIF".as_slice(), Some(ImageFormat::Jpeg)),
            (b"\x89PNG\r\n\x1a\n....", Some(ImageFormat::Png)),
            (b"GIF89a......", Some(ImageFormat::Gif)),
            (b"RIFF1234WEBPVP8 ", Some(ImageFormat::Webp)),
            (b"\0\0\0\x18ftypheic\0\0", Some(ImageFormat::Heic)),
            (b"<html><script>alert(1)</script>", None),
            (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
            (b"\xff\xd8", None),
            (b"", None),
        ] {
            assert_eq!(ImageFormat::detect(bytes), format, "{bytes:?}");
        }
    }
}
