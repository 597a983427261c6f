//! Kinds of things that have names: their words and their facts. Which there are is for a family to list.

use super::ast::Role;
use super::facts::{FactDoc, Subject};
use crate::family::Kind;
use crate::ids::{ActorId, LogId, SetId};

/// The words of a kind of thing.
#[derive(Debug)]
pub struct KindDoc {
    /// Its word, which is the keyword of the statement that creates one.
    pub word: &'static str,
    /// Its word with the article.
    pub words: &'static str,
    /// What names one, with its article.
    pub naming: &'static str,
    /// What follows the name in the statement that creates one.
    pub creation: &'static str,
    /// What a thing of this kind is in the world.
    pub nature: Nature,
    /// Its facts, in the order of the reference.
    pub facts: &'static [FactDoc],
}

/// What a thing with a name is in the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// It has a log.
    Log,
    /// It is several logs under one name.
    Set,
    /// It is a program.
    Program(Role),
    /// It is what a program has of a log.
    Progress,
}

impl Kind {
    /// The thing of this kind that stands at `index` in the list of its nature; `None` for one that has no list.
    #[must_use]
    pub const fn subject(self, index: u32) -> Option<Subject> {
        match self.doc().nature {
            Nature::Log => Some(Subject::Log(LogId(index))),
            Nature::Set => Some(Subject::Set(SetId(index))),
            Nature::Program(_) => Some(Subject::Program(ActorId(index))),
            Nature::Progress => None,
        }
    }
}
