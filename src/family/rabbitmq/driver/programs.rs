//! The programs' side of the world: what they send leaves over their links, what arrives goes into them.
//! Decides nothing that a program decides.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effects::then_effects;
use super::{Driver, Own};
use crate::engine::{Delivery, Host, Letter};
use crate::family::Message;
use crate::family::rabbitmq::broker::{Request, ResponseCode, Token};
use crate::family::rabbitmq::client::Output;
use crate::family::rabbitmq::client::requests::ProgramNames;
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::message::{StreamMessage, ToBroker, ToProgram};
use crate::ids::{ActorId, ConnectionId, EventId};
use crate::trace::event::{Disconnection, What};
use crate::trace::link::Loss;

/// Publish frames whose fate is drawn in one step.
const FRAMES_A_STEP: u64 = 1_024;

impl Driver {
    /// One output of a program.
    pub(super) fn output(&mut self, host: &mut Host, id: ActorId, output: Output) {
        let cause = self.processes[id.index()].cause;
        match output {
            Output::Send(ToBroker::Publish(frames)) => {
                self.processes[id.index()].backlog.push_back(frames);
                self.send_backlog(host, id);
            }
            Output::Send(message) => self.send_to_broker(host, id, message),
            Output::Numbered { from, to, ids } => {
                let producer = id;
                let what = StreamEvent::Numbered {
                    producer,
                    from,
                    to,
                    ids,
                };
                host.emit(cause, what);
            }
            Output::Ready => {
                host.emit(cause, What::Ready { actor: id });
                let consumer = self.processes[id.index()].consumer();
                if consumer.is_some_and(|c| c.is_paused()) {
                    host.emit(None, What::Paused { consumer: id });
                }
            }
            Output::Refused(code) => {
                let event = host.emit(cause, StreamEvent::Refused { actor: id, code });
                self.hang_up(host, id, cause);
                self.ended(host, id, event);
            }
            Output::Closed => {
                let event = host.emit(cause, What::Closed { actor: id });
                self.unplug(host, id);
                self.ended(host, id, event);
            }
            Output::Disconnected { why, retries } => {
                let actor = id;
                let what = What::Disconnected {
                    actor,
                    why,
                    retries,
                };
                let event = host.emit(cause, what);
                if retries {
                    self.hang_up(host, id, Some(event));
                    self.reconnect(host, id, Some(event));
                }
            }
            Output::Print(line) => {
                let line = line.into();
                host.emit(cause, What::Printed { actor: id, line });
            }
            Output::Ignore(why) => host.ignore(Some(id), why),
        }
    }

    fn letter(&self, id: ActorId, message: ToBroker) -> Option<Letter> {
        Some(Letter {
            program: id,
            connection: self.processes[id.index()].connection?,
            message: Message::RabbitMq(StreamMessage::ToBroker(message)),
        })
    }

    /// A message leaves for the broker.
    fn send_to_broker(&self, host: &mut Host, id: ActorId, message: ToBroker) {
        if let Some(letter) = self.letter(id, message) {
            let fate = host.fate(id, &letter.message);
            host.send(letter, fate, self.processes[id.index()].cause);
        }
    }

    /// Publish frames leave: all at once, or as many as share a fate. False when there are none.
    pub(super) fn send_backlog(&mut self, host: &mut Host, id: ActorId) -> bool {
        let process = &mut self.processes[id.index()];
        let Some(frames) = process.backlog.pop_front() else {
            return false;
        };
        let Some(mut letter) = self.letter(id, ToBroker::Publish(frames.clone())) else {
            return true;
        };
        let most = FRAMES_A_STEP.min(frames.frames());
        let (alike, fate) = host.fate_of_many(id, &letter.message, most);
        let process = &mut self.processes[id.index()];
        if alike < frames.frames() {
            let mut rest = Arc::unwrap_or_clone(frames);
            let part = Arc::new(rest.take_front(alike));
            letter.message = StreamMessage::ToBroker(ToBroker::Publish(part)).into();
            process.backlog.push_front(Arc::new(rest));
        }
        host.send(letter, fate, process.cause);
        true
    }

    /// A message reached its receiver.
    pub(crate) fn arrive(&mut self, host: &mut Host, delivery: Delivery) {
        match delivery.message.rabbitmq() {
            Some(StreamMessage::ToBroker(message)) => {
                self.arrive_at_broker(host, &delivery, message);
            }
            Some(StreamMessage::ToProgram(message)) => {
                self.arrive_at_program(host, &delivery, message);
            }
            None => {}
        }
    }

    fn arrive_at_broker(&mut self, host: &mut Host, delivery: &Delivery, message: &ToBroker) {
        let connection = delivery.connection;
        if !self.is_up || self.connections.is_dead(connection) {
            return lost(host, delivery, Loss::BrokerDown);
        }
        let event = arrived(host, delivery);
        let names = self.connections.names(connection);
        if let Some(request) = names.map(|names| names.request(message)) {
            self.request(host, connection, Some(event), request);
        }
    }

    /// A request reaches the broker.
    fn request(
        &mut self,
        host: &mut Host,
        from: ConnectionId,
        cause: Option<EventId>,
        request: Request,
    ) {
        let token = cause.map_or(super::effects::NO_EVENT, |event| Token(event.0));
        let mut effects = Vec::new();
        self.broker.request(from, token, request, &mut effects);
        then_effects(host, effects, cause);
    }

    /// The broker sees that a connection is gone.
    pub(super) fn hung_up(
        &mut self,
        host: &mut Host,
        connection: ConnectionId,
        cause: Option<EventId>,
    ) {
        self.request(host, connection, cause, Request::Close);
    }

    fn arrive_at_program(&mut self, host: &mut Host, delivery: &Delivery, message: &ToProgram) {
        let id = delivery.program;
        if self.processes[id.index()].connection != Some(delivery.connection) {
            return lost(host, delivery, Loss::ProgramGone);
        }
        let event = arrived(host, delivery);
        let process = &mut self.processes[id.index()];
        process.cause = Some(event);
        match message {
            ToProgram::Deliver { stream, row } => {
                let rows = &host.trace().arenas.stream(*stream).chunks;
                let chunk = rows[*row as usize].chunk.clone();
                process.chunks.push_back((chunk.next(), event));
                if let Some(consumer) = process.consumer() {
                    consumer.delivered(chunk);
                }
            }
            ToProgram::MetadataUpdate { .. } => {
                host.stop_work(id);
                process.backlog.clear();
                receive(process, message, host);
            }
            ToProgram::Answer { .. }
            | ToProgram::Confirm { .. }
            | ToProgram::PublishError { .. }
            | ToProgram::ConsumerUpdate { .. } => receive(process, message, host),
        }
        host.activate(id);
    }

    /// A program finds that its connection, or its stream's leader, is gone.
    pub(super) fn lose_connection(
        &mut self,
        host: &mut Host,
        id: ActorId,
        cause: Option<EventId>,
        why: Disconnection,
    ) {
        let process = &mut self.processes[id.index()];
        process.cause = cause;
        process.backlog.clear();
        host.stop_work(id);
        if let Some(program) = &mut process.program {
            program.interrupted(why);
        }
        host.activate(id);
    }

    /// The connection is gone, and with it what was under way in the program.
    pub(super) fn unplug(&mut self, host: &mut Host, id: ActorId) -> Option<ConnectionId> {
        host.forget_plans(id);
        self.processes[id.index()].unplug()
    }

    /// A program's connection ends without a message: the broker sees it after a link's latency.
    pub(super) fn hang_up(&mut self, host: &mut Host, id: ActorId, cause: Option<EventId>) {
        if let Some(connection) = self.unplug(host, id) {
            let at = host.up_at(id);
            host.at(at, Own::HungUp(connection, cause));
        }
    }

    /// The broker ends a connection: the program sees it after a link's latency.
    pub(super) fn disconnect(
        &self,
        host: &mut Host,
        connection: ConnectionId,
        cause: Option<EventId>,
        why: Disconnection,
    ) {
        if let Some(program) = self.connections.owner(connection) {
            let at = host.down_at(program);
            let own = Own::Disconnected {
                program,
                connection,
                cause,
                why,
            };
            host.at(at, own);
        }
    }

    /// A program that waits for the broker tries again, if there is any sense in it.
    pub(super) fn reconnect(&mut self, host: &mut Host, id: ActorId, cause: Option<EventId>) {
        if !self.processes[id.index()].is_disconnected() {
            return;
        }
        let Some(names) = self
            .names_of(id)
            .cloned()
            .filter(|names| self.can_answer(names))
        else {
            return;
        };
        self.plug(id, names);
        let process = &mut self.processes[id.index()];
        process.cause = cause;
        if let Some(program) = &mut process.program {
            program.connect();
        }
        host.activate(id);
    }

    /// Whether the broker would answer anything but that the stream has no leader.
    fn can_answer(&mut self, names: &ProgramNames) -> bool {
        self.is_up && self.presence(names.stream.clone()) != ResponseCode::StreamNotAvailable
    }

    /// Gives a program a new connection.
    pub(super) fn plug(&mut self, id: ActorId, names: ProgramNames) {
        let connection = self.connections.open(id, names);
        let process = &mut self.processes[id.index()];
        process.connection = Some(connection);
        process.latest = Some(connection);
    }

    /// What the requests of a program's latest connection say of it.
    fn names_of(&self, id: ActorId) -> Option<&ProgramNames> {
        self.connections.names(self.processes[id.index()].latest?)
    }
}

fn receive(process: &mut super::Process, message: &ToProgram, host: &Host) {
    if let Some(program) = &mut process.program {
        program.receive(message, host.now());
    }
}

fn arrived(host: &mut Host, delivery: &Delivery) -> EventId {
    let what = What::Arrived {
        actor: delivery.program,
        message: delivery.message.clone(),
    };
    host.emit(Some(delivery.sent), what)
}

fn lost(host: &mut Host, delivery: &Delivery, why: Loss) {
    let what = What::Lost {
        actor: delivery.program,
        message: delivery.message.clone(),
        why,
    };
    host.emit(Some(delivery.sent), what);
}
