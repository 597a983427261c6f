//! Sources as modules: in which file stands what a path names. It must not know what is wanted of the answer.

use std::collections::BTreeMap;

use super::source::{Path, Source};

/// A file as a module: its crate's folder and the modules above it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Module {
    /// The crate's folder; empty for the core.
    pub(super) root: String,
    pub(super) path: Vec<String>,
}

/// All modules, and the paths in each.
pub(super) struct Modules<'a> {
    files: BTreeMap<Module, &'a str>,
    paths: BTreeMap<&'a str, Vec<Path>>,
}

impl Module {
    /// The module that a file is.
    pub(super) fn of(file: &str) -> Option<Self> {
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
    pub(super) fn is_front_of(&self, other: &Self) -> bool {
        self.path.starts_with(&other.path) || other.path.starts_with(&self.path)
    }
}

impl<'a> Modules<'a> {
    /// The modules that sources are.
    pub(super) fn new(sources: &'a [Source]) -> Self {
        let mut modules = Self {
            files: BTreeMap::new(),
            paths: BTreeMap::new(),
        };
        for source in sources {
            if let Some(module) = Module::of(&source.path) {
                modules.files.insert(module, &source.path);
                modules.paths.insert(&source.path, source.paths());
            }
        }
        modules
    }

    /// Every module with its file.
    pub(super) fn all(&self) -> impl Iterator<Item = (&Module, &'a str)> {
        self.files.iter().map(|(module, file)| (module, *file))
    }

    /// The other files whose items a file names, with the line of each.
    pub(super) fn named_by(&self, module: &Module, file: &str) -> Vec<(&'a str, usize)> {
        let named = |path: &Path| Some((self.find(module, &path.words, 4)?, path.line));
        let paths = self.paths[file].iter().filter_map(named);
        paths.filter(|(found, _)| *found != file).collect()
    }

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
