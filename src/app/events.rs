//! Events of the element for the host page's scripts. None of them contains anything about the resident, nor
//! what they wrote.

use super::App;
use crate::platform::host_page;
use frontdoor_core::request::reference::Reference;
use frontdoor_core::status::update_kind::UpdateKind;
use json::Value;
use open311::Stage;

/// An event of the widget; docs/events.md lists names and details.
pub enum Event<'a> {
    /// The city has received a request.
    Submitted {
        /// The service's code.
        service: &'a str,
        /// The reference that the city gave; only its kind is passed on.
        reference: &'a Reference,
    },
    /// A guide was opened.
    GuideShown {
        /// The guide's id.
        guide: &'a str,
    },
    /// A request was shown, or has changed.
    StatusShown {
        /// The service's code.
        service: &'a str,
        /// Open or closed.
        stage: Stage,
        /// True if a promise about the request is overdue.
        is_late: bool,
    },
    /// The city has received an update from the resident.
    UpdateSent {
        /// Its purpose.
        kind: UpdateKind,
        /// The service's code.
        service: &'a str,
    },
    /// The resident gave feedback.
    FeedbackSent {
        /// What it is about: `step` or `request`.
        about: &'a str,
    },
}

impl App {
    /// Dispatches an event, `front-door:NAME`, on the element.
    // Inlined, so that each event's name is in the chunk that emits it instead of in the first view.
    #[inline(always)]
    pub fn emit(self, event: &Event) {
        match event {
            Event::Submitted { service, reference } => self.dispatch(
                "submitted",
                &[("service", service), ("reference", reference.kind())],
            ),
            Event::GuideShown { guide } => self.dispatch("guide-shown", &[("guide", guide)]),
            Event::StatusShown {
                service,
                stage,
                is_late,
            } => {
                let stage = match stage {
                    Stage::Open => "open",
                    Stage::Closed => "closed",
                    Stage::Unknown => "unknown",
                };
                let late = if *is_late { "yes" } else { "no" };
                self.dispatch(
                    "status-shown",
                    &[("stage", stage), ("service", service), ("late", late)],
                );
            }
            Event::UpdateSent { kind, service } => {
                self.dispatch("update-sent", &[("act", kind.name()), ("service", service)]);
            }
            Event::FeedbackSent { about } => self.dispatch("feedback-sent", &[("about", about)]),
        }
    }

    #[inline(never)]
    fn dispatch(self, name: &str, detail: &[(&str, &str)]) {
        let detail = detail.iter();
        let detail = detail.map(|(name, value)| (*name, Value::from(*value)));
        let detail = json::write(&Value::object(detail.collect()));
        host_page::emit(&self.root(), name, &detail);
    }
}
