//! What a city wrote in a guide, in the resident's language: with links and emphasis, and marked where
//! a machine translated it or where nobody has yet.

use crate::app::App;
use crate::i18n::k;
use crate::platform::intl;
use crate::platform::view::{View, el};
use crate::route::Route;
use crate::ui::{call_address, link, paragraph, safe_address};
use guide::{Block, Guide, Rich, Span, Target, Text, Translation, primary};
use std::cell::Cell;

/// Speaks a guide's texts in the language in use.
pub(super) struct Says {
    pub(super) app: App,
    language: String,
    source: String,
    /// Nothing of the guide is in the language: that is said once and not at every text.
    is_foreign: bool,
    machine: Cell<bool>,
    missing: Cell<bool>,
}

impl Says {
    /// Speaks the texts of a guide.
    pub(super) fn new(app: App, guide: &Guide) -> Self {
        let (language, source) = (app.language(), guide.source().to_owned());
        let title = guide.title.find(&language, &source);
        Self {
            is_foreign: title.is_some_and(|found| !found.is_in(&language)),
            app,
            language,
            source,
            machine: Cell::new(false),
            missing: Cell::new(false),
        }
    }

    /// The words alone.
    pub(super) fn words(&self, text: &Text) -> String {
        let found = text.find(&self.language, &self.source);
        found.map_or_else(String::new, |found| found.text.trim().to_owned())
    }

    /// The words, with the mark where a machine translated them: what is taken along says so, too.
    pub(super) fn said(&self, text: &Text) -> String {
        let found = text.find(&self.language, &self.source);
        found.map_or_else(String::new, |found| {
            self.with_mark(&found, found.text.trim().to_owned())
        })
    }

    fn with_mark<W: ?Sized>(&self, found: &Translation<W>, words: String) -> String {
        self.note(found);
        match found.is_machine_made() && !words.is_empty() {
            true => [&words, " (", &self.app.t(k::GUIDE_MACHINE), ")"].concat(),
            false => words,
        }
    }

    /// A text.
    pub(super) fn text(&self, text: &Text) -> View {
        match text.find(&self.language, &self.source) {
            Some(found) if !found.text.trim().is_empty() => self.marked(&found, found.text.into()),
            _ => View::Nothing,
        }
    }

    /// A text in a paragraph; nothing where there is none.
    pub(super) fn paragraph(&self, class: &'static str, text: &Text) -> View {
        match text.is_empty() {
            true => View::Nothing,
            false => paragraph(class, self.text(text)),
        }
    }

    /// A text with links and emphasis.
    pub(super) fn rich(&self, rich: &Rich) -> View {
        let Some(found) = rich.find(&self.language, &self.source) else {
            return View::Nothing;
        };
        let spans: Vec<View> = found.text.iter().map(|span| self.span(span)).collect();
        self.marked(&found, spans.into())
    }

    /// Paragraphs and lists.
    pub(super) fn blocks(&self, blocks: &[Block]) -> View {
        let block = |block: &Block| match block {
            Block::Paragraph(rich) if rich.is_empty() => View::Nothing,
            Block::Paragraph(rich) => paragraph("", self.rich(rich)),
            Block::List { is_numbered, items } => {
                let items: Vec<View> = items
                    .iter()
                    .map(|item| el("li").put(self.rich(item)).into())
                    .collect();
                let list = match is_numbered {
                    true => el("ol").class("dots numbers"),
                    false => el("ul").class("dots"),
                };
                list.put(items).into()
            }
        };
        blocks.iter().map(block).collect::<Vec<View>>().into()
    }

    fn span(&self, span: &Span) -> View {
        let app = self.app;
        match span {
            // An element, so that a link beside it is not taken for one that is alone on its line.
            Span::Words(words) => el("span").put(words.as_str()).into(),
            Span::Emphasis(words) => el("strong").put(words.as_str()).into(),
            Span::Link(words, target) => match target {
                Target::Guide(id) => link(app, Route::guide(id), "", words.as_str()),
                Target::Service(code) => link(app, Route::report(code), "", words.as_str()),
                Target::Phone(phone) => outward(&call_address(phone), words),
                // What must not be opened is words.
                Target::Address(address) => match safe_address(address) {
                    Some(address) => outward(address, words),
                    None => words.as_str().into(),
                },
            },
        }
    }

    /// Words in another language say so to whoever hears them, and to whoever sees them.
    fn marked<W: ?Sized>(&self, found: &Translation<W>, words: View) -> View {
        let (is_here, is_machine_made) = (found.is_in(&self.language), found.is_machine_made());
        if is_here && !is_machine_made {
            return words;
        }
        self.note(found);
        let mark = match (is_here, self.is_foreign) {
            (true, _) => self.app.t(k::GUIDE_MACHINE),
            (false, true) => String::new(),
            (false, false) => self.name_of(found.tag),
        };
        let mark =
            (!mark.is_empty()).then(|| el("small").class("mark").put([" (", &mark, ")"].concat()));
        let words = el("span").attr("lang", found.tag).put(words);
        [words.into(), mark.into()].into()
    }

    /// Remembers what the notice has to say.
    fn note<W: ?Sized>(&self, found: &Translation<W>) {
        self.machine
            .set(self.machine.get() | found.is_machine_made());
        self.missing
            .set(self.missing.get() | !found.is_in(&self.language));
    }

    fn name_of(&self, tag: &str) -> String {
        intl::language_name(primary(tag))
    }

    /// What has to be known of the translation; to be drawn after all that was said.
    pub(super) fn notice(&self) -> View {
        let app = self.app;
        let machine = self.machine.get().then(|| app.t(k::GUIDE_MACHINE_NOTICE));
        let values = [("language", self.name_of(&self.source))];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let missing = self.missing.get().then(|| {
            let key = match self.is_foreign {
                true => k::GUIDE_FOREIGN_NOTICE,
                false => k::GUIDE_MISSING_NOTICE,
            };
            app.t_with(key, &values)
        });
        let lines: Vec<View> = [machine, missing]
            .into_iter()
            .flatten()
            .map(|words| paragraph("notice", words))
            .collect();
        lines.into()
    }
}

fn outward(address: &str, words: &str) -> View {
    el("a").attr("href", address).put(words).into()
}

/// The words of rich text alone.
pub(super) fn plain(spans: &[Span]) -> String {
    spans.iter().map(Span::words).collect()
}

impl Says {
    /// Each paragraph and item of blocks as words alone, and whether it is an item.
    pub(super) fn lines(&self, blocks: &[Block]) -> Vec<(bool, String)> {
        let of = |rich: &Rich| {
            let found = rich.find(&self.language, &self.source);
            found.map_or_else(String::new, |found| {
                self.with_mark(&found, plain(found.text))
            })
        };
        let mut lines = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(rich) => lines.push((false, of(rich))),
                Block::List { items, .. } => {
                    lines.extend(items.iter().map(|item| (true, of(item))))
                }
            }
        }
        lines
    }
}
