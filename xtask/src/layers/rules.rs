//! What may import what, each breach as one sentence that names both files.
//!
//! Knows the floors of the widget and the crates that must not see a browser; nothing of how imports are found.

use super::graph::Graph;
use super::tokens::{Kind, tokens};

/// The floors of the widget (`src/`), lowest first: a folder or file imports only from lower floors. Those that share a
/// floor do not import each other.
const FLOORS: [&[&str]; 10] = [
    &["platform"],
    &["net"],
    &["view"],
    &["app"],
    &["ui"],
    &["request", "status", "guides"],
    &["home"],
    &["shell", "gallery"],
    &["mount"],
    &["main"],
];

/// Crates that only some places of the widget may name, as in `use web_sys::Node`.
const RESERVED: [(&str, &[&str]); 5] = [
    ("web_sys", BROWSER),
    ("js_sys", BROWSER),
    ("wasm_bindgen", BROWSER),
    ("wasm_bindgen_futures", BROWSER),
    ("gloo_net", &["src/net/"]),
];
const BROWSER: &[&str] = &["src/platform/", "src/main.rs"];

/// Folders of packages that know no browser, and what none of their manifests may name.
const NO_BROWSER: [&str; 4] = ["core", "guide", "json", "open311"];
const BROWSER_CRATES: [&str; 6] = [
    "gloo-net",
    "js-sys",
    "leptos",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "web-sys",
];

/// The part of `src/` that a file belongs to: `ui` for `src/ui/field.rs` and `src/ui.rs`.
fn part(file: &str) -> Option<&str> {
    let inside = file.strip_prefix("src/")?;
    let first = inside.split('/').next()?;
    Some(first.strip_suffix(".rs").unwrap_or(first))
}

fn floor(part: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&part))
}

/// Imports in the widget that go up or across, and files that are on no floor.
pub(crate) fn floors(graph: &Graph) -> Vec<String> {
    let mut faults = Vec::new();
    let mut unknown = Vec::new();
    for file in &graph.files {
        // The library's root only lists modules.
        let Some(part) = part(file).filter(|part| *part != "lib") else {
            continue;
        };
        if floor(part).is_none() && !unknown.contains(&part) {
            unknown.push(part);
            let all: Vec<String> = FLOORS.iter().map(|floor| floor.join(" | ")).collect();
            faults.push(format!(
                "{file}: `{part}` is on no floor; the floors of src/ are, lowest first: {}",
                all.join(" < ")
            ));
        }
    }
    for ((from, to), arrow) in &graph.arrows {
        let (Some(from), Some(to)) = (graph.files.get(*from), graph.files.get(*to)) else {
            continue;
        };
        let (Some(own), Some(other)) = (part(from), part(to)) else {
            continue;
        };
        let allowed = match (floor(own), floor(other)) {
            _ if other == "lib" => "that file only lists modules".to_owned(),
            _ if own == other || own == "lib" => continue,
            (Some(low), Some(high)) if low < high => {
                format!("imports go down only, from {other} to {own}")
            }
            (Some(low), Some(high)) if low == high => format!(
                "{own} and {other} do not import each other; what both need belongs on a floor below them"
            ),
            _ => continue,
        };
        let (path, line) = (&arrow.path, arrow.line);
        faults.push(format!("{from}:{line} imports {path} of {to}: {allowed}"));
    }
    faults
}

/// Circles of files in any package.
pub(crate) fn circles(graph: &Graph) -> Vec<String> {
    let name = |file: usize| graph.files.get(file).map_or("", String::as_str);
    let steps = |way: &[usize]| {
        let next = way.iter().cycle().skip(1);
        let steps = way.iter().zip(next).filter_map(|(from, to)| {
            let arrow = graph.arrows.get(&(*from, *to))?;
            let (from, to) = (name(*from), name(*to));
            Some(format!(
                "{from}:{} imports {} of {to}",
                arrow.line, arrow.path
            ))
        });
        steps.collect::<Vec<_>>().join(", and ")
    };
    let mut faults = Vec::new();
    for circle in graph.circles() {
        for way in &circle.ways {
            faults.push(format!(
                "{}: imports between files go one way only",
                steps(way)
            ));
        }
        let first = circle.ways.first().map_or(0, Vec::len);
        if circle.files.len() > first {
            let all: Vec<&str> = circle.files.iter().map(|file| name(*file)).collect();
            faults.push(format!("these files form one circle: {}", all.join(", ")));
        }
    }
    faults
}

/// Crates named in a file of the widget that may not name them.
pub(crate) fn reserved(file: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, places) in RESERVED {
        if places.iter().any(|place| file.starts_with(place)) {
            continue;
        }
        let found = tokens(text)
            .into_iter()
            .find(|token| token.kind == Kind::Word(name));
        if let Some(token) = found {
            faults.push(format!(
                "{file}:{} names {name}, which only {} may",
                token.line,
                places.join(" and ")
            ));
        }
    }
    faults
}

/// Dependencies that a package's folder forbids.
pub(crate) fn dependencies<'a>(
    folder: &str,
    dependencies: impl IntoIterator<Item = &'a str>,
) -> Vec<String> {
    if !NO_BROWSER.contains(&folder) {
        return Vec::new();
    }
    dependencies
        .into_iter()
        .filter(|name| BROWSER_CRATES.contains(name))
        .map(|name| format!("{folder}/Cargo.toml names {name}: this crate must not see a browser"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::graph::Arrow;
    use super::*;

    fn graph(arrows: &[(&str, &str)]) -> Graph {
        let mut graph = Graph::default();
        for (from, to) in arrows {
            let [from, to] = [from, to].map(|name| {
                let known = graph.files.iter().position(|file| file == name);
                known.unwrap_or_else(|| {
                    graph.files.push((*name).to_owned());
                    graph.files.len() - 1
                })
            });
            let path = "crate::X".to_owned();
            graph.arrows.insert((from, to), Arrow { path, line: 7 });
        }
        graph
    }

    #[test]
    fn imports_in_the_widget_go_down() {
        for (from, to) in [
            ("src/ui/field.rs", "src/view/element.rs"),
            ("src/main.rs", "src/mount.rs"),
            ("src/shell.rs", "src/home/mod.rs"),
            ("src/home/start.rs", "src/guides/list.rs"),
            ("src/request/store.rs", "src/request/field.rs"),
            ("src/lib.rs", "src/request/mod.rs"),
        ] {
            assert_eq!(floors(&graph(&[(from, to)])), [""; 0], "{from} to {to}");
        }
    }

    #[test]
    fn an_import_that_goes_up_or_across_is_reported_with_both_files_and_the_allowed_direction() {
        for (from, to, expected) in [
            (
                "src/net/client.rs",
                "src/ui/field.rs",
                "src/net/client.rs:7 imports crate::X of src/ui/field.rs: imports go down only, from ui to net",
            ),
            (
                "src/status/view.rs",
                "src/request/map.rs",
                "src/status/view.rs:7 imports crate::X of src/request/map.rs: status and request do not import each \
                 other; what both need belongs on a floor below them",
            ),
            (
                "src/ui/mod.rs",
                "src/lib.rs",
                "src/ui/mod.rs:7 imports crate::X of src/lib.rs: that file only lists modules",
            ),
        ] {
            assert_eq!(floors(&graph(&[(from, to)])), [expected]);
        }
        let unknown = floors(&graph(&[("src/misc.rs", "src/ui/mod.rs")]));
        assert!(
            unknown[0].starts_with("src/misc.rs: `misc` is on no floor"),
            "{unknown:?}"
        );
    }

    #[test]
    fn a_circle_names_both_imports_of_a_pair_and_all_files_that_are_tied() {
        let found = circles(&graph(&[
            ("a.rs", "b.rs"),
            ("b.rs", "a.rs"),
            ("b.rs", "c.rs"),
            ("c.rs", "d.rs"),
            ("d.rs", "b.rs"),
        ]));
        assert_eq!(
            found,
            [
                "a.rs:7 imports crate::X of b.rs, and b.rs:7 imports crate::X of a.rs: imports between files go one \
                 way only",
                "these files form one circle: a.rs, b.rs, c.rs, d.rs",
            ]
        );
    }

    #[test]
    fn the_browser_is_named_on_the_lowest_floor_and_the_network_on_its_own() {
        for (file, text, faults) in [
            ("src/ui/a.rs", "use web_sys::Node;", 1),
            (
                "src/ui/a.rs",
                "use leptos::{web_sys, wasm_bindgen::JsCast};",
                2,
            ),
            ("src/ui/a.rs", "// web_sys\nconst A: &str = \"js_sys\";", 0),
            (
                "src/platform/a.rs",
                "use {web_sys::Node, js_sys::Array};",
                0,
            ),
            ("src/platform/a.rs", "use gloo_net::http;", 1),
            ("src/net/a.rs", "use gloo_net::http;", 0),
            ("src/main.rs", "#[wasm_bindgen] fn mount() {}", 0),
        ] {
            assert_eq!(reserved(file, text).len(), faults, "{file}: {text}");
        }
    }

    #[test]
    fn a_crate_without_a_browser_names_none_in_its_manifest() {
        assert_eq!(
            dependencies("core", ["json", "web-sys"]),
            ["core/Cargo.toml names web-sys: this crate must not see a browser"]
        );
        assert_eq!(dependencies("", ["web-sys", "leptos"]), [""; 0]);
    }
}
