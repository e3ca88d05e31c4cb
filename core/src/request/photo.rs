//! The photos of a request, and the location in their Exif data.
//!
//! The location leaves the phone only if the resident agrees; it is read before the photo is shrunk and written
//! back afterwards. Files, canvases and uploads are up to the browser.

use crate::ids::PhotoId;
use json::Value;
use open311::Location;

/// The maximum length of the longer edge of a photo that is sent, in pixels. Larger photos are slower to send,
/// smaller ones show less. Sensible: 1024 to 4096.
pub const LONGEST_EDGE: u32 = 2048;
/// How much of the beginning of a file is searched for Exif data, in bytes. A segment has at most 64 KiB, and
/// others may precede it. Sensible: 64 to 256 KiB.
pub const HEAD: u32 = 128 * 1024;

/// A photo, without its bytes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Photo {
    /// Identifies the photo on the device.
    pub id: PhotoId,
    /// The file name, for the resident.
    pub name: String,
    /// The resident's description; may be empty.
    pub description: String,
    /// Where it was taken according to the camera: latitude and longitude in degrees.
    pub taken_at: Option<(String, String)>,
    /// True if the resident agreed to send that location with the photo.
    pub keeps_place: bool,
    /// Its address on the web, once it has been uploaded (`photos.upload`).
    pub url: Option<String>,
}

impl Photo {
    /// Encodes the photo to be saved with a draft.
    pub fn to_json(&self) -> Value {
        let mut fields = vec![
            ("id", Value::from(&*self.id)),
            ("name", self.name.as_str().into()),
            ("description", self.description.as_str().into()),
            ("keeps_place", self.keeps_place.into()),
        ];
        if let Some((lat, long)) = &self.taken_at {
            fields.push(("lat", lat.as_str().into()));
            fields.push(("long", long.as_str().into()));
        }
        if let Some(url) = &self.url {
            fields.push(("url", url.as_str().into()));
        }
        Value::object(fields)
    }

    /// Decodes a photo that was saved; `None` if it cannot be read.
    pub fn from_json(value: &Value) -> Option<Self> {
        let text = |name| value.string_of(name);
        Some(Self {
            id: text("id")?.into(),
            name: text("name").unwrap_or_default(),
            description: text("description").unwrap_or_default(),
            taken_at: text("lat").zip(text("long")),
            keeps_place: value.get("keeps_place").and_then(Value::as_bool) == Some(true),
            url: text("url"),
        })
    }
}

/// Reads where a JPEG was taken from its Exif data (Exif 2.32, 4.6.6). `None` if the file has no location or
/// cannot be read.
pub fn taken_at(jpeg: &[u8]) -> Option<Location> {
    let tiff = Tiff::in_jpeg(jpeg)?;
    let first = tiff.number(4, 4)?;
    let gps = tiff.entry(first as usize, 0x8825)?;
    let gps = tiff.number(gps.saturating_add(8), 4)? as usize;
    let degrees = |reference: u16, value: u16, negative: u8| {
        let hemisphere = tiff
            .bytes
            .get(tiff.entry(gps, reference)?.saturating_add(8))?;
        let offset = tiff.number(tiff.entry(gps, value)?.saturating_add(8), 4)? as usize;
        let part = |index: usize| {
            let at = offset.checked_add(index * 8)?;
            let (numerator, denominator) =
                (tiff.number(at, 4)?, tiff.number(at.checked_add(4)?, 4)?);
            (denominator != 0).then(|| f64::from(numerator) / f64::from(denominator))
        };
        let sum = part(0)? + part(1)? / 60.0 + part(2).unwrap_or_default() / 3600.0;
        Some(if *hemisphere == negative { -sum } else { sum })
    };
    Location::new(degrees(1, 2, b'S')?, degrees(3, 4, b'W')?)
}

/// The Exif data of a JPEG, which is in the TIFF format.
struct Tiff<'a> {
    bytes: &'a [u8],
    is_little_endian: bool,
}

impl<'a> Tiff<'a> {
    /// Finds the Exif data in the segments before the image data.
    fn in_jpeg(jpeg: &'a [u8]) -> Option<Self> {
        let mut rest = jpeg.strip_prefix(&[0xff, 0xd8])?;
        loop {
            let [0xff, kind, high, low, ..] = rest else {
                return None;
            };
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            let body = rest.get(4..2 + length)?;
            if *kind == 0xe1
                && let Some(bytes) = body.strip_prefix(b"Exif\0\0")
            {
                let is_little_endian = match bytes.get(..4)? {
                    [b'I', b'I', 42, 0] => true,
                    [b'M', b'M', 0, 42] => false,
                    _ => return None,
                };
                return Some(Self {
                    bytes,
                    is_little_endian,
                });
            }
            // The image data starts here.
            if *kind == 0xda {
                return None;
            }
            rest = rest.get(2 + length..)?;
        }
    }

    /// The unsigned number of `size` bytes at an offset.
    fn number(&self, at: usize, size: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(size)?)?;
        let join = |sum: u32, byte: &u8| (sum << 8) | u32::from(*byte);
        Some(if self.is_little_endian {
            bytes.iter().rev().fold(0, join)
        } else {
            bytes.iter().fold(0, join)
        })
    }

    /// The offset of the entry with this tag in the directory at `at`.
    fn entry(&self, at: usize, tag: u16) -> Option<usize> {
        let count = self.number(at, 2)? as usize;
        (0..count)
            .map(|index| at.saturating_add(2 + index * 12))
            .find(|entry| self.number(*entry, 2) == Some(u32::from(tag)))
    }
}

/// An Exif segment that holds only the location where a photo was taken, to be inserted into a JPEG without Exif
/// data.
pub fn place_segment(location: Location) -> Vec<u8> {
    const RATIONAL: u16 = 5;
    const ASCII: u16 = 2;
    const LONG: u16 = 4;
    // Offsets are relative to the byte order mark. The order is: header, directory with one entry, GPS directory
    // with four entries, values.
    const GPS: u32 = 8 + 2 + 12 + 4;
    const VALUES: u32 = GPS + 2 + 4 * 12 + 4;
    let mut tiff: Vec<u8> = b"MM\0\x2a\0\0\0\x08".to_vec();
    let entry = |tiff: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        tiff.extend(tag.to_be_bytes());
        tiff.extend(kind.to_be_bytes());
        tiff.extend(count.to_be_bytes());
        tiff.extend(value);
    };
    let hemisphere = |is_negative: bool, negative: u8, positive: u8| {
        [if is_negative { negative } else { positive }, 0, 0, 0]
    };
    tiff.extend(1u16.to_be_bytes());
    entry(&mut tiff, 0x8825, LONG, 1, GPS.to_be_bytes());
    tiff.extend([0; 4]);
    tiff.extend(4u16.to_be_bytes());
    entry(
        &mut tiff,
        1,
        ASCII,
        2,
        hemisphere(location.lat < 0.0, b'S', b'N'),
    );
    entry(&mut tiff, 2, RATIONAL, 3, VALUES.to_be_bytes());
    entry(
        &mut tiff,
        3,
        ASCII,
        2,
        hemisphere(location.long < 0.0, b'W', b'E'),
    );
    entry(&mut tiff, 4, RATIONAL, 3, (VALUES + 24).to_be_bytes());
    tiff.extend([0; 4]);
    for degrees in [location.lat, location.long] {
        // In hundredths of an arc second: about a foot.
        let hundredths = (degrees.abs() * 360_000.0 + 0.5) as u32;
        for (numerator, denominator) in [
            (hundredths / 360_000, 1u32),
            (hundredths / 6_000 % 60, 1),
            (hundredths % 6_000, 100),
        ] {
            tiff.extend(numerator.to_be_bytes());
            tiff.extend(denominator.to_be_bytes());
        }
    }
    let mut segment = vec![0xff, 0xe1];
    segment.extend((2 + 6 + tiff.len() as u16).to_be_bytes());
    segment.extend(b"Exif\0\0");
    segment.extend(tiff);
    segment
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn jpeg_with(segment: &[u8]) -> Vec<u8> {
        let jfif = [0xff, 0xe0, 0, 16]
            .into_iter()
            .chain(*b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
        let picture = [0xff, 0xda, 0, 2, 1, 2, 3];
        [0xff, 0xd8]
            .into_iter()
            .chain(jfif)
            .chain(segment.iter().copied())
            .chain(picture)
            .collect()
    }

    #[test]
    fn a_file_without_exif_data_has_no_location() {
        for bytes in [&b""[..], b"\xff\xd8", b"GIF89a", &jpeg_with(&[])] {
            assert_eq!(taken_at(bytes), None);
        }
    }

    #[test]
    fn little_endian_exif_data_is_read() {
        let mut tiff = b"II\x2a\0\x08\0\0\0".to_vec();
        tiff.extend([1, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0]);
        tiff.extend([4, 0]);
        let mut values: Vec<u8> = Vec::new();
        for (tag, kind, count, value) in [
            (1u16, 2u16, 2u32, u32::from(b'S')),
            (2, 5, 3, 80),
            (3, 2, 2, u32::from(b'E')),
            (4, 5, 3, 104),
        ] {
            tiff.extend(tag.to_le_bytes());
            tiff.extend(kind.to_le_bytes());
            tiff.extend(count.to_le_bytes());
            tiff.extend(value.to_le_bytes());
        }
        tiff.extend([0; 4]);
        for number in [1u32, 1, 17, 1, 24, 1, 36, 1, 49, 1, 12, 1] {
            values.extend(number.to_le_bytes());
        }
        tiff.extend(values);
        let mut segment = vec![0xff, 0xe1];
        segment.extend((8 + tiff.len() as u16).to_be_bytes());
        segment.extend(b"Exif\0\0");
        segment.extend(tiff);
        let found = taken_at(&jpeg_with(&segment)).unwrap();
        assert!(
            (found.lat + 1.29).abs() < 1e-6 && (found.long - 36.82).abs() < 1e-6,
            "{found:?}"
        );
    }

    proptest! {
        #[test]
        fn a_written_location_is_read_back(lat in -90.0f64..90.0, long in -180.0f64..180.0) {
            let location = Location::new(lat, long).unwrap();
            let found = taken_at(&jpeg_with(&place_segment(location))).unwrap();
            prop_assert!((found.lat - lat).abs() < 1e-5 && (found.long - long).abs() < 1e-5);
        }

        #[test]
        fn no_file_makes_reading_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0usize..120, byte: u8) {
            let _ = taken_at(&bytes);
            let mut jpeg = jpeg_with(&place_segment(Location { lat: 40.0, long: -89.0 }));
            if let Some(target) = jpeg.get_mut(at) {
                *target = byte;
            }
            let _ = taken_at(&jpeg);
        }
    }
}
