//! The statement table: parser, help, completion, highlighting and reference read this one list.

use alloc::format;
use alloc::string::{String, ToString};

use super::ast::StatementKind;
use super::line::Line;
use super::problems::Read;
use super::statements::{checks, faults, header, programs, publish, streams, time};

/// One statement of the language.
pub struct Form {
    /// Its first word.
    pub keyword: &'static str,
    /// Under which heading the reference has it.
    pub group: Group,
    /// How it is written, without its options; the first is the usual one.
    pub shapes: &'static [&'static str],
    /// What may follow, in any order, each once.
    pub options: &'static [OptionDoc],
    /// What it does.
    pub about: &'static str,
    /// A line that is right where `s` is a stream, `p` a producer and `c` a consumer.
    pub example: &'static str,
    /// Reads the line behind the keyword; nothing comes of a header statement.
    pub(super) read: fn(&mut Line<'_, '_>) -> Read<Option<StatementKind>>,
}

/// An option of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionDoc {
    /// The words that it starts with.
    pub words: &'static str,
    /// What follows them.
    pub args: &'static str,
    /// What it does.
    pub about: &'static str,
}

impl OptionDoc {
    /// How it is written.
    #[must_use]
    pub fn shape(&self) -> String {
        if self.args.is_empty() {
            return self.words.to_string();
        }
        format!("{} {}", self.words, self.args)
    }
}

/// A heading of the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What holds for the whole script.
    Header,
    /// Streams and the programs at them.
    Actors,
    /// Crashes, cuts and losses.
    Faults,
    /// What lets time pass.
    Time,
    /// Checks, questions and goals.
    Questions,
}

impl Group {
    /// All of them, in the order of the reference.
    pub const ALL: &'static [Self] = &[
        Self::Header,
        Self::Actors,
        Self::Faults,
        Self::Time,
        Self::Questions,
    ];

    /// The heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Header => "Header and chapters",
            Self::Actors => "Streams, producers, consumers",
            Self::Faults => "Faults",
            Self::Time => "Time",
            Self::Questions => "Checks, questions, goals",
        }
    }
}

/// Every statement, in the order of the reference.
pub static FORMS: &[&[Form]] = &[
    header::FORMS,
    streams::FORMS,
    programs::FORMS,
    publish::FORMS,
    faults::FORMS,
    time::FORMS,
    checks::FORMS,
];

/// Every statement, in the order of the reference.
pub fn forms() -> impl Iterator<Item = &'static Form> {
    FORMS.iter().flat_map(|forms| forms.iter())
}

/// The statement that starts with `keyword`.
#[must_use]
pub fn form(keyword: &str) -> Option<&'static Form> {
    forms().find(|form| form.keyword == keyword)
}

/// Words that a bare name cannot be, besides the keywords: they would change what a statement means.
pub(super) const STRUCTURE: &[&str] = &["on", "from", "to", "broker", "node", "leader"];

/// Keywords of scripts for another family, so that they are not taken for misspelt words.
pub(super) const FOREIGN: &[&str] = &["topic", "group", "member", "expire", "reset"];

/// Whether `word` has to be quoted to be a name.
pub(super) fn is_reserved(word: &str) -> bool {
    STRUCTURE.contains(&word) || form(word).is_some()
}

/// Whether `word` belongs to an option of some statement.
pub(super) fn is_option_word(word: &str) -> bool {
    let options = forms().flat_map(|form| form.options);
    STRUCTURE.contains(&word) || options.flat_map(|o| o.words.split(' ')).any(|w| w == word)
}

/// Options as the parser reads them, and as everyone else sees them.
macro_rules! options {
    ($docs:ident, $options:ident: $target:ty {
        $($words:literal $args:literal $about:literal => $read:expr;)*
    }) => {
        const $docs: &[$crate::scenario::table::OptionDoc] = &[$(
            $crate::scenario::table::OptionDoc { words: $words, args: $args, about: $about }
        ),*];
        $crate::scenario::table::options! { $options: $target {
            $($words $args $about => $read;)*
        } }
    };
    ($options:ident: $target:ty {
        $($words:literal $args:literal $about:literal => $read:expr;)*
    }) => {
        const $options: &[$crate::scenario::line::Opt<$target>] = &[$(
            $crate::scenario::line::Opt {
                doc: $crate::scenario::table::OptionDoc { words: $words, args: $args, about: $about },
                read: $read,
            }
        ),*];
    };
}
pub(super) use options;
