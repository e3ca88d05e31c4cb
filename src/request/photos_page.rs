//! The page for photos: taken or chosen, each with its progress, a description, and a button to remove it. Photos are
//! optional. Resizing and uploading is in `photo_list`.

use super::form::Form;
use super::photo_list::{PhotoItem, PhotoList, PhotoState};
use super::question_page::as_form;
use super::readiness::when_form_ready;
use crate::app::App;
use crate::platform::photos::chosen_files;
use crate::platform::{dom, intl};
use crate::ui::{
    TextField, button, hidden, no_error, paragraph, reactive, row, status_line, text_field, title,
};
use crate::view::{View, el};
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::ids::ServiceCode;
use frontdoor_core::route::Step;
use std::rc::Rc;

/// The page for photos.
pub(super) fn photos_page(app: App, code: ServiceCode) -> View {
    when_form_ready(app, code, Box::new(draw))
}

fn draw(form: &Rc<Form>) -> View {
    let app = form.app;
    let draft = form.draft();
    let photos = PhotoList::new(form);
    let most = form.journey.config.max_photos() as usize;
    let listed = photos.clone();
    let list = reactive(move || {
        let items = listed.items.get();
        let rows: Vec<View> = items.iter().map(|item| photo_row(&listed, item)).collect();
        (!rows.is_empty()).then(|| el("ul").class("photos").child(rows))
    });
    let added = photos.clone();
    let controls = reactive(move || {
        if added.items.with(Vec::len) >= most {
            return paragraph("quiet", app.t(k::PHOTOS_FULL));
        }
        row([
            file_input(&added, "photo-take", k::PHOTOS_TAKE, true),
            file_input(&added, "photo-choose", k::PHOTOS_CHOOSE, false),
        ])
    });
    let status = photos.status.clone();
    let failing = photos.clone();
    let leave_out = reactive(move || {
        let has_failed = failing.items.with(|items| {
            items.iter().any(|item| {
                item.state
                    .with(|state| matches!(state, PhotoState::Failed { .. }))
            })
        });
        let without = failing.clone();
        has_failed.then(|| {
            let leave_out = button("button", "btn second", app.t(k::PHOTOS_WITHOUT));
            row(leave_out.on("click", move |_| {
                without.remove_failed();
                without.submit();
            }))
        })
    });
    let submitted = photos.clone();
    [
        form.head(Step::Photos, &draft),
        title(app, app.t(k::PHOTOS_HEADING)),
        paragraph("", app.t(k::PHOTOS_WHY)),
        paragraph("hint", app.t_count(k::PHOTOS_LIMIT, most, &[])),
        list,
        status_line(move || status.get()),
        controls,
        leave_out,
        as_form(Vec::new(), app.t(k::CONTINUE), move || submitted.submit()),
        form.saved_notice(),
    ]
    .into()
}

/// A file input whose whole label can be clicked; `is_camera` opens the camera on phones.
fn file_input(photos: &Rc<PhotoList>, id: &'static str, text: Key, is_camera: bool) -> View {
    let app = photos.form.app;
    let photos = photos.clone();
    let input = el("input")
        .attr("type", "file")
        .attr("id", id)
        .attr("accept", "image/*")
        .on("change", move |event| {
            for file in chosen_files(&event) {
                photos.add(file);
            }
        });
    let input = if is_camera {
        input.attr("capture", "environment")
    } else {
        input.attr("multiple", "")
    };
    el("label")
        .class("btn second file")
        .attr("for", id)
        .child(app.t(text))
        .child(input)
        .into()
}

/// A row of the list: the photo or its progress, its description, whether to keep its location, and “Remove”.
fn photo_row(photos: &Rc<PhotoList>, item: &Rc<PhotoItem>) -> View {
    let app = photos.form.app;
    let (list, shown) = (photos.clone(), item.clone());
    let state = reactive(move || state_view(&list, &shown));
    let photo = photos.photo(&item.id).unwrap_or_default();
    let (described, id) = (photos.clone(), item.id.clone());
    let description = text_field(TextField {
        id: ["photo-", &item.id].concat(),
        label: app.t_with(k::PHOTO_WORDS, &[("name", &item.name)]),
        hint: app.t(k::PHOTO_WORDS_HINT),
        value: photo.description,
        input_type: "text",
        input_mode: "",
        autocomplete: "off",
        error: no_error(),
        on_input: Rc::new(move |text| {
            described.change(&id, |photo| photo.description = text.clone());
        }),
    });
    let (keeper, id) = (photos.clone(), item.id.clone());
    let place = photo.taken_at.is_some().then(|| {
        let input = el("input")
            .attr("type", "checkbox")
            .prop("checked", photo.keeps_place)
            .on("change", move |event| {
                let keeps = dom::is_checked(&event);
                keeper.change(&id, |photo| photo.keeps_place = keeps);
            });
        el("label")
            .class("choice")
            .child(input)
            .child(el("span").child(app.t(k::PHOTO_KEEP_PLACE)))
    });
    let (remover, id) = (photos.clone(), item.id.clone());
    let inside = [app.t(k::PHOTO_REMOVE).into(), hidden(&item.name)];
    let remove = button("button", "quiet-button", inside).on("click", move |_| remover.remove(&id));
    el("li")
        .child(state)
        .child(description)
        .child(place)
        .child(row(remove))
        .into()
}

fn state_view(photos: &Rc<PhotoList>, item: &Rc<PhotoItem>) -> View {
    let app = photos.form.app;
    let name = paragraph("quiet name", item.name.as_str());
    match item.state.get() {
        PhotoState::Reading => [name, progress(app, None)].into(),
        PhotoState::Uploading(fraction) => [name, progress(app, Some(fraction))].into(),
        PhotoState::Ready(address) => {
            let image = el("img").attr("src", &address).attr("alt", "");
            [name, image.into()].into()
        }
        PhotoState::Failed { why, can_retry } => {
            let retry = can_retry.then(|| {
                let (photos, item) = (photos.clone(), item.clone());
                let retry = button("button", "btn second", app.t(k::PROBLEM_RETRY));
                row(retry.on("click", move |_| photos.clone().prepare(item.clone())))
            });
            [name, paragraph("msg", app.t(why)), retry.into()].into()
        }
    }
}

/// The progress bar of a photo; `None` while nothing is known about it.
pub(super) fn progress(app: App, fraction: Option<f64>) -> View {
    let bar = el("progress")
        .attr("max", "1")
        .attr("aria-label", &app.t(k::PHOTO_PREPARING));
    match fraction {
        Some(fraction) => bar.attr("value", &intl::number("en", fraction)),
        None => bar,
    }
    .into()
}
