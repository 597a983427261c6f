//! What the broker names by texts, and the scenario by ids: queues and groups.

use alloc::format;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::base::LargeMap;
use crate::base::rsplit_once;
use crate::family::rocketmq::broker::{QueueName, pop_retry_topic};
use crate::ids::{ActorId, LogId};
use crate::language::Scenario;

/// All names of a scenario.
#[derive(Clone, Debug, Default)]
pub(super) struct ScenarioNames {
    /// By [`LogId`].
    queues: Vec<QueueName>,
    ids: LargeMap<QueueName, LogId>,
    programs: LargeMap<Arc<str>, ActorId>,
    topics: Vec<Arc<str>>,
    /// By [`ActorId`].
    actors: Vec<Arc<str>>,
}

impl ScenarioNames {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let mut names = Self::default();
        names.adopt(scenario);
        names
    }

    /// Takes the names of another scenario.
    pub(super) fn adopt(&mut self, scenario: &Scenario) {
        self.queues = scenario
            .streams
            .iter()
            .map(|name| queue_name(name))
            .collect();
        let named = self.queues.iter().cloned().zip(0..);
        self.ids = named.map(|(name, id)| (name, LogId(id))).collect();
        let programs = scenario.actors.iter().zip(0..);
        self.programs = programs
            .map(|(actor, id)| (actor.name.clone(), ActorId(id)))
            .collect();
        self.actors = scenario
            .actors
            .iter()
            .map(|actor| actor.name.clone())
            .collect();
        self.topics = scenario.sets.iter().map(|set| set.name.clone()).collect();
        // A POP group has a topic of its own for the retries of each topic that it reads.
        for actor in &scenario.actors {
            let topic: Arc<str> = format!("%RETRY%{}", actor.name).into();
            let Some(retry) = self.ids.get(&QueueName { topic, queue: 0 }).copied() else {
                continue;
            };
            for topic in &self.topics {
                let topic = pop_retry_topic(&actor.name, topic);
                self.ids.insert(QueueName { topic, queue: 0 }, retry);
            }
        }
    }

    /// A queue as the broker names it.
    pub(super) fn queue(&self, id: LogId) -> QueueName {
        self.queues[id.index()].clone()
    }

    /// The queue of this name, if the scenario has it.
    pub(super) fn id(&self, name: &QueueName) -> Option<LogId> {
        self.ids.get(name).copied()
    }

    /// The program or group of this name.
    pub(super) fn program(&self, name: &str) -> Option<ActorId> {
        self.programs.get(name).copied()
    }

    /// The name of a program or group.
    pub(super) fn name(&self, id: ActorId) -> Arc<str> {
        self.actors[id.index()].clone()
    }

    /// The name of a topic.
    pub(super) fn topic(&self, id: crate::ids::SetId) -> Arc<str> {
        self.topics[id.index()].clone()
    }
}

/// `orders.q0` is queue 0 of the topic `orders`.
fn queue_name(name: &str) -> QueueName {
    let (topic, queue) = rsplit_once(name, ".q").unwrap_or((name, "0"));
    QueueName {
        topic: topic.into(),
        queue: queue.parse().unwrap_or(0),
    }
}
