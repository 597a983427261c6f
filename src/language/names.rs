//! The names of a script: what they stand for and which line made them. Knows no statement.

use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::ast::{Actor, LogSet, Role};
use super::facts::Subject;
use super::kind::Nature;
use super::suggest;
use super::vocabulary::Vocabulary;
use crate::base::{LargeMap, SmallMap};
use crate::family::Kind;
use crate::ids::{ActorId, LogId, SetId};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Thing {
    /// Something of a kind.
    Known(Kind, Subject),
    /// Something that a line with a problem was to create: uses are not reported again.
    Broken,
}

impl Thing {
    /// What it is in the world.
    pub(crate) const fn subject(self) -> Option<Subject> {
        match self {
            Self::Known(_, subject) => Some(subject),
            Self::Broken => None,
        }
    }
}

/// A name with what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) thing: Thing,
    /// The line that made it.
    pub(crate) line: u32,
}

/// All names so far: things of all kinds share one namespace.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    entries: LargeMap<Arc<str>, Entry>,
    pub(crate) streams: Vec<Arc<str>>,
    pub(crate) sets: Vec<LogSet>,
    pub(crate) actors: Vec<Actor>,
    pub(crate) progresses: Vec<(ActorId, LogId)>,
    /// The logs of one name that a program writes to, by the latest line that says so.
    pub(crate) writes_to: SmallMap<ActorId, SetId>,
}

impl Names {
    pub(crate) fn get(&self, name: &str) -> Option<Entry> {
        self.entries.get(name).copied()
    }

    /// What of this kind has the name, new or not; the entry in its way otherwise.
    pub(crate) fn create(&mut self, name: &str, kind: Kind, line: u32) -> Result<Subject, Entry> {
        match self.get(name) {
            Some(Entry {
                thing: Thing::Known(same, subject),
                ..
            }) if same == kind => return Ok(subject),
            Some(Entry {
                thing: Thing::Broken,
                ..
            })
            | None => {}
            Some(taken) => return Err(taken),
        }
        let nature = kind.doc().nature;
        let subject = kind.subject(count(match nature {
            Nature::Log => self.streams.len(),
            Nature::Set => self.sets.len(),
            Nature::Program(_) => self.actors.len(),
            Nature::Progress => 0,
        }));
        // What a program has of a log is named with both.
        let subject = subject.unwrap_or(Subject::World);
        let name = self.insert(name, Thing::Known(kind, subject), line);
        match nature {
            Nature::Log => self.streams.push(name),
            Nature::Set => self.sets.push(LogSet {
                name,
                logs: Vec::new(),
            }),
            Nature::Program(role) => self.actors.push(Actor { name, role, kind }),
            Nature::Progress => {}
        }
        Ok(subject)
    }

    /// Names what a program has of a log; the entry in its way otherwise.
    pub(crate) fn progress(
        &mut self,
        name: &str,
        kind: Kind,
        (program, log): (ActorId, LogId),
        line: u32,
    ) -> Result<(), Entry> {
        let thing = Thing::Known(kind, Subject::Progress(program, log));
        match self.get(name) {
            Some(entry) if entry.thing != thing => Err(entry),
            Some(_) => Ok(()),
            None => {
                self.insert(name, thing, line);
                self.progresses.push((program, log));
                Ok(())
            }
        }
    }

    /// The logs of a set; none of a name that was reported.
    pub(crate) fn logs(&self, set: SetId) -> &[LogId] {
        self.sets.get(set.index()).map_or(&[], |set| &set.logs)
    }

    /// Notes a name that a line with a problem was to create.
    pub(crate) fn broken(&mut self, name: &str, line: u32) {
        if self.get(name).is_none() {
            self.insert(name, Thing::Broken, line);
        }
    }

    fn insert(&mut self, name: &str, thing: Thing, line: u32) -> Arc<str> {
        let name: Arc<str> = name.to_string().into();
        self.entries.insert(name.clone(), Entry { thing, line });
        name
    }

    /// All names that stand for something `wanted`, in alphabetical order.
    pub(crate) fn of(&self, wanted: Wanted) -> impl Iterator<Item = &str> {
        let fits = move |(_, entry): &(&Arc<str>, &Entry)| wanted.fits(entry.thing);
        self.entries.iter().filter(fits).map(|(name, _)| &**name)
    }

    /// The name nearest to `name` that stands for something `wanted`.
    pub(crate) fn nearest(&self, name: &str, wanted: Wanted) -> Option<&str> {
        suggest::nearest(name, self.of(wanted))
    }
}

/// Names are at most as many as lines.
fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// What a name is to stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Something of this kind.
    Kind(Kind),
    /// A program with this role.
    Role(Role),
    /// Any program.
    Program,
    /// Whatever has a name.
    Anything,
}

impl Wanted {
    /// Whether a kind of thing is that.
    fn is(self, kind: Kind) -> bool {
        match self {
            Self::Kind(wanted) => kind == wanted,
            Self::Role(role) => kind.doc().nature == Nature::Program(role),
            Self::Program => matches!(kind.doc().nature, Nature::Program(_)),
            Self::Anything => true,
        }
    }

    /// Whether `thing` is that.
    pub(crate) fn fits(self, thing: Thing) -> bool {
        match thing {
            Thing::Known(kind, _) => self.is(kind),
            Thing::Broken => false,
        }
    }

    /// The first kind in a family's list that is that.
    pub(crate) fn first(self, vocabulary: &Vocabulary) -> Option<Kind> {
        let mut kinds = vocabulary.kinds.iter().copied();
        kinds.find(|kind| self.is(*kind))
    }

    /// In a family's words, with its article.
    pub(crate) fn words(self, vocabulary: &Vocabulary) -> &'static str {
        match self {
            Self::Kind(kind) => kind.doc().words,
            Self::Role(Role::Producer) => vocabulary.producer,
            Self::Role(Role::Consumer) => vocabulary.consumer,
            Self::Program => vocabulary.program,
            Self::Anything => vocabulary.anything,
        }
    }
}

impl Thing {
    /// In words, with its article.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Known(kind, _) => kind.doc().words,
            Self::Broken => "unknown",
        }
    }
}
