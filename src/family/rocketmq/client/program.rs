//! A program of either kind with the one life that both share: started, connected, interrupted, woken, ended.

use super::{MemberProgram, Next, ProducerProgram};
use crate::units::SimTime;

/// A program's machine.
#[derive(Clone, Debug)]
pub enum Program {
    /// It publishes.
    Producer(ProducerProgram),
    /// It consumes for a group.
    Member(MemberProgram),
}

impl Program {
    /// Whether there is a run.
    #[must_use]
    pub fn runs(&self) -> bool {
        match self {
            Self::Producer(producer) => producer.runs(),
            Self::Member(member) => member.runs(),
        }
    }

    /// Whether it waits for a connection.
    #[must_use]
    pub fn is_disconnected(&self) -> bool {
        match self {
            Self::Producer(producer) => producer.is_disconnected(),
            Self::Member(member) => member.is_disconnected(),
        }
    }

    /// It has a new connection.
    pub fn connect(&mut self, now: SimTime) {
        match self {
            Self::Producer(producer) => producer.connect(now),
            Self::Member(member) => member.connect(now),
        }
    }

    /// It has no connection any more.
    pub fn disconnected(&mut self) {
        match self {
            Self::Producer(producer) => producer.disconnected(),
            Self::Member(member) => member.disconnected(),
        }
    }

    /// It ends in order.
    pub fn stop(&mut self) {
        match self {
            Self::Producer(producer) => producer.close(),
            Self::Member(member) => member.stop(),
        }
    }

    /// Its process dies: nothing that it had in mind happens any more.
    pub fn crash(&mut self) {
        match self {
            Self::Producer(producer) => producer.crash(),
            Self::Member(member) => member.crash(),
        }
    }

    /// A moment that it waited for may have come.
    pub fn wake(&mut self, now: SimTime) {
        match self {
            Self::Producer(producer) => producer.wake(now),
            Self::Member(member) => member.wake(now),
        }
    }

    /// When it wants to be woken next.
    #[must_use]
    pub fn wakes_at(&self, now: SimTime) -> Option<SimTime> {
        match self {
            Self::Producer(producer) => producer.wakes_at(),
            Self::Member(member) => member.wakes_at(now),
        }
    }

    /// Whether a run must not end before it was woken.
    #[must_use]
    pub fn owes(&self, now: SimTime) -> bool {
        match self {
            Self::Producer(producer) => producer.wakes_at().is_some(),
            Self::Member(member) => member.owes(now),
        }
    }

    /// What it does next.
    pub fn next_step(&mut self) -> Next {
        match self {
            Self::Producer(producer) => producer.next_step(),
            Self::Member(member) => member.next_step(),
        }
    }
}
