//! Sends, and messages that come back: a copy goes to the group's retry topic, later with each attempt, and in the end to
//! its dead letters.
//!
//! From `SendMessageProcessor.java`, `AbstractSendMessageProcessor.java:consumerSendMsgBack`.

use alloc::format;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effect::{Change, Effect, Response, ResponseCode, Sent};
use super::levels::{LEVELS, SCHEDULE_TOPIC};
use super::request::{QueueName, SendBack, Token};
use super::server::Broker;
use crate::family::rocketmq::store::cleaner::DISK_FULL_PERCENT;
use crate::family::rocketmq::store::{Append, Destination, MessageRun, Spread};
use crate::units::SimTime;

/// The delay level of a first retry (10 s); each further attempt takes the next one.
const FIRST_RETRY_LEVEL: u8 = 3;

/// The topic of copies of a group's failed messages.
#[must_use]
pub fn retry_topic(group: &str) -> Arc<str> {
    format!("%RETRY%{group}").into()
}

/// The topic of messages that a group has given up.
#[must_use]
pub fn dead_letter_topic(group: &str) -> Arc<str> {
    format!("%DLQ%{group}").into()
}

impl Broker {
    pub(super) fn send(
        &mut self,
        now: SimTime,
        token: Token,
        (topic, spread, messages, level): (Arc<str>, Spread, MessageRun, u8),
        out: &mut Vec<Effect>,
    ) -> Response {
        let Some(numbers) = self.topics.get(&topic) else {
            return Response::Refused(ResponseCode::TopicNotExist);
        };
        let queues = numbers.write_queues.max(numbers.read_queues);
        let highest = spread.shares(messages.count).map(|share| share.queue).max();
        if highest.is_none_or(|highest| highest >= queues) {
            return Response::Refused(ResponseCode::SystemError);
        }
        if self.settings.disk_percent > DISK_FULL_PERCENT {
            return Response::Refused(ResponseCode::ServiceNotAvailable);
        }
        if !self.store.log().takes(&topic, &messages) {
            return Response::Refused(ResponseCode::MessageIllegal);
        }
        if level == 0 {
            let append = Append {
                topic,
                spread,
                run: messages,
                bound_for: None,
            };
            return Response::Sent(self.append(now, Some(token), &append, out));
        }
        let mut sent = Vec::new();
        for share in spread.shares(messages.count) {
            let run = messages.part(share.first, share.step, share.count);
            let place = Destination {
                topic: topic.clone(),
                queue: share.queue,
            };
            sent.extend(self.append_delayed(now, Some(token), (place, run, level), out));
        }
        Response::Sent(sent)
    }

    /// Appends to the commit log; readers see it a moment later.
    pub(super) fn append(
        &mut self,
        now: SimTime,
        token: Option<Token>,
        append: &Append,
        out: &mut Vec<Effect>,
    ) -> Vec<Sent> {
        let before = self.store.log().extents().len();
        let assigned = self.store.append(now, append);
        self.appended_at.get_or_insert(now);
        let extents = self.store.log().extents();
        for extent in extents.range(before..extents.len()) {
            let extent = Arc::clone(extent);
            out.push(Effect::Changed(Change::Appended { extent, token }));
        }
        let sent = assigned.into_iter().map(|assigned| Sent {
            queue: assigned.queue,
            first: assigned.first,
            count: assigned.count,
        });
        sent.collect()
    }

    /// Appends messages that go to their queue when the delay of a level is over.
    pub(super) fn append_delayed(
        &mut self,
        now: SimTime,
        token: Option<Token>,
        (place, run, level): (Destination, MessageRun, u8),
        out: &mut Vec<Effect>,
    ) -> Vec<Sent> {
        let level = level.clamp(1, LEVELS.len() as u8);
        let append = Append {
            topic: SCHEDULE_TOPIC.into(),
            spread: Spread::Queue(u32::from(level - 1)),
            run,
            bound_for: Some(place),
        };
        self.append(now, token, &append, out)
    }

    pub(super) fn send_back(
        &mut self,
        now: SimTime,
        token: Token,
        back: &SendBack,
        out: &mut Vec<Effect>,
    ) -> Response {
        self.known_group(&back.group, out);
        let retry = retry_topic(&back.group);
        self.own_topic(&retry, out);
        let last = back.offset.saturating_add(back.count.saturating_sub(1));
        if back.count == 0
            || !(back.or_copies || self.is_there(&back.of, back.offset))
            || self
                .queue(&back.of)
                .is_none_or(|queue| queue.max().0 <= last)
        {
            return Response::Refused(ResponseCode::SystemError);
        }
        if self.settings.disk_percent > DISK_FULL_PERCENT {
            return Response::Refused(ResponseCode::ServiceNotAvailable);
        }
        for run in self.pieces(&back.of, back.offset, back.count) {
            let attempt = run.attempt;
            let copy = MessageRun {
                attempt: attempt.saturating_add(1),
                ..run
            };
            if attempt >= back.max_attempts {
                let dead = dead_letter_topic(&back.group);
                self.own_topic(&dead, out);
                let append = Append {
                    topic: dead,
                    spread: Spread::Queue(0),
                    run: copy,
                    bound_for: None,
                };
                self.append(now, Some(token), &append, out);
                continue;
            }
            let own = u8::try_from(attempt).unwrap_or(u8::MAX);
            let level = match back.level {
                0 => FIRST_RETRY_LEVEL.saturating_add(own),
                level => level,
            };
            let place = Destination {
                topic: retry.clone(),
                queue: 0,
            };
            self.append_delayed(now, Some(token), (place, copy, level), out);
        }
        Response::Ok
    }

    /// Messages of a queue, as runs.
    fn pieces(&self, of: &QueueName, offset: u64, count: u64) -> Vec<MessageRun> {
        let (mut at, end) = (offset, offset.saturating_add(count));
        let mut pieces = Vec::new();
        while at < end {
            let Some(run) = self.queue(of).and_then(|queue| queue.run_of(at)) else {
                break;
            };
            let count = run.end().min(end) - at;
            pieces.push(run.extent.run.part(run.place_of(at), run.step, count));
            at += count;
        }
        pieces
    }

    /// Appends copies of messages of a queue to another, each with one attempt more.
    pub(super) fn append_copies(
        &mut self,
        now: SimTime,
        of: &QueueName,
        (offset, count): (u64, u64),
        (topic, queue): (&Arc<str>, u32),
        out: &mut Vec<Effect>,
    ) {
        for run in self.pieces(of, offset, count) {
            let append = Append {
                topic: topic.clone(),
                spread: Spread::Queue(queue),
                run: MessageRun {
                    attempt: run.attempt.saturating_add(1),
                    ..run
                },
                bound_for: None,
            };
            self.append(now, None, &append, out);
        }
    }
}
