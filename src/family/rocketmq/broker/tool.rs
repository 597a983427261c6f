//! What `mqadmin` does with the broker's requests, and what it says of the answers. The tool has the broker's version.
//!
//! From `ResetOffsetByTimeCommand.java`, `ConsumerProgressSubCommand.java`, `DefaultMQAdminExtImpl.java`.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effect::{Effect, Response, ResponseCode};
use super::request::{QueueName, Request, ResetTime, ResetToTime, SharingMode, Token};
use super::rows::ConsumeRow;
use super::sending::retry_topic;
use super::server::Broker;
use crate::ids::{ConnectionId, Offset};
use crate::units::SimTime;

/// The time of `resetOffsetByTime -s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A moment.
    At(SimTime),
    /// `now`
    Now,
    /// `-1`: behind everything.
    End,
}

/// What the tool did on one queue itself, since no member was online (before 5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rollback {
    /// The queue.
    pub queue: u32,
    /// Its maximum.
    pub broker: Offset,
    /// The group's offset before.
    pub consumer: Offset,
    /// What the time means.
    pub timestamp: Offset,
    /// What is stored now.
    pub reset: Offset,
}

/// What `resetOffsetByTime` came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResetSaid {
    /// The broker did it: queue and offset.
    Done(Vec<(u32, Offset)>),
    /// The tool wrote the offsets itself.
    Rollback(Vec<Rollback>),
    /// The tool prints its line and asks for nothing: of offsets that are not above 0.
    Nothing,
    /// It was refused.
    Refused(ResponseCode),
}

/// Who asks, and the mark on what is asked.
#[derive(Clone, Copy, Debug)]
pub struct Asking {
    /// The moment.
    pub now: SimTime,
    /// The tool's connection.
    pub from: ConnectionId,
    /// The mark.
    pub token: Token,
}

/// `mqadmin resetOffsetByTime -g GROUP -t TOPIC -s WHEN -f FORCE`. Answers to the tool are taken out of `out`.
pub fn reset_by_time(
    broker: &mut Broker,
    asking: Asking,
    (group, topic): (&Arc<str>, &Arc<str>),
    (when, force): (When, bool),
    out: &mut Vec<Effect>,
) -> ResetSaid {
    let to = match when {
        When::At(at) => ResetTime::At(at),
        When::Now if broker.rules().now_is_the_end => ResetTime::Max,
        When::Now => ResetTime::At(asking.now),
        When::End => ResetTime::Max,
    };
    let request = Request::ResetToTime(ResetToTime {
        group: group.clone(),
        topic: topic.clone(),
        to,
        force,
    });
    match said(&ask(broker, asking, request, out)) {
        ResetSaid::Refused(ResponseCode::ConsumerNotOnline) => {
            roll_back(broker, asking, (group, topic), (to, force), out)
        }
        said @ (ResetSaid::Done(_)
        | ResetSaid::Rollback(_)
        | ResetSaid::Nothing
        | ResetSaid::Refused(_)) => said,
    }
}

/// What the broker's answer to a reset means.
fn said(response: &Response) -> ResetSaid {
    let parts = response.parts();
    match parts.reset {
        Some(offsets) => ResetSaid::Done(offsets.to_vec()),
        None => ResetSaid::Refused(parts.refusal.unwrap_or(ResponseCode::SystemError)),
    }
}

/// Nobody is online: the tool of 4.x looks the times up and commits them itself.
fn roll_back(
    broker: &mut Broker,
    asking: Asking,
    (group, topic): (&Arc<str>, &Arc<str>),
    (to, force): (ResetTime, bool),
    out: &mut Vec<Effect>,
) -> ResetSaid {
    let rows = broker.consume_stats(group);
    let mut done = Vec::new();
    for row in rows.into_iter().filter(|row| row.of.topic == *topic) {
        let timestamp = broker.reset_target(&row.of, to);
        let queue = row.of.queue;
        let mut reset = row.consumer;
        if force || timestamp <= row.consumer {
            reset = timestamp;
            let request = Request::UpdateOffset {
                group: group.clone(),
                of: row.of,
                offset: i64::try_from(timestamp.0).unwrap_or(i64::MAX),
            };
            ask(broker, asking, request, out);
        }
        done.push(Rollback {
            queue,
            broker: row.broker,
            consumer: row.consumer,
            timestamp,
            reset,
        });
    }
    ResetSaid::Rollback(done)
}

/// `mqadmin resetOffsetByTime -b BROKER -q QUEUE -o OFFSET` (5.2).
pub fn reset_by_offset(
    broker: &mut Broker,
    asking: Asking,
    (group, of, offset): (&Arc<str>, &QueueName, i64),
    out: &mut Vec<Effect>,
) -> ResetSaid {
    if offset <= 0 {
        return ResetSaid::Nothing;
    }
    reset_queue(broker, asking, (group, of, offset), out)
}

/// The same by the call of the admin client (`resetOffsetByQueueId`), which takes 0 as well.
pub fn reset_queue(
    broker: &mut Broker,
    asking: Asking,
    (group, of, offset): (&Arc<str>, &QueueName, i64),
    out: &mut Vec<Effect>,
) -> ResetSaid {
    let request = Request::ResetToOffset {
        group: group.clone(),
        of: of.clone(),
        offset,
    };
    said(&ask(broker, asking, request, out))
}

/// `mqadmin consumerProgress -g GROUP`: its rows, or the code with which it fails.
///
/// # Errors
/// A group without a retry topic is an unknown topic to the tool; one without offsets has nobody online.
pub fn consumer_progress(broker: &Broker, group: &str) -> Result<Vec<ConsumeRow>, ResponseCode> {
    if broker.topic(&retry_topic(group)).is_none() {
        return Err(ResponseCode::TopicNotExist);
    }
    let rows = broker.consume_stats(group);
    if !rows.is_empty() {
        return Ok(rows);
    }
    let broadcasts = broker.group(group).is_some_and(|group| {
        group.mode == SharingMode::Broadcasting && !group.members().is_empty()
    });
    Err(if broadcasts && broker.rules().broadcasting_is_told {
        ResponseCode::Broadcasting
    } else {
        ResponseCode::ConsumerNotOnline
    })
}

/// Asks, and takes the answer out of the effects.
fn ask(broker: &mut Broker, asking: Asking, request: Request, out: &mut Vec<Effect>) -> Response {
    let before = out.len();
    broker.request(asking.now, asking.from, asking.token, request, out);
    let answers = |effect: &Effect| matches!(effect, Effect::Response { to, token, .. } if *to == asking.from && *token == asking.token);
    match out[before..].iter().position(answers) {
        Some(at) => match out.remove(before + at) {
            Effect::Response { response, .. } => response,
            Effect::Notice { .. } | Effect::Changed(_) => Response::Ok,
        },
        None => Response::Ok,
    }
}
