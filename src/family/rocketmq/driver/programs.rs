//! The programs' side of the world: what they send leaves over their links, what arrives goes into them.
//! Decides nothing that a program decides.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effects::then;
use super::{Driver, Own};
use crate::engine::{Delivery, Host, Letter};
use crate::family::Message;
use crate::family::rocketmq::broker::{Request, Token};
use crate::family::rocketmq::client::member::Brought;
use crate::family::rocketmq::client::{MemberProgram, Output, Program};
use crate::family::rocketmq::event::QueueEvent;
use crate::family::rocketmq::message::{QueueMessage, ToBroker, ToProgram};
use crate::family::rocketmq::settings::{MemberSettings, ProducerSettings};
use crate::ids::{ActorId, ConnectionId, EventId, LogId};
use crate::trace::event::{Disconnection, What};
use crate::trace::link::Loss;

/// Sends whose fate is drawn in one step.
const SENDS_A_STEP: u64 = 1_024;

impl Driver {
    /// One output of a program.
    pub(super) fn output(&mut self, host: &mut Host, id: ActorId, output: Output) {
        let cause = self.processes[id.index()].cause;
        let event = match output {
            Output::Publish(sends) => {
                self.processes[id.index()].backlog.push_back(sends);
                self.send_backlog(host, id);
                return;
            }
            Output::Send(message) => return self.send_to_broker(host, id, message),
            Output::Ready => What::Ready { actor: id },
            Output::Closed => {
                let event = host.emit(cause, What::Closed { actor: id });
                return self.hang_up(host, id, Some(event));
            }
            Output::Disconnected => {
                let event = host.emit(
                    cause,
                    What::Disconnected {
                        actor: id,
                        why: Disconnection::NodeDown,
                        retries: true,
                    },
                );
                self.hang_up(host, id, Some(event));
                return self.reconnect(host, id, Some(event));
            }
            Output::Assigned(queue) => QueueEvent::Assigned { member: id, queue }.into(),
            Output::Revoked(queue, why, unfinished) => {
                self.drop_work(host, id, queue);
                self.processes[id.index()].arrivals.remove(&queue);
                QueueEvent::Revoked {
                    member: id,
                    queue,
                    why,
                    unfinished,
                }
                .into()
            }
            Output::Placed(queue, at, by) => QueueEvent::Placed {
                member: id,
                queue,
                at,
                by,
            }
            .into(),
            Output::OwnStored(queue, offset) => QueueEvent::OwnStored {
                member: id,
                queue,
                offset,
            }
            .into(),
            Output::Suspended => {
                self.processes[id.index()].at = None;
                host.stop_work(id);
                QueueEvent::Suspended { member: id }.into()
            }
            Output::Dropped(queue) => return self.drop_work(host, id, queue),
            Output::GivenUp(queue, offset) => QueueEvent::GivenUp {
                member: id,
                queue,
                offset,
            }
            .into(),
        };
        host.emit(cause, event);
    }

    /// What a program is at of a queue comes to nothing.
    fn drop_work(&mut self, host: &mut Host, id: ActorId, queue: LogId) {
        let process = &mut self.processes[id.index()];
        if process.at.is_some_and(|piece| piece.queue == queue) {
            process.at = None;
            host.stop_work(id);
        }
    }

    fn letter(&self, id: ActorId, message: ToBroker) -> Option<Letter> {
        Some(Letter {
            program: id,
            connection: self.processes[id.index()].connection?,
            message: QueueMessage::ToBroker(message).into(),
        })
    }

    /// A message leaves for the broker.
    fn send_to_broker(&mut self, host: &mut Host, id: ActorId, message: ToBroker) {
        let commits = message.commits();
        if let Some(letter) = self.letter(id, message) {
            let fate = host.fate(id, &letter.message);
            if let (Some(queue), Some(_), Some(member)) =
                (commits, fate, self.processes[id.index()].member())
            {
                member.commits_again(queue);
            }
            host.send(letter, fate, self.processes[id.index()].cause);
        }
    }

    /// Sends leave: all at once, or as many as share a fate. False when there are none.
    pub(super) fn send_backlog(&mut self, host: &mut Host, id: ActorId) -> bool {
        let Some(sends) = self.processes[id.index()].backlog.pop_front() else {
            return false;
        };
        let Some(mut letter) = self.letter(id, ToBroker::Send(sends.clone())) else {
            return true;
        };
        let most = SENDS_A_STEP.min(sends.messages.count);
        let (alike, fate) = host.fate_of_many(id, &letter.message, most);
        let process = &mut self.processes[id.index()];
        if alike < sends.messages.count {
            let mut rest = Arc::unwrap_or_clone(sends);
            let part = Arc::new(rest.take_front(alike));
            letter.message = QueueMessage::ToBroker(ToBroker::Send(part)).into();
            process.backlog.push_front(Arc::new(rest));
        }
        host.send(letter, fate, process.cause);
        true
    }

    /// A message reached its receiver.
    pub(crate) fn arrive(&mut self, host: &mut Host, delivery: Delivery) {
        self.now = host.now();
        match delivery.message.rocketmq() {
            Some(QueueMessage::ToBroker(message)) => {
                self.arrive_at_broker(host, &delivery, message);
            }
            Some(QueueMessage::ToProgram(message)) => {
                self.arrive_at_program(host, &delivery, message);
            }
            None => {}
        }
    }

    fn arrive_at_broker(&mut self, host: &mut Host, delivery: &Delivery, message: &ToBroker) {
        if !self.is_up || delivery.connection < self.first_alive {
            return lost(host, delivery, Loss::BrokerDown);
        }
        let event = arrived(host, delivery);
        if let Some(request) = self.request_of(delivery.program, message) {
            self.note_membership(delivery.program, message);
            self.request(host, delivery.connection, Some(event), request);
        }
    }

    /// A request reaches the broker.
    pub(super) fn request(
        &mut self,
        host: &mut Host,
        from: ConnectionId,
        cause: Option<EventId>,
        request: Request,
    ) {
        let token = cause.map_or(super::effects::NO_EVENT, |event| Token(event.0));
        let mut effects = Vec::new();
        self.broker
            .request(host.now(), from, token, request, &mut effects);
        then(host, effects, cause);
    }

    /// The broker sees that a connection is gone.
    pub(super) fn hung_up(
        &mut self,
        host: &mut Host,
        connection: ConnectionId,
        cause: Option<EventId>,
    ) {
        if !self.is_up || connection < self.first_alive {
            return;
        }
        if let Some(program) = self.owner(connection) {
            self.note_departure(program);
        }
        let mut effects = Vec::new();
        self.broker.disconnected(connection, &mut effects);
        then(host, effects, cause);
    }

    fn arrive_at_program(&mut self, host: &mut Host, delivery: &Delivery, message: &ToProgram) {
        let id = delivery.program;
        if self.processes[id.index()].connection != Some(delivery.connection) {
            return lost(host, delivery, Loss::ProgramGone);
        }
        let event = arrived(host, delivery);
        self.processes[id.index()].cause = Some(event);
        match message {
            ToProgram::Pulled {
                queue,
                offset,
                status,
                next,
                max,
                found,
            } => {
                let brought = Brought {
                    queue: *queue,
                    asked: *offset,
                    status: *status,
                    next: *next,
                    max: *max,
                    pieces: self.pieces(host, id, (*queue, found), event),
                };
                let now = host.now();
                if let Some(member) = self.processes[id.index()].member() {
                    member.pulled(brought, now);
                }
            }
            ToProgram::Popped { queue, found } => {
                let pieces = self.pieces(host, id, (*queue, found), event);
                let now = host.now();
                if let Some(member) = self.processes[id.index()].member() {
                    member.popped(*queue, pieces, now);
                }
            }
            ToProgram::Members { members } => self.looked_around(host, id, members),
            ToProgram::Reset { .. }
            | ToProgram::SendResult { .. }
            | ToProgram::Done { .. }
            | ToProgram::SentBack { .. }
            | ToProgram::Offset { .. }
            | ToProgram::PullRefused { .. }
            | ToProgram::Locked { .. }
            | ToProgram::MembersChanged => {
                if let Some(member) = self.processes[id.index()].member() {
                    member.receive(message, host.now());
                }
            }
        }
        host.activate(id);
    }

    /// A program finds that its connection is gone.
    pub(super) fn lose_connection(&mut self, host: &mut Host, id: ActorId, cause: Option<EventId>) {
        let process = &mut self.processes[id.index()];
        process.cause = cause;
        process.backlog.clear();
        if let Some(program) = &mut process.program {
            program.disconnected();
        }
        self.speak_at_once(host, id);
    }

    /// A program ends its connection, or has lost it; the broker sees so a while later.
    pub(super) fn hang_up(&mut self, host: &mut Host, id: ActorId, cause: Option<EventId>) {
        if let Some(connection) = self.processes[id.index()].unplug() {
            let at = host.up_at(id);
            host.at(at, Own::HungUp(connection, cause));
        }
    }

    /// A program that has no connection tries again: at once when the broker is up.
    pub(super) fn reconnect(&mut self, host: &mut Host, id: ActorId, cause: Option<EventId>) {
        let now = host.now();
        if !self.is_up || !self.processes[id.index()].is_disconnected() {
            return;
        }
        self.plug(id);
        let process = &mut self.processes[id.index()];
        process.cause = cause;
        if let Some(program) = &mut process.program {
            program.connect(now);
        }
        host.activate(id);
    }

    /// A program gets a new connection.
    pub(super) fn plug(&mut self, id: ActorId) {
        self.connections.push(id);
        let connection = u32::try_from(self.connections.len()).unwrap_or(u32::MAX);
        self.processes[id.index()].connection = Some(ConnectionId(connection));
    }

    /// Whose connection it is; `None` for the script's own.
    pub(super) fn owner(&self, connection: ConnectionId) -> Option<ActorId> {
        let at = (connection.0 as usize).checked_sub(1)?;
        self.connections.get(at).copied()
    }

    pub(super) fn member(&self, id: ActorId) -> Option<&MemberProgram> {
        match &self.processes[id.index()].program {
            Some(Program::Member(member)) => Some(member),
            Some(Program::Producer(_)) | None => None,
        }
    }

    pub(super) fn member_settings(&self, id: ActorId) -> Option<Arc<MemberSettings>> {
        self.member(id).map(|member| member.settings().clone())
    }

    pub(super) fn producer_settings(&self, id: ActorId) -> Option<Arc<ProducerSettings>> {
        match &self.processes[id.index()].program {
            Some(Program::Producer(producer)) => Some(producer.settings().clone()),
            Some(Program::Member(_)) | None => None,
        }
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
        message: Message::clone(&delivery.message),
        why,
    };
    host.emit(Some(delivery.sent), what);
}
