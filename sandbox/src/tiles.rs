//! Map tiles of Riverton, drawn as SVG from the same grid as its addresses, so that the sample
//! city has a map without another host.

use std::f64::consts::PI;
use std::fmt::Write as _;

use axum::body::Body;
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};

use crate::response::not_found;
use crate::sample::streets::{BLOCK, EASTBOUND, NORTHBOUND, SOUTH_WEST};

/// The side of a tile, in pixels.
const SIZE: f64 = 256.0;
/// West, south, east and north of each park, in blocks from the first corner.
const PARKS: [(&str, [f64; 4]); 3] = [
    ("River Park", [-0.9, 0.2, -0.15, 4.8]),
    ("Old Mill", [1.1, 5.1, 1.9, 5.9]),
    ("Oak Grove", [5.1, 8.1, 5.9, 8.9]),
];

pub(crate) async fn tile(Path((zoom, x, y)): Path<(u32, u32, String)>) -> Response {
    let y = y.strip_suffix(".svg").and_then(|y| y.parse::<u32>().ok());
    let Some(tile) = y.and_then(|y| Tile::new(zoom, x, y)) else {
        return not_found("There is no such tile.");
    };
    let headers = [(CONTENT_TYPE, "image/svg+xml; charset=utf-8")];
    (headers, Body::from(tile.draw())).into_response()
}

struct Tile {
    zoom: u32,
    x: f64,
    y: f64,
    /// The number of tiles from west to east at this zoom.
    across: f64,
}

impl Tile {
    fn new(zoom: u32, x: u32, y: u32) -> Option<Self> {
        let across = 1_u32.checked_shl(zoom).filter(|_| zoom <= 22)?;
        let inside = x < across && y < across;
        inside.then(|| Tile {
            zoom,
            x: x.into(),
            y: y.into(),
            across: across.into(),
        })
    }

    /// The pixel of a corner of the grid in this tile, by the web Mercator projection.
    fn point(&self, east: f64, north: f64) -> (f64, f64) {
        let lat = (SOUTH_WEST.0 + north * BLOCK.0).to_radians();
        let long = SOUTH_WEST.1 + east * BLOCK.1;
        let x = (long + 180.0) / 360.0 * self.across;
        let y = (1.0 - (lat.tan() + 1.0 / lat.cos()).ln() / PI) / 2.0 * self.across;
        ((x - self.x) * SIZE, (y - self.y) * SIZE)
    }

    fn draw(&self) -> String {
        let mut out = String::from(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"256\" height=\"256\" viewBox=\"0 0 256 256\" \
             font-family=\"sans-serif\" font-size=\"10\" text-anchor=\"middle\" fill=\"#57606a\">\
             <rect width=\"256\" height=\"256\" fill=\"#f4f1ea\"/>",
        );
        if self.shows_the_city() {
            self.draw_city(&mut out);
        }
        out.push_str("</svg>");
        out
    }

    fn shows_the_city(&self) -> bool {
        let ((left, bottom), (right, top)) = (self.point(-4.0, -2.0), self.point(11.0, 14.0));
        left < SIZE && right > 0.0 && top < SIZE && bottom > 0.0
    }

    fn draw_city(&self, out: &mut String) {
        self.rectangle(out, [-3.0, -2.0, -1.2, 14.0], "#a9cbe6");
        for (_, park) in PARKS {
            self.rectangle(out, park, "#cfe6c4");
        }
        let width = (2.0_f64.powi(self.zoom.min(20) as i32 - 14) * 1.5).clamp(0.5, 40.0);
        let last = ((NORTHBOUND.len() - 1) as f64, (EASTBOUND.len() - 1) as f64);
        let _ = write!(out, "<g stroke=\"#fff\" stroke-width=\"{width:.1}\">");
        for street in 0..NORTHBOUND.len() {
            self.line(out, (street as f64, 0.0), (street as f64, last.1));
        }
        for street in 0..EASTBOUND.len() {
            self.line(out, (0.0, street as f64), (last.0, street as f64));
        }
        out.push_str("</g>");
        // At lower zooms the names would overlap.
        if self.zoom >= 16 {
            self.names(out);
        }
    }

    fn names(&self, out: &mut String) {
        for (street, name) in NORTHBOUND.iter().enumerate() {
            for block in (0..EASTBOUND.len()).step_by(2) {
                let (x, y) = self.point(street as f64, block as f64 + 0.5);
                let _ = write!(
                    out,
                    "<text transform=\"translate({x:.1} {y:.1}) rotate(-90)\" dy=\"3\">{name}</text>"
                );
            }
        }
        for (street, name) in EASTBOUND.iter().enumerate() {
            for block in (0..NORTHBOUND.len() - 1).step_by(2) {
                let (x, y) = self.point(block as f64 + 0.5, street as f64);
                let _ = write!(
                    out,
                    "<text x=\"{x:.1}\" y=\"{y:.1}\" dy=\"3\">{name}</text>"
                );
            }
        }
        for (name, [west, south, east, north]) in PARKS {
            let (x, y) = self.point((west + east) / 2.0, (south + north) / 2.0);
            let _ = write!(
                out,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" fill=\"#14532d\">{name}</text>"
            );
        }
    }

    fn rectangle(&self, out: &mut String, [west, south, east, north]: [f64; 4], color: &str) {
        let ((left, bottom), (right, top)) = (self.point(west, south), self.point(east, north));
        let (width, height) = (right - left, bottom - top);
        let _ = write!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{color}\"/>"
        );
    }

    fn line(&self, out: &mut String, from: (f64, f64), to: (f64, f64)) {
        let ((x1, y1), (x2, y2)) = (self.point(from.0, from.1), self.point(to.0, to.1));
        let _ = write!(out, "<path d=\"M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}\"/>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_of_the_city_shows_streets_and_one_far_away_shows_none() {
        // Zoom 16 at 40.6205, -89.918, computed with the formula of the OpenStreetMap wiki.
        let city = Tile::new(16, 16398, 24662).unwrap().draw();
        assert!(city.contains("Main St") && city.contains("<path"), "{city}");
        let far = Tile::new(16, 0, 0).unwrap().draw();
        assert!(!far.contains("<path"));
    }

    #[test]
    fn there_is_no_tile_outside_the_world() {
        assert!(Tile::new(1, 2, 0).is_none());
        assert!(Tile::new(40, 0, 0).is_none());
    }
}
