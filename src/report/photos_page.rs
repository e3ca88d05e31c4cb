//! The page for pictures: taken or chosen, made small on the phone, each with its progress, a
//! description in words, and a way to be rid of it. None has to be there.

use super::form::{Form, kept_line, with_form};
use super::page::as_form;
use super::pictures::{Pictures, Shown, Stage};
use crate::app::App;
use crate::i18n::{Key, k};
use crate::platform::photos;
use crate::platform::view::{View, el};
use crate::platform::{dom, intl};
use crate::route::Step;
use crate::ui::{Line, button, line, paragraph, row, stack, title};
use std::rc::Rc;

/// Pictures.
pub(super) fn photos(app: App, code: String) -> View {
    with_form(app, code, Box::new(page))
}

fn page(form: &Rc<Form>) -> View {
    let app = form.app;
    let draft = form.draft();
    let pictures = Pictures::of(form);
    let most = form.report.setting.most_photos();
    let limit = app.t_count(k::PHOTOS_LIMIT, most as usize, &[]);
    let list = pictures.clone();
    let list = stack(move || {
        let rows = list.shown.get();
        let rows: Vec<View> = rows.iter().map(|shown| picture(&list, shown)).collect();
        match rows.is_empty() {
            true => View::Nothing,
            false => el("ul").class("photos").put(rows).into(),
        }
    });
    let controls = pictures.clone();
    let controls = stack(move || {
        let is_full = controls.shown.with(Vec::len) >= most as usize;
        match is_full {
            true => paragraph("quiet", app.t(k::PHOTOS_FULL)),
            false => row([
                input(&controls, "photo-take", k::PHOTOS_TAKE, true),
                input(&controls, "photo-choose", k::PHOTOS_CHOOSE, false),
            ]),
        }
    });
    let said = pictures.said.clone();
    let said = el("p")
        .class("quiet said")
        .attr("role", "status")
        .live(move || said.get().into());
    let next = pictures.clone();
    let go_on = move || next.go_on();
    let words = pictures.clone();
    let leave_out = stack(move || {
        // Drawn with the list, and again when a picture has failed.
        let failed = words.shown.with(|shown| {
            shown
                .iter()
                .any(|one| one.stage.with(|stage| matches!(stage, Stage::Failed(..))))
        });
        let without = words.clone();
        let press = button("button", "btn second", app.t(k::PHOTOS_WITHOUT));
        failed
            .then(|| {
                row(press.on("click", move |_| {
                    without.drop_failed();
                    without.go_on();
                }))
            })
            .into()
    });
    [
        form.head(Step::Photos, &draft),
        title(app.t(k::PHOTOS_HEADING)),
        paragraph("", app.t(k::PHOTOS_WHY)),
        paragraph("hint", limit),
        list,
        said.into(),
        controls,
        leave_out,
        as_form(Vec::new(), app.t(k::CONTINUE), go_on),
        kept_line(form),
    ]
    .into()
}

/// A control that takes files; the whole label can be pressed.
fn input(pictures: &Rc<Pictures>, id: &'static str, words: Key, is_camera: bool) -> View {
    let app = pictures.form.app;
    let pictures = pictures.clone();
    let input = el("input")
        .attr("type", "file")
        .attr("id", id)
        .attr("accept", "image/*")
        .on("change", move |event| {
            for file in photos::chosen(&event) {
                pictures.add(file);
            }
        });
    let input = match is_camera {
        true => input.attr("capture", "environment"),
        false => input.attr("multiple", ""),
    };
    el("label")
        .class("btn second file")
        .attr("for", id)
        .put(app.t(words))
        .put(input)
        .into()
}

/// One picture: what it looks like, how far it is, what it shows in words.
fn picture(pictures: &Rc<Pictures>, shown: &Rc<Shown>) -> View {
    let app = pictures.form.app;
    let (of, seen) = (pictures.clone(), shown.clone());
    let state = stack(move || seen_state(&of, &seen));
    let photo = pictures.photo(&shown.id).unwrap_or_default();
    let (described, id) = (pictures.clone(), shown.id.clone());
    let words = line(Line {
        id: ["photo-", &shown.id].concat(),
        label: app.t_with(k::PHOTO_WORDS, &[("name", &shown.name)]),
        hint: app.t(k::PHOTO_WORDS_HINT),
        value: photo.description,
        input_type: "text",
        input_mode: "",
        autocomplete: "off",
        fault: Rc::new(|| None),
        typed: Rc::new(move |text| {
            described.change(&id, |photo| photo.description = text.clone());
        }),
    });
    let (keeper, id) = (pictures.clone(), shown.id.clone());
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
            .put(input)
            .put(el("span").put(app.t(k::PHOTO_KEEP_PLACE)))
    });
    let (remover, id) = (pictures.clone(), shown.id.clone());
    let name = el("span").class("vh").put([" ", &shown.name].concat());
    let remove = button(
        "button",
        "quiet-button",
        [app.t(k::PHOTO_REMOVE).into(), name.into()],
    )
    .on("click", move |_| remover.remove(&id));
    el("li")
        .put(state)
        .put(words)
        .put(place)
        .put(row(remove))
        .into()
}

fn seen_state(pictures: &Rc<Pictures>, shown: &Rc<Shown>) -> View {
    let app = pictures.form.app;
    let name = || paragraph("quiet name", shown.name.as_str());
    match shown.stage.get() {
        Stage::Reading => [name(), progress(app, None)].into(),
        Stage::Sending(part) => [name(), progress(app, Some(part))].into(),
        Stage::Ready(address) => {
            let image = el("img").attr("src", &address).attr("alt", "");
            [name(), image.into()].into()
        }
        Stage::Failed(why, may_help) => {
            let again = may_help.then(|| {
                let (pictures, shown) = (pictures.clone(), shown.clone());
                let press = button("button", "btn second", app.t(k::PROBLEM_RETRY));
                row(press.on("click", move |_| pictures.clone().read(shown.clone())))
            });
            [name(), paragraph("msg", app.t(why)), again.into()].into()
        }
    }
}

fn progress(app: App, part: Option<f64>) -> View {
    let bar = el("progress")
        .attr("max", "1")
        .attr("aria-label", &app.t(k::PHOTO_PREPARING));
    match part {
        Some(part) => bar.attr("value", &intl::number("en", part)),
        None => bar,
    }
    .into()
}
