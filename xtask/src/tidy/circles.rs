//! Circles of files: files that name each other's items, however many stand between. A reader of such a file has to
//! read them all. A folder's `mod.rs` is the front of its folder: it and the files below it count as one for each
//! other. The registry of families names every seam of every family and is left out as a starting point.

use std::collections::{BTreeMap, BTreeSet};

use super::modules::{Module, Modules};
use super::source::Source;

/// Whether a file may name what names it: every closed enum in which families meet stands in the registry.
fn is_registry(file: &str) -> bool {
    let inside = file.strip_prefix("src/family/");
    inside.is_some_and(|name| !name.contains('/'))
}

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

impl<'a> Graph<'a> {
    fn new(sources: &'a [Source]) -> Self {
        let modules = Modules::new(sources);
        let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (module, file) in modules.all() {
            let named = names.entry(file).or_default();
            if is_registry(file) {
                continue;
            }
            for (found, _) in modules.named_by(module, file) {
                if Module::of(found).is_some_and(|other| !module.is_front_of(&other)) {
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
