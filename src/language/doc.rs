//! How a statement is written and what it means, for diagnostics, completion, help and the reference.

use alloc::format;
use alloc::string::{String, ToString};

/// How a statement is written, and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormDoc {
    /// Its first word.
    pub keyword: &'static str,
    /// Under which heading the reference has it.
    pub group: Heading,
    /// How it is written, without its options; the first is the usual one.
    pub shapes: &'static [&'static str],
    /// What may follow, in any order, each once.
    pub options: &'static [OptionDoc],
    /// What it does.
    pub about: &'static str,
    /// A line that is right where `s` is a stream, `p` a producer and `c` a consumer.
    pub example: &'static str,
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
pub enum Heading {
    /// What holds for the whole script.
    Header,
    /// What a family's scripts are about, and the programs at it.
    Actors,
    /// Crashes, cuts and losses.
    Faults,
    /// What lets time pass.
    Time,
    /// Checks, questions and goals.
    Questions,
}

impl Heading {
    /// All of them, in the order of the reference.
    pub const ALL: &'static [Self] = &[
        Self::Header,
        Self::Actors,
        Self::Faults,
        Self::Time,
        Self::Questions,
    ];
}
