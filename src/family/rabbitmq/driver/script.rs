//! What each statement of this family does at the moment it is reached, and the life of programs. Moves no time.

use alloc::sync::Arc;

use super::Driver;
use crate::engine::Host;
use crate::family::rabbitmq::client::requests::ProgramNames;
use crate::family::rabbitmq::client::{ConsumerProgram, Program, profile};
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::log::OffsetSpec;
use crate::family::rabbitmq::settings::ConsumerSettings;
use crate::family::rabbitmq::statements::{ConsumerStatement, Naming, Policy, Spec, Statement};
use crate::ids::{ActorId, EventId, LogId, Offset};
use crate::language::ast::StatementKind;
use crate::trace::event::{Disconnection, Idle, What};

impl Driver {
    /// Does what a statement says; statements about time, links and checks do nothing here.
    pub(crate) fn statement(&mut self, host: &mut Host, statement: &StatementKind) {
        match statement {
            StatementKind::Family(statement) => {
                if let Some(statement) = statement.rabbitmq() {
                    self.own_statement(host, statement);
                }
            }
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
            Statement::Policy(s) => self.set_policy(host, s),
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

    fn consume(&mut self, host: &mut Host, s: &ConsumerStatement) {
        if self.processes[s.consumer.index()].runs() {
            return host.ignore(Some(s.consumer), Idle::AlreadyRunning);
        }
        let settings = Arc::new(settings(host, s));
        self.start_consumer(host, s.consumer, settings, None);
    }

    fn start_consumer(
        &mut self,
        host: &mut Host,
        id: ActorId,
        settings: Arc<ConsumerSettings>,
        cause: Option<EventId>,
    ) {
        let (stream, now) = (self.streams.name(settings.stream), host.now());
        let names = ProgramNames {
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
        let start = RunStart {
            stream: settings.stream,
            names,
            what,
            cause,
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
    pub(super) fn begin(&mut self, host: &mut Host, id: ActorId, start: RunStart) {
        let event = host.emit(start.cause, start.what);
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
            program.interrupted(Disconnection::NodeDown);
        }
        self.speak_at_once(host, id);
    }

    fn restart(&mut self, host: &mut Host, id: ActorId) {
        let process = &mut self.processes[id.index()];
        if process.runs() {
            if core::mem::replace(&mut process.restarts, true) {
                return host.ignore(Some(id), Idle::AlreadyRestarting);
            }
            return self.end(host, id);
        }
        if process.program.is_none() {
            return host.ignore(Some(id), Idle::NotRunning);
        }
        self.start_again(host, id, None);
    }

    /// Starts a program with the settings that it had.
    fn start_again(&mut self, host: &mut Host, id: ActorId, cause: Option<EventId>) {
        match &self.processes[id.index()].program {
            Some(Program::Producer(p)) => {
                let settings = p.settings().clone();
                self.start_producer(host, id, settings, cause);
            }
            Some(Program::Consumer(c)) => {
                let settings = c.settings().clone();
                self.start_consumer(host, id, settings, cause);
            }
            None => {}
        }
    }

    /// A program has ended: it starts again if that is what it ended for.
    pub(super) fn ended(&mut self, host: &mut Host, id: ActorId, cause: EventId) {
        if core::mem::take(&mut self.processes[id.index()].restarts) {
            self.start_again(host, id, Some(cause));
        }
    }

    fn stop(&mut self, host: &mut Host, id: ActorId) {
        let process = &mut self.processes[id.index()];
        if !process.runs() {
            return host.ignore(Some(id), Idle::NotRunning);
        }
        process.restarts = false;
        self.end(host, id);
    }

    /// A running program ends in its own way.
    fn end(&mut self, host: &mut Host, id: ActorId) {
        let process = &mut self.processes[id.index()];
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
        process.restarts = false;
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
            None if running => host.ignore(Some(id), Idle::AlreadyPaused),
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
            None if !running => host.ignore(Some(id), Idle::NotRunning),
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
        let connected = process.connection.is_some();
        match process.consumer().filter(|c| c.runs()) {
            Some(consumer) => {
                act(consumer);
                if !connected {
                    host.ignore(Some(id), Idle::NoConnection);
                }
                self.speak_at_once(host, id);
            }
            None => host.ignore(Some(id), Idle::NotRunning),
        }
    }
}

/// How a run starts.
pub(super) struct RunStart {
    pub(super) stream: LogId,
    pub(super) names: ProgramNames,
    pub(super) what: StreamEvent,
    /// What led to it, if it is not the script.
    pub(super) cause: Option<EventId>,
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
    let tracks = matches!(
        s.policy,
        Policy::Every(_) | Policy::Auto { .. } | Policy::Manual
    );
    let at_stored = s.from == Some(Spec::Stored);
    let spec = match s.from {
        None => profile.default_spec,
        // With nothing stored `from stored` starts at the beginning, as the Go client's `LastConsumed`.
        Some(Spec::First | Spec::Stored) => OffsetSpec::First,
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
        named: tracks || at_stored || matches!(s.naming, Naming::Named(_)),
        tracks: tracks && reference.is_some(),
        at_stored: at_stored && reference.is_some(),
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
