//! The imports, paths and modules of one Rust file.
//!
//! Only what is needed to draw arrows between files: what a body does is not looked at. Code for tests alone
//! (`#[cfg(test)]`, `#[test]`) is left out, because a test may import whatever it tests.

use std::collections::HashSet;

use super::tokens::{Kind, Token, tokens};

/// A module: a whole file, or `mod name { … }` inside one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Source {
    /// The modules it declares.
    pub(crate) children: Vec<Child>,
    /// What `use` brings into it, one entry for each name.
    pub(crate) imports: Vec<Import>,
    /// The names of the items it defines itself.
    pub(crate) items: HashSet<String>,
    /// The paths in its code, `use` aside; some have a single segment.
    pub(crate) paths: Vec<Path>,
}

/// `mod name;` or `mod name { … }`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Child {
    pub(crate) name: String,
    /// The contents, when they are in the same file.
    pub(crate) inline: Option<Source>,
    /// The file that `#[path = "…"]` names.
    pub(crate) file: Option<String>,
}

/// One name of a `use`, with groups taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Import {
    /// `a::b::C`; without its last segment for `a::b::*`.
    pub(crate) path: Path,
    /// The name it has here; `*` for all names of a module, `_` for a trait that is not named.
    pub(crate) name: String,
    /// Handed on to other modules (`pub use`, in any form).
    pub(crate) is_public: bool,
}

/// `a::b::C` as it is written, with the line it starts on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    /// Starts with `::` as a segment of its own when the source does.
    pub(crate) segments: Vec<String>,
    pub(crate) line: usize,
    /// A function or a macro is called by it.
    pub(crate) is_call: bool,
}

impl Source {
    /// Reads a file's text.
    pub(crate) fn parse(text: &str) -> Self {
        let tokens = tokens(text);
        Parser {
            tokens: &tokens,
            at: 0,
        }
        .module()
    }
}

struct Parser<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
}

/// What precedes an item.
#[derive(Default)]
struct Before {
    is_public: bool,
    is_test: bool,
    file: Option<String>,
}

impl<'a> Parser<'a> {
    fn kind(&self, ahead: usize) -> Option<Kind<'a>> {
        Some(self.tokens.get(self.at + ahead)?.kind)
    }

    fn word(&self, ahead: usize) -> Option<&'a str> {
        match self.kind(ahead)? {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn is(&self, symbol: char, ahead: usize) -> bool {
        self.kind(ahead) == Some(Kind::Symbol(symbol))
    }

    fn line(&self) -> usize {
        self.tokens.get(self.at).map_or(0, |token| token.line)
    }

    /// Up to the end of the file, or to the brace that closes the module.
    fn module(&mut self) -> Source {
        let mut source = Source::default();
        let mut depth = 0_usize;
        let mut before = Before::default();
        while let Some(kind) = self.kind(0) {
            match kind {
                Kind::Symbol('#') if self.is('[', 1) || (self.is('!', 1) && self.is('[', 2)) => {
                    self.attribute(&mut before);
                    if before.is_test {
                        self.skip_item();
                        before = Before::default();
                    }
                    continue;
                }
                Kind::Symbol('{') => depth += 1,
                Kind::Symbol('}') if depth == 0 => return source,
                Kind::Symbol('}') => depth -= 1,
                Kind::Word("pub") => {
                    before.is_public = true;
                    self.at += 1;
                    if self.is('(', 0)
                        && matches!(self.word(1), Some("crate" | "super" | "self" | "in"))
                    {
                        self.skip_group();
                    }
                    continue;
                }
                Kind::Word("use") => {
                    self.at += 1;
                    let is_public = before.is_public;
                    self.import(&[], is_public, &mut source.imports);
                    // The semicolon.
                    self.at += 1;
                    before = Before::default();
                    continue;
                }
                Kind::Word("mod") if self.word(1).is_some() => {
                    let child = self.child(before.file.take());
                    source.children.extend(child);
                    before = Before::default();
                    continue;
                }
                Kind::Word(word) => {
                    if depth == 0 {
                        source.items.extend(self.item(word));
                    }
                    self.path(&mut source.paths);
                    before = Before::default();
                    continue;
                }
                Kind::PathSeparator => {
                    self.path(&mut source.paths);
                    continue;
                }
                Kind::Symbol(_) | Kind::Text(_) => {}
            }
            before = Before::default();
            self.at += 1;
        }
        source
    }

    /// The name that an item keyword at this place defines.
    fn item(&self, keyword: &str) -> Option<String> {
        let ahead = match keyword {
            "macro_rules" if self.is('!', 1) => 2,
            "fn" | "struct" | "enum" | "union" | "trait" | "type" | "const" | "static" => 1,
            _ => return None,
        };
        let name = match self.word(ahead) {
            Some("mut") => self.word(ahead + 1),
            name => name,
        };
        name.map(str::to_owned)
    }

    fn child(&mut self, file: Option<String>) -> Option<Child> {
        let name = self.word(1)?.to_owned();
        self.at += 2;
        let inline = self.is('{', 0).then(|| {
            self.at += 1;
            self.module()
        });
        // The semicolon or the closing brace.
        self.at += 1;
        Some(Child { name, inline, file })
    }

    /// Reads `#[…]`, and remembers what it says about the item that follows.
    fn attribute(&mut self, before: &mut Before) {
        let start = self.at;
        self.at += if self.is('!', 1) { 2 } else { 1 };
        let is_inner = self.at == start + 2;
        let head = self.word(1);
        let open = self.at;
        self.skip_group();
        let inside = self.tokens.get(open..self.at).unwrap_or_default();
        let has = |word| inside.iter().any(|token| token.kind == Kind::Word(word));
        let is_test = match head {
            Some("test") => true,
            Some("cfg") => has("test") && !has("not"),
            _ => false,
        };
        before.is_test |= is_test && !is_inner;
        if head == Some("path") {
            before.file = inside.iter().find_map(|token| match token.kind {
                Kind::Text(text) => Some(text.to_owned()),
                _ => None,
            });
        }
    }

    /// Moves past a group of brackets of any kind that opens at this place.
    fn skip_group(&mut self) {
        let mut depth = 0_usize;
        while let Some(kind) = self.kind(0) {
            self.at += 1;
            match kind {
                Kind::Symbol('(' | '[' | '{') => depth += 1,
                Kind::Symbol(')' | ']' | '}') => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    /// Moves past one item, field or statement, with the attributes before it.
    fn skip_item(&mut self) {
        let mut is_use = false;
        while let Some(kind) = self.kind(0) {
            match kind {
                Kind::Word("use") => is_use = true,
                Kind::Symbol('}' | ')' | ']') => return,
                Kind::Symbol('{') if !is_use => return self.skip_group(),
                Kind::Symbol('(' | '[' | '{') => {
                    self.skip_group();
                    continue;
                }
                Kind::Symbol(';') => {
                    self.at += 1;
                    return;
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    /// One tree of a `use`, up to the comma, brace or semicolon that ends it and is left for the caller.
    fn import(&mut self, parents: &[String], is_public: bool, imports: &mut Vec<Import>) {
        let mut segments = parents.to_vec();
        let line = self.line();
        let mut name = None;
        while let Some(kind) = self.kind(0) {
            match kind {
                Kind::Word("as") => {
                    name = self.word(1).map(str::to_owned);
                    self.at += 2;
                    continue;
                }
                Kind::Word(word) => segments.push(word.to_owned()),
                Kind::PathSeparator if segments.is_empty() => segments.push("::".to_owned()),
                Kind::PathSeparator => {}
                Kind::Symbol('*') => name = Some("*".to_owned()),
                Kind::Symbol('{') => {
                    self.at += 1;
                    while self.kind(0).is_some() && !self.is('}', 0) {
                        self.import(&segments, is_public, imports);
                        if self.is(',', 0) {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                Kind::Symbol(_) | Kind::Text(_) => break,
            }
            self.at += 1;
        }
        // `{self}` is the module itself.
        if segments.len() > 1 && segments.last().is_some_and(|last| last == "self") {
            segments.pop();
        }
        let Some(name) = name.or_else(|| segments.last().cloned()) else {
            return;
        };
        let path = Path {
            segments,
            line,
            is_call: false,
        };
        imports.push(Import {
            path,
            name,
            is_public,
        });
    }

    /// Reads the path that starts at this place, if it can be one: not a field, not a method, not a name that is
    /// being given.
    fn path(&mut self, paths: &mut Vec<Path>) {
        let line = self.line();
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        let before = before.map(|token| token.kind);
        let mut segments = Vec::new();
        // What follows `Vec::<T>` or `<T as A>` is a name inside of it.
        let mut continued = before == Some(Kind::PathSeparator);
        if self.kind(0) == Some(Kind::PathSeparator) {
            continued = matches!(before, Some(Kind::Word(_) | Kind::Symbol('>')));
            segments.push("::".to_owned());
            self.at += 1;
        }
        while let Some(word) = self.word(0) {
            segments.push(word.to_owned());
            self.at += 1;
            if self.kind(0) != Some(Kind::PathSeparator) || self.word(1).is_none() {
                break;
            }
            self.at += 1;
        }
        let named = matches!(
            before,
            Some(
                Kind::Symbol('.')
                    | Kind::Word("fn" | "struct" | "enum" | "trait" | "type" | "const" | "static")
            )
        );
        let given = segments.len() == 1 && self.is(':', 0);
        if segments.is_empty() || named || continued || given {
            return;
        }
        let is_call = self.is('(', 0) || self.is('!', 0);
        paths.push(Path {
            segments,
            line,
            is_call,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imports(text: &str) -> Vec<String> {
        let source = Source::parse(text);
        let shown = source.imports.iter().map(|import| {
            let path = import.path.segments.join("::");
            let public = if import.is_public { "pub " } else { "" };
            format!("{public}{path} as {}", import.name)
        });
        shown.collect()
    }

    fn paths(text: &str) -> Vec<String> {
        let source = Source::parse(text);
        let long = source.paths.iter().filter(|path| path.segments.len() > 1);
        long.map(|path| path.segments.join("::")).collect()
    }

    #[test]
    fn groups_are_taken_apart() {
        for (text, expected) in [
            ("use crate::a;", vec!["crate::a as a"]),
            (
                "use crate::{a::{b, c as d}, e};",
                vec!["crate::a::b as b", "crate::a::c as d", "crate::e as e"],
            ),
            (
                "pub(crate) use super::a::{self, *};",
                vec!["pub super::a as a", "pub super::a as *"],
            ),
            (
                "pub use a::B as _; use c::d;",
                vec!["pub a::B as _", "c::d as d"],
            ),
            (
                "use ::a::b; fn f() { use c::{d,}; }",
                vec!["::::a::b as b", "c::d as d"],
            ),
            ("use {a, b::c};", vec!["a as a", "b::c as c"]),
        ] {
            assert_eq!(imports(text), expected, "{text}");
        }
    }

    #[test]
    fn paths_in_code_are_found_and_names_are_not() {
        for (text, expected) in [
            (
                "fn f() -> crate::a::B { c::d(e) }",
                vec!["crate::a::B", "c::d"],
            ),
            (
                "fn f() { <T as super::A>::b(); x.collect::<c::D>() }",
                vec!["super::A", "c::D"],
            ),
            ("fn f() { Vec::<a::B>::new() }", vec!["a::B"]),
            ("// crate::a::b\nconst A: &str = \"crate::c::d\";", vec![]),
            ("#[derive(a::B)] struct C { d: e::F }", vec!["e::F"]),
            ("pub(in crate::a) fn f() { m!(b::c) }", vec!["b::c"]),
        ] {
            assert_eq!(paths(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_for_tests_alone_is_left_out() {
        for text in [
            "#[cfg(test)] mod tests { use crate::a; }",
            "#[cfg(test)] use crate::{a, b};",
            "#[test] fn works() { crate::a::b() }",
            "#[cfg(all(test, unix))] #[allow(unused)] fn f(a: [u8; 2]) { crate::a::b() }",
            "#[cfg(test)] mod tests;",
            "#[cfg(test)] const A: [u8; 2] = crate::a::b;",
        ] {
            let source = Source::parse(text);
            assert_eq!(source, Source::default(), "{text}");
        }
        let text = "#[cfg(test)] mod tests {} #[cfg(not(test))] use crate::a;";
        assert_eq!(imports(text), ["crate::a as a"]);
    }

    #[test]
    fn modules_and_items_are_listed() {
        let text = "mod a; #[path = \"c.rs\"] pub mod b; mod d { use super::A; mod e; }
            pub(crate) struct A(pub u8); pub const B: u8 = 1; macro_rules! c { () => {} }
            impl A { fn method() {} }";
        let source = Source::parse(text);
        let names: Vec<&str> = source
            .children
            .iter()
            .map(|child| child.name.as_str())
            .collect();
        assert_eq!(names, ["a", "b", "d"]);
        let mut items: Vec<&str> = source.items.iter().map(String::as_str).collect();
        items.sort();
        assert_eq!(items, ["A", "B", "c"]);
        let [_, b, d] = source.children.as_slice() else {
            panic!("three children")
        };
        assert_eq!(b.file.as_deref(), Some("c.rs"));
        let inline = d.inline.as_ref().unwrap();
        assert_eq!(inline.imports.len(), 1);
        assert_eq!(inline.children.len(), 1);
    }
}
