//! What is saved on the device is read back unchanged.

use super::*;
use crate::request::photo::Photo;
use crate::request::queued::{QueueState, QueuedRequest};
use crate::request::reference::Reference;
use crate::storage::Saved;
use crate::time::UnixMs;

#[test]
fn a_saved_request_is_read_back_unchanged() {
    let mut draft = Draft::new("key".into());
    draft.set("description", one("x"));
    for state in [
        QueueState::Pending,
        QueueState::Refused("why".into()),
        QueueState::Unclear,
        QueueState::Sent(Reference::Number("26-1 #".into())),
        QueueState::Sent(Reference::Token("t".into())),
        QueueState::Sent(Reference::Nothing),
    ] {
        let queued = QueuedRequest {
            service: "pothole".into(),
            service_name: "Pothole".into(),
            post: open311::form::Post {
                service_code: "pothole".into(),
                location: Location::new(40.5, -89.25),
                description: "x".into(),
                ..open311::form::Post::default()
            },
            draft: draft.clone(),
            created_at: UnixMs(12),
            state,
        };
        assert_eq!(QueuedRequest::from_text(&queued.to_text()), Some(queued));
    }
}

proptest! {
    #[test]
    fn a_saved_draft_is_read_back_unchanged(
        answers in proptest::collection::vec(("[a-z_\\[\\]]{1,12}", any_answer()), 0..8),
        metres in (0u32..5_000).prop_map(f64::from), id in ".{0,20}", changed: i64,
    ) {
        let mut draft = Draft::new("k".into());
        for (name, answer) in answers {
            draft.set(&name, answer);
        }
        draft.pin = Some(place(metres));
        draft.photos = vec![Photo { id: id.into(), taken_at: Some(("1.5".into(), "-2".into())), ..Photo::default() }];
        draft.changed_at = UnixMs(changed);
        draft.dismissed = vec!["a notice".into()];
        prop_assert_eq!(Draft::from_text(&draft.to_text()), Some(draft));
    }

    #[test]
    fn no_saved_text_makes_reading_panic(text in ".{0,60}") {
        let _ = Draft::from_text(&text);
    }
}
