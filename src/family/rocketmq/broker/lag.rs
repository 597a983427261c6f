//! How far behind a group is: as the broker tells the command-line tool, and as its metrics count.
//!
//! From `AdminBrokerProcessor.java:getConsumeStats, getTopicStatsInfo`, `ConsumerLagCalculator.java`.

use alloc::vec::Vec;

use super::effect::{Response, ResponseCode};
use super::group::Group;
use super::request::QueueName;
use super::rows::{ConsumeRow, MetricsLag, TopicRow};
use super::server::Broker;
use crate::ids::Offset;

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
            inflight: self
                .rules
                .inflight_is_told
                .then(|| pulled.0.saturating_sub(consumer.0)),
            last: last.and_then(|last| self.stored_at(&of, Offset(last))),
            of,
        }
    }

    pub(super) fn topic_stats(&self, topic: &str) -> Response {
        let Some(numbers) = self.topics.get(topic) else {
            return Response::Refused(ResponseCode::TopicNotExist);
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
        Response::TopicStats((0..numbers.write_queues).map(row).collect())
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
