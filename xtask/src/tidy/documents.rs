//! What the documents tell people to type: every task and part that they name has to exist. It must not know
//! what else they say.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Context;
use clap::{CommandFactory, ValueEnum};

use crate::arguments::Arguments;
use crate::parts::Part;

/// The documents that name tasks.
const DOCUMENTS: &[&str] = &["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"];

/// Tasks and parts that are named but do not exist.
pub(super) fn check(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    for document in DOCUMENTS {
        let path = root.join(document);
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        for (index, line) in text.lines().enumerate() {
            found.extend(
                unknown(line)
                    .into_iter()
                    .map(|name| format!("{document}:{}: there is no {name}", index + 1)),
            );
        }
    }
    Ok(found)
}

fn unknown(line: &str) -> Vec<String> {
    let command = Arguments::command();
    let tasks: BTreeSet<&str> = command
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    let mut unknown = Vec::new();
    for named in words_after(line, "cargo xtask ") {
        if !tasks.contains(named) {
            unknown.push(format!("task `{named}`"));
        }
    }
    for named in words_after(line, "cargo xtask test --only ") {
        // In capitals it stands for any part.
        let placeholder = named.chars().all(|sign| sign.is_ascii_uppercase());
        if !placeholder && Part::from_str(named, false).is_err() {
            unknown.push(format!("part `{named}` of `cargo xtask test`"));
        }
    }
    unknown
}

/// The words right after each `phrase`; options are no words.
fn words_after<'a>(line: &'a str, phrase: &'a str) -> impl Iterator<Item = &'a str> {
    line.split(phrase).skip(1).filter_map(|rest| {
        let end = rest.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-');
        let word = &rest[..end.unwrap_or(rest.len())];
        (!word.is_empty() && !word.starts_with('-')).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::unknown;

    #[test]
    fn what_exists_may_be_named() {
        let line = "`cargo xtask serve`, `cargo xtask test --only tidy`, `cargo xtask --help`, \
                    `cargo xtask test --only PART`";
        assert!(unknown(line).is_empty());
    }

    #[test]
    fn what_does_not_exist_is_found() {
        let found = unknown("cargo xtask deploy; cargo xtask test --only luck");
        assert_eq!(
            found,
            ["task `deploy`", "part `luck` of `cargo xtask test`"]
        );
    }
}
