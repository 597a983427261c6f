//! A program of either kind with the one life that both share: started, connected, interrupted, woken, ended.

use super::{ConsumerProgram, Next, ProducerProgram};
use crate::family::rabbitmq::message::{ToProgram, shown};
use crate::trace::event::Disconnection;
use crate::units::SimTime;

/// A program's machine.
#[derive(Clone, Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "programs are few, and each is held in place"
)]
pub enum Program {
    /// It publishes.
    Producer(ProducerProgram),
    /// It consumes.
    Consumer(ConsumerProgram),
}

impl Program {
    /// Whether there is a run.
    #[must_use]
    pub fn runs(&self) -> bool {
        match self {
            Self::Producer(p) => p.runs(),
            Self::Consumer(c) => c.runs(),
        }
    }

    /// Whether it waits for a connection or a leader.
    #[must_use]
    pub fn is_disconnected(&self) -> bool {
        match self {
            Self::Producer(p) => p.is_disconnected(),
            Self::Consumer(c) => c.is_disconnected(),
        }
    }

    /// It has a new connection.
    pub fn connect(&mut self) {
        match self {
            Self::Producer(p) => p.connect(),
            Self::Consumer(c) => c.connect(),
        }
    }

    /// It is cut off from its stream.
    pub fn interrupted(&mut self, why: Disconnection) {
        match self {
            Self::Producer(p) => p.interrupted(why),
            Self::Consumer(c) => c.interrupted(why),
        }
    }

    /// It ends in order.
    pub fn stop(&mut self, now: SimTime) {
        match self {
            Self::Producer(p) => p.close(now),
            Self::Consumer(c) => c.stop(now),
        }
    }

    /// Its process dies: nothing that it had in mind happens any more.
    pub fn crash(&mut self) {
        match self {
            Self::Producer(p) => p.crash(),
            Self::Consumer(c) => c.crash(),
        }
    }

    /// A message other than a chunk arrived. Those that are not meant for its kind change nothing.
    pub fn receive(&mut self, message: &ToProgram, now: SimTime) {
        match (message, self) {
            (ToProgram::Answer { to, answer }, Self::Producer(p)) => p.answered(*to, *answer, now),
            (ToProgram::Answer { to, answer }, Self::Consumer(c)) => c.answered(*to, *answer, now),
            (ToProgram::Confirm { first_id, ids, .. }, Self::Producer(p)) => {
                p.settled(*first_id, *ids, now);
            }
            (
                ToProgram::PublishError {
                    first_id,
                    ids,
                    code,
                    ..
                },
                Self::Producer(p),
            ) => p.refused(*first_id, *ids, *code, now),
            (ToProgram::MetadataUpdate { code }, program) => {
                program.interrupted(Disconnection::Unavailable {
                    message: "metadata_update",
                    code: shown(*code),
                });
            }
            (ToProgram::ConsumerUpdate { active }, Self::Consumer(c)) => c.updated(*active),
            (ToProgram::Confirm { .. } | ToProgram::PublishError { .. }, Self::Consumer(_))
            | (ToProgram::ConsumerUpdate { .. }, Self::Producer(_))
            | (ToProgram::Deliver { .. }, _) => {}
        }
    }

    /// A moment that it waited for may have come.
    pub fn wake(&mut self, now: SimTime) {
        match self {
            Self::Producer(p) => p.wake(now),
            Self::Consumer(c) => c.wake(now),
        }
    }

    /// When it wants to be woken next.
    #[must_use]
    pub fn wakes_at(&self, now: SimTime) -> Option<SimTime> {
        match self {
            Self::Producer(p) => p.wakes_at(),
            Self::Consumer(c) => c.wakes_at(now),
        }
    }

    /// Whether a run must not end before it was woken.
    #[must_use]
    pub fn owes(&self) -> bool {
        match self {
            Self::Producer(p) => p.wakes_at().is_some(),
            Self::Consumer(c) => c.owes(),
        }
    }

    /// What it does next.
    pub fn next_step(&mut self) -> Next {
        match self {
            Self::Producer(p) => p.next_step(),
            Self::Consumer(c) => c.next_step(),
        }
    }
}
