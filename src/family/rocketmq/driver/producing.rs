//! Statements about producers: starting them, publishing. Moves no time.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::Driver;
use crate::engine::Host;
use crate::family::rocketmq::client::{ProducerProgram, Program, hash};
use crate::family::rocketmq::event::QueueEvent;
use crate::family::rocketmq::message::Sends;
use crate::family::rocketmq::settings::ProducerSettings;
use crate::family::rocketmq::statements::PublishStatement;
use crate::family::rocketmq::store::{MessageRun, Spread};
use crate::ids::{ActorId, PublishingId, SetId};
use crate::message::{Body, template};
use crate::trace::event::Idle;
use crate::units::SimDuration;

impl Driver {
    pub(super) fn producer(&mut self, host: &mut Host, id: ActorId, topic: SetId) {
        if self.processes[id.index()].runs() {
            return host.ignore(Some(id), Idle::AlreadyRunning);
        }
        let write = self.broker.topic(&self.names.topic(topic));
        let write = write.map_or(0, |topic| topic.write_queues);
        let logs = &host.scenario().sets[topic.index()].logs;
        let settings = Arc::new(ProducerSettings {
            topic,
            queues: logs.iter().take(write as usize).copied().collect(),
        });
        self.start_producer(host, id, settings);
    }

    pub(super) fn start_producer(
        &mut self,
        host: &mut Host,
        id: ActorId,
        settings: Arc<ProducerSettings>,
    ) {
        let started = QueueEvent::ProducerStarted {
            producer: id,
            settings: settings.clone(),
        };
        let now = host.now();
        self.begin(host, id, started);
        let process = &mut self.processes[id.index()];
        let fresh = || Program::Producer(ProducerProgram::new(settings.clone()));
        if let Program::Producer(producer) = process.program.get_or_insert_with(fresh) {
            producer.start(settings, now);
        }
        self.connect(host, id);
    }

    pub(super) fn publish(&mut self, host: &mut Host, said: &PublishStatement) {
        let (id, now) = (said.producer, host.now());
        let Some(settings) = self.producer_settings(id).filter(|_| self.runs(id)) else {
            return host.ignore(Some(id), Idle::NotRunning);
        };
        let topic = self.broker.topic(&self.names.topic(settings.topic));
        let queues = topic.map_or(1, |topic| topic.write_queues).max(1);
        let process = &mut self.processes[id.index()];
        process.cause = None;
        let Some(producer) = process.producer() else {
            return;
        };
        let first = producer.next_count();
        let run = MessageRun {
            producer: id,
            body: Arc::new(template(&said.body)),
            padded: said
                .size
                .map_or(0, |size| u32::try_from(size.0).unwrap_or(u32::MAX)),
            key: said.key.as_deref().map(|key| Arc::new(template(key))),
            tag: said.tag.clone(),
            first_index: 0,
            first_count: first,
            step: 1,
            count: said.count,
            attempt: 0,
        };
        let level = said.delay.unwrap_or(0);
        let parts = match (said.queue, run.key.clone()) {
            (Some(queue), _) => Vec::from([sends(run, Spread::Queue(queue), level)]),
            (None, Some(key)) => by_key(&run, &key, queues, level),
            (None, None) => {
                let first = producer.round(queues, said.count);
                let spread = Spread::RoundRobin { first, queues };
                Vec::from([sends(run, spread, level)])
            }
        };
        producer.publish(parts, said.every, now);
        let event = host.emit(
            None,
            QueueEvent::Handed {
                producer: id,
                first,
                count: said.count,
                stride: SimDuration::ZERO,
            },
        );
        self.processes[id.index()].cause = Some(event);
        self.speak_at_once(host, id);
    }
}

const fn sends(messages: MessageRun, spread: Spread, level: u8) -> Sends {
    Sends {
        messages,
        spread,
        level,
    }
}

/// Messages by the queues of their keys: neighbours with the same queue stay together.
fn by_key(run: &MessageRun, key: &Body, queues: u32, level: u8) -> Vec<Sends> {
    let queue_of = |k: u64| {
        let (index, count) = run.numbers(k);
        let key = key.render(index, count, PublishingId(count));
        hash::queue_of(hash::java_string(&key), queues)
    };
    let differ = key.parts.iter().any(|part| match part {
        crate::message::BodyPart::Literal(_) => false,
        crate::message::BodyPart::Index
        | crate::message::BodyPart::Count
        | crate::message::BodyPart::Id => true,
    });
    if !differ {
        let queue = Spread::Queue(queue_of(0));
        return Vec::from([sends(run.clone(), queue, level)]);
    }
    let mut parts: Vec<(u64, u64, u32)> = Vec::new();
    for k in 0..run.count {
        let queue = queue_of(k);
        match parts.last_mut() {
            Some((_, count, same)) if *same == queue => *count += 1,
            _ => parts.push((k, 1, queue)),
        }
    }
    let part =
        |(first, count, queue)| sends(run.part(first, 1, count), Spread::Queue(queue), level);
    parts.into_iter().map(part).collect()
}
