//! A scenario replayed step by step.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::report::{Difference, Reason};
use crate::rocketmq::check;
use crate::rocketmq::op::Op;
use crate::rocketmq::prelude::{Body, Rules, SimDuration, SimTime, template};
use crate::rocketmq::step::Step;
use crate::rocketmq::world::ReplayWorld;
use crate::work::Work;

/// Where the clock of a replay stands at its first step: late enough for times before all messages. The broker's own
/// timers began before.
const NOW: SimTime = SimTime(40_000_000_000_000);

/// How long things take that a transcript does not time: of these, one after the other is tried.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tempo {
    /// Between two steps.
    pub(crate) step: SimDuration,
    /// How long before the first step the broker started: the phase of its timers.
    pub(crate) up: SimDuration,
}

/// What one replay came to, up to its first difference: what follows one shows nothing more.
pub(crate) struct Attempt {
    pub(crate) compared: u32,
    pub(crate) matched: u32,
    pub(crate) given: u32,
    pub(crate) skipped: BTreeMap<Reason, u32>,
    pub(crate) difference: Option<Difference>,
    /// Whether the work was used up before the last step.
    pub(crate) unfinished: bool,
}

/// What a step shows.
pub(crate) enum Seen {
    /// To be compared.
    Value(Value),
    /// Not to be compared.
    Skip(Reason),
    /// Nothing.
    Nothing,
}

/// Messages that one topic was sent, and how its times are told.
pub(crate) struct Told {
    /// Messages so far: they are numbered.
    pub(crate) sent: u64,
    /// A time in units, and the moment that it means.
    pub(crate) unit: Option<(i64, SimTime)>,
}

/// The state of one replay.
pub(crate) struct Runner<'a> {
    pub(crate) world: ReplayWorld<'a>,
    pub(crate) topics: BTreeMap<Arc<str>, Told>,
    pub(crate) body: Arc<Body>,
    /// What the replay took from the recording itself.
    pub(crate) given: u32,
    tempo: Tempo,
}

impl<'a> Runner<'a> {
    pub(crate) fn new(rules: &Rules, tempo: Tempo, work: &'a Work) -> Self {
        let started = SimTime(NOW.0 - tempo.up.0);
        Self {
            world: ReplayWorld::new(rules, started, NOW, work),
            topics: BTreeMap::new(),
            body: Arc::new(template("m{n}")),
            given: 0,
            tempo,
        }
    }

    pub(crate) fn run(mut self, steps: &[Step]) -> Attempt {
        let mut attempt = Attempt {
            compared: 0,
            matched: 0,
            given: 0,
            skipped: BTreeMap::new(),
            difference: None,
            unfinished: false,
        };
        for (at, step) in steps.iter().enumerate() {
            self.world.pass(self.tempo.step);
            let expected = step.observed.as_ref();
            let seen = self.step(&step.op, expected);
            if self.world.wire.work.is_spent() {
                attempt.unfinished = true;
                break;
            }
            let (Seen::Value(got), Some(expected)) = (&seen, expected) else {
                if let (Seen::Skip(reason), Some(_)) = (&seen, expected) {
                    *attempt.skipped.entry(*reason).or_default() += 1;
                }
                continue;
            };
            attempt.compared += 1;
            if !check::same(expected, got) {
                attempt.difference = Some(Difference {
                    step: at + 1,
                    op: step.name.clone(),
                    expected: expected.to_string(),
                    got: got.to_string(),
                });
                break;
            }
            attempt.matched += 1;
        }
        attempt.given = self.given;
        attempt
    }

    fn step(&mut self, op: &Op, expected: Option<&Value>) -> Seen {
        match op {
            Op::Topic {
                topic,
                read_queues,
                write_queues,
            } => self.topic(topic, *read_queues, *write_queues),
            Op::Send(send) => self.send(send),
            Op::SendRoundRobin { topic, count } => self.send_round_robin(topic, *count, expected),
            Op::SendByKey { topic, keys } => self.send_by_key(topic, keys),
            Op::Pull(pull) => self.pull(pull),
            Op::MinOffset(of) => Seen::Value(self.world.wire.broker.min(of).0.into()),
            Op::MaxOffset(of) => Seen::Value(self.world.wire.broker.max(of).0.into()),
            Op::SearchOffset { of, at, upper } => self.search(of, *at, *upper),
            Op::TopicStatus { topic } => self.topic_status(topic),
            Op::CreateGroup { group } => self.create_group(group),
            Op::QueryOffset(of) => Seen::Value(self.stored(of)),
            Op::UpdateOffset { of, offset } => self.update_offset(of, *offset),
            Op::AwaitOffset { of, offset, within } => self.await_offset(of, *offset, *within),
            Op::AwaitFlushed { of, offset, within } => self.await_flushed(of, *offset, *within),
            Op::ConsumerProgress { group } => self.consumer_progress(group),
            Op::ResetToTime {
                group,
                topic,
                to,
                force,
                request: false,
            } => self.reset_to_time(group, topic, *to, *force),
            Op::ResetToTime {
                group,
                topic,
                to,
                force,
                request: true,
            } => self.reset_request(group, topic, *to, *force),
            Op::ResetToOffset { of, to } => self.reset_to_offset(of, *to),
            Op::Pop { of, max, start } => self.pop(of, *max, *start),
            Op::StartMember(start) => self.start_member(start),
            Op::Received {
                member,
                count,
                within,
            } => self.received(member, *count, *within),
            Op::Finish {
                member,
                queue,
                offsets,
                ok,
            } => self.finish(member, *queue, offsets, *ok),
            Op::OwnedQueues { within } => self.owned_queues(*within),
            Op::EndMember { member, kill } => self.end_member(member, *kill),
            Op::Sleep(time) => {
                self.world.pass(*time);
                Seen::Nothing
            }
            Op::RollCommitLog => self.roll_commit_log(),
            Op::ExpireCommitLog => self.expire_commit_log(),
            Op::ConfigureBroker { key, value } => self.configure_broker(key, value),
            Op::Broker { kill, stop, start } => self.broker(*kill, *stop, *start),
            Op::Other => Seen::Skip(Reason::NotRecorded),
        }
    }
}
