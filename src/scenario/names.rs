//! The names of a script: what they stand for and which line made them. Knows no statement.

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::ast::{Actor, Role};
use super::suggest;
use crate::ids::{ActorId, StreamId};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    /// A stream.
    Stream(StreamId),
    /// A program.
    Actor(ActorId, Role),
    /// Something that a line with a problem was to create: uses are not reported again.
    Broken,
}

/// A name with what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) thing: Thing,
    /// The line that made it.
    pub(super) line: u32,
}

/// All names so far: programs and streams share one namespace.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// A tree: a script may have any number of names.
    entries: BTreeMap<Arc<str>, Entry>,
    pub(super) streams: Vec<Arc<str>>,
    pub(super) actors: Vec<Actor>,
}

impl Names {
    pub(super) fn get(&self, name: &str) -> Option<Entry> {
        self.entries.get(name).copied()
    }

    /// The id of the stream `name`, new or not; the entry in its way otherwise.
    pub(super) fn stream(&mut self, name: &str, line: u32) -> Result<StreamId, Entry> {
        match self.get(name) {
            Some(Entry {
                thing: Thing::Stream(id),
                ..
            }) => return Ok(id),
            Some(Entry {
                thing: Thing::Broken,
                ..
            })
            | None => {}
            Some(taken) => return Err(taken),
        }
        let id = StreamId::at(self.streams.len());
        let name = self.insert(name, Thing::Stream(id), line);
        self.streams.push(name);
        Ok(id)
    }

    /// The id of the program `name`, new or not; the entry in its way otherwise.
    pub(super) fn actor(&mut self, name: &str, role: Role, line: u32) -> Result<ActorId, Entry> {
        match self.get(name) {
            Some(Entry {
                thing: Thing::Actor(id, same),
                ..
            }) if same == role => return Ok(id),
            Some(Entry {
                thing: Thing::Broken,
                ..
            })
            | None => {}
            Some(taken) => return Err(taken),
        }
        let id = ActorId::at(self.actors.len());
        let name = self.insert(name, Thing::Actor(id, role), line);
        self.actors.push(Actor { name, role });
        Ok(id)
    }

    /// Notes a name that a line with a problem was to create.
    pub(super) fn broken(&mut self, name: &str, line: u32) {
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
    pub(super) fn of(&self, wanted: Wanted) -> impl Iterator<Item = &str> {
        let fits = move |(_, entry): &(&Arc<str>, &Entry)| wanted.fits(entry.thing);
        self.entries.iter().filter(fits).map(|(name, _)| &**name)
    }

    /// The name nearest to `name` that stands for something `wanted`.
    pub(super) fn nearest(&self, name: &str, wanted: Wanted) -> Option<&str> {
        suggest::nearest(name, self.of(wanted))
    }
}

/// What a name is to stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Stream,
    Producer,
    Consumer,
    Actor,
    Anything,
}

impl Wanted {
    /// Whether `thing` is that.
    pub(super) const fn fits(self, thing: Thing) -> bool {
        match thing {
            Thing::Broken => false,
            Thing::Stream(_) => matches!(self, Self::Stream | Self::Anything),
            Thing::Actor(_, Role::Producer) => {
                matches!(self, Self::Producer | Self::Actor | Self::Anything)
            }
            Thing::Actor(_, Role::Consumer) => {
                matches!(self, Self::Consumer | Self::Actor | Self::Anything)
            }
        }
    }

    /// In words, with its article.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Stream => "a stream",
            Self::Producer => "a producer",
            Self::Consumer => "a consumer",
            Self::Actor => "a producer or consumer",
            Self::Anything => "a stream, producer or consumer",
        }
    }
}

impl Thing {
    /// In words, with its article.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Stream(_) => "a stream",
            Self::Actor(_, Role::Producer) => "a producer",
            Self::Actor(_, Role::Consumer) => "a consumer",
            Self::Broken => "unknown",
        }
    }
}
