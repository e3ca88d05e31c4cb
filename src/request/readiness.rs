//! Draws a page of a form as soon as everything that it needs is loaded; before that, the loading state, an error, or
//! an interstitial. Does not know what the page shows.

use super::form::Form;
use super::interstitial::Interstitial;
use super::journey::RequestJourney;
use crate::app::App;
use crate::net::{ApiError, Load};
use crate::ui::{link, load_error, loading, reactive_if_different, title};
use crate::view::View;
use frontdoor_core::i18n::k;
use frontdoor_core::ids::ServiceCode;
use frontdoor_core::route::Route;
use open311::{Definition, Service};
use std::rc::Rc;

/// Draws a page of a form.
pub(super) type DrawPage = Box<dyn Fn(&Rc<Form>) -> View>;

/// Whether a form can be shown, and what to show until then.
enum FormReadiness {
    /// Something is still being loaded.
    Waiting,
    /// The list of services could not be loaded.
    NoServices(ApiError),
    /// The city has no such service.
    UnknownService,
    /// The service's definition could not be loaded.
    NoDefinition(ApiError),
    /// Everything is loaded, but a page has to be read or decided on first.
    Interstitial(Service, Rc<Definition>, Interstitial),
    /// The form can be shown.
    Ready(Service, Rc<Definition>),
}

/// True if the view does not need to be redrawn. A form must not be, because somebody may be typing in it. An error
/// is always redrawn, so that screen readers announce a new one.
fn same_view(before: &FormReadiness, now: &FormReadiness) -> bool {
    use FormReadiness::{Interstitial, Ready, UnknownService, Waiting};
    match (before, now) {
        (Waiting, Waiting) | (UnknownService, UnknownService) => true,
        (Interstitial(_, own, before), Interstitial(_, others, now)) => {
            Rc::ptr_eq(own, others) && before == now
        }
        (Ready(_, own), Ready(_, others)) => Rc::ptr_eq(own, others),
        _ => false,
    }
}

/// Draws a page of a service's form as soon as it is ready.
pub(super) fn when_form_ready(app: App, service: ServiceCode, draw: DrawPage) -> View {
    let journey = RequestJourney::of(app);
    journey.forget_failed_definition();
    if !journey.is_open_form(&service) {
        journey.load_notices();
    }
    let (watched, retried) = (journey.clone(), journey.clone());
    let no_definition = Rc::new(Definition::default());
    reactive_if_different(
        move || {
            ensure_definition(app, &watched, &service);
            Some(readiness(app, &watched, &service, &no_definition))
        },
        same_view,
        move |readiness| match readiness {
            FormReadiness::Waiting => loading(app),
            FormReadiness::NoServices(error) => load_error(app, error, move || app.load_services()),
            FormReadiness::UnknownService => unknown_service(app),
            FormReadiness::NoDefinition(error) => {
                let journey = retried.clone();
                load_error(app, error, move || {
                    journey.forget_failed_definition();
                    journey.store.changed().notify();
                })
            }
            FormReadiness::Interstitial(service, definition, interstitial) => {
                let form = Form::new(&journey, service.clone(), definition);
                interstitial.draw(&Rc::new(form))
            }
            FormReadiness::Ready(service, definition) => {
                let form = Rc::new(Form::new(&journey, service.clone(), definition));
                journey.set_open_form(&form.code);
                form.apply_prefill();
                draw(&form)
            }
        },
    )
}

/// Starts to load the definition as soon as the list of services says that the service has one.
fn ensure_definition(app: App, journey: &Rc<RequestJourney>, code: &ServiceCode) {
    if app.service(code).is_some_and(|service| service.metadata) {
        journey.load_definition(code);
    }
}

fn readiness(
    app: App,
    journey: &Rc<RequestJourney>,
    code: &ServiceCode,
    no_definition: &Rc<Definition>,
) -> FormReadiness {
    journey.store.changed().track();
    let not_ready = app.services().with(|services| match services {
        Load::Pending => Some(FormReadiness::Waiting),
        Load::Failed(error) => Some(FormReadiness::NoServices(error.clone())),
        Load::Ready(_) => None,
    });
    if let Some(not_ready) = not_ready {
        return not_ready;
    }
    let Some(service) = app.service(code) else {
        return FormReadiness::UnknownService;
    };
    let definition = if service.metadata {
        journey.definition(code)
    } else {
        Load::Ready(no_definition.clone())
    };
    match definition {
        Load::Failed(error) => FormReadiness::NoDefinition(error),
        Load::Ready(definition) if journey.is_settled() => {
            match Interstitial::before(journey, code) {
                Some(interstitial) => {
                    FormReadiness::Interstitial(service, definition, interstitial)
                }
                None => FormReadiness::Ready(service, definition),
            }
        }
        _ => FormReadiness::Waiting,
    }
}

fn unknown_service(app: App) -> View {
    let list = link(app, Route::Services, "btn", app.t(k::SERVICE_UNKNOWN_LIST));
    [title(app, app.t(k::SERVICE_UNKNOWN)), list].into()
}
