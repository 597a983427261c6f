//! Families of brokers keep to their folder: no other file of the core or of a host says the name of one, in code or in a
//! comment. It must not know which families there are.

use std::collections::BTreeSet;

use super::source::Source;

/// Where the folders of families are.
const FOLDER: &str = "src/family/";

/// Sources that must not name a family: the core's and those of its hosts, but for their tests.
const NEUTRAL: &[&str] = &["src/", "cli/src/", "www/src/"];

/// Files that say a family's name outside its folder.
pub(super) fn check(sources: &[Source]) -> Vec<String> {
    let folders = sources.iter().filter_map(|source| {
        let (family, _) = source.path.strip_prefix(FOLDER)?.split_once('/')?;
        Some(family.to_owned())
    });
    let families: BTreeSet<String> = folders.collect();
    let is_neutral = |path: &str| {
        NEUTRAL.iter().any(|folder| path.starts_with(folder))
            && !path.starts_with(FOLDER)
            && !path.ends_with("tests.rs")
    };
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| is_neutral(&source.path)) {
        for (line, number) in source.text.lines().zip(1..) {
            let line = line.to_lowercase();
            if let Some(family) = families.iter().find(|family| line.contains(*family)) {
                found.push(format!(
                    "{}:{number}: names the family `{family}`: ask it through a seam of {FOLDER}mod.rs",
                    source.path
                ));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Source, check};

    #[test]
    fn a_family_is_named_in_its_folder_only() {
        let source =
            |path: &str, text: &str| Source::new(path.to_owned(), text.to_owned()).expect("tokens");
        let found = check(&[
            source("src/family/mod.rs", "pub mod slowmq;"),
            source("src/family/slowmq/mod.rs", "//! SlowMq."),
            source("src/world/mod.rs", "// As SlowMQ has it.\nfn f() {}"),
            source(
                "www/src/a.rs",
                "use offset_lab::family::slowmq::state::State;",
            ),
            source("www/src/state/tests.rs", "// slowmq"),
        ]);
        let places: Vec<&str> = found
            .iter()
            .filter_map(|f| f.split_once(": "))
            .map(|f| f.0)
            .collect();
        assert_eq!(places, ["src/world/mod.rs:1", "www/src/a.rs:1"]);
    }
}
