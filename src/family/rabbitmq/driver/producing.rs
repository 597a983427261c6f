//! Statements about producers: declare, publish, resend. Moves no time.

use alloc::sync::Arc;

use super::Driver;
use super::script::RunStart;
use crate::engine::Host;
use crate::family::rabbitmq::client::producer::Pace;
use crate::family::rabbitmq::client::requests::ProgramNames;
use crate::family::rabbitmq::client::{ProducerProgram, Program};
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::log::{Encoding, MessageRun};
use crate::family::rabbitmq::message::PublishFrames;
use crate::family::rabbitmq::settings::ProducerSettings;
use crate::family::rabbitmq::statements::{ProducerStatement, PublishStatement};
use crate::ids::{ActorId, EventId, PublishingId};
use crate::trace::event::Idle;
use crate::units::SimDuration;

impl Driver {
    pub(super) fn declare(&mut self, host: &mut Host, s: &ProducerStatement) {
        let settings = Arc::new(ProducerSettings {
            stream: s.stream,
            reference: s.reference.clone(),
            client: s.client,
        });
        if self.processes[s.producer.index()].runs() {
            return host.ignore(Some(s.producer), Idle::AlreadyRunning);
        }
        self.start_producer(host, s.producer, settings, None);
    }

    pub(super) fn start_producer(
        &mut self,
        host: &mut Host,
        id: ActorId,
        settings: Arc<ProducerSettings>,
        cause: Option<EventId>,
    ) {
        let names = ProgramNames {
            stream: self.streams.name(settings.stream),
            reference: settings.reference.clone(),
            group: None,
            filter: None,
            single_active: false,
        };
        let what = StreamEvent::ProducerStarted {
            producer: id,
            settings: settings.clone(),
        };
        let start = RunStart {
            stream: settings.stream,
            names,
            what,
            cause,
        };
        self.begin(host, id, start);
        let process = &mut self.processes[id.index()];
        let fresh = || Program::Producer(ProducerProgram::new(settings.clone()));
        if let Program::Producer(p) = process.program.get_or_insert_with(fresh) {
            p.start(settings);
        }
        self.connect(host, id);
    }

    pub(super) fn publish(&mut self, host: &mut Host, s: &PublishStatement) {
        let now = host.now();
        let sub_batch = s.sub_batch.unwrap_or(1).max(1);
        let body = Arc::new(crate::message::template(&s.body));
        let encoding = match s.size {
            Some(size) => Encoding::Padded(u32::try_from(size.0).unwrap_or(u32::MAX)),
            None => Encoding::Amqp,
        };
        let pace = match (s.one_by_one, s.every) {
            (false, None) => Pace::AtOnce,
            (true, None) => Pace::OneByOne,
            (false, Some(gap)) => Pace::Every(gap),
            (true, Some(gap)) => Pace::OneByOneEvery(gap),
        };
        let producer = s.producer;
        let Some(p) = self.running_producer(host, producer) else {
            return;
        };
        let run = MessageRun {
            producer,
            body,
            encoding,
            first_index: 0,
            first_count: p.next_count(),
            first_id: PublishingId(p.next_id()),
            count: s.count,
            sub_batch,
            filter: s.filter.clone(),
        };
        let frame = match (s.frame, pace) {
            (Some(messages), _) => u64::from(messages.div_ceil(sub_batch).max(1)),
            (None, Pace::AtOnce) => run.entries().max(1),
            (None, Pace::OneByOne | Pace::Every(_) | Pace::OneByOneEvery(_)) => 1,
        };
        let frames = PublishFrames {
            run,
            entries_per_frame: frame,
        };
        let parts = p.divide(frames, s.first_id);
        for part in &parts {
            p.publish(part.clone(), pace, now);
        }
        for part in parts {
            let event = host.emit(None, handed(producer, &part.frames));
            self.processes[producer.index()].cause = Some(event);
        }
        self.speak_at_once(host, producer);
    }

    pub(super) fn resend(&mut self, host: &mut Host, id: ActorId) {
        if let Some(producer) = self.running_producer(host, id) {
            producer.resend();
            self.speak_at_once(host, id);
        }
    }

    /// A producer that has a run; without one the statement has no effect.
    fn running_producer(&mut self, host: &mut Host, id: ActorId) -> Option<&mut ProducerProgram> {
        if !self.processes[id.index()].runs() {
            host.ignore(Some(id), Idle::NotRunning);
            return None;
        }
        let process = &mut self.processes[id.index()];
        process.cause = None;
        process.producer()
    }
}

fn handed(producer: ActorId, frames: &PublishFrames) -> StreamEvent {
    StreamEvent::Handed {
        producer,
        first_id: frames.run.first_id,
        ids: frames.ids(),
        count: frames.run.count,
        stride: SimDuration::ZERO,
    }
}
