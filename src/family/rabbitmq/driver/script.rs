//! What each statement of this family does at the moment it is reached, and the life of programs. Moves no time.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::Driver;
use super::connections::SCRIPT;
use super::effects::{NO_EVENT, then_effects};
use crate::engine::Host;
use crate::family::Statement as FamilyStatement;
use crate::family::rabbitmq::broker::{
    ClientFrame, Effect, Request, Response, ResponseCode, StreamArguments,
};
use crate::family::rabbitmq::client::program::Interruption;
use crate::family::rabbitmq::client::requests::Names;
use crate::family::rabbitmq::client::{ConsumerProgram, Program, profile};
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::log::OffsetSpec;
use crate::family::rabbitmq::settings::ConsumerSettings;
use crate::family::rabbitmq::statements::{
    ConsumerStatement, Naming, Policy, Spec, Statement, StreamStatement,
};
use crate::ids::{ActorId, LogId, Offset};
use crate::language::ast::StatementKind;
use crate::trace::event::{Idle, What};

impl Driver {
    /// Does what a statement says; statements about time, links and checks do nothing here.
    pub(crate) fn statement(&mut self, host: &mut Host, statement: &StatementKind) {
        match statement {
            StatementKind::Family(FamilyStatement::RabbitMq(s)) => self.own_statement(host, s),
            StatementKind::Stop(id) => self.stop(host, *id),
            StatementKind::Restart(id) => self.restart(host, *id),
            StatementKind::Crash(id) => self.crash(host, *id),
            StatementKind::Pause(id) => self.pause(host, *id),
            StatementKind::Resume(id) => self.resume(host, *id),
            StatementKind::Node(s) => self.node_statement(host, *s),
            StatementKind::Link(_)
            | StatementKind::Chapter(_)
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

    fn own_statement(&mut self, host: &mut Host, statement: &Statement) {
        match statement {
            Statement::Stream(s) => self.create(host, s),
            Statement::Delete(stream) => self.delete(host, *stream),
            Statement::Producer(s) => self.declare(host, s),
            Statement::Publish(s) => self.publish(host, s),
            Statement::Resend(id) => self.resend(host, *id),
            Statement::Close(id) => self.stop(host, *id),
            Statement::Consumer(s) => self.consume(host, s),
            Statement::Store { consumer, offset } => {
                let now = host.now();
                self.with_consumer(host, *consumer, |c| c.store(*offset, now));
            }
            Statement::Query(id) => self.with_consumer(host, *id, ConsumerProgram::query),
            Statement::Credit { consumer, credit } => {
                self.with_consumer(host, *consumer, |c| c.credit(*credit));
            }
        }
    }

    fn create(&mut self, host: &mut Host, s: &StreamStatement) {
        let arguments = StreamArguments {
            max_length: s.max_length,
            max_age: s.max_age,
            segment_size: s.segment,
            filter_size: s.filter_size,
        };
        let name = self.streams.name(s.stream);
        let request = Request::Create {
            stream: name,
            arguments,
        };
        let stream = s.stream;
        let code = self.script_code(host, request);
        if code != ResponseCode::Ok {
            host.emit(None, StreamEvent::StreamRefused { stream, code });
            return;
        }
        let rows = host.trace().arenas.stream(stream).chunks.len();
        self.streams
            .created(stream, u32::try_from(rows).unwrap_or(u32::MAX));
        let users = self.processes.iter_mut().filter(|p| p.stream == stream);
        users.for_each(super::Process::forget_processed);
        let event = host.emit(None, StreamEvent::StreamCreated { stream });
        self.settle_leader(host, stream, Some(event));
    }

    fn delete(&mut self, host: &mut Host, stream: LogId) {
        let request = Request::Delete {
            stream: self.streams.name(stream),
        };
        if !self.is_up {
            let code = ResponseCode::StreamNotAvailable;
            host.emit(None, StreamEvent::StreamRefused { stream, code });
            return;
        }
        self.finish_tasks(host);
        let (answer, effects) = self.ask(request);
        let event = match answer {
            Some(Response::Code(ResponseCode::Ok)) => StreamEvent::StreamDeleted { stream },
            Some(Response::Code(code)) => StreamEvent::StreamRefused { stream, code },
            _ => return,
        };
        let event = host.emit(None, event);
        self.held.calm(stream);
        then_effects(host, effects, Some(event));
    }

    fn script_code(&mut self, host: &mut Host, request: Request) -> ResponseCode {
        if !self.is_up {
            return ResponseCode::StreamNotAvailable;
        }
        match self.ask(request) {
            (Some(Response::Code(code)), effects) => {
                then_effects(host, effects, None);
                code
            }
            _ => ResponseCode::StreamNotAvailable,
        }
    }

    fn consume(&mut self, host: &mut Host, s: &ConsumerStatement) {
        if self.processes[s.consumer.index()].runs() {
            return host.ignore(Some(s.consumer), Idle::AlreadyRunning);
        }
        let settings = Arc::new(settings(host, s));
        self.start_consumer(host, s.consumer, settings);
    }

    fn start_consumer(&mut self, host: &mut Host, id: ActorId, settings: Arc<ConsumerSettings>) {
        let (stream, now) = (self.streams.name(settings.stream), host.now());
        let names = Names {
            stream: stream.clone(),
            reference: settings.reference.clone(),
            group: settings.reference.clone().filter(|_| settings.named),
            filter: settings.filter.clone(),
            single_active: settings.single_active,
        };
        let what = StreamEvent::ConsumerStarted {
            consumer: id,
            settings: settings.clone(),
        };
        let start = Start {
            stream: settings.stream,
            names,
            what,
        };
        self.begin(host, id, start);
        let process = &mut self.processes[id.index()];
        let fresh = || Program::Consumer(ConsumerProgram::new(settings.clone()));
        if let Program::Consumer(c) = process.program.get_or_insert_with(fresh) {
            c.start(settings, stream, now);
        }
        self.connect(host, id);
    }

    /// What the start of any run needs: a connection, names, the event.
    pub(super) fn begin(&mut self, host: &mut Host, id: ActorId, start: Start) {
        let event = host.emit(None, start.what);
        self.unplug(host, id);
        let process = &mut self.processes[id.index()];
        if process.stream != start.stream {
            process.before = Default::default();
        }
        process.stream = start.stream;
        process.cause = Some(event);
        self.plug(id, start.names);
    }

    /// The first messages leave; with the broker down a program finds so at once.
    pub(super) fn connect(&mut self, host: &mut Host, id: ActorId) {
        if !self.is_up
            && let Some(program) = &mut self.processes[id.index()].program
        {
            program.interrupted(Interruption::ConnectionLost);
        }
        self.speak_at_once(host, id);
    }

    fn restart(&mut self, host: &mut Host, id: ActorId) {
        let process = &self.processes[id.index()];
        if process.runs() {
            return host.ignore(Some(id), Idle::AlreadyRunning);
        }
        match &process.program {
            Some(Program::Producer(p)) => self.start_producer(host, id, p.settings().clone()),
            Some(Program::Consumer(c)) => self.start_consumer(host, id, c.settings().clone()),
            None => host.ignore(Some(id), Idle::NotRunning),
        }
    }

    fn stop(&mut self, host: &mut Host, id: ActorId) {
        let process = &mut self.processes[id.index()];
        if !process.runs() {
            return host.ignore(Some(id), Idle::NotRunning);
        }
        process.cause = None;
        host.stop_work(id);
        if let Some(program) = &mut process.program {
            program.stop(host.now());
        }
        self.speak_at_once(host, id);
    }

    fn crash(&mut self, host: &mut Host, id: ActorId) {
        let process = &mut self.processes[id.index()];
        if !process.runs() {
            return host.ignore(Some(id), Idle::NotRunning);
        }
        if let Some(program) = &mut process.program {
            program.crash();
        }
        let event = host.emit(None, What::Crashed { actor: id });
        self.hang_up(host, id, Some(event));
    }

    fn pause(&mut self, host: &mut Host, id: ActorId) {
        let process = &mut self.processes[id.index()];
        let running = process.runs();
        match process.consumer().filter(|c| running && !c.is_paused()) {
            Some(consumer) => {
                consumer.pause();
                host.stop_work(id);
                host.emit(None, What::Paused { consumer: id });
            }
            None => host.ignore(Some(id), Idle::NotRunning),
        }
    }

    fn resume(&mut self, host: &mut Host, id: ActorId) {
        let process = &mut self.processes[id.index()];
        let running = process.runs();
        match process.consumer().filter(|c| running && c.is_paused()) {
            Some(consumer) => {
                consumer.resume();
                host.emit(None, What::Resumed { consumer: id });
                host.activate(id);
            }
            None => host.ignore(Some(id), Idle::NotPaused),
        }
    }

    fn with_consumer(
        &mut self,
        host: &mut Host,
        id: ActorId,
        act: impl FnOnce(&mut ConsumerProgram),
    ) {
        let process = &mut self.processes[id.index()];
        process.cause = None;
        match process.consumer().filter(|c| c.runs()) {
            Some(consumer) => {
                act(consumer);
                self.speak_at_once(host, id);
            }
            None => host.ignore(Some(id), Idle::NotRunning),
        }
    }

    /// Whether a stream is there and has a leader: `ok`, or the code that says what is missing.
    pub(super) fn presence(&mut self, stream: Arc<str>) -> ResponseCode {
        match self.ask(Request::Metadata { stream }) {
            (Some(Response::Metadata { code }), _) => code,
            _ => ResponseCode::StreamNotAvailable,
        }
    }

    /// The script asks the broker, without a link in between: the answer, and whatever else it led to.
    pub(super) fn ask(&mut self, request: Request) -> (Option<Response>, Vec<Effect>) {
        let mut effects = Vec::new();
        self.broker.request(SCRIPT, NO_EVENT, request, &mut effects);
        let mut answer = None;
        effects.retain(|effect| {
            if let Effect::ToClient {
                to: SCRIPT,
                frame: ClientFrame::Response { response, .. },
            } = effect
            {
                answer = Some(response.clone());
                return false;
            }
            true
        });
        (answer, effects)
    }
}

/// How a run starts.
pub(super) struct Start {
    pub(super) stream: LogId,
    pub(super) names: Names,
    pub(super) what: StreamEvent,
}

fn settings(host: &Host, s: &ConsumerStatement) -> ConsumerSettings {
    let profile = profile::of(s.client);
    let reference = match &s.naming {
        Naming::Named(reference) => Some(reference.clone()),
        Naming::Unnamed => None,
        Naming::Default => {
            let actors = &host.scenario().actors;
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
            ms: host.now().as_millis(),
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
