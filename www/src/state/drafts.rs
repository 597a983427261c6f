//! What is kept on this machine, as text: bounded, versioned, and read without trust. Knows no storage.

use std::rc::Rc;

use offset_lab::base::SmallMap;

/// Changed texts by the name of their scenario: what was typed is never lost while the page is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drafts {
    /// The texts.
    pub texts: Rc<SmallMap<Rc<str>, Rc<str>>>,
    /// The scenario that was open last.
    pub current: Option<Rc<str>>,
}

/// Why a text is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// The storage refuses.
    Refused,
    /// The text is too long for it.
    TooLong,
}

impl NotKept {
    /// What is said then.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Refused => {
                "This browser keeps nothing (more) for this page: changes last until it is closed. Download what you want to keep."
            }
            Self::TooLong => {
                "A text of more than 256 KiB is not kept on this machine: its changes last until the page is closed. Download it to keep it."
            }
        }
    }
}

/// Said when a later version of the lab has kept something here.
pub const LATER: &str = "A later version of the lab has kept drafts on this machine. They are left as they are; this version keeps its own beside them.";
/// Said when what was kept cannot be read.
pub const GARBLED: &str = "Something that was kept on this machine cannot be read. It was set aside, not deleted; changes are kept as before.";

/// Whether a key was written by a later version.
#[must_use]
pub fn is_later(key: &str) -> bool {
    let version = key
        .strip_prefix("offset-lab/")
        .and_then(|rest| rest.split('/').next());
    let number = version.and_then(|version| version.parse::<u32>().ok());
    number.is_some_and(|number| number > 1)
}

/// The key under which a list of drafts that cannot be read is set aside.
#[must_use]
pub fn aside_key() -> String {
    [PREFIX, "unread"].concat()
}

/// Whether a list of drafts is one.
#[must_use]
pub fn is_index(kept: &str) -> bool {
    kept.lines().all(is_name)
}

/// Whether a word may be the name of a scenario.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || c == '-';
    !name.is_empty() && name.len() <= 80 && name.chars().all(known)
}

/// Drafts kept at most; the least recently changed goes first.
pub const MOST: usize = 16;
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
    let mut names: Vec<String> = Vec::new();
    for name in kept.lines().filter(|name| is_name(name)).take(4 * MOST) {
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
    fn what_a_later_version_kept_is_known_by_its_key() {
        assert!(is_later("offset-lab/2/drafts"));
        assert!(is_later("offset-lab/17/anything"));
        for ours in [
            "offset-lab/1/drafts",
            "offset-lab",
            "offset-lab/x/1",
            "other/2/drafts",
        ] {
            assert!(!is_later(ours), "{ours}");
        }
        assert!(is_index("own\n01-a") && is_index(""));
        assert!(!is_index("{\"later\": 2}"));
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
