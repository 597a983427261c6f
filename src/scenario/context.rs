//! What the parser knows between lines: names, header, problems, sums. Knows no statement.

use alloc::vec::Vec;

use super::ast::Header;
use super::names::Names;
use super::problems::Problems;
use crate::base::SmallMap;

/// What lines before the present one said.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    pub(super) names: Names,
    pub(super) header: Header,
    pub(super) problems: Problems,
    /// The line of each header statement that was said.
    pub(super) said: SmallMap<&'static str, u32>,
    /// The line of the first statement that does something: `broker` stands above it.
    pub(super) body: Option<u32>,
    /// The line of the first statement that lets time pass: the rest of the header stands above it.
    pub(super) moved: Option<u32>,
    /// The script is written in another family's language, and that was reported.
    pub(super) foreign: bool,
    /// One line is looked at on its own: every name is taken as known.
    pub(super) alone: bool,
    pub(super) tally: Tally,
}

/// Sums over the script, as far as they can be known before it runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// Messages that all `publish` statements stand for.
    pub(super) messages: u64,
    /// Microseconds that `run for` and `wait` stand for.
    pub(super) time_us: u64,
    /// By [`ActorId`](crate::ids::ActorId), up to the last that published: how many it published, and one more than the highest id that it can have used.
    pub(super) producers: Vec<(u64, u64)>,
}
