//! A service's form: its questionnaire, its draft, and the views that every page of it has. Which questions are asked
//! is decided by `frontdoor_core::request::questionnaire`.

use super::journey::RequestJourney;
use crate::app::App;
use crate::platform::{intl, time};
use crate::ui::{FieldError, paragraph, reactive, saved_notice};
use crate::view::{View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::ids::ServiceCode;
use frontdoor_core::request::draft::Draft;
use frontdoor_core::request::prefill;
use frontdoor_core::request::questionnaire::{Questionnaire, QuestionnaireInputs};
use frontdoor_core::request::wording::error_text;
use frontdoor_core::route::{Route, Step};
use frontdoor_core::storage::Entry;
use frontdoor_core::time::UnixMs;
use open311::{Definition, Moment, Service};
use std::rc::Rc;

/// A service's form, with everything that its pages need.
pub(super) struct Form {
    pub(super) app: App,
    pub(super) journey: Rc<RequestJourney>,
    /// The service's code.
    pub(super) code: ServiceCode,
    pub(super) service: Service,
    pub(super) questionnaire: Questionnaire,
}

impl Form {
    /// Builds the form from the service's definition and the config, in the language in use.
    pub(super) fn new(
        journey: &Rc<RequestJourney>,
        service: Service,
        definition: &Definition,
    ) -> Self {
        let app = journey.app;
        let (language, zone) = (app.language(), app.time_zone());
        let moment = |key: &str| {
            let moment = Moment::read(key)?.unix_milliseconds()?;
            intl::day_and_time(&language, zone.as_deref(), UnixMs(moment))
        };
        let questionnaire = Questionnaire::new(&QuestionnaireInputs {
            definition,
            config: &journey.config,
            catalog: &app.catalog(),
            moment: &moment,
        });
        Self {
            app,
            journey: journey.clone(),
            code: service.code.as_str().into(),
            service,
            questionnaire,
        }
    }

    /// Applies the values that a guide or an earlier request prefilled, once.
    pub(super) fn apply_prefill(&self) {
        let entry = Entry::Prefill(&self.code);
        let Some(filled_in) = self.app.read(entry) else {
            return;
        };
        self.app.erase(entry);
        let mut draft = self.draft();
        if prefill::apply(&filled_in, &self.questionnaire, &mut draft) {
            self.save(&mut draft);
        }
    }

    /// The draft of this tab, or a new one.
    pub(super) fn draft(&self) -> Draft {
        self.journey.store.draft_or_new(&self.code)
    }

    /// Saves the draft.
    pub(super) fn save(&self, draft: &mut Draft) {
        if draft.fingerprint.is_empty() {
            draft.fingerprint = self.questionnaire.fingerprint();
        }
        self.journey.store.save(&self.code, draft);
    }

    /// True if the city has changed the form since the draft was started.
    pub(super) fn has_changed_since(&self, draft: &Draft) -> bool {
        !draft.fingerprint.is_empty() && draft.fingerprint != self.questionnaire.fingerprint()
    }

    /// The route of a step of this form.
    pub(super) fn at(&self, step: Step) -> Route {
        Route::Form {
            service: self.code.clone(),
            step,
        }
    }

    /// Continues from a step: to the next one; or, if “Change” on the review led here, back to the review or to the
    /// first missing answer.
    pub(super) fn continue_from(&self, step: Step, draft: &Draft) {
        let next = if self.app.came_from(&self.at(Step::Check)) {
            first_missing_answer(self, draft).map_or(Step::Check, |(step, _)| step)
        } else {
            self.questionnaire.after(step, draft)
        };
        self.app.go(self.at(next));
    }

    /// “Pothole · Step 2 of 4”, and a notice if the form has changed since the draft was started.
    pub(super) fn head(&self, step: Step, draft: &Draft) -> View {
        let changed = self
            .has_changed_since(draft)
            .then(|| paragraph("notice", self.app.t(k::FORM_CHANGED)));
        [progress(self, step, draft), changed.into()].into()
    }

    /// Says where the answers are saved, and how to erase them.
    pub(super) fn saved_notice(&self) -> View {
        let (app, store, code) = (self.app, self.journey.store.clone(), self.code.clone());
        reactive(move || {
            store.changed().track();
            let text = if store.is_persistent() {
                k::KEPT
            } else {
                k::KEPT_IN_TAB
            };
            let (eraser, stopper, code) = (store.clone(), store.clone(), code.clone());
            let erase = move || {
                eraser.erase(&code);
                app.reset_to(Route::Services);
                app.toast_after_navigation(app.t(k::ERASED));
            };
            saved_notice(app, text, erase, move || stopper.stop_saving())
        })
    }
}

/// The first question whose answer is missing or invalid: its step, and the error.
pub(super) fn first_missing_answer(form: &Form, draft: &Draft) -> Option<(Step, FieldError)> {
    let catalog = form.app.catalog();
    form.questionnaire
        .active_questions(draft)
        .into_iter()
        .find_map(|(step, question)| {
            let error = form.questionnaire.check(&question, draft)?;
            let text = error_text(&catalog, &question.label, error);
            Some((step, (question.name, text)))
        })
}

fn progress(form: &Form, step: Step, draft: &Draft) -> View {
    let app = form.app;
    let steps = form.questionnaire.steps(draft);
    let step = match step {
        Step::Nearby => Step::Place,
        step => step,
    };
    let index = steps.iter().position(|known| *known == step);
    let index = index.unwrap_or_default();
    let (number, all) = ((index + 1).to_string(), steps.len().to_string());
    let values = [
        ("service", form.service.name.as_str()),
        ("step", &number),
        ("steps", &all),
    ];
    let bar = |position| {
        let class = if position <= index { "done" } else { "" };
        el("i").class(class).into()
    };
    let bars: Vec<View> = (0..steps.len()).map(bar).collect();
    let bars = el("div")
        .class("steps")
        .attr("aria-hidden", "true")
        .child(bars);
    el("div")
        .child(paragraph("quiet", app.t_with(k::STEP_OF, &values)))
        .child(bars)
        .into()
}

/// A time as text for residents, in the city's time zone.
pub(super) fn date_text(app: App, time: UnixMs) -> String {
    let zone = app.time_zone();
    intl::day_and_time(&app.language(), zone.as_deref(), time).unwrap_or_default()
}

/// How long ago a time was, in milliseconds.
pub(super) fn age(time: UnixMs) -> i64 {
    time::now().since(time)
}
