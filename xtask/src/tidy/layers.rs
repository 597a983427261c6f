//! The layers of the core: which of its modules may be named in which. It must not know what they hold.

use std::collections::BTreeMap;

use super::source::Source;

/// A module and those it may name besides itself. A module that is missing here may not exist; every
/// module may name itself, and the crate's root (`lib.rs`) all.
const LAYERS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("units", &[]),
    ("ids", &["units"]),
    ("limits", &["units"]),
    ("lessons", &[]),
    ("message", BASE),
    ("scenario", &["units", "ids", "limits", "family"]),
    (
        "family",
        &[
            "base", "units", "ids", "limits", "message", "scenario", "trace", "world",
        ],
    ),
    (
        "trace",
        &[
            "base", "units", "ids", "limits", "message", "scenario", "family",
        ],
    ),
    (
        "world",
        &[
            "base", "units", "ids", "limits", "message", "scenario", "trace", "family",
        ],
    ),
    (
        "engine",
        &[
            "base", "units", "ids", "limits", "message", "scenario", "trace", "world", "family",
        ],
    ),
    (
        "explain",
        &[
            "base", "units", "ids", "limits", "message", "scenario", "trace", "world", "family",
        ],
    ),
    (
        "view",
        &[
            "base", "units", "ids", "limits", "message", "scenario", "trace", "world", "family",
            "engine", "explain",
        ],
    ),
];

const BASE: &[&str] = &["units", "ids", "limits"];

/// What does not follow the layers.
pub(super) fn check(sources: &[Source]) -> Vec<String> {
    let layers: BTreeMap<&str, &[&str]> = LAYERS.iter().copied().collect();
    let mut found = Vec::new();
    for source in sources {
        let Some((module, depth)) = place(&source.path) else {
            continue;
        };
        let Some(allowed) = layers.get(module) else {
            found.push(format!(
                "{}:1: the core has no module `{module}` in its layers; add it to LAYERS in xtask/src/tidy/layers.rs",
                source.path
            ));
            continue;
        };
        for entry in source.entries(depth) {
            let name = entry.module.as_str();
            // What is not a module is an item of the root: a re-export would hide where it comes from.
            if name != module && !allowed.contains(&name) {
                found.push(format!(
                    "{}:{}: `{module}` must not name `crate::{name}`; it may name {}",
                    source.path,
                    entry.line,
                    allowed.join(", ")
                ));
            }
        }
    }
    found
}

/// The top module of a file of the core, and how many modules the file lies below the root.
fn place(path: &str) -> Option<(&str, usize)> {
    let inside = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    if inside == "lib" {
        return None;
    }
    let inside = inside.strip_suffix("/mod").unwrap_or(inside);
    let module = inside.split('/').next()?;
    Some((module, inside.split('/').count()))
}

#[cfg(test)]
mod tests {
    use super::{Source, check};

    fn found(path: &str, text: &str) -> Vec<String> {
        check(&[Source::new(path.to_owned(), text.to_owned()).expect("tokens")])
    }

    #[test]
    fn downwards_is_fine() {
        assert!(found("src/engine/mod.rs", "use crate::{world::World, base};").is_empty());
        assert!(found("src/lib.rs", "pub use crate::anything::Thing;").is_empty());
    }

    #[test]
    fn upwards_and_sideways_are_found() {
        let up = found("src/message.rs", "use crate::world::World;");
        assert_eq!(up.len(), 1, "{up:?}");
        assert!(up[0].starts_with("src/message.rs:1: `message` must not name `crate::world`"));
        let sideways = found("src/units.rs", "use super::ids::Id;");
        assert_eq!(sideways.len(), 1, "{sideways:?}");
    }

    #[test]
    fn a_module_without_a_layer_is_found() {
        assert_eq!(found("src/misc.rs", "").len(), 1);
    }
}
