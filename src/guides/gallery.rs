//! What the guide journey shows in the gallery: a whole guide of the sample city, which has every part of a guide.

use super::guide_page::whole_guide;
use super::open::OpenGuide;
use crate::app::App;
use crate::view::View;
use guide::Guide;
use std::rc::Rc;

/// The guide of the sample city with the most kinds of parts.
const GUIDE: &str = include_str!("../../sandbox/data/guides/deck-permit.json");

/// The samples, each with what it shows.
pub fn samples(app: App) -> Vec<(&'static str, View)> {
    let Ok(value) = json::parse(GUIDE) else {
        return Vec::new();
    };
    let (guide, _) = json::read(&value, Guide::read);
    let open = Rc::new(OpenGuide::sample(guide));
    vec![("guide", whole_guide(app, &open, None))]
}
