//! Circles of files: files that name each other's items, however many stand between. A reader of such a file has to
//! read them all. A folder's `mod.rs` is the front of its folder: it and the files below it count as one for each
//! other. The registry of families names every seam of every family and is left out as a starting point.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Path, Source};

/// The one file that may name what names it: every closed enum in which families meet stands there.
const REGISTRY: &str = "src/family/mod.rs";

/// Files that name each other in a circle.
pub(super) fn check(sources: &[Source]) -> Vec<String> {
    let graph = Graph::new(sources);
    let circles = graph.circles();
    let say = |circle: Vec<&str>| {
        format!(
            "{}:1: stands in a circle with {}",
            circle[0],
            circle[1..].join(", ")
        )
    };
    circles.into_iter().map(say).collect()
}

/// Which file names which.
struct Graph<'a> {
    names: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

/// A file as a module: its crate's folder and the modules above it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Module {
    root: String,
    path: Vec<String>,
}

/// All modules, and what each hands on from elsewhere.
struct Modules<'a> {
    files: BTreeMap<Module, &'a str>,
    paths: BTreeMap<&'a str, Vec<Path>>,
}

impl Module {
    fn of(file: &str) -> Option<Self> {
        let (root, inside) = match file.strip_prefix("src/") {
            Some(inside) => ("", inside),
            None => file.split_once("/src/")?,
        };
        let inside = inside.strip_suffix(".rs")?;
        let inside = inside.strip_suffix("/mod").unwrap_or(inside);
        let is_root = matches!(inside, "lib" | "main");
        let path = inside.split('/').filter(|_| !is_root);
        Some(Self {
            root: root.to_owned(),
            path: path.map(str::to_owned).collect(),
        })
    }

    /// Whether one is the front of a folder in which the other lies.
    fn is_family_of(&self, other: &Self) -> bool {
        self.path.starts_with(&other.path) || other.path.starts_with(&self.path)
    }
}

impl<'a> Modules<'a> {
    /// The file in which what a path names stands, seen from `from`.
    fn find(&self, from: &Module, path: &[String], budget: u8) -> Option<&'a str> {
        let mut at = from.clone();
        let mut rest = path;
        match rest.first().map(String::as_str) {
            Some("crate") => {
                at.path.clear();
                rest = &rest[1..];
            }
            Some("self") => rest = &rest[1..],
            Some("super") => {
                while rest.first().is_some_and(|word| word == "super") {
                    at.path.pop()?;
                    rest = &rest[1..];
                }
            }
            Some(_) | None => {}
        }
        while let Some(word) = rest.first() {
            let mut below = at.clone();
            below.path.push(word.clone());
            if !self.files.contains_key(&below) {
                break;
            }
            at = below;
            rest = &rest[1..];
        }
        let file = *self.files.get(&at)?;
        // An item that the module only hands on stands elsewhere.
        let handed = rest.first().filter(|_| budget > 0).and_then(|item| {
            let paths = self.paths[file].iter();
            let mut same =
                paths.filter(|p| p.is_use && p.words.len() > 1 && p.words.last() == Some(item));
            same.next()
        });
        match handed {
            Some(path) => self.find(&at, &path.words, budget - 1).or(Some(file)),
            None => Some(file),
        }
    }
}

impl<'a> Graph<'a> {
    fn new(sources: &'a [Source]) -> Self {
        let mut modules = Modules {
            files: BTreeMap::new(),
            paths: BTreeMap::new(),
        };
        for source in sources {
            if let Some(module) = Module::of(&source.path) {
                modules.files.insert(module, &source.path);
                modules.paths.insert(&source.path, source.paths());
            }
        }
        let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (module, file) in &modules.files {
            let named = names.entry(*file).or_default();
            if *file == REGISTRY {
                continue;
            }
            for path in &modules.paths[file] {
                let found = modules.find(module, &path.words, 4);
                let Some(found) = found.filter(|found| found != file) else {
                    continue;
                };
                if Module::of(found).is_some_and(|other| !module.is_family_of(&other)) {
                    named.insert(found);
                }
            }
        }
        Self { names }
    }

    /// Files that a file comes to, itself only if it stands in a circle.
    fn reach(&self, from: &'a str) -> BTreeSet<&'a str> {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&str> = self.names[from].iter().copied().collect();
        while let Some(file) = open.pop() {
            if seen.insert(file) {
                open.extend(self.names.get(file).into_iter().flatten().copied());
            }
        }
        seen
    }

    fn circles(&self) -> Vec<Vec<&'a str>> {
        let reach: BTreeMap<&str, BTreeSet<&str>> = self
            .names
            .keys()
            .map(|file| (*file, self.reach(file)))
            .collect();
        let mut told = BTreeSet::new();
        let mut circles = Vec::new();
        for (file, reached) in &reach {
            if !reached.contains(file) || told.contains(file) {
                continue;
            }
            let circle: Vec<&str> = reached
                .iter()
                .filter(|other| reach[*other].contains(file))
                .copied()
                .collect();
            told.extend(circle.iter().copied());
            circles.push(circle);
        }
        circles
    }
}

#[cfg(test)]
mod tests {
    use super::{Source, check};

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let source = |(path, text): &(&str, &str)| {
            Source::new((*path).to_owned(), (*text).to_owned()).expect("tokens")
        };
        check(&files.iter().map(source).collect::<Vec<_>>())
    }

    #[test]
    fn a_circle_of_files_is_found() {
        let circle = found(&[
            ("src/a.rs", "use crate::b::B;"),
            ("src/b.rs", "fn f() { crate::c::g() }"),
            ("src/c.rs", "use super::{a::A};"),
            ("src/d.rs", "use crate::a::A;"),
        ]);
        assert_eq!(
            circle,
            ["src/a.rs:1: stands in a circle with src/b.rs, src/c.rs"]
        );
    }

    #[test]
    fn what_a_folder_hands_on_stands_in_its_file() {
        let files = |second: &'static str| {
            [
                ("src/x/mod.rs", "mod one; mod two; pub use one::One;"),
                ("src/x/one.rs", "pub struct One;"),
                ("src/x/two.rs", "use super::one::One; pub struct Two;"),
                ("src/y.rs", second),
            ]
        };
        assert!(found(&files("use crate::x::One;")).is_empty());
        let circle = found(&[
            ("src/x/mod.rs", "mod one; pub use one::One;"),
            ("src/x/one.rs", "use crate::y::Y;"),
            ("src/y.rs", "use crate::x::One;"),
        ]);
        assert_eq!(circle, ["src/x/one.rs:1: stands in a circle with src/y.rs"]);
    }

    #[test]
    fn a_folder_and_its_front_are_one_for_each_other() {
        assert!(
            found(&[
                ("src/x/mod.rs", "mod one; use one::One; pub struct X;"),
                ("src/x/one.rs", "use super::X;"),
            ])
            .is_empty()
        );
    }
}
