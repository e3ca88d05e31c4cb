//! The texts of a guide in the resident's language, with their links and emphasis. Machine-translated and
//! untranslated texts are marked: residents must know which texts the city vouches for. Does not know what a text is
//! for.

use crate::app::App;
use crate::platform::intl;
use crate::ui::{call_address, link, paragraph, safe_address};
use crate::view::{View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::route::Route;
use guide::{Block, Guide, Rich, Span, Target, Text, Translation, primary};
use std::cell::Cell;

/// Draws a guide's texts in the language in use, and records what the translation notice has to say.
pub(super) struct GuideText {
    pub(super) app: App,
    language: String,
    source: String,
    /// True if the guide's title is not in the language in use; the notice then says so once, instead of a mark at
    /// each text.
    is_foreign: bool,
    has_machine_translation: Cell<bool>,
    has_untranslated: Cell<bool>,
}

impl GuideText {
    /// Prepares the texts of a guide, in the language in use.
    pub(super) fn new(app: App, guide: &Guide) -> Self {
        let (language, source) = (app.language(), guide.source().to_owned());
        let title = guide.title.find(&language, &source);
        Self {
            is_foreign: title.is_some_and(|translation| !translation.is_in(&language)),
            app,
            language,
            source,
            has_machine_translation: Cell::new(false),
            has_untranslated: Cell::new(false),
        }
    }

    /// Plain text, without a mark.
    pub(super) fn plain(&self, text: &Text) -> String {
        let translation = text.find(&self.language, &self.source);
        translation.map_or_else(String::new, |translation| {
            translation.text.trim().to_owned()
        })
    }

    /// Plain text, marked when machine-translated; for copies that leave the page, where the notice is missing.
    pub(super) fn plain_marked(&self, text: &Text) -> String {
        let translation = text.find(&self.language, &self.source);
        translation.map_or_else(String::new, |translation| {
            self.with_mark(&translation, translation.text.trim().to_owned())
        })
    }

    /// Each paragraph and list item as marked plain text; the flag is true for a list item.
    pub(super) fn plain_lines(&self, blocks: &[Block]) -> Vec<(bool, String)> {
        let line = |rich: &Rich| {
            let translation = rich.find(&self.language, &self.source);
            translation.map_or_else(String::new, |translation| {
                self.with_mark(
                    &translation,
                    translation.text.iter().map(Span::words).collect(),
                )
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

    fn with_mark<W: ?Sized>(&self, translation: &Translation<W>, text: String) -> String {
        self.note(translation);
        if translation.is_machine_made() && !text.is_empty() {
            [&text, " (", &self.app.t(k::GUIDE_MACHINE), ")"].concat()
        } else {
            text
        }
    }

    /// A text with its mark; nothing if it is empty.
    pub(super) fn view(&self, text: &Text) -> View {
        match text.find(&self.language, &self.source) {
            Some(translation) if !translation.text.trim().is_empty() => {
                self.marked(&translation, translation.text.into())
            }
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
        let Some(translation) = rich.find(&self.language, &self.source) else {
            return View::Nothing;
        };
        let spans: Vec<View> = translation
            .text
            .iter()
            .map(|span| self.span(span))
            .collect();
        self.marked(&translation, spans.into())
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
            // In an element: the style for a link that is alone on its line checks for siblings, and CSS does not
            // count text nodes.
            Span::Words(text) => el("span").child(text.as_str()).into(),
            Span::Emphasis(text) => el("strong").child(text.as_str()).into(),
            Span::Link(text, target) => match target {
                Target::Guide(id) => link(app, Route::guide(id), "", text.as_str()),
                Target::Service(code) => link(app, Route::form(code), "", text.as_str()),
                Target::Phone(phone) => external_link(&call_address(phone), text),
                // An address that is not safe to open is shown as text.
                Target::Address(address) => match safe_address(address) {
                    Some(address) => external_link(address, text),
                    None => text.as_str().into(),
                },
            },
        }
    }

    /// Adds `lang` to a text in another language, for screen readers (WCAG 3.1.2), and a visible mark.
    fn marked<W: ?Sized>(&self, translation: &Translation<W>, text: View) -> View {
        let (is_translated, is_machine_made) = (
            translation.is_in(&self.language),
            translation.is_machine_made(),
        );
        if is_translated && !is_machine_made {
            return text;
        }
        self.note(translation);
        let mark = if is_translated {
            self.app.t(k::GUIDE_MACHINE)
        } else if self.is_foreign {
            String::new()
        } else {
            language_name(translation.tag)
        };
        let mark = (!mark.is_empty())
            .then(|| el("small").class("mark").child([" (", &mark, ")"].concat()));
        let text = el("span").attr("lang", translation.tag).child(text);
        [text.into(), mark.into()].into()
    }

    fn note<W: ?Sized>(&self, translation: &Translation<W>) {
        let seen = |cell: &Cell<bool>, is_so: bool| cell.set(cell.get() | is_so);
        seen(&self.has_machine_translation, translation.is_machine_made());
        seen(&self.has_untranslated, !translation.is_in(&self.language));
    }

    /// The translation notice for the texts drawn so far; call it after they are drawn.
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
