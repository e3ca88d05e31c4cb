//! Photos: what is taken for one, and how it is served.
//!
//! A file is what its first bytes say, never what its sender calls it, so that nothing a stranger
//! sends can come back from the city's address as a page.

use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Response, StatusCode};

use crate::form::{Form, MEDIA_DESCRIPTION};

/// The most photos one request or update may bring.
pub(crate) const MOST_PICTURES: usize = 5;
/// The largest photo, in bytes.
pub(crate) const MOST_BYTES: usize = 10 * 1024 * 1024;
const LONGEST_DESCRIPTION: usize = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PictureKind {
    Jpeg,
    Png,
    Gif,
    Webp,
    Heic,
}

impl PictureKind {
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(PictureKind::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(PictureKind::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(PictureKind::Gif),
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
            ] => Some(PictureKind::Webp),
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
            ] => Some(PictureKind::Heic),
            _ => None,
        }
    }

    pub(crate) fn extension(self) -> &'static str {
        match self {
            PictureKind::Jpeg => "jpg",
            PictureKind::Png => "png",
            PictureKind::Gif => "gif",
            PictureKind::Webp => "webp",
            PictureKind::Heic => "heic",
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            PictureKind::Jpeg => "image/jpeg",
            PictureKind::Png => "image/png",
            PictureKind::Gif => "image/gif",
            PictureKind::Webp => "image/webp",
            PictureKind::Heic => "image/heic",
        }
    }
}

pub(crate) struct Picture {
    pub(crate) kind: PictureKind,
    /// What it shows, in the sender's words.
    pub(crate) description: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

/// Sorts the form's files into pictures and problems.
pub(crate) fn pictures(form: &mut Form, problems: &mut Vec<String>) -> Vec<Picture> {
    let files = std::mem::take(&mut form.files);
    if files.len() > MOST_PICTURES {
        problems.push(format!(
            "media has {} files, at most {MOST_PICTURES} are kept",
            files.len()
        ));
        return Vec::new();
    }
    let mut descriptions = form.in_order(MEDIA_DESCRIPTION).into_iter();
    let mut pictures = Vec::new();
    for bytes in files {
        let description = descriptions.next().filter(|text| !text.is_empty());
        let length = description.map_or(0, |text| text.chars().count());
        if length > LONGEST_DESCRIPTION {
            problems.push(format!(
                "{MEDIA_DESCRIPTION} has {length} characters, at most {LONGEST_DESCRIPTION} are kept"
            ));
        }
        match PictureKind::of(&bytes) {
            _ if bytes.len() > MOST_BYTES => problems.push(format!(
                "media is larger than {} MB",
                MOST_BYTES / 1024 / 1024
            )),
            Some(kind) => pictures.push(Picture {
                kind,
                description: description.map(str::to_owned),
                bytes,
            }),
            None => {
                problems.push("media is not a photo: send JPEG, PNG, GIF, WebP or HEIC".to_owned())
            }
        }
    }
    pictures
}

pub(crate) fn respond(bytes: Option<Vec<u8>>) -> Response<Body> {
    let picture = bytes.and_then(|bytes| PictureKind::of(&bytes).map(|kind| (kind, bytes)));
    let Some((kind, bytes)) = picture else {
        let mut response = Response::new(Body::from("There is no such photo."));
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    let mut response = Response::new(Body::from(bytes));
    for (name, value) in [
        (CONTENT_TYPE, kind.content_type()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (CONTENT_DISPOSITION, "inline"),
        // The name is random and its bytes never change.
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        for (bytes, kind) in [
            (b"\xff\xd8\xff\xe0 JFIF".as_slice(), Some(PictureKind::Jpeg)),
            (b"\x89PNG\r\n\x1a\n....", Some(PictureKind::Png)),
            (b"GIF89a......", Some(PictureKind::Gif)),
            (b"RIFF1234WEBPVP8 ", Some(PictureKind::Webp)),
            (b"\0\0\0\x18ftypheic\0\0", Some(PictureKind::Heic)),
            (b"<html><script>alert(1)</script>", None),
            (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
            (b"\xff\xd8", None),
            (b"", None),
        ] {
            assert_eq!(PictureKind::of(bytes), kind, "{bytes:?}");
        }
    }
}
