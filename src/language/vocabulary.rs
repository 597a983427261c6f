//! What a family of brokers says in the language, as data. Which families there are is for `crate::family`.

use alloc::string::String;
use alloc::vec::Vec;

use super::facts::FactDoc;
use super::other_words::{NotModelled, OtherWords};
use super::version::Version;
use crate::family::Kind;

/// The words of a family.
pub struct Vocabulary {
    /// The word behind `broker`.
    pub word: &'static str,
    /// Its name.
    pub title: &'static str,
    /// The name of the product, as people say it.
    pub product: &'static str,
    /// What the word means, for help.
    pub about: &'static str,
    /// Words by which it may be meant, too.
    pub also: &'static [&'static str],
    /// Its versions.
    pub versions: Versions,
    /// The kinds of things that have names; without any, a name is taken to be meant for the first.
    pub kinds: &'static [Kind],
    /// Any program, with its article: `a producer or consumer`.
    pub program: &'static str,
    /// A program that publishes, with its article.
    pub producer: &'static str,
    /// A program that consumes, with its article.
    pub consumer: &'static str,
    /// Anything with a name, with its article.
    pub anything: &'static str,
    /// Everything with a name, in the plural.
    pub things: &'static str,
    /// Whether `broker` may say `nodes`.
    pub(crate) has_clusters: bool,
    /// Whether a program reads several logs, so that an offset alone does not say which record it is.
    pub reads_several_logs: bool,
    /// The heading of the reference over its statements.
    pub heading: &'static str,
    /// Some keywords, for who does not know any.
    pub keywords: &'static str,
    /// Values that could stand where one of a kind is expected, by the words for it.
    pub examples: &'static [(&'static str, &'static [&'static str])],
    /// Words that a bare name cannot be, besides keywords and what every family has.
    pub(crate) structure: &'static [&'static str],
    /// Words of other systems, and what is written instead.
    pub other_words: &'static [&'static [OtherWords]],
    /// Concepts that are not modelled: for diagnostics, and for `docs/fidelity.md`.
    pub not_modelled: &'static [NotModelled],
    /// The fact of a consumer that is the offset processed last in its run.
    pub(crate) last: &'static FactDoc,
    /// The fact of a consumer that is how much was processed in its run.
    pub(crate) received: &'static FactDoc,
}

/// The versions of a family's brokers.
pub struct Versions {
    /// The first that is modelled.
    pub oldest: Version,
    /// The last major version that there is.
    pub last_major: u8,
    /// The one of scripts that do not say.
    pub default: Version,
    /// Those with rules of their own, oldest first.
    pub listed: fn() -> Vec<Version>,
    /// A version in words, with its article.
    pub value: &'static str,
}

impl Versions {
    /// Those with rules of their own, in words: `3.10, 3.13 and 4.3`.
    #[must_use]
    pub fn words(&self) -> String {
        let listed = (self.listed)();
        let mut words = String::new();
        for (at, version) in listed.iter().enumerate() {
            words.push_str(match at {
                0 => "",
                _ if at + 1 == listed.len() => " and ",
                _ => ", ",
            });
            words.push_str(&alloc::format!("{version}"));
        }
        words
    }
}
