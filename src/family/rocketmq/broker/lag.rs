//! How far behind a group is: as the broker tells the command-line tool, and as its metrics count.
//!
//! From `AdminBrokerProcessor.java:getConsumeStats, getTopicStatsInfo`, `ConsumerLagCalculator.java`.

use alloc::vec::Vec;

use super::effect::{Answer, Code};
use super::group::Group;
use super::request::QueueName;
use super::server::Broker;
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
    /// Behind the last message that was handed out, and not below the offset (5.x).
    pub pulled: Offset,
    /// When the message before the group's offset was stored, if it is still there.
    pub last: Option<SimTime>,
}

impl ConsumeRow {
    /// How far behind: below 0 where the offset is above the maximum.
    #[must_use]
    pub const fn diff(&self) -> i64 {
        self.broker.0 as i64 - self.consumer.0 as i64
    }

    /// What is handed out and not committed.
    #[must_use]
    pub const fn inflight(&self) -> u64 {
        self.pulled.0.saturating_sub(self.consumer.0)
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

impl Broker {
    /// What a group has consumed: of each topic on which it has an entry and, while members are online, that they read,
    /// every queue, by topic and queue.
    #[must_use]
    pub fn consume_stats(&self, group: &str) -> Vec<ConsumeRow> {
        let Some(group) = self.groups.get(group) else {
            return Vec::new();
        };
        let queues = self.queues_of(group).into_iter();
        queues.map(|of| self.consume_row(group, of)).collect()
    }

    fn queues_of(&self, group: &Group) -> Vec<QueueName> {
        let mut queues = Vec::new();
        for topic in group.topics() {
            // Every member of a group that shares queues reads its retry topic too.
            let subscribed = topic.starts_with("%RETRY%")
                || group.members.is_empty()
                || group
                    .members
                    .iter()
                    .any(|member| member.topics.contains(&topic));
            let numbers = self.topics.get(&topic).filter(|_| subscribed);
            let read = numbers.map_or(0, |numbers| numbers.read_queues);
            queues.extend((0..read).map(|queue| QueueName {
                topic: topic.clone(),
                queue,
            }));
        }
        queues
    }

    fn consume_row(&self, group: &Group, of: QueueName) -> ConsumeRow {
        let consumer = group.offset(&of).unwrap_or_default();
        let pulled = group.pulled.get(&of).copied().unwrap_or_default();
        let last = consumer.0.checked_sub(1);
        ConsumeRow {
            broker: self.max(&of),
            consumer,
            pulled: pulled.max(consumer),
            last: last.and_then(|last| self.stored_at(&of, Offset(last))),
            of,
        }
    }

    pub(super) fn topic_stats(&self, topic: &str) -> Answer {
        let Some(numbers) = self.topics.get(topic) else {
            return Answer::Refused(Code::TopicNotExist);
        };
        let row = |queue| {
            let of = QueueName {
                topic: topic.into(),
                queue,
            };
            let max = self.max(&of);
            let last = max.0.checked_sub(1);
            TopicRow {
                queue,
                min: self.min(&of),
                max,
                last: last.and_then(|last| self.stored_at(&of, Offset(last))),
            }
        };
        Answer::TopicStats((0..numbers.write_queues).map(row).collect())
    }

    /// How far behind a group is as the metrics count: a queue without an offset is not behind.
    #[must_use]
    pub fn metrics_lag(&self, group: &str) -> Vec<MetricsLag> {
        let Some(group) = self.groups.get(group) else {
            return Vec::new();
        };
        let row = |of: QueueName| {
            let max = self.max(&of);
            let stored = group.offset(&of).unwrap_or(max);
            let pulled = group.pulled.get(&of).copied().unwrap_or(stored).max(stored);
            let popped = group.popped.iter().filter(|it| it.of == of);
            let open: u64 = popped.map(|checkpoint| checkpoint.open.len()).sum();
            MetricsLag {
                lag: max.0 as i64 - stored.0 as i64 + open as i64,
                inflight: pulled.0 - stored.0 + open,
                available: max.0.saturating_sub(pulled.0),
                of,
            }
        };
        self.queues_of(group).into_iter().map(row).collect()
    }
}
