//! The script as an actor: what each statement does at the moment it is reached. Moves no time.

use alloc::sync::Arc;

use super::actor::Program;
use super::sim::Sim;
use crate::base::IdSet;
use crate::family::rabbitmq::broker::{Request, Response, ResponseCode, StreamArguments};
use crate::family::rabbitmq::client::wire::Names;
use crate::family::rabbitmq::client::{ConsumerProgram, profile};
use crate::family::rabbitmq::log::OffsetSpec;
use crate::family::rabbitmq::settings::ConsumerSettings;
use crate::ids::Offset;
use crate::ids::{ActorId, StreamId};
use crate::scenario::ast::{
    ConsumerStatement, LinkStatement, Naming, Policy, Spec, StatementKind, StreamStatement,
};
use crate::trace::event::{Idle, What};
use crate::trace::frame::Fault;

impl Sim {
    /// Does what a statement says; statements about time and checks do nothing here.
    pub(super) fn act(&mut self, statement: &StatementKind) {
        match statement {
            StatementKind::Stream(s) => self.create(s),
            StatementKind::Delete(stream) => self.delete(*stream),
            StatementKind::Producer(s) => self.declare(s),
            StatementKind::Publish(s) => self.publish(s),
            StatementKind::Resend(id) => self.resend(*id),
            StatementKind::Close(id) | StatementKind::Stop(id) => self.stop(*id),
            StatementKind::Consumer(s) => self.consume(s),
            StatementKind::Restart(id) => self.restart(*id),
            StatementKind::Crash(id) => self.crash(*id),
            StatementKind::Pause(id) => self.pause(*id),
            StatementKind::Resume(id) => self.resume(*id),
            StatementKind::Store { consumer, offset } => {
                let now = self.now;
                self.with_consumer(*consumer, |c| c.store(*offset, now));
            }
            StatementKind::Query(id) => self.with_consumer(*id, ConsumerProgram::query),
            StatementKind::Credit { consumer, credit } => {
                self.with_consumer(*consumer, |c| c.credit(*credit));
            }
            StatementKind::Node(s) => self.node_statement(*s),
            StatementKind::Link(s) => self.link_statement(*s),
            StatementKind::Chapter(_)
            | StatementKind::Run
            | StatementKind::RunFor(_)
            | StatementKind::RunUntil(_)
            | StatementKind::Step(_)
            | StatementKind::Await(_)
            | StatementKind::Expect(_)
            | StatementKind::Ask { .. }
            | StatementKind::Goal { .. } => {}
        }
    }

    fn create(&mut self, s: &StreamStatement) {
        let arguments = StreamArguments {
            max_length: s.max_length,
            max_age: s.max_age,
            segment_size: s.segment,
            filter_size: s.filter_size,
        };
        let name = self.stream_name(s.stream);
        let request = Request::Create {
            stream: name,
            arguments,
        };
        let stream = s.stream;
        let code = self.script_code(request);
        if code != ResponseCode::Ok {
            self.emit(None, What::StreamRefused { stream, code });
            return;
        }
        let rows = self.timeline.trace().arenas.stream(stream).chunks.len();
        let writer = &mut self.streams[stream.index()];
        let term = writer.term + 1;
        *writer = Default::default();
        writer.term = term;
        writer.first_row = u32::try_from(rows).unwrap_or(u32::MAX);
        for actor in self.actors.iter_mut().filter(|a| a.stream == stream) {
            actor.before = IdSet::new();
            actor.current = IdSet::new();
        }
        let event = self.emit(None, What::StreamCreated { stream });
        self.settle_leader(stream, Some(event));
    }

    fn delete(&mut self, stream: StreamId) {
        let request = Request::Delete {
            stream: self.stream_name(stream),
        };
        if !self.broker_up {
            let code = ResponseCode::StreamNotAvailable;
            self.emit(None, What::StreamRefused { stream, code });
            return;
        }
        self.finish_tasks();
        let (answer, effects) = self.ask(request);
        let event = match answer {
            Some(Response::Code(ResponseCode::Ok)) => What::StreamDeleted { stream },
            Some(Response::Code(code)) => What::StreamRefused { stream, code },
            _ => return,
        };
        let event = self.emit(None, event);
        self.woken.remove(&stream);
        self.later(effects, Some(event));
    }

    fn script_code(&mut self, request: Request) -> ResponseCode {
        if !self.broker_up {
            return ResponseCode::StreamNotAvailable;
        }
        match self.ask(request) {
            (Some(Response::Code(code)), effects) => {
                self.later(effects, None);
                code
            }
            _ => ResponseCode::StreamNotAvailable,
        }
    }

    fn consume(&mut self, s: &ConsumerStatement) {
        if self.actors[s.consumer.index()].runs() {
            return self.ignore(Some(s.consumer), Idle::AlreadyRunning);
        }
        let settings = Arc::new(self.settings(s));
        self.start_consumer(s.consumer, settings);
    }

    fn settings(&self, s: &ConsumerStatement) -> ConsumerSettings {
        let profile = profile::of(s.client);
        let reference = match &s.naming {
            Naming::Named(reference) => Some(reference.clone()),
            Naming::Unnamed => None,
            Naming::Default => {
                let actors = &self.timeline.scenario().actors;
                Some(actors[s.consumer.index()].name.clone())
            }
        };
        let tracks = matches!(s.policy, Policy::Every(_) | Policy::Auto { .. });
        let spec = match s.from {
            None => profile.default_spec,
            Some(Spec::First) => OffsetSpec::First,
            Some(Spec::Last) => OffsetSpec::Last,
            Some(Spec::Next) => OffsetSpec::Next,
            Some(Spec::Offset(offset)) => OffsetSpec::Offset(Offset(offset)),
            Some(Spec::Timestamp(since)) => OffsetSpec::Timestamp {
                ms: since.0.div_ceil(1_000),
            },
            Some(Spec::Now) => OffsetSpec::Timestamp {
                ms: self.now.as_millis(),
            },
        };
        ConsumerSettings {
            stream: s.stream,
            named: tracks || matches!(s.naming, Naming::Named(_)),
            tracks: tracks && reference.is_some(),
            reference,
            spec,
            policy: s.policy,
            stop_at: s.stop_at.clone(),
            takes: s.takes,
            credit: s.credit.unwrap_or(profile.credit),
            filter: s.filter.clone(),
            single_active: s.single_active,
            client: s.client,
        }
    }

    fn start_consumer(&mut self, id: ActorId, settings: Arc<ConsumerSettings>) {
        let (stream, now) = (self.stream_name(settings.stream), self.now);
        let names = Names {
            stream: stream.clone(),
            reference: settings.reference.clone(),
            group: settings.reference.clone().filter(|_| settings.named),
            filter: settings.filter.clone(),
            single_active: settings.single_active,
        };
        let what = What::ConsumerStarted {
            consumer: id,
            settings: settings.clone(),
        };
        self.begin(id, settings.stream, names, what);
        let actor = &mut self.actors[id.index()];
        let fresh = || Program::Consumer(ConsumerProgram::new(settings.clone()));
        if let Program::Consumer(c) = actor.program.get_or_insert_with(fresh) {
            c.start(settings, stream, now);
        }
        self.connect(id);
    }

    /// What the start of any run needs: a connection, names, the event.
    pub(super) fn begin(&mut self, id: ActorId, stream: StreamId, names: Names, what: What) {
        let event = self.emit(None, what);
        let actor = &mut self.actors[id.index()];
        actor.unplug();
        if actor.stream != stream {
            actor.before = IdSet::new();
        }
        actor.stream = stream;
        actor.names = names;
        actor.run += 1;
        actor.cause = Some(event);
        self.plug(id);
    }

    /// The first frames leave; with the broker down a program finds so at once.
    pub(super) fn connect(&mut self, id: ActorId) {
        if !self.broker_up {
            match &mut self.actors[id.index()].program {
                Some(Program::Producer(p)) => p.disconnected(),
                Some(Program::Consumer(c)) => c.lost_connection(),
                None => {}
            }
        }
        self.say(id);
    }

    fn restart(&mut self, id: ActorId) {
        let actor = &self.actors[id.index()];
        if actor.runs() {
            return self.ignore(Some(id), Idle::AlreadyRunning);
        }
        match &actor.program {
            Some(Program::Producer(p)) => self.start_producer(id, p.settings().clone()),
            Some(Program::Consumer(c)) => self.start_consumer(id, c.settings().clone()),
            None => self.ignore(Some(id), Idle::NotRunning),
        }
    }

    fn stop(&mut self, id: ActorId) {
        let now = self.now;
        let actor = &mut self.actors[id.index()];
        if !actor.runs() {
            return self.ignore(Some(id), Idle::NotRunning);
        }
        actor.cause = None;
        actor.progress = None;
        match &mut actor.program {
            Some(Program::Producer(p)) => p.close(now),
            Some(Program::Consumer(c)) => c.stop(now),
            None => {}
        }
        self.say(id);
    }

    fn crash(&mut self, id: ActorId) {
        let actor = &mut self.actors[id.index()];
        if !actor.runs() {
            return self.ignore(Some(id), Idle::NotRunning);
        }
        match &mut actor.program {
            Some(Program::Producer(p)) => p.crash(),
            Some(Program::Consumer(c)) => c.crash(),
            None => {}
        }
        let event = self.emit(None, What::Crashed { actor: id });
        self.hang_up(id, Some(event));
    }

    fn pause(&mut self, id: ActorId) {
        let actor = &mut self.actors[id.index()];
        let running = actor.runs();
        match actor.consumer().filter(|c| running && !c.is_paused()) {
            Some(consumer) => {
                consumer.pause();
                actor.progress = None;
                self.emit(None, What::Paused { consumer: id });
            }
            None => self.ignore(Some(id), Idle::NotRunning),
        }
    }

    fn resume(&mut self, id: ActorId) {
        let actor = &mut self.actors[id.index()];
        let running = actor.runs();
        match actor.consumer().filter(|c| running && c.is_paused()) {
            Some(consumer) => {
                consumer.resume();
                self.emit(None, What::Resumed { consumer: id });
                self.activate(id);
            }
            None => self.ignore(Some(id), Idle::NotPaused),
        }
    }

    fn with_consumer(&mut self, id: ActorId, act: impl FnOnce(&mut ConsumerProgram)) {
        let actor = &mut self.actors[id.index()];
        actor.cause = None;
        match actor.consumer().filter(|c| c.runs()) {
            Some(consumer) => {
                act(consumer);
                self.say(id);
            }
            None => self.ignore(Some(id), Idle::NotRunning),
        }
    }

    fn link_statement(&mut self, s: LinkStatement) {
        let (actor, fault) = match s {
            LinkStatement::LoseConfirm(actor) => (actor, Fault::LoseConfirm),
            LinkStatement::LoseStore(actor) => (actor, Fault::LoseStore),
            LinkStatement::LosePublish(actor) => (actor, Fault::LosePublish),
            LinkStatement::Drop {
                actor,
                numerator,
                denominator,
            } => {
                let fault = Fault::Drop {
                    numerator,
                    denominator,
                };
                (actor, fault)
            }
            LinkStatement::Delay { actor, by } => (actor, Fault::Delay { by }),
            LinkStatement::Heal(actor) => {
                self.actors[actor.index()].link.heal();
                self.emit(None, What::Healed { actor });
                return;
            }
        };
        self.actors[actor.index()].link.fault(fault);
        self.emit(None, What::Fault { actor, fault });
    }
}
