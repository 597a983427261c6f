//! The programs' side of the world: what they send leaves over their links, what arrives goes into them.
//! Decides nothing that a program decides.

use alloc::vec::Vec;

use super::actor::Program;
use super::queue::{Down, Item, Up};
use super::sim::{Sim, Task};
use crate::family::rabbitmq::broker::{Request, ResponseCode, Token};
use crate::family::rabbitmq::client::{Answer, Asked, Output, Send, Train};
use crate::ids::{ActorId, ConnectionId, EventId};
use crate::trace::Frame;
use crate::trace::event::What;
use crate::trace::frame::Loss;

/// Frames of a publish train whose fate is drawn in one step.
const FRAMES_A_STEP: u64 = 1_024;

impl Sim {
    /// Whose connection it is; `None` for the script's own.
    pub(super) fn actor_of(&self, connection: ConnectionId) -> Option<ActorId> {
        let actor = self.connections.get(connection.0 as usize)?;
        (actor.index() < self.actors.len()).then_some(*actor)
    }

    /// One output of a program.
    pub(super) fn output(&mut self, id: ActorId, output: Output) {
        let cause = self.actors[id.index()].cause;
        match output {
            Output::Send(Send::Publish(train)) => {
                self.actors[id.index()].backlog.push_back(train);
                self.send_backlog(id);
            }
            Output::Send(send) => self.send_up(id, send),
            Output::Numbered { from, to, ids } => {
                let producer = id;
                let what = What::Numbered {
                    producer,
                    from,
                    to,
                    ids,
                };
                self.emit(cause, what);
            }
            Output::Ready => {
                self.emit(cause, What::Ready { actor: id });
                let consumer = self.actors[id.index()].consumer();
                if consumer.is_some_and(|c| c.is_paused()) {
                    self.emit(None, What::Paused { consumer: id });
                }
            }
            Output::Refused(code) => {
                self.emit(cause, What::Refused { actor: id, code });
                self.hang_up(id, cause);
            }
            Output::Closed => {
                self.emit(cause, What::Closed { actor: id });
                self.actors[id.index()].unplug();
            }
            Output::Disconnected => {
                let event = self.emit(cause, What::Disconnected { actor: id });
                self.hang_up(id, Some(event));
                self.reconnect(id, Some(event));
            }
            Output::Print(line) => {
                let line = line.into();
                self.emit(cause, What::Printed { actor: id, line });
            }
            Output::Ignore(why) => {
                let actor = Some(id);
                self.emit(None, What::Ignored { actor, why });
            }
        }
    }

    /// A frame leaves for the broker.
    fn send_up(&mut self, id: ActorId, send: Send) {
        let frame = send.frame();
        let actor = &self.actors[id.index()];
        let Some(connection) = actor.connection else {
            return;
        };
        let what = What::Sent {
            actor: id,
            frame: frame.clone(),
        };
        let sent = self.emit(actor.cause, what);
        let actor = &mut self.actors[id.index()];
        if let Some(why) = actor.link.fate(&frame) {
            self.tasks.push_front(Task::Lose(id, frame, why, sent));
            return;
        }
        let at = actor.link.up_at(self.now);
        let up = Up {
            actor: id,
            connection,
            sent,
            frame,
            asked: send.asked(),
            request: send.request(&actor.names),
        };
        self.queue.push(at, Item::Up(up));
    }

    /// Publish frames leave: all at once, or as many as share a fate. False when there are none.
    pub(super) fn send_backlog(&mut self, id: ActorId) -> bool {
        let actor = &mut self.actors[id.index()];
        let Some(mut train) = actor.backlog.pop_front() else {
            return false;
        };
        if !actor.link.splits_trains() {
            self.send_up(id, Send::Publish(train));
            return true;
        }
        let Some(connection) = actor.connection else {
            return true;
        };
        let frame = Send::Publish(train.clone()).frame();
        let fate = actor.link.fate(&frame);
        let mut alike = 1;
        while alike < FRAMES_A_STEP.min(train.frames()) && actor.link.splits_trains() {
            let mut next = actor.link.clone();
            if next.fate(&frame) != fate {
                break;
            }
            actor.link = next;
            alike += 1;
        }
        let part = train.take_front(alike);
        if train.run.count > 0 {
            actor.backlog.push_front(train);
        }
        self.send_part(id, connection, part, fate);
        true
    }

    fn send_part(
        &mut self,
        id: ActorId,
        connection: ConnectionId,
        part: Train,
        fate: Option<Loss>,
    ) {
        let send = Send::Publish(part);
        let frame = send.frame();
        let what = What::Sent {
            actor: id,
            frame: frame.clone(),
        };
        let sent = self.emit(self.actors[id.index()].cause, what);
        if let Some(why) = fate {
            self.tasks.push_front(Task::Lose(id, frame, why, sent));
            return;
        }
        let actor = &mut self.actors[id.index()];
        let at = actor.link.up_at(self.now);
        let request = send.request(&actor.names);
        let up = Up {
            actor: id,
            connection,
            sent,
            frame,
            asked: None,
            request,
        };
        self.queue.push(at, Item::Up(up));
    }

    /// Something whose moment has come.
    pub(super) fn arrive(&mut self, item: Item) {
        match item {
            Item::Up(up) => self.arrive_up(up),
            Item::Down(down) => self.arrive_down(down),
            Item::Chunks(transfer, chunks) => self.arrive_chunks(transfer, &chunks),
            Item::Ack(transfer, chunk) => self.arrive_ack(&transfer, chunk),
            Item::Hangup { connection, cause } => {
                let token = cause.map_or(super::server::NO_EVENT, |event| Token(event.0));
                let mut effects = Vec::new();
                self.broker
                    .request(self.now, connection, token, Request::Close, &mut effects);
                self.later(effects, cause);
            }
            Item::Disconnect {
                actor,
                connection,
                cause,
                refused,
            } => {
                if self.actors[actor.index()].connection == Some(connection) {
                    self.lose_connection(actor, cause, refused);
                }
            }
        }
    }

    /// Wakes a program whose moment has come; false when there is none.
    pub(super) fn wake(&mut self) -> bool {
        let now = self.now;
        if self.first_wake().is_none_or(|(at, _)| at > now) {
            return false;
        }
        let due = |a: &super::actor::Actor| a.wake.is_some_and(|(at, _)| at <= now);
        let noted = self.wakes.notes().take_while(|(at, _)| *at <= now);
        let noted = noted
            .map(|(_, id)| id)
            .filter(|id| due(&self.actors[id.index()]));
        let Some(id) = noted.min() else {
            return false;
        };
        let actor = &mut self.actors[id.index()];
        actor.cause = actor.wake.take().and_then(|(_, cause)| cause);
        match &mut actor.program {
            Some(Program::Producer(p)) => p.wake(now),
            Some(Program::Consumer(c)) => c.wake(now),
            None => {}
        }
        self.activate(id);
        true
    }

    fn arrive_up(&mut self, up: Up) {
        let (actor, frame) = (up.actor, up.frame);
        if !self.broker_up || self.is_dead(up.connection) {
            let why = Loss::BrokerDown;
            self.emit(Some(up.sent), What::Lost { actor, frame, why });
            return;
        }
        let event = self.emit(Some(up.sent), What::Arrived { actor, frame });
        if let Some(asked) = up.asked.filter(|asked| *asked != Asked::Credit) {
            self.asked.insert(event.0, asked);
        }
        let mut effects = Vec::new();
        let token = Token(event.0);
        self.broker
            .request(self.now, up.connection, token, up.request, &mut effects);
        self.later(effects, Some(event));
    }

    fn arrive_down(&mut self, down: Down) {
        let (id, frame) = (down.actor, down.frame);
        if self.actors[id.index()].connection != Some(down.connection) {
            let why = Loss::ProgramGone;
            let actor = id;
            self.emit(Some(down.sent), What::Lost { actor, frame, why });
            return;
        }
        let what = What::Arrived {
            actor: id,
            frame: frame.clone(),
        };
        let event = self.emit(Some(down.sent), what);
        self.actors[id.index()].cause = Some(event);
        if let Frame::Deliver { stream, row } = frame {
            let rows = &self.timeline.trace().arenas.stream(stream).chunks;
            let chunk = rows[row as usize].chunk.clone();
            let actor = &mut self.actors[id.index()];
            actor.chunks.push_back((chunk.next(), event));
            if let Some(consumer) = actor.consumer() {
                consumer.delivered(chunk);
            }
        } else {
            self.hear(id, &frame, down.asked.unwrap_or(Asked::Credit));
        }
        self.activate(id);
    }

    /// A frame other than a chunk reaches a program.
    fn hear(&mut self, id: ActorId, frame: &Frame, asked: Asked) {
        let now = self.now;
        let actor = &mut self.actors[id.index()];
        let answer = match frame {
            Frame::Code(code) => Answer::Code(*code),
            Frame::StoredOffset { offset } => Answer::StoredOffset(*offset),
            Frame::Sequence { id } => Answer::Sequence(*id),
            Frame::Confirm { first_id, ids, .. } => {
                if let Some(producer) = actor.producer() {
                    producer.settled(*first_id, *ids, now);
                }
                return;
            }
            Frame::PublishError {
                first_id,
                ids,
                code,
                ..
            } => {
                if let Some(producer) = actor.producer() {
                    producer.refused(*first_id, *ids, *code, now);
                }
                return;
            }
            Frame::MetadataUpdate { .. } => {
                actor.progress = None;
                actor.backlog.clear();
                match &mut actor.program {
                    Some(Program::Producer(p)) => p.disconnected(),
                    Some(Program::Consumer(c)) => c.lost_stream(),
                    None => {}
                }
                return;
            }
            Frame::ConsumerUpdate { active } => {
                if let Some(consumer) = actor.consumer() {
                    consumer.updated(*active);
                }
                return;
            }
            Frame::Declare
            | Frame::QuerySequence
            | Frame::Publish { .. }
            | Frame::QueryOffset
            | Frame::Subscribe { .. }
            | Frame::Credit { .. }
            | Frame::Store { .. }
            | Frame::Activate { .. }
            | Frame::Close
            | Frame::Deliver { .. } => return,
        };
        match &mut actor.program {
            Some(Program::Producer(p)) => p.answered(asked, answer, now),
            Some(Program::Consumer(c)) => c.answered(asked, answer, now),
            None => {}
        }
    }

    /// A program finds that its connection, or its stream's leader, is gone.
    fn lose_connection(&mut self, id: ActorId, cause: Option<EventId>, refused: bool) {
        let actor = &mut self.actors[id.index()];
        actor.cause = cause;
        actor.progress = None;
        actor.backlog.clear();
        match &mut actor.program {
            Some(Program::Producer(p)) => p.disconnected(),
            Some(Program::Consumer(c)) if refused => c.hung_up_on(),
            Some(Program::Consumer(c)) => c.lost_connection(),
            None => {}
        }
        self.activate(id);
    }

    /// A program's connection ends without a frame: the broker sees it after a link's latency.
    pub(super) fn hang_up(&mut self, id: ActorId, cause: Option<EventId>) {
        let actor = &mut self.actors[id.index()];
        if let Some(connection) = actor.unplug() {
            let at = actor.link.up_at(self.now);
            self.queue.push(at, Item::Hangup { connection, cause });
        }
    }

    /// The broker ends a connection: the program sees it after a link's latency.
    pub(super) fn disconnect(
        &mut self,
        connection: ConnectionId,
        cause: Option<EventId>,
        refused: bool,
    ) {
        if let Some(actor) = self.actor_of(connection) {
            let at = self.actors[actor.index()].link.down_at(self.now);
            let item = Item::Disconnect {
                actor,
                connection,
                cause,
                refused,
            };
            self.queue.push(at, item);
        }
    }

    /// A program that waits for the broker tries again, if there is any sense in it.
    pub(super) fn reconnect(&mut self, id: ActorId, cause: Option<EventId>) {
        if !self.actors[id.index()].is_disconnected() || !self.reachable(id) {
            return;
        }
        self.plug(id);
        let actor = &mut self.actors[id.index()];
        actor.cause = cause;
        match &mut actor.program {
            Some(Program::Producer(p)) => p.connect(),
            Some(Program::Consumer(c)) => c.connect(),
            None => {}
        }
        self.activate(id);
    }

    /// Whether the broker would answer anything but that the stream has no leader.
    pub(super) fn reachable(&mut self, id: ActorId) -> bool {
        let stream = self.actors[id.index()].names.stream.clone();
        self.broker_up && self.presence(stream) != ResponseCode::StreamNotAvailable
    }

    /// Gives a program a new connection.
    pub(super) fn plug(&mut self, id: ActorId) {
        let connection = u32::try_from(self.connections.len()).unwrap_or(u32::MAX);
        self.connections.push(id);
        self.actors[id.index()].connection = Some(ConnectionId(connection));
    }
}
