//! Which file of a crate imports from which.
//!
//! An arrow goes to the file that defines what is imported, through any number of re-exports. Declaring a module,
//! importing a module by its name and handing on what a child module defines (`pub use child::Item`) are no arrows:
//! only using an item is.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result};

use super::source::{Import, Path, Source};

/// Re-exports that lead on for longer than this are taken for a loop; names are looked up in up to (imports of `*` in
/// one module) to the power of this many places.
const LONGEST_CHAIN: usize = 8;

/// A file, by its index in `Graph::files`.
pub(crate) type File = usize;

/// The files of one package and the arrows between them.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    /// Relative to the project's folder, with `/` between folders.
    pub(crate) files: Vec<String>,
    pub(crate) arrows: BTreeMap<(File, File), Arrow>,
}

/// The first import that makes one file depend on another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arrow {
    /// As it is written in the importing file.
    pub(crate) path: String,
    pub(crate) line: usize,
}

/// Where the sources are read from: a folder, or a table in a test.
pub(crate) trait Files {
    fn read(&self, file: &str) -> Option<String>;
}

/// A target of a package: its library or one of its programs.
pub(crate) struct Target {
    /// The file it starts with.
    pub(crate) root: String,
    /// The name that other targets of the package import it by, when it is a library.
    pub(crate) library: Option<String>,
}

/// Reads all files of a package's targets, the library first, and draws the arrows.
pub(crate) fn graph(files: &impl Files, targets: &[Target]) -> Result<Graph> {
    let mut tree = Tree::default();
    for target in targets {
        let text = files
            .read(&target.root)
            .with_context(|| format!("cannot read {}", target.root))?;
        let file = tree.file(&target.root);
        let root = tree.add(None, file, Source::parse(&text));
        if let Some(name) = &target.library {
            tree.library = Some((name.clone(), root));
        }
        let folder = parent(&target.root).to_owned();
        tree.load(files, root, &folder, &folder);
    }
    Ok(tree.draw())
}

fn parent(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn join(folder: &str, name: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in folder.split('/').chain(name.split('/')) {
        match segment {
            ".." => drop(segments.pop()),
            "." | "" => {}
            segment => segments.push(segment),
        }
    }
    segments.join("/")
}

type ModuleId = usize;

#[derive(Debug)]
struct Module {
    parent: Option<ModuleId>,
    file: File,
    children: HashMap<String, ModuleId>,
    source: Source,
}

#[derive(Default)]
struct Tree {
    files: Vec<String>,
    modules: Vec<Module>,
    library: Option<(String, ModuleId)>,
}

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Module(ModuleId),
    /// An item of this module, as far as can be told without looking at what it is.
    Item(ModuleId),
}

impl Tree {
    fn file(&mut self, name: &str) -> File {
        let known = self.files.iter().position(|file| file == name);
        known.unwrap_or_else(|| {
            self.files.push(name.to_owned());
            self.files.len() - 1
        })
    }

    fn add(&mut self, parent: Option<ModuleId>, file: File, source: Source) -> ModuleId {
        self.modules.push(Module {
            parent,
            file,
            children: HashMap::new(),
            source,
        });
        self.modules.len() - 1
    }

    /// Reads the children of a module. `folder` holds the files of the children; `beside` is the folder of the
    /// module's own file, to which `#[path]` is relative.
    fn load(&mut self, files: &impl Files, id: ModuleId, folder: &str, beside: &str) {
        let Some(module) = self.modules.get_mut(id) else {
            return;
        };
        let own = module.file;
        for child in std::mem::take(&mut module.source.children) {
            let inside = join(folder, &child.name);
            if let Some(source) = child.inline {
                let new = self.add(Some(id), own, source);
                self.name(id, child.name, new);
                self.load(files, new, &inside, &inside);
                continue;
            }
            let candidates = match &child.file {
                Some(file) => vec![join(beside, file)],
                None => vec![format!("{inside}.rs"), format!("{inside}/mod.rs")],
            };
            // A module whose file is not there is made by a build script, or breaks the build elsewhere.
            let found = candidates
                .into_iter()
                .find_map(|file| files.read(&file).map(|text| (file, text)));
            let Some((name, text)) = found else { continue };
            let file = self.file(&name);
            let new = self.add(Some(id), file, Source::parse(&text));
            self.name(id, child.name, new);
            let beside = parent(&name).to_owned();
            let is_folder = child.file.is_some() || name.ends_with("/mod.rs");
            let folder = if is_folder { &beside } else { &inside };
            self.load(files, new, folder, &beside);
        }
    }

    fn name(&mut self, parent: ModuleId, name: String, child: ModuleId) {
        if let Some(parent) = self.modules.get_mut(parent) {
            parent.children.insert(name, child);
        }
    }

    fn root(&self, mut id: ModuleId) -> ModuleId {
        while let Some(parent) = self.modules.get(id).and_then(|module| module.parent) {
            id = parent;
        }
        id
    }

    fn is_inside(&self, mut id: ModuleId, ancestor: ModuleId) -> bool {
        while id != ancestor {
            match self.modules.get(id).and_then(|module| module.parent) {
                Some(parent) => id = parent,
                None => return false,
            }
        }
        true
    }

    /// What a path leads to that is written in this module; nothing for another crate's.
    fn resolve(&self, from: ModuleId, segments: &[String], chain: usize) -> Option<Found> {
        let (head, rest) = segments.split_first()?;
        let module = self.modules.get(from)?;
        match head.as_str() {
            "::" => None,
            "crate" => self.walk(self.root(from), rest, chain),
            "self" => self.walk(from, rest, chain),
            "super" => {
                let mut id = module.parent?;
                let mut rest = rest;
                while let [head, after @ ..] = rest
                    && head == "super"
                {
                    id = self.modules.get(id)?.parent?;
                    rest = after;
                }
                self.walk(id, rest, chain)
            }
            name => {
                let found = self.lookup(from, name, rest.is_empty(), chain);
                let library = || {
                    let (library, root) = self.library.as_ref()?;
                    (library == name).then_some(Found::Module(*root))
                };
                self.go_on(found.or_else(library)?, rest, chain)
            }
        }
    }

    /// Follows segments from a module downwards.
    fn walk(&self, id: ModuleId, segments: &[String], chain: usize) -> Option<Found> {
        let Some((name, rest)) = segments.split_first() else {
            return Some(Found::Module(id));
        };
        let found = self.lookup(id, name, rest.is_empty(), chain);
        self.go_on(found.unwrap_or(Found::Item(id)), rest, chain)
    }

    fn go_on(&self, found: Found, rest: &[String], chain: usize) -> Option<Found> {
        match found {
            Found::Module(id) => self.walk(id, rest, chain),
            // The rest names a variant, a method or the like.
            Found::Item(_) => Some(found),
        }
    }

    /// A name in a module: its own item, a child, an import, or one of `*`. Where a child and a function share a name
    /// (`mod field; pub use field::field;`), the last segment of a path is taken for the function.
    fn lookup(&self, id: ModuleId, name: &str, is_last: bool, chain: usize) -> Option<Found> {
        if chain > LONGEST_CHAIN {
            return None;
        }
        let module = self.modules.get(id)?;
        let child = || module.children.get(name).copied().map(Found::Module);
        let item = || {
            if module.source.items.contains(name) {
                return Some(Found::Item(id));
            }
            let mut imports = module.source.imports.iter();
            let import = imports.find(|import| import.name == name)?;
            self.resolve_import(id, import, chain + 1)
        };
        let named = if is_last {
            item().or_else(child)
        } else {
            child().or_else(item)
        };
        named.or_else(|| {
            let mut imports = module.source.imports.iter();
            imports.find_map(|import| {
                if import.name != "*" {
                    return None;
                }
                match self.resolve_import(id, import, chain + 1)? {
                    Found::Module(target) if target != id => {
                        self.lookup(target, name, is_last, chain + 1)
                    }
                    _ => None,
                }
            })
        })
    }

    /// The head of `use a::b as a` is a crate or a child, never the import itself.
    fn resolve_import(&self, id: ModuleId, import: &Import, chain: usize) -> Option<Found> {
        let (head, rest) = import.path.segments.split_first()?;
        if import.name != *head || self.modules.get(id)?.children.contains_key(head) {
            return self.resolve(id, &import.path.segments, chain);
        }
        let (library, root) = self.library.as_ref()?;
        (library == head)
            .then(|| self.walk(*root, rest, chain))
            .flatten()
    }

    fn draw(self) -> Graph {
        let mut arrows = BTreeMap::new();
        for (id, module) in self.modules.iter().enumerate() {
            let mut arrow = |target: ModuleId, path: &Path| {
                let Some(target) = self.modules.get(target) else {
                    return;
                };
                if target.file != module.file {
                    arrows
                        .entry((module.file, target.file))
                        .or_insert_with(|| Arrow {
                            path: path.segments.join("::"),
                            line: path.line,
                        });
                }
            };
            let mut handed_on = HashMap::new();
            for import in &module.source.imports {
                let target = match self.resolve_import(id, import, 0) {
                    Some(Found::Item(target)) => target,
                    Some(Found::Module(target)) if import.name == "*" => target,
                    _ => continue,
                };
                if import.is_public && self.is_inside(target, id) {
                    handed_on.insert(import.name.as_str(), target);
                } else {
                    arrow(target, &import.path);
                }
            }
            for path in &module.source.paths {
                if let [name] = path.segments.as_slice() {
                    // Of single names only those matter that are handed on and used here as well. A lower-case one
                    // that is not called may be a variable.
                    let is_used = path.is_call || name.starts_with(char::is_uppercase);
                    if let Some(target) = handed_on.get(name.as_str()).filter(|_| is_used) {
                        arrow(*target, path);
                    }
                    continue;
                }
                if let Some(Found::Item(target)) = self.resolve(id, &path.segments, 0) {
                    arrow(target, path);
                }
            }
        }
        Graph {
            files: self.files,
            arrows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Table<'a>(&'a [(&'a str, &'a str)]);

    impl Files for Table<'_> {
        fn read(&self, file: &str) -> Option<String> {
            let found = self.0.iter().find(|(name, _)| *name == file);
            found.map(|(_, text)| (*text).to_owned())
        }
    }

    fn library(files: &[(&str, &str)]) -> Graph {
        let target = Target {
            root: "src/lib.rs".to_owned(),
            library: Some("own".to_owned()),
        };
        graph(&Table(files), &[target]).unwrap()
    }

    fn arrows(graph: &Graph) -> Vec<String> {
        let short = |file: &File| {
            graph.files[*file]
                .trim_start_matches("src/")
                .trim_end_matches(".rs")
                .to_owned()
        };
        let shown = graph.arrows.keys();
        shown
            .map(|(from, to)| format!("{} > {}", short(from), short(to)))
            .collect()
    }

    #[test]
    fn an_arrow_goes_to_the_file_that_defines_the_item() {
        let graph = library(&[
            ("src/lib.rs", "mod a; mod b; pub use b::B;"),
            (
                "src/a.rs",
                "use crate::b::{self, deep::C}; use crate::B as Other; fn f() { b::g() }",
            ),
            (
                "src/b/mod.rs",
                "mod deep; mod item; pub(crate) use item::B; pub(crate) use self::item::g;",
            ),
            ("src/b/deep.rs", "pub struct C;"),
            (
                "src/b/item.rs",
                "use super::deep; pub struct B; pub fn g() -> deep::C {}",
            ),
        ]);
        assert_eq!(
            arrows(&graph),
            ["a > b/deep", "a > b/item", "b/item > b/deep"]
        );
        assert_eq!(graph.circles(), []);
    }

    #[test]
    fn modules_are_followed_through_super_self_inline_and_globs() {
        let graph = library(&[
            ("src/lib.rs", "mod a; mod b;"),
            (
                "src/a.rs",
                "mod inner { use super::super::b::c::D; mod more { fn f() { self::super::super::g() } } } mod h;",
            ),
            ("src/a/h.rs", "use crate::b::*; fn f() { c::d() }"),
            ("src/b.rs", "pub mod c;"),
            ("src/b/c.rs", "pub struct D; pub fn d() {}"),
        ]);
        assert_eq!(arrows(&graph), ["a > b/c", "a/h > b", "a/h > b/c"]);
    }

    #[test]
    fn a_program_imports_its_own_library_by_name() {
        let files = [
            ("src/lib.rs", "pub mod a;"),
            ("src/a.rs", "pub fn f() {}"),
            (
                "src/main.rs",
                "use own::a; fn main() { a::f(); other::g() }",
            ),
        ];
        let targets = ["src/lib.rs", "src/main.rs"].map(|root| Target {
            root: root.to_owned(),
            library: (root == "src/lib.rs").then(|| "own".to_owned()),
        });
        let graph = graph(&Table(&files), &targets).unwrap();
        assert_eq!(arrows(&graph), ["main > a"]);
    }

    #[test]
    fn another_crate_of_the_same_name_as_a_module_is_no_arrow() {
        let graph = library(&[
            ("src/lib.rs", "mod a; mod guide;"),
            (
                "src/a.rs",
                "use guide::Step; use ::guide::Office; use open311::open311;",
            ),
            (
                "src/guide.rs",
                "use guide::Step as Model; use guide::guide;",
            ),
        ]);
        assert_eq!(arrows(&graph), [""; 0]);
    }

    #[test]
    fn a_parent_and_its_child_are_a_circle_when_both_use_items_of_the_other() {
        let child = ("src/a/b.rs", "use super::A; pub struct B(A); pub fn b() {}");
        for (parent, expected) in [
            ("pub mod b; pub struct A;", 0),
            ("mod b; pub use b::B; pub struct A;", 0),
            ("mod b; pub use b::*; pub struct A;", 0),
            ("mod b; pub use b::B; pub struct A; fn f(b: B) {}", 1),
            ("mod b; pub use b::b; pub struct A; fn f() { b() }", 1),
            ("mod b; pub struct A; fn f() { b::b() }", 1),
            ("mod b; use b::B; pub struct A;", 1),
        ] {
            let graph = library(&[("src/lib.rs", "mod a;"), ("src/a/mod.rs", parent), child]);
            assert_eq!(graph.circles().len(), expected, "{parent}");
        }
    }

    #[test]
    fn a_circle_is_reported_by_its_pairs_or_its_shortest_way() {
        let graph = library(&[
            ("src/lib.rs", "mod a; mod b; mod c; mod d; mod e; mod f;"),
            ("src/a.rs", "use crate::b::B;"),
            ("src/b.rs", "use crate::c::C;"),
            ("src/c.rs", "use crate::{a::A, d::D};"),
            ("src/d.rs", "use crate::e::E;"),
            ("src/e.rs", "use crate::{d::D, f::F};"),
            ("src/f.rs", "use crate::e::E;"),
        ]);
        let lengths = graph.circles().into_iter().map(|circle| {
            let ways: Vec<usize> = circle.ways.iter().map(Vec::len).collect();
            (ways, circle.files.len())
        });
        let lengths: Vec<_> = lengths.collect();
        assert_eq!(lengths, [(vec![3], 3), (vec![2, 2], 3)]);
    }
}
