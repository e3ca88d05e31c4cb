//! A guide to take along: as plain text, and as a page to print without the city's page around it.
//! What it says is what is on the screen: the steps that are for this resident.

use super::along::Scope;
use super::open::Open;
use super::parts::office_name;
use super::progress::Held;
use super::says::Says;
use super::words::{amount, only_if, reviewed, time};
use crate::app::App;
use crate::i18n::{Key, k};
use crate::live::Live;
use crate::paper::Paper;
use crate::platform::{copy, dom};
use crate::route::Route;
use guide::{ActionKind, Answers, Applies, Choose, Office, Outcome, Personal, Refusal, Step};

/// A line of a guide on paper.
enum Line {
    Title(String),
    Heading(String),
    Words(String),
    Item(String),
}

/// Prints a guide, and not the city's page around it.
pub(super) fn print(app: App, open: &Open, scope: Scope) {
    copy::print(app.root(), html(app, open, scope));
}

/// Puts a guide on the clipboard.
pub(super) fn copy(app: App, open: &Open, scope: Scope, said: Live<Option<Key>>) {
    copy::copy(app.root(), text(app, open, scope), move |is_copied| {
        said.set(Some(match is_copied {
            true => k::GUIDE_COPIED,
            false => k::GUIDE_COPY_FAILED,
        }));
    });
}

/// Shares a guide's address, or that of the page where the address does not follow the view.
pub(super) fn share(app: App, open: &Open, said: Live<Option<Key>>) {
    let says = Says::new(app, &open.guide);
    let hash = match app.state().setting().uses_hash {
        true => Route::guide(&open.guide.id).to_hash(),
        false => String::new(),
    };
    let (title, text) = (
        says.words(&open.guide.title),
        says.words(&open.guide.summary),
    );
    copy::share(
        app.root(),
        title,
        text,
        dom::address_of(&hash),
        move |is_copied| {
            said.set(is_copied.then_some(k::GUIDE_LINK_COPIED));
        },
    );
}

/// A guide as plain text.
fn text(app: App, open: &Open, scope: Scope) -> String {
    let mut out = String::new();
    for line in lines(app, open, scope) {
        match line {
            Line::Title(words) => out.extend([words.as_str(), "\n"]),
            Line::Heading(words) => out.extend(["\n", words.as_str(), "\n"]),
            Line::Words(words) => out.extend([words.as_str(), "\n"]),
            Line::Item(words) => out.extend(["- ", words.as_str(), "\n"]),
        }
    }
    out
}

/// A guide as a page of its own.
fn html(app: App, open: &Open, scope: Scope) -> String {
    let says = Says::new(app, &open.guide);
    let mut paper = Paper::new(&app.language(), &says.said(&open.guide.title));
    for line in lines(app, open, scope) {
        match line {
            Line::Title(words) => paper.tag("h1", &words),
            Line::Heading(words) => paper.tag("h2", &words),
            Line::Words(words) => paper.tag("p", &words),
            Line::Item(words) => paper.tag("li", &words),
        }
    }
    paper.html()
}

fn lines(app: App, open: &Open, scope: Scope) -> Vec<Line> {
    let says = Says::new(app, &open.guide);
    let held = Held::of(app, &open.guide.id);
    let answers = held.progress.peek(|progress| progress.answers.clone());
    let own = Personal::new(&open.guide, &answers);
    let outcome = own.outcome();
    let nobody = Answers::default();
    let everything = Personal::new(&open.guide, &nobody);
    let mut all = Writer {
        says: &says,
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
    all.guide();
    let phone = app.with_config(|config| {
        let mut contact = config.contact.iter();
        contact.find_map(|contact| contact.phone.clone())
    });
    if let Some(phone) = phone {
        all.words(app.t_with(k::CONTACT_CALL, &[("phone", &phone)]));
    }
    all.words(reviewed(app, open.guide.reviewed.as_deref()));
    all.lines
}

struct Writer<'a> {
    says: &'a Says,
    open: &'a Open,
    /// What follows from the answers.
    outcome: Option<&'a Outcome>,
    /// False for whom it is not.
    has_steps: bool,
    personal: &'a Personal<'a>,
    lines: Vec<Line>,
}

impl Writer<'_> {
    fn words(&mut self, words: String) {
        if !words.is_empty() {
            self.lines.push(Line::Words(words));
        }
    }

    fn pair(&mut self, key: Key, words: String) {
        if !words.is_empty() {
            let words = [&self.says.app.t(key), ": ", &words].concat();
            self.lines.push(Line::Words(words));
        }
    }

    fn guide(&mut self) {
        let (guide, app) = (&self.open.guide, self.says.app);
        let title = self.says.said(&guide.title);
        self.lines.push(Line::Title(title));
        let city = app.with_config(|config| app.text(&config.name));
        self.words(city);
        self.words(self.says.said(&guide.summary));
        if let Some(outcome) = self.outcome {
            self.words(self.says.said(&outcome.title));
            self.blocks(&outcome.text);
            for instead in &outcome.instead {
                let label = self.says.said(&instead.label);
                self.lines.push(Line::Item(match &instead.kind {
                    ActionKind::Phone { phone } => [&label, ": ", phone].concat(),
                    ActionKind::Address { url } => [&label, ": ", url].concat(),
                    _ => label,
                }));
            }
        }
        self.pair(k::FACT_DURATION, time(app, &guide.time));
        let fees = self.personal.fees().into_iter().map(|fee| {
            let words = [amount(app, guide, fee), self.says.said(&fee.title)];
            words.join(" ").trim().to_owned()
        });
        let fees: Vec<String> = fees.collect();
        self.pair(k::FACT_COST, fees.join(" · "));
        self.pair(
            k::FACT_DECIDES,
            office_name(self.says, guide.office.as_ref(), &self.open.offices),
        );
        self.pair(k::FACT_OUTPUT, self.says.said(&guide.output));
        if !self.has_steps {
            return;
        }
        let evidence = self.personal.evidence();
        if !evidence.is_empty() {
            self.lines.push(Line::Heading(app.t(k::FACT_BRING)));
            for one in evidence {
                let words = [&one.title, &one.text].map(|text| self.says.said(text));
                let words = words.join(". ");
                self.lines
                    .push(Line::Item(words.trim_end_matches(". ").to_owned()));
                let without = self.says.said(&one.without);
                if !without.is_empty() {
                    self.words([&app.t(k::GUIDE_WITHOUT), " ", &without].concat());
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
        let app = self.says.app;
        let title = [number, &self.says.said(&step.title)].concat();
        self.lines.push(Line::Heading(title));
        self.words(only_if(
            self.says,
            &self.open.guide,
            self.personal,
            step.when.as_ref(),
        ));
        self.words(time(app, &step.time));
        self.blocks(&step.text);
        for one in &step.evidence {
            if self.personal.applies(one.when.as_ref()) != Applies::No {
                let words = [&app.t(k::GUIDE_EVIDENCE), ": ", &self.says.said(&one.title)].concat();
                self.lines.push(Line::Item(words));
            }
        }
        for fee in &step.fees {
            if self.personal.applies(fee.when.as_ref()) != Applies::No {
                let amount = amount(app, &self.open.guide, fee);
                let words = [&fee.title, &fee.pay, &fee.waiver].map(|text| self.says.said(text));
                let words: Vec<&str> = std::iter::once(amount.as_str())
                    .chain(words.iter().map(String::as_str))
                    .filter(|words| !words.is_empty())
                    .collect();
                self.lines.push(Line::Item(words.join(". ")));
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
            self.words(app.t(match step.choose {
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
        let texts = [&office.name, &office.address].map(|text| self.says.said(text));
        let phone = office.phone.clone().unwrap_or_default();
        let [name, address] = texts;
        let words: Vec<String> = [name, address, phone]
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect();
        self.words(words.join(", "));
    }

    fn refusal(&mut self, refusal: &Refusal) {
        for (key, blocks) in [
            (k::GUIDE_REFUSAL, &refusal.text),
            (k::GUIDE_APPEAL, &refusal.appeal),
        ] {
            if !blocks.is_empty() {
                self.words(self.says.app.t(key));
                self.blocks(blocks);
            }
        }
    }

    fn blocks(&mut self, blocks: &[guide::Block]) {
        for (is_item, words) in self.says.lines(blocks) {
            self.lines.push(match is_item {
                true => Line::Item(words),
                false => Line::Words(words),
            });
        }
    }
}
