//! The texts of a guide in the resident's language, with their links and emphasis. A text that was translated by a
//! machine, or is not translated, is marked: residents must know which words the city stands behind.

use crate::app::App;
use crate::platform::intl;
use crate::ui::{call_address, link, paragraph, safe_address};
use crate::view::{View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::route::Route;
use guide::{Block, Guide, Rich, Span, Target, Text, Translation, primary};
use std::cell::Cell;

/// Gives a guide's texts in the language in use, and remembers what the notice about translation has to say.
pub(super) struct GuideText {
    pub(super) app: App,
    language: String,
    source: String,
    /// True if nothing of the guide is in the language: then the notice says so once, and not each text.
    is_foreign: bool,
    has_machine_translation: Cell<bool>,
    has_untranslated: Cell<bool>,
}

impl GuideText {
    /// The texts of a guide.
    pub(super) fn new(app: App, guide: &Guide) -> Self {
        let (language, source) = (app.language(), guide.source().to_owned());
        let title = guide.title.find(&language, &source);
        Self {
            is_foreign: title.is_some_and(|found| !found.is_in(&language)),
            app,
            language,
            source,
            has_machine_translation: Cell::new(false),
            has_untranslated: Cell::new(false),
        }
    }

    /// Plain text.
    pub(super) fn plain(&self, text: &Text) -> String {
        let found = text.find(&self.language, &self.source);
        found.map_or_else(String::new, |found| found.text.trim().to_owned())
    }

    /// Plain text, with a mark if a machine translated it: for copies that leave the page, and its notice.
    pub(super) fn plain_marked(&self, text: &Text) -> String {
        let found = text.find(&self.language, &self.source);
        found.map_or_else(String::new, |found| {
            self.with_mark(&found, found.text.trim().to_owned())
        })
    }

    /// Each paragraph and list item as plain text with its mark; true if it is an item.
    pub(super) fn plain_lines(&self, blocks: &[Block]) -> Vec<(bool, String)> {
        let line = |rich: &Rich| {
            let found = rich.find(&self.language, &self.source);
            found.map_or_else(String::new, |found| {
                self.with_mark(&found, found.text.iter().map(Span::words).collect())
            })
        };
        let mut lines = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(rich) => lines.push((false, line(rich))),
                Block::List { items, .. } => {
                    lines.extend(items.iter().map(|item| (true, line(item))));
                }
            }
        }
        lines
    }

    fn with_mark<W: ?Sized>(&self, found: &Translation<W>, text: String) -> String {
        self.note(found);
        if found.is_machine_made() && !text.is_empty() {
            [&text, " (", &self.app.t(k::GUIDE_MACHINE), ")"].concat()
        } else {
            text
        }
    }

    /// A text.
    pub(super) fn view(&self, text: &Text) -> View {
        match text.find(&self.language, &self.source) {
            Some(found) if !found.text.trim().is_empty() => self.marked(&found, found.text.into()),
            _ => View::Nothing,
        }
    }

    /// A text in a paragraph; nothing if it is empty.
    pub(super) fn paragraph(&self, class: &'static str, text: &Text) -> View {
        if text.is_empty() {
            View::Nothing
        } else {
            paragraph(class, self.view(text))
        }
    }

    /// A text with links and emphasis.
    fn rich(&self, rich: &Rich) -> View {
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
                    .map(|item| el("li").child(self.rich(item)).into())
                    .collect();
                let list = if *is_numbered {
                    el("ol").class("dots numbers")
                } else {
                    el("ul").class("dots")
                };
                list.child(items).into()
            }
        };
        blocks.iter().map(block).collect::<Vec<View>>().into()
    }

    fn span(&self, span: &Span) -> View {
        let app = self.app;
        match span {
            // In an element: the style for a link that is alone on its line asks whether it has siblings, and
            // text nodes are none.
            Span::Words(words) => el("span").child(words.as_str()).into(),
            Span::Emphasis(words) => el("strong").child(words.as_str()).into(),
            Span::Link(words, target) => match target {
                Target::Guide(id) => link(app, Route::guide(id), "", words.as_str()),
                Target::Service(code) => link(app, Route::form(code), "", words.as_str()),
                Target::Phone(phone) => external_link(&call_address(phone), words),
                // An address that is not safe to open is shown as text.
                Target::Address(address) => match safe_address(address) {
                    Some(address) => external_link(address, words),
                    None => words.as_str().into(),
                },
            },
        }
    }

    /// Text in another language has a `lang` for screen readers (WCAG 3.1.2), and a mark that everybody sees.
    fn marked<W: ?Sized>(&self, found: &Translation<W>, text: View) -> View {
        let (is_translated, is_machine_made) =
            (found.is_in(&self.language), found.is_machine_made());
        if is_translated && !is_machine_made {
            return text;
        }
        self.note(found);
        let mark = if is_translated {
            self.app.t(k::GUIDE_MACHINE)
        } else if self.is_foreign {
            String::new()
        } else {
            language_name(found.tag)
        };
        let mark = (!mark.is_empty())
            .then(|| el("small").class("mark").child([" (", &mark, ")"].concat()));
        let text = el("span").attr("lang", found.tag).child(text);
        [text.into(), mark.into()].into()
    }

    fn note<W: ?Sized>(&self, found: &Translation<W>) {
        let seen = |cell: &Cell<bool>, is_so: bool| cell.set(cell.get() | is_so);
        seen(&self.has_machine_translation, found.is_machine_made());
        seen(&self.has_untranslated, !found.is_in(&self.language));
    }

    /// The notice about the translation of the texts given so far; so it has to be drawn after them.
    pub(super) fn notice(&self) -> View {
        let app = self.app;
        let machine = self
            .has_machine_translation
            .get()
            .then(|| app.t(k::GUIDE_MACHINE_NOTICE));
        let untranslated = self.has_untranslated.get().then(|| {
            let key = if self.is_foreign {
                k::GUIDE_FOREIGN_NOTICE
            } else {
                k::GUIDE_MISSING_NOTICE
            };
            app.t_with(key, &[("language", &language_name(&self.source))])
        });
        let lines: Vec<View> = [machine, untranslated]
            .into_iter()
            .flatten()
            .map(|text| paragraph("notice", text))
            .collect();
        lines.into()
    }
}

fn language_name(tag: &str) -> String {
    intl::language_name(primary(tag))
}

fn external_link(address: &str, text: &str) -> View {
    el("a").attr("href", address).child(text).into()
}
