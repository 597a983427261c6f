//! The crates that the core may be built from, with everything they bring. It must not know their use.

use std::collections::BTreeSet;
use std::process::Command;

use crate::command::read;

/// All of them, for every target and feature; what only runs while compiling (derive macros) is not among them.
const ALLOWED: &[&str] = &[
    "block-buffer",
    "cfg-if",
    "cpufeatures",
    "crypto-common",
    "digest",
    "hybrid-array",
    "libc",
    "offset-lab",
    "serde",
    "serde_core",
    "sha2",
    "typenum",
];

/// What the core depends on beyond the list, and what the list holds beyond the core.
pub(super) fn check(mut cargo: Command) -> anyhow::Result<Vec<String>> {
    cargo.args([
        "tree",
        "--package",
        "offset-lab",
        "--edges",
        "normal,no-proc-macro",
    ]);
    cargo.args([
        "--target",
        "all",
        "--all-features",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    Ok(compare(&read(&mut cargo)?))
}

fn compare(tree: &str) -> Vec<String> {
    let actual: BTreeSet<&str> = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let allowed: BTreeSet<&str> = ALLOWED.iter().copied().collect();
    let list = "xtask/src/tidy/dependencies.rs";
    let extra = actual.difference(&allowed).map(|name| {
        format!(
            "Cargo.toml:1: the core now depends on `{name}`, which is not in the list of {list}"
        )
    });
    let stale = allowed.difference(&actual).map(|name| {
        format!("{list}:1: the core no longer depends on `{name}`: remove it from the list")
    });
    extra.chain(stale).collect()
}

#[cfg(test)]
mod tests {
    use super::{ALLOWED, compare};

    #[test]
    fn the_tree_equals_the_list() {
        let tree = ALLOWED.join(" v1.0.0\n");
        assert!(compare(&tree).is_empty());
        assert_eq!(compare(&format!("{tree}\nweb-sys v0.3.0")).len(), 1);
        assert_eq!(
            compare(tree.strip_prefix("block-buffer v1.0.0\n").expect("first")).len(),
            1
        );
    }
}
