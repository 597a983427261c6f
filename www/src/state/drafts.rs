//! What is kept on this machine, as text: bounded, versioned, and read without trust. Knows no storage.

use std::collections::BTreeMap;
use std::rc::Rc;

/// Changed texts by the name of their scenario: what was typed is never lost while the page is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drafts {
    /// The texts.
    pub texts: Rc<BTreeMap<Rc<str>, Rc<str>>>,
    /// The scenario that was open last.
    pub current: Option<Rc<str>>,
}

/// Drafts kept at most; the least recently changed goes first.
pub const MOST: usize = 24;
/// A draft longer than this is not kept.
pub const BYTES: usize = 256 * 1024;
/// Before every key; its number changes with the format.
pub const PREFIX: &str = "offset-lab/1/";

/// The key under which the list of drafts is kept.
#[must_use]
pub fn index_key() -> String {
    [PREFIX, "drafts"].concat()
}

/// The key of the name of the scenario that was open last.
#[must_use]
pub fn current_key() -> String {
    [PREFIX, "current"].concat()
}

/// The key of a scenario's draft.
#[must_use]
pub fn draft_key(scenario: &str) -> String {
    [PREFIX, "draft/", scenario].concat()
}

/// The key of the settings.
#[must_use]
pub fn settings_key() -> String {
    [PREFIX, "settings"].concat()
}

/// A list of drafts as it was kept: names of scenarios, the youngest first. Garbage is left out.
#[must_use]
pub fn read_index(kept: &str) -> Vec<String> {
    let sane = |name: &&str| {
        let known = |c: char| c.is_ascii_alphanumeric() || c == '-';
        !name.is_empty() && name.len() <= 80 && name.chars().all(known)
    };
    let mut names: Vec<String> = Vec::new();
    for name in kept.lines().filter(sane).take(4 * MOST) {
        if !names.iter().any(|n| n == name) {
            names.push(name.into());
        }
    }
    names
}

/// The list with `scenario` at its front, and the names that fell off.
#[must_use]
pub fn touch(mut names: Vec<String>, scenario: &str) -> (String, Vec<String>) {
    names.retain(|n| n != scenario);
    names.insert(0, scenario.into());
    let gone = names.split_off(names.len().min(MOST));
    (names.join("\n"), gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbage_in_the_list_is_left_out() {
        let kept = "01-a\n\u{0}\u{1}binary\n01-a\n../../etc\nown\n{\"later\": 2}";
        assert_eq!(read_index(kept), ["01-a", "own"]);
    }

    #[test]
    fn the_oldest_draft_falls_off() {
        let mut kept = String::new();
        let mut gone = Vec::new();
        for n in 0..=MOST {
            (kept, gone) = touch(read_index(&kept), &format!("d{n}"));
        }
        assert_eq!(gone, ["d0"]);
        assert_eq!(read_index(&kept).len(), MOST);
        assert_eq!(read_index(&kept)[0], format!("d{MOST}"));
    }
}
