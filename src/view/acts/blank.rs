//! The blanks of a line: what may stand in each, and what is said when something else does. Knows no world.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// A blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlankField {
    /// One of several.
    Choice {
        /// What it is.
        label: &'static str,
        /// As the language writes them; the first is the default, and an empty one writes nothing.
        options: Vec<String>,
    },
    /// Anything of a kind.
    Words {
        /// What it is.
        label: &'static str,
        /// What stands there first.
        default: &'static str,
        /// What may stand there.
        kind: BlankKind,
        /// What it could be, for those who want to choose.
        offers: &'static [&'static str],
        /// Whether it may stay empty.
        optional: bool,
    },
}

/// What may stand in a blank. What a word means is for the parser to say: here is only what would make more of a
/// line than its blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlankKind {
    /// A single bare word: a number, a size, a duration.
    One,
    /// Bare words.
    Several,
    /// A condition: words and strings.
    Condition,
    /// A name: whatever it is, it is quoted where it has to be.
    Name,
    /// A text: it is always quoted.
    Text,
}

const fn words(kind: BlankKind, label: &'static str, default: &'static str) -> BlankField {
    BlankField::Words {
        label,
        default,
        kind,
        offers: &[],
        optional: false,
    }
}

pub(crate) const fn one(label: &'static str, default: &'static str) -> BlankField {
    words(BlankKind::One, label, default)
}

pub(crate) const fn name(label: &'static str, default: &'static str) -> BlankField {
    words(BlankKind::Name, label, default)
}

pub(crate) const fn text(label: &'static str, default: &'static str) -> BlankField {
    words(BlankKind::Text, label, default)
}

pub(crate) const fn condition(label: &'static str, default: &'static str) -> BlankField {
    words(BlankKind::Condition, label, default)
}

pub(crate) const fn several(
    label: &'static str,
    default: &'static str,
    offers: &'static [&'static str],
) -> BlankField {
    BlankField::Words {
        label,
        default,
        kind: BlankKind::Several,
        offers,
        optional: false,
    }
}

/// A blank that is one of these; an empty one writes nothing.
pub(crate) fn fixed(label: &'static str, options: &[&str]) -> BlankField {
    BlankField::Choice {
        label,
        options: options.iter().map(|o| (*o).to_owned()).collect(),
    }
}

impl BlankField {
    /// Whether only one thing can stand in the blank.
    #[must_use]
    pub fn leaves_no_choice(&self) -> bool {
        matches!(self, Self::Choice { options, .. } if options.len() == 1)
    }

    pub(crate) const fn or_nothing(mut self) -> Self {
        if let Self::Words { optional, .. } = &mut self {
            *optional = true;
        }
        self
    }

    /// What stands in the blank when this was filled in.
    #[must_use]
    pub fn value(&self, typed: Option<&str>) -> String {
        match (self, typed) {
            (Self::Choice { options, .. }, typed) => {
                let chosen = typed.filter(|typed| options.iter().any(|o| o == typed));
                let first = options.first().map(String::as_str);
                chosen.or(first).unwrap_or_default().to_owned()
            }
            (Self::Words { .. }, Some(typed)) => typed.to_owned(),
            (Self::Words { default, .. }, None) => (*default).to_owned(),
        }
    }

    /// Why this cannot stand in the blank, whatever the line.
    #[must_use]
    pub fn mistake(&self, value: &str) -> Option<&'static str> {
        let Self::Words { kind, optional, .. } = self else {
            return None;
        };
        let value = value.trim();
        if value.is_empty() {
            // A body may be empty.
            let needed = !optional && *kind != BlankKind::Text;
            return needed.then_some("Something has to stand here.");
        }
        let has = |wrong: fn(char) -> bool| value.contains(wrong);
        match kind {
            BlankKind::One if has(|c| c.is_whitespace() || c.is_control() || "\"#".contains(c)) => {
                Some("One value, without spaces, quotes or `#`.")
            }
            BlankKind::Several if has(|c| c.is_control() || "\"#".contains(c)) => {
                Some("Values only, without quotes or `#`.")
            }
            BlankKind::Condition if has(|c| c.is_control() || c == '#') => {
                Some("One condition in one line, without `#`.")
            }
            BlankKind::One
            | BlankKind::Several
            | BlankKind::Condition
            | BlankKind::Name
            | BlankKind::Text => None,
        }
    }
}
