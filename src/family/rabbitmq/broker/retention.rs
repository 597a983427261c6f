//! When retention runs: after the batch that rolled a segment, when its settings change, and hourly
//! for age limits. What it deletes is the log's to say.
//!
//! From `osiris_log.erl`: `trigger_retention_eval`, `update_retention`; `osiris_retention.erl`.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effect::{Change, Effect};
use super::request::PolicyLimits;
use super::server::Broker;
use super::writer::Stream;
use crate::base::SmallSet;
use crate::family::rabbitmq::log::{Retention, Segment};
use crate::units::{SimDuration, SimTime};

/// How often age limits are evaluated without a roll (osiris `retention_eval_interval`).
const EVALUATION_INTERVAL: SimDuration = SimDuration::from_secs(3_600);

impl Broker {
    /// A policy for the stream of this name, now or when it is created, or none any more. Each limit that it says
    /// replaces the stream's own; retention is evaluated at once (`rabbit_stream_queue.erl:policy_changed`).
    pub fn set_policy(
        &mut self,
        now: SimTime,
        name: &Arc<str>,
        policy: Option<PolicyLimits>,
        out: &mut Vec<Effect>,
    ) {
        match policy {
            Some(policy) => drop(self.policies.insert(name.clone(), policy)),
            None => drop(self.policies.remove(name)),
        }
        let stream = self.key(name).and_then(|key| self.streams.get_mut(&key));
        if let Some(stream) = stream {
            stream.keep_to(policy);
            stream.retention_due = true;
            self.retention(now, name, out);
        }
    }

    /// The policy for the stream of this name.
    #[must_use]
    pub fn policy(&self, name: &str) -> Option<PolicyLimits> {
        self.policies.get(name).copied()
    }

    /// Runs a stream's retention if it is due: scheduled by a roll, by changed settings, or by the
    /// hour. Readers inside a deleted segment read it to its end.
    pub fn retention(&mut self, now: SimTime, stream: &str, out: &mut Vec<Effect>) {
        let Some(key) = self.key(stream) else {
            return;
        };
        let Some(stream) = self.streams.get_mut(&key) else {
            return;
        };
        let hour = stream.next_evaluation.is_some_and(|at| at <= now);
        if !stream.retention_due && !hour {
            return;
        }
        stream.retention_due = false;
        let removed = stream.log.retain(stream.retention, now).segments;
        stream.retain_replicas(&removed);
        stream.first_counter = stream.log.first();
        let by_age = stream.retention.max_age.is_some() && self.rules.hourly_retention;
        let next = Some(now.after(EVALUATION_INTERVAL))
            .filter(|_| by_age && stream.log.segments().len() > 1);
        let before = core::mem::replace(&mut stream.next_evaluation, next);
        before.map(|at| self.evaluations.remove(&(at, key)));
        next.map(|at| self.evaluations.insert((at, key)));
        if removed.is_empty() {
            return;
        }
        out.push(Effect::Changed {
            stream: stream.name.clone(),
            change: Change::Truncated {
                segments: u32::try_from(removed.len()).unwrap_or(u32::MAX),
                chunks: removed.iter().map(Segment::len).sum(),
                first: stream.log.first(),
            },
        });
        for (_, connection) in self.connections.iter_mut() {
            for subscription in connection.subscriptions.values_mut() {
                if subscription.stream == key {
                    subscription.overtaken(&removed);
                }
            }
        }
    }

    /// When the next hourly evaluation is due; it never keeps a run going.
    #[must_use]
    pub fn next_housekeeping(&self) -> Option<SimTime> {
        self.evaluations.first().map(|(at, _)| *at)
    }

    /// The streams whose hourly evaluation is due by `now`.
    #[must_use]
    pub fn housekeeping_due(&self, now: SimTime) -> Vec<Arc<str>> {
        let due = self.evaluations.iter().take_while(|(at, _)| *at <= now);
        let due: SmallSet<u32> = due.map(|(_, key)| *key).collect();
        let streams = due.iter().filter_map(|key| self.streams.get(key));
        streams.map(|stream| stream.name.clone()).collect()
    }
}

impl Stream {
    /// Its limits are those of a policy, and its own where the policy says none.
    pub(super) fn keep_to(&mut self, policy: Option<PolicyLimits>) {
        let PolicyLimits {
            max_length,
            max_age,
        } = policy.unwrap_or_default();
        self.retention = Retention {
            max_bytes: max_length.or(self.arguments.max_length),
            max_age: max_age.or(self.arguments.max_age),
        };
    }
}
