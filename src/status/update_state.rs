//! What is said about an update once it was submitted, and the presses that it leaves.

use super::lookup::RequestSnapshot;
use super::other_ways::{new_request_link, number_and_phone};
use crate::app::App;
use crate::net::ApiError;
use crate::ui::{error_text, hidden, message, paragraph, row};
use crate::view::View;
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::status::update_draft::Version;
use frontdoor_core::status::update_kind::UpdateKind;
use frontdoor_core::status::update_sending::{UpdateCandidate, UpdateMode};

/// State of the update form.
#[derive(Clone, PartialEq)]
pub(super) enum FormState {
    Editing,
    /// The form was submitted without its required text.
    MissingText,
    /// The update is in the outbox, because there is no network.
    Waiting,
    /// The update could not be sent.
    Failed(ApiError),
    /// The update may have arrived. Sending it again finds out, and cannot make a second one.
    InDoubt,
    /// The update may have arrived, and there is no way to find out.
    Unclear {
        was_list_read: bool,
        candidates: Vec<UpdateCandidate>,
    },
    /// The city has this earlier version.
    Earlier(Version),
    /// The device no longer has the photo.
    PhotoLost,
    /// Another tab is sending the update.
    SendingInOtherTab,
}

/// What a button of the message does.
pub(super) enum Press {
    /// Submits the form in this mode.
    Send(UpdateMode),
    /// Erases what was written, and leaves the form.
    Erase,
}

/// What became of the update so far, and what to do now.
///
/// `button` makes a button with this text for this press.
pub(super) fn state_view(
    app: App,
    snapshot: &RequestSnapshot,
    kind: UpdateKind,
    state: FormState,
    button: &dyn Fn(View, Press) -> View,
) -> View {
    let number = snapshot.number();
    let press = |key: Key, mode| button(app.t(key).into(), Press::Send(mode));
    let again = || press(k::PROBLEM_RETRY, UpdateMode::Normal);
    let (heading, more) = match state {
        FormState::Editing | FormState::MissingText => return View::Nothing,
        FormState::Failed(error) => {
            let reasons = error.reasons().iter();
            let mut more: Vec<View> = reasons
                .map(|reason| paragraph("", reason.as_str()))
                .collect();
            // If the city refuses to reopen the request, the problem can be sent as a new one.
            let is_closed_for_good = kind == UpdateKind::StillThere && error.is_refusal();
            let request = snapshot.request.as_ref();
            let request = request.filter(|_| is_closed_for_good);
            let anew =
                request.map(|request| new_request_link(app, request, &number, k::ACT_STILL_NEW));
            more.extend([
                paragraph("", app.t(k::ACT_NOT_LOST)),
                number_and_phone(app, &number),
                row([anew.into(), again()]),
            ]);
            (error_text(app, &error), more)
        }
        FormState::Waiting => {
            let erase = button(app.t(k::ACT_ERASE).into(), Press::Erase);
            let more = vec![paragraph("", app.t(k::ACT_WAITS)), row(erase)];
            (app.t(k::ACT_WAITING), more)
        }
        FormState::InDoubt => {
            let more = vec![
                paragraph("", app.t(k::ACT_IN_DOUBT)),
                number_and_phone(app, &number),
                row(press(k::STATUS_LOOK_AGAIN, UpdateMode::Normal)),
            ];
            (app.t(k::SEND_UNCLEAR), more)
        }
        FormState::Unclear {
            was_list_read,
            candidates,
        } => {
            let text = if was_list_read {
                k::ACT_UNCLEAR_LOOKED
            } else {
                k::ACT_UNCLEAR
            };
            let mut more = vec![paragraph("", app.t(text))];
            for candidate in &candidates {
                more.push(paragraph("own-words", candidate.description.as_str()));
                let shown = &candidate.description;
                let label = [app.t(k::ACT_MINE).into(), hidden(shown)].into();
                let mode = UpdateMode::Recognised(shown.clone());
                more.push(row(button(label, Press::Send(mode))));
            }
            more.extend([
                number_and_phone(app, &number),
                row([
                    press(k::STATUS_LOOK_AGAIN, UpdateMode::Normal),
                    press(k::SEND_AGAIN, UpdateMode::Resend),
                ]),
            ]);
            (app.t(k::SEND_UNCLEAR), more)
        }
        FormState::Earlier(version) => {
            let more = vec![
                paragraph("own-words", version.text),
                paragraph("", app.t(k::ACT_EARLIER_MORE)),
                row(press(k::ACT_SEND_TOO, UpdateMode::Normal)),
            ];
            (app.t(k::ACT_EARLIER), more)
        }
        FormState::PhotoLost => (app.t(k::PHOTO_LOST), Vec::new()),
        FormState::SendingInOtherTab => (app.t(k::SEND_ELSEWHERE), vec![row(again())]),
    };
    message(app, heading, more)
}
