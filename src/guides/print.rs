//! A guide as plain text for the clipboard, and as a page to print without the city's page around it. Both have the
//! same content as the screen: the steps that apply to this resident. Knows neither the printer nor the clipboard
//! (`platform::share`).

use super::office::office_name;
use super::open::OpenGuide;
use super::progress::ProgressStore;
use super::text::GuideText;
use super::wording::{amount, only_if, reviewed, time};
use crate::app::App;
use crate::platform::{history, share};
use crate::view::Signal;
use frontdoor_core::i18n::{Key, k};
use frontdoor_core::print::PrintPage;
use frontdoor_core::route::Route;
use guide::{ActionKind, Answers, Applies, Choose, Office, Outcome, Personal, Refusal, Step};

/// How much of a guide is copied or printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// What applies to this resident.
    Own,
    /// The whole guide, because the resident asked for it.
    All,
}

/// A line of a guide.
enum PrintLine {
    Title(String),
    Heading(String),
    Paragraph(String),
    Item(String),
}

/// Prints a guide, without the city's page around it.
pub(super) fn print(app: App, open: &OpenGuide, scope: Scope) {
    share::print(app.root(), html(app, open, scope));
}

/// Copies a guide to the clipboard.
pub(super) fn copy(app: App, open: &OpenGuide, scope: Scope, outcome: Signal<Option<Key>>) {
    share::copy(app.root(), text(app, open, scope), move |is_copied| {
        outcome.set(Some(if is_copied {
            k::GUIDE_COPIED
        } else {
            k::GUIDE_COPY_FAILED
        }));
    });
}

/// Shares the URL of a guide, or the URL of the page if its fragment does not follow the view.
pub(super) fn share(app: App, open: &OpenGuide, outcome: Signal<Option<Key>>) {
    let text = GuideText::new(app, &open.guide);
    let hash = if app.options().uses_hash {
        Route::guide(&open.guide.id).to_hash()
    } else {
        String::new()
    };
    let (title, text) = (
        text.plain(&open.guide.title),
        text.plain(&open.guide.summary),
    );
    share::share(
        app.root(),
        title,
        text,
        history::address_with(&hash),
        move |is_copied| {
            outcome.set(is_copied.then_some(k::GUIDE_LINK_COPIED));
        },
    );
}

/// A guide as plain text.
fn text(app: App, open: &OpenGuide, scope: Scope) -> String {
    let mut out = String::new();
    for line in lines(app, open, scope) {
        match line {
            PrintLine::Title(text) => out.extend([text.as_str(), "\n"]),
            PrintLine::Heading(text) => out.extend(["\n", text.as_str(), "\n"]),
            PrintLine::Paragraph(text) => out.extend([text.as_str(), "\n"]),
            PrintLine::Item(text) => out.extend(["- ", text.as_str(), "\n"]),
        }
    }
    out
}

/// A guide as a separate HTML page.
fn html(app: App, open: &OpenGuide, scope: Scope) -> String {
    let text = GuideText::new(app, &open.guide);
    let mut page = PrintPage::new(&app.language(), &text.plain_marked(&open.guide.title));
    for line in lines(app, open, scope) {
        match line {
            PrintLine::Title(text) => page.tag("h1", &text),
            PrintLine::Heading(text) => page.tag("h2", &text),
            PrintLine::Paragraph(text) => page.tag("p", &text),
            PrintLine::Item(text) => page.tag("li", &text),
        }
    }
    page.html()
}

fn lines(app: App, open: &OpenGuide, scope: Scope) -> Vec<PrintLine> {
    let text = GuideText::new(app, &open.guide);
    let store = ProgressStore::of(app, &open.guide.id);
    let answers = store
        .progress
        .with_untracked(|progress| progress.answers.clone());
    let own = Personal::new(&open.guide, &answers);
    let outcome = own.outcome();
    let no_answers = Answers::default();
    let everything = Personal::new(&open.guide, &no_answers);
    let mut writer = Writer {
        text: &text,
        open,
        outcome,
        has_steps: scope == Scope::All || outcome.is_none_or(|outcome| outcome.eligible),
        personal: if scope == Scope::All {
            &everything
        } else {
            &own
        },
        lines: Vec::new(),
    };
    writer.guide();
    if let Some(phone) = app.phone() {
        writer.paragraph(app.t_with(k::CONTACT_CALL, &[("phone", &phone)]));
    }
    writer.paragraph(reviewed(app, open.guide.reviewed.as_deref()));
    writer.lines
}

struct Writer<'a> {
    text: &'a GuideText,
    open: &'a OpenGuide,
    /// The outcome of the resident's answers.
    outcome: Option<&'a Outcome>,
    /// False if the guide does not apply to this resident; the steps are then left out.
    has_steps: bool,
    personal: &'a Personal<'a>,
    lines: Vec<PrintLine>,
}

impl Writer<'_> {
    fn paragraph(&mut self, text: String) {
        if !text.is_empty() {
            self.lines.push(PrintLine::Paragraph(text));
        }
    }

    fn pair(&mut self, key: Key, text: String) {
        if !text.is_empty() {
            let text = [&self.text.app.t(key), ": ", &text].concat();
            self.lines.push(PrintLine::Paragraph(text));
        }
    }

    fn guide(&mut self) {
        let (guide, app) = (&self.open.guide, self.text.app);
        let title = self.text.plain_marked(&guide.title);
        self.lines.push(PrintLine::Title(title));
        let city = app.with_config(|config| app.text(&config.name));
        self.paragraph(city);
        self.paragraph(self.text.plain_marked(&guide.summary));
        if let Some(outcome) = self.outcome {
            self.paragraph(self.text.plain_marked(&outcome.title));
            self.blocks(&outcome.text);
            for instead in &outcome.instead {
                let label = self.text.plain_marked(&instead.label);
                self.lines.push(PrintLine::Item(match &instead.kind {
                    ActionKind::Phone { phone } => [&label, ": ", phone].concat(),
                    ActionKind::Address { url } => [&label, ": ", url].concat(),
                    _ => label,
                }));
            }
        }
        self.pair(k::FACT_DURATION, time(app, &guide.time));
        let fees = self.personal.fees().into_iter().map(|fee| {
            let text = [amount(app, guide, fee), self.text.plain_marked(&fee.title)];
            text.join(" ").trim().to_owned()
        });
        let fees: Vec<String> = fees.collect();
        self.pair(k::FACT_COST, fees.join(" · "));
        self.pair(
            k::FACT_DECIDES,
            office_name(self.text, guide.office.as_ref(), &self.open.offices),
        );
        self.pair(k::FACT_OUTPUT, self.text.plain_marked(&guide.output));
        if !self.has_steps {
            return;
        }
        let evidence = self.personal.evidence();
        if !evidence.is_empty() {
            self.lines.push(PrintLine::Heading(app.t(k::FACT_BRING)));
            for document in evidence {
                let text =
                    [&document.title, &document.text].map(|text| self.text.plain_marked(text));
                let text = text.join(". ");
                self.lines
                    .push(PrintLine::Item(text.trim_end_matches(". ").to_owned()));
                let without = self.text.plain_marked(&document.without);
                if !without.is_empty() {
                    self.paragraph([&app.t(k::GUIDE_WITHOUT), " ", &without].concat());
                }
            }
        }
        let steps = guide.steps.iter().filter(|step| self.personal.has(step));
        for (index, step) in steps.enumerate() {
            let number = (index + 1).to_string();
            self.step(&[&number, ". "].concat(), step);
        }
        self.refusal(&guide.refusal);
    }

    fn step(&mut self, number: &str, step: &Step) {
        let app = self.text.app;
        let title = [number, &self.text.plain_marked(&step.title)].concat();
        self.lines.push(PrintLine::Heading(title));
        self.paragraph(only_if(
            self.text,
            &self.open.guide,
            self.personal,
            step.when.as_ref(),
        ));
        self.paragraph(time(app, &step.time));
        self.blocks(&step.text);
        for document in &step.evidence {
            if self.personal.applies(document.when.as_ref()) != Applies::No {
                let text = [
                    &app.t(k::GUIDE_EVIDENCE),
                    ": ",
                    &self.text.plain_marked(&document.title),
                ]
                .concat();
                self.lines.push(PrintLine::Item(text));
            }
        }
        for fee in &step.fees {
            if self.personal.applies(fee.when.as_ref()) != Applies::No {
                let amount = amount(app, &self.open.guide, fee);
                let text =
                    [&fee.title, &fee.pay, &fee.waiver].map(|text| self.text.plain_marked(text));
                let text: Vec<&str> = std::iter::once(amount.as_str())
                    .chain(text.iter().map(String::as_str))
                    .filter(|text| !text.is_empty())
                    .collect();
                self.lines.push(PrintLine::Item(text.join(". ")));
            }
        }
        if let Some(office) = step
            .office
            .as_ref()
            .and_then(|office| office.find(&self.open.offices))
        {
            self.office(office);
        }
        if step.steps.iter().any(|part| self.personal.has(part)) {
            self.paragraph(app.t(match step.choose {
                Choose::One => k::GUIDE_ONE_OF,
                Choose::All => k::GUIDE_ALL_OF,
            }));
        }
        for part in step.steps.iter().filter(|part| self.personal.has(part)) {
            self.step("– ", part);
        }
        self.refusal(&step.refusal);
    }

    fn office(&mut self, office: &Office) {
        let texts = [&office.name, &office.address].map(|text| self.text.plain_marked(text));
        let phone = office.phone.clone().unwrap_or_default();
        let [name, address] = texts;
        let text: Vec<String> = [name, address, phone]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        self.paragraph(text.join(", "));
    }

    fn refusal(&mut self, refusal: &Refusal) {
        for (key, blocks) in [
            (k::GUIDE_REFUSAL, &refusal.text),
            (k::GUIDE_APPEAL, &refusal.appeal),
        ] {
            if !blocks.is_empty() {
                self.paragraph(self.text.app.t(key));
                self.blocks(blocks);
            }
        }
    }

    fn blocks(&mut self, blocks: &[guide::Block]) {
        for (is_item, text) in self.text.plain_lines(blocks) {
            self.lines.push(if is_item {
                PrintLine::Item(text)
            } else {
                PrintLine::Paragraph(text)
            });
        }
    }
}
