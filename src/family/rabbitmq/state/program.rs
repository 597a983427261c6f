//! A program at a moment, as its events tell: what it was handed, sent, received, processed. Decides nothing.

use alloc::collections::VecDeque;
use alloc::sync::Arc;

use crate::base::IdSet;
use crate::family::rabbitmq::broker::ResponseCode;
use crate::family::rabbitmq::log::OffsetSpec;
use crate::family::rabbitmq::message::{Answer, Question, ToProgram};
use crate::family::rabbitmq::settings::{ConsumerSettings, ProducerSettings};
use crate::ids::Offset;

/// A program in its present or latest run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Program {
    /// It publishes.
    Producer(Producer),
    /// It consumes.
    Consumer(Consumer),
}

/// Where a program stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorState {
    /// It waits for the answers that it needs. Shown as `declaring` for a producer.
    Starting,
    /// It runs. Shown as `open` for a producer.
    Running,
    /// It runs and does not process.
    Paused,
    /// It ended in order.
    Closed,
    /// Its process died.
    Crashed,
    /// It was refused and ended.
    Refused,
}

/// A consumer's subscription, as the broker has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subscription {
    /// There is none.
    Absent,
    /// Another member of its group is the active one: it is sent nothing.
    Waiting,
    /// It is sent chunks.
    Active,
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
    /// Ids handed over and not confirmed.
    pub unconfirmed: IdSet,
    /// Messages confirmed, over all runs; a repeated id counts each time.
    pub confirmed: u64,
    /// Messages refused.
    pub errors: u64,
    /// Messages confirmed without being stored.
    pub deduplicated: u64,
}

/// A consumer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consumer {
    /// Its settings.
    pub settings: Arc<ConsumerSettings>,
    /// Runs so far, the present one included.
    pub run: u32,
    /// Where it stands.
    pub state: ActorState,
    /// Its subscription.
    pub subscription: Subscription,
    /// The spec of this run's subscribe, once it arrived.
    pub asked: Option<OffsetSpec>,
    /// Where this run's subscription was attached.
    pub attached: Option<Offset>,
    /// First message processed in this run.
    pub first: Option<Offset>,
    /// Last message processed in this run.
    pub last: Option<Offset>,
    /// Messages processed in this run.
    pub received: u64,
    /// Messages of this run that an earlier run had processed.
    pub redelivered: u64,
    /// The next offset that it will process.
    pub position: Option<Offset>,
    /// What its own database holds (`external`).
    pub external: Option<u64>,
    /// Chunks that the broker may still send.
    pub credits: u64,
    /// Messages in the chunks that the broker sent on this run's subscription.
    pub dispatched_messages: u64,
    /// The last chunk that the broker sent, by row.
    pub dispatched: Option<u32>,
    /// Rows of chunks that were delivered and are not fully processed, oldest first.
    pub waiting: VecDeque<u32>,
    /// Where this run's ranges begin in the arena.
    pub processed_from: u32,
    /// Where they end.
    pub processed_to: u32,
    /// How much of the last range counts, when the cursor stands inside it.
    pub processed_part: Option<u64>,
}

impl Subscription {
    const fn of(active: bool) -> Self {
        if active { Self::Active } else { Self::Waiting }
    }
}

impl Producer {
    /// Its first run.
    pub(in crate::family::rabbitmq) fn starting(settings: Arc<ProducerSettings>) -> Self {
        Self {
            settings,
            run: 1,
            state: ActorState::Starting,
            sent: 0,
            unconfirmed: IdSet::new(),
            confirmed: 0,
            errors: 0,
            deduplicated: 0,
        }
    }

    /// One more run, which keeps what was counted.
    pub(in crate::family::rabbitmq) fn start_again(&mut self, settings: Arc<ProducerSettings>) {
        self.settings = settings;
        self.run += 1;
        self.state = ActorState::Starting;
    }
}

impl Consumer {
    pub(in crate::family::rabbitmq) fn starting(
        settings: Arc<ConsumerSettings>,
        before: Option<&Self>,
    ) -> Self {
        let processed = before.map_or(0, |c| c.processed_to);
        Self {
            settings,
            run: before.map_or(1, |c| c.run + 1),
            state: ActorState::Starting,
            subscription: Subscription::Absent,
            asked: None,
            attached: None,
            first: None,
            last: None,
            received: 0,
            redelivered: 0,
            position: None,
            external: before.and_then(|c| c.external),
            credits: 0,
            dispatched_messages: 0,
            dispatched: None,
            waiting: Default::default(),
            processed_from: processed,
            processed_to: processed,
            processed_part: None,
        }
    }

    pub(in crate::family::rabbitmq) fn processed(&mut self, first: Offset, count: u64) {
        self.first.get_or_insert(first);
        self.last = Some(first.plus(count - 1));
        self.received = self.received.saturating_add(count);
        self.position = Some(first.plus(count));
    }

    pub(in crate::family::rabbitmq) fn attach(&mut self, at: Offset) {
        self.attached = Some(at);
        self.subscription = Subscription::Active;
        self.position = Some(match self.asked {
            Some(OffsetSpec::Offset(offset)) => offset.max(at),
            Some(
                OffsetSpec::First
                | OffsetSpec::Last
                | OffsetSpec::Next
                | OffsetSpec::Timestamp { .. },
            )
            | None => at,
        });
    }

    pub(in crate::family::rabbitmq) fn detach(&mut self) {
        self.waiting.clear();
        self.subscription = Subscription::Absent;
        self.attached = None;
        self.dispatched = None;
        self.credits = 0;
    }

    /// The broker sent a message that is no chunk: some say what it has of the subscription.
    pub(in crate::family::rabbitmq) fn told(&mut self, message: &ToProgram) {
        match message {
            ToProgram::Answer {
                to: Question::Subscribe,
                answer: Answer::Code(ResponseCode::Ok),
            } => {
                // A member of a group is told that it is the active one by an update.
                let alone = !self.settings.single_active;
                self.subscription = Subscription::of(alone);
            }
            ToProgram::ConsumerUpdate { active } => {
                self.subscription = Subscription::of(*active);
            }
            ToProgram::MetadataUpdate { .. } => self.subscription = Subscription::Absent,
            ToProgram::Answer { .. }
            | ToProgram::Confirm { .. }
            | ToProgram::PublishError { .. }
            | ToProgram::Deliver { .. } => {}
        }
    }

    pub(in crate::family::rabbitmq) fn turned(&mut self, state: ActorState) {
        self.state = state;
        match state {
            ActorState::Starting | ActorState::Running | ActorState::Paused => {}
            ActorState::Closed | ActorState::Crashed | ActorState::Refused => {
                self.subscription = Subscription::Absent;
            }
        }
    }

    /// Delivered chunks that end at or before `offset` are done.
    pub(in crate::family::rabbitmq) fn reached(
        &mut self,
        offset: Offset,
        next_of: impl Fn(u32) -> Offset,
    ) {
        while self
            .waiting
            .front()
            .is_some_and(|row| next_of(*row) <= offset)
        {
            self.waiting.pop_front();
        }
    }
}
