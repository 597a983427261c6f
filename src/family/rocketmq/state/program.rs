//! A program at a moment, as its events tell: what it was handed, owns, has in flight, received. Decides nothing.

use alloc::sync::Arc;

use crate::base::{IdSet, SmallMap};
use crate::family::rocketmq::settings::{MemberSettings, ProducerSettings};
use crate::ids::{LogId, Offset};

/// A program in its present or latest run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Program {
    /// It publishes.
    Producer(Producer),
    /// It consumes for a group.
    Member(Member),
}

/// Where a program stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorState {
    /// It waits for the answers that it needs.
    Starting,
    /// It runs.
    Running,
    /// It runs and does not consume.
    Paused,
    /// It ended in order.
    Closed,
    /// Its process died.
    Crashed,
}

/// A producer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Producer {
    /// Its settings.
    pub settings: Arc<ProducerSettings>,
    /// Runs so far, the present one included.
    pub run: u32,
    /// Where it stands.
    pub state: ActorState,
    /// Messages handed over, over all runs.
    pub sent: u64,
    /// Messages without an answer, by the producer's running count.
    pub unconfirmed: IdSet,
    /// Messages that were stored, as its answers say.
    pub confirmed: u64,
    /// Messages that were refused.
    pub errors: u64,
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its settings.
    pub settings: Arc<MemberSettings>,
    /// Runs so far, the present one included.
    pub run: u32,
    /// Where it stands.
    pub state: ActorState,
    /// The queues that it owns, or is handed messages of, in the order of their numbers.
    pub queues: SmallMap<LogId, Reading>,
    /// Messages that it received in this run.
    pub received: u64,
    /// Those of them that its group had received before.
    pub redelivered: u64,
    /// The first message of this run.
    pub first: Option<Offset>,
    /// The latest message of this run.
    pub last: Option<Offset>,
    /// The queue of the latest message.
    pub last_queue: Option<LogId>,
    /// Offsets that it keeps itself (broadcasting); they outlive its runs.
    pub own: SmallMap<LogId, Offset>,
    /// Where this run's ranges begin in the arena.
    pub processed_from: u32,
    /// Where they end.
    pub processed_to: u32,
    /// How much of the last range counts, when the cursor stands inside it.
    pub processed_part: Option<u64>,
}

/// What a member has of a queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The next message that it pulls; nothing before it knows.
    pub next: Option<Offset>,
    /// The offset of the pull that is under way or parked at the broker; of a POP 0.
    pub asked: Option<Offset>,
    /// Messages that it has and has not finished.
    pub unfinished: IdSet,
    /// Those of them that hang.
    pub hung: IdSet,
}

impl Member {
    pub(super) fn starting(settings: Arc<MemberSettings>, before: Option<&Self>) -> Self {
        let processed = before.map_or(0, |member| member.processed_to);
        Self {
            settings,
            run: before.map_or(1, |member| member.run + 1),
            state: ActorState::Starting,
            queues: SmallMap::new(),
            received: 0,
            redelivered: 0,
            first: None,
            last: None,
            last_queue: None,
            own: before.map_or_else(SmallMap::new, |member| member.own.clone()),
            processed_from: processed,
            processed_to: processed,
            processed_part: None,
        }
    }

    /// Messages of a queue were handed to its listener.
    pub(super) fn received(&mut self, queue: LogId, first: Offset, count: u64, again: bool) {
        self.first.get_or_insert(first);
        self.last = Some(first.plus(count - 1));
        self.last_queue = Some(queue);
        self.received = self.received.saturating_add(count);
        self.redelivered += if again { count } else { 0 };
    }

    /// What it has of a queue; made when it is not its own, as a POP's are.
    pub(super) fn reading(&mut self, queue: LogId) -> &mut Reading {
        self.queues.get_or_insert(queue, Reading::default())
    }

    pub(super) fn turned(&mut self, state: ActorState) {
        self.state = state;
        match state {
            ActorState::Starting | ActorState::Running | ActorState::Paused => {}
            ActorState::Closed | ActorState::Crashed => self.queues.clear(),
        }
    }
}
