//! Rows in which a broker tells what groups have consumed and what topics hold.

use super::request::QueueName;
use crate::ids::Offset;
use crate::units::SimTime;

/// What a group has consumed of a queue, as the broker tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsumeRow {
    /// The queue.
    pub of: QueueName,
    /// The queue's maximum.
    pub broker: Offset,
    /// The group's offset; 0 where it has none.
    pub consumer: Offset,
    /// Messages handed out and not committed (5.x).
    pub inflight: Option<u64>,
    /// When the message before the group's offset was stored, if it is still there.
    pub last: Option<SimTime>,
}

impl ConsumeRow {
    /// How far behind: below 0 where the offset is above the maximum.
    #[must_use]
    pub const fn diff(&self) -> i64 {
        self.broker.0 as i64 - self.consumer.0 as i64
    }
}

/// A queue of a topic, as the broker tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicRow {
    /// Its number.
    pub queue: u32,
    /// Its minimum.
    pub min: Offset,
    /// Its maximum.
    pub max: Offset,
    /// When its last message was stored, if that is still there.
    pub last: Option<SimTime>,
}

/// How far behind a group is on a queue, as the metrics of 5.x count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricsLag {
    /// The queue.
    pub of: QueueName,
    /// Messages that are not consumed (`rocketmq_consumer_lag_messages`): none where the group has no offset; with those
    /// that POPs gave and nobody acknowledged.
    pub lag: i64,
    /// Messages handed out and not committed (`rocketmq_consumer_inflight_messages`).
    pub inflight: u64,
    /// Messages that are not handed out yet (`rocketmq_consumer_ready_messages`).
    pub available: u64,
}
