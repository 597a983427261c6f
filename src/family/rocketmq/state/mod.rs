//! RocketMQ's part of the world at a moment: topics, queues, the commit log, groups, and programs.

mod fold;
mod group;
mod kept;
mod parts;
mod program;
mod queue;

use alloc::vec::Vec;

pub use group::Group;
pub(crate) use kept::Kept;
pub use program::{ActorState, Member, Producer, Program, Reading};
pub use queue::{CommitLog, Queue};

use crate::ids::{ActorId, LogId, SetId};
use crate::language::Scenario;

/// Topics, queues, groups and programs. Cheap to clone: its size follows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// By [`SetId`].
    pub topics: Vec<Topic>,
    /// By [`LogId`].
    pub queues: Vec<Queue>,
    /// What all queues share.
    pub log: CommitLog,
    /// By [`ActorId`]; a group is there once it was declared.
    pub groups: Vec<Option<Group>>,
    /// By [`ActorId`]; a program is there from its first start on.
    pub programs: Vec<Option<Program>>,
}

/// A topic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Topic {
    /// Queues that producers write to; 0 while it is not there.
    pub write: u32,
    /// Queues that members read.
    pub read: u32,
}

impl State {
    /// Before anything happened.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let mut state = Self {
            topics: Vec::new(),
            queues: Vec::new(),
            log: CommitLog::default(),
            groups: Vec::new(),
            programs: Vec::new(),
        };
        state.fit(scenario);
        state
    }

    /// Takes the names of another scenario: those that both have are the first of each, and of the others
    /// nothing has happened yet.
    pub fn fit(&mut self, scenario: &Scenario) {
        let programs = scenario.actors.len();
        self.topics.resize(scenario.sets.len(), Topic::default());
        self.queues.resize(scenario.streams.len(), Queue::default());
        self.groups.resize_with(programs, || None);
        self.programs.resize_with(programs, || None);
    }

    /// What its size follows.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.queues.len() + self.programs.len()
    }

    /// Forgets whether it stands inside a range or behind the part of one that was cut.
    pub(crate) fn forget_parts(&mut self) {
        for program in &mut self.programs {
            if let Some(Program::Member(member)) = program {
                member.processed_part = None;
            }
        }
    }

    /// Whether it is the same as another but for names of which nothing has happened yet.
    pub(crate) fn is_but_for_names(&self, other: &Self) -> bool {
        let (topics, queues) = (other.topics.len(), other.queues.len());
        let programs = other.programs.len();
        self.log == other.log
            && self.topics.get(..topics) == Some(&other.topics[..])
            && self.queues.get(..queues) == Some(&other.queues[..])
            && self.groups.get(..programs) == Some(&other.groups[..])
            && self.programs.get(..programs) == Some(&other.programs[..])
            && self.groups[programs..].iter().all(Option::is_none)
            && self.programs[programs..].iter().all(Option::is_none)
    }

    /// A topic.
    #[must_use]
    pub fn topic(&self, id: SetId) -> &Topic {
        &self.topics[id.index()]
    }

    /// A queue.
    #[must_use]
    pub fn queue(&self, id: LogId) -> &Queue {
        &self.queues[id.index()]
    }

    /// A group that was declared.
    #[must_use]
    pub fn group(&self, id: ActorId) -> Option<&Group> {
        self.groups[id.index()].as_ref()
    }

    /// A program that was started.
    #[must_use]
    pub fn program(&self, id: ActorId) -> Option<&Program> {
        self.programs[id.index()].as_ref()
    }

    /// A producer that was started.
    #[must_use]
    pub fn producer(&self, id: ActorId) -> Option<&Producer> {
        match self.program(id)? {
            Program::Producer(producer) => Some(producer),
            Program::Member(_) => None,
        }
    }

    /// A member that was started.
    #[must_use]
    pub fn member(&self, id: ActorId) -> Option<&Member> {
        match self.program(id)? {
            Program::Member(member) => Some(member),
            Program::Producer(_) => None,
        }
    }

    /// How many messages the fact `received` says: of a group those of all members, of a member its own.
    #[must_use]
    pub fn received(&self, id: ActorId) -> u64 {
        match (self.group(id), self.member(id)) {
            (Some(group), _) => group.received,
            (None, Some(member)) => member.received,
            (None, None) => 0,
        }
    }

    /// The members of a group that were started, with their ids.
    pub fn members(&self, group: ActorId) -> impl Iterator<Item = (ActorId, &Member)> {
        let all = self.programs.iter().zip(0..);
        all.filter_map(move |(program, id)| match program {
            Some(Program::Member(member)) if member.settings.group == group => {
                Some((ActorId(id), member))
            }
            Some(Program::Member(_) | Program::Producer(_)) | None => None,
        })
    }
}
