//! The layers of the core: which of its folders may name which. It must not know what they hold.

use super::modules::{Module, Modules};
use super::source::Source;

/// A folder or file below `src`, and those that it may name besides itself. Of a file the longest entry holds that its
/// path begins with. A file without one may not exist.
const LAYERS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("units", &[]),
    ("ids", &["units"]),
    ("limits", &["units"]),
    ("lessons", &["family"]),
    ("message", &["base", "units", "ids", "limits"]),
    ("learn", LEARN),
    ("language", &["base", "units", "ids", "limits", "family"]),
    ("trace", &["base", "units", "ids", "language", "family"]),
    (
        "world",
        &["base", "units", "ids", "language", "trace", "family"],
    ),
    (
        "engine",
        &[
            "base", "units", "ids", "limits", "language", "trace", "world", "family",
        ],
    ),
    (
        "act",
        &["units", "ids", "language", "trace", "world", "engine"],
    ),
    (
        "explain",
        &[
            "base", "units", "ids", "language", "trace", "world", "family",
        ],
    ),
    (
        "view",
        &[
            "base", "units", "ids", "language", "trace", "world", "family", "explain",
        ],
    ),
];

/// What may name everything but hosts.
const LEARN: &[&str] = &[
    "base", "units", "ids", "language", "trace", "world", "engine", "explain", "family",
];

/// The registry of families, the files directly in `src/family`: it names every seam of every family, and what these
/// seams are made of.
const REGISTRY: &str = "family";

/// What lies in a family's folder, under the same names in each: what it may name of its own folder, and of the core.
/// It may never name another family.
const FAMILY: &[(&str, &[&str], &[&str])] = &[
    ("lessons", &[], &["lessons"]),
    ("rules", &[], &["language"]),
    ("log", &["rules"], &["base", "units", "ids", "message"]),
    ("store", &["rules"], &["base", "units", "ids", "message"]),
    (
        "broker",
        &["rules", "log", "store"],
        &["base", "units", "ids", "limits"],
    ),
    ("kinds", &["facts"], &["language"]),
    (
        "statements",
        &["kinds"],
        &["units", "ids", "limits", "language", "family"],
    ),
    ("other_words", &[], &["language"]),
    (
        "vocabulary",
        &["rules", "kinds", "statements", "facts", "other_words"],
        &["language", "family"],
    ),
    (
        "settings",
        &["log", "statements"],
        &["units", "ids", "language"],
    ),
    (
        "message",
        &["log", "store", "broker"],
        &["ids", "trace", "units"],
    ),
    (
        "client",
        &[
            "rules",
            "log",
            "store",
            "broker",
            "message",
            "settings",
            "statements",
            "event",
        ],
        &["base", "units", "ids", "message", "trace"],
    ),
    (
        "event",
        &["broker", "settings", "store"],
        &["base", "units", "ids"],
    ),
    (
        "arena",
        &["log", "store"],
        &["base", "ids", "language", "trace", "family", "units"],
    ),
    (
        "fields",
        &[
            "log",
            "broker",
            "message",
            "settings",
            "statements",
            "event",
            "store",
        ],
        &["ids", "trace"],
    ),
    ("level", &["message", "event"], &["trace"]),
    (
        "variants",
        &["statements"],
        &["base", "ids", "units", "language", "family"],
    ),
    (
        "state",
        &[
            "log",
            "broker",
            "message",
            "settings",
            "event",
            "arena",
            "statements",
            "store",
        ],
        &["base", "ids", "language", "trace", "world", "family"],
    ),
    (
        "facts",
        &["rules", "log", "statements", "state"],
        &["ids", "language", "trace", "world", "family", "base"],
    ),
    (
        "driver",
        &[
            "rules",
            "log",
            "broker",
            "client",
            "message",
            "settings",
            "statements",
            "event",
            "arena",
            "state",
            "store",
        ],
        &[
            "base", "units", "ids", "message", "language", "trace", "world", "engine", "family",
        ],
    ),
    (
        "explain",
        &[
            "rules",
            "log",
            "broker",
            "client",
            "message",
            "settings",
            "statements",
            "event",
            "arena",
            "state",
            "facts",
            "store",
        ],
        &[
            "base", "units", "ids", "language", "trace", "world", "explain", "family",
        ],
    ),
    (
        "picture",
        &[
            "log",
            "broker",
            "message",
            "statements",
            "event",
            "arena",
            "state",
            "facts",
            "explain",
            "store",
        ],
        &[
            "base", "ids", "language", "trace", "explain", "view", "family", "units",
        ],
    ),
    (
        "tables",
        &["rules", "arena", "state", "facts", "picture", "statements"],
        &[
            "base", "ids", "language", "world", "explain", "view", "units",
        ],
    ),
    ("acts", &["state"], &["language", "world", "view"]),
    (
        "inspect",
        &[
            "log",
            "message",
            "settings",
            "statements",
            "event",
            "arena",
            "state",
            "picture",
            "explain",
        ],
        &[
            "ids", "language", "trace", "world", "explain", "view", "family", "units",
        ],
    ),
];

/// A layer: its name, and whether it may name another.
struct Layer {
    name: String,
    /// The folder of its family, if it lies in one.
    family: Option<String>,
    may_name: &'static [&'static str],
    /// Of the same family.
    may_name_inside: &'static [&'static str],
}

impl Layer {
    /// The layer of a module of the core.
    fn of(module: &Module) -> Option<Self> {
        let path: Vec<&str> = module.path.iter().map(String::as_str).collect();
        match *path.first()? {
            _ if !module.root.is_empty() => None,
            REGISTRY => Self::of_family(&path[1..]),
            first => {
                let (name, may_name) = LAYERS.iter().find(|(name, _)| *name == first)?;
                Some(Self {
                    name: (*name).to_owned(),
                    family: None,
                    may_name,
                    may_name_inside: &[],
                })
            }
        }
    }

    /// The layer of a module below `family`.
    fn of_family(path: &[&str]) -> Option<Self> {
        let [family, inner, ..] = path else {
            // The registry, and the front of a family's folder, which only lists what is in it.
            return Some(Self {
                name: REGISTRY.to_owned(),
                family: None,
                may_name: &[],
                may_name_inside: &[],
            });
        };
        let (name, may_name_inside, may_name) = FAMILY.iter().find(|(name, ..)| name == inner)?;
        Some(Self {
            name: format!("{REGISTRY}/{family}/{name}"),
            family: Some((*family).to_owned()),
            may_name,
            may_name_inside,
        })
    }

    fn may_name(&self, other: &Self) -> bool {
        if self.name == other.name || self.name == REGISTRY {
            return true;
        }
        match (&self.family, &other.family) {
            (Some(own), Some(family)) if own == family => {
                let inner = other.name.rsplit('/').next().unwrap_or_default();
                self.may_name_inside.contains(&inner)
            }
            (_, Some(_)) => false,
            (_, None) => self.may_name.contains(&other.name.as_str()),
        }
    }
}

/// What does not follow the layers.
pub(super) fn check(sources: &[Source]) -> Vec<String> {
    let modules = Modules::new(sources);
    let mut found = Vec::new();
    for (module, file) in modules.all() {
        let Some(layer) = Layer::of(module) else {
            if module.root.is_empty() && !module.path.is_empty() {
                found.push(format!(
                    "{file}:1: the core has no layer for this file; add it to xtask/src/tidy/layers.rs"
                ));
            }
            continue;
        };
        for (named, line) in modules.named_by(module, file) {
            let other = Module::of(named).and_then(|module| Layer::of(&module));
            let Some(other) = other.filter(|other| !layer.may_name(other)) else {
                continue;
            };
            let all = [layer.may_name_inside, layer.may_name].concat();
            found.push(format!(
                "{file}:{line}: `{}` must not name `{}`; it may name {}",
                layer.name,
                other.name,
                all.join(", ")
            ));
        }
    }
    found
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
    fn downwards_is_fine() {
        let files = [
            ("src/engine/mod.rs", "use crate::{world::World, base};"),
            ("src/world/mod.rs", ""),
            ("src/base/mod.rs", ""),
            ("src/lib.rs", "pub use crate::anything::Thing;"),
        ];
        assert!(found(&files).is_empty());
    }

    #[test]
    fn upwards_and_sideways_are_found() {
        let up = found(&[
            ("src/message.rs", "use crate::world::World;"),
            ("src/world/mod.rs", ""),
        ]);
        assert_eq!(up.len(), 1, "{up:?}");
        assert!(up[0].starts_with("src/message.rs:1: `message` must not name `world`"));
        let sideways = found(&[("src/units.rs", "use super::ids::Id;"), ("src/ids.rs", "")]);
        assert_eq!(sideways.len(), 1, "{sideways:?}");
    }

    #[test]
    fn a_family_keeps_to_itself() {
        let files = |text: &'static str| {
            [
                (
                    "src/family/mod.rs",
                    "use crate::engine::Host; pub struct Seam;",
                ),
                ("src/family/a/mod.rs", ""),
                ("src/family/b/mod.rs", ""),
                ("src/family/a/driver/mod.rs", text),
                ("src/family/a/state/mod.rs", ""),
                ("src/family/a/explain/mod.rs", ""),
                ("src/family/b/state.rs", ""),
                ("src/engine/mod.rs", ""),
            ]
        };
        let fine = "use crate::family::{Seam, a::state::State}; use crate::engine::Host;";
        assert!(found(&files(fine)).is_empty());
        assert_eq!(
            found(&files("use crate::family::b::state::State;")).len(),
            1
        );
        assert_eq!(found(&files("use super::explain::X;")).len(), 1);
        let outside = [
            ("src/world/mod.rs", "use crate::family::a::state::State;"),
            ("src/family/mod.rs", ""),
            ("src/family/a/mod.rs", ""),
            ("src/family/a/state.rs", ""),
        ];
        assert_eq!(found(&outside).len(), 1);
    }

    #[test]
    fn a_file_without_a_layer_is_found() {
        assert_eq!(found(&[("src/misc.rs", "")]).len(), 1);
    }
}
