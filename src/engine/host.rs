//! What a family may do to the simulated world, and the only way in: record events, send messages over links, put
//! something of its own into the queue, let programs be woken and work through ranges. Imports no family's folder.

use alloc::collections::VecDeque;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::alarms::Alarms;
use super::link::Link;
use super::queue::{Delivery, Schedule, Scheduled};
use super::range::WorkRange;
use crate::base::Prng;
use crate::family::{Message, Own};
use crate::ids::{ActorId, ConnectionId, EventId};
use crate::language::Scenario;
use crate::language::ast::Condition;
use crate::trace::Trace;
use crate::trace::event::{Idle, What};
use crate::trace::link::{Fault, Loss};
use crate::units::SimTime;
use crate::world::World;
use crate::world::recorder::Recorder;
use crate::world::timeline::Timeline;

/// The simulated world without its family.
#[derive(Clone, Debug)]
pub(crate) struct Host {
    pub(super) timeline: Timeline,
    pub(super) now: SimTime,
    pub(super) queue: Schedule,
    /// What is left to be done before anything else happens.
    tasks: VecDeque<Task>,
    /// Programs that may have something to say.
    active: VecDeque<ActorId>,
    /// By [`ActorId`].
    pub(super) seats: Vec<Seat>,
    /// When the next message of those at work is done.
    pub(super) work: Alarms,
    /// When programs want to be woken.
    pub(super) alarms: Alarms,
    /// What `run until` waits for.
    pub(super) watch: Option<Arc<Condition>>,
}

/// What the world keeps for a program: its link, the range that it works through, its alarm.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    pub(super) link: Link,
    pub(super) range: Option<WorkRange>,
    /// When it wants to be woken, and what made it want so.
    pub(super) alarm: Option<(SimTime, Option<EventId>)>,
    /// Whether it is among those that may have something to say.
    is_active: bool,
}

/// Something to be done at once, one event each.
#[derive(Clone, Debug)]
pub(super) enum Task {
    /// A message is lost.
    Lose(Delivery, Loss),
    /// The family's own.
    Own(Own),
}

impl Host {
    pub(super) fn new(scenario: &Arc<Scenario>) -> Self {
        let labels = 0..scenario.actors.len() as u64;
        Self {
            timeline: Timeline::new(scenario.clone()),
            now: SimTime::ZERO,
            queue: Schedule::default(),
            tasks: VecDeque::new(),
            active: VecDeque::new(),
            seats: labels.map(|label| Seat::new(scenario, label)).collect(),
            work: Alarms::default(),
            alarms: Alarms::default(),
            watch: None,
        }
    }

    /// Takes the programs of another scenario. Those that were not declared yet have done nothing.
    pub(super) fn adopt(&mut self, scenario: &Arc<Scenario>) {
        self.seats.truncate(scenario.actors.len());
        let more = self.seats.len() as u64..scenario.actors.len() as u64;
        self.seats
            .extend(more.map(|label| Seat::new(scenario, label)));
        self.timeline.adopt(scenario.clone());
    }

    /// The present moment.
    pub(crate) const fn now(&self) -> SimTime {
        self.now
    }

    /// What is run.
    pub(crate) fn scenario(&self) -> &Arc<Scenario> {
        self.timeline.scenario()
    }

    /// What happened so far.
    pub(crate) fn trace(&self) -> &Trace {
        self.timeline.trace()
    }

    /// What is known at this moment.
    pub(crate) fn world(&self) -> &World {
        self.timeline.end()
    }

    /// Where chunks are kept that events are about to name.
    pub(crate) fn recorder(&mut self) -> &mut Recorder {
        self.timeline.recorder()
    }

    /// Something happens now.
    pub(crate) fn emit(&mut self, cause: Option<EventId>, what: impl Into<What>) -> EventId {
        let now = self.now;
        self.timeline.recorder().emit(now, cause, what.into())
    }

    /// A statement has no effect.
    pub(crate) fn ignore(&mut self, actor: Option<ActorId>, why: Idle) {
        self.emit(None, What::Ignored { actor, why });
    }

    /// To be done at once, behind everything that is to be done already.
    pub(crate) fn then(&mut self, own: impl Into<Own>) {
        self.tasks.push_back(Task::Own(own.into()));
    }

    /// To be done at once, before everything that is to be done already.
    pub(crate) fn first(&mut self, own: impl Into<Own>) {
        self.tasks.push_front(Task::Own(own.into()));
    }

    /// To be done at a moment to come.
    pub(crate) fn at(&mut self, moment: SimTime, own: impl Into<Own>) {
        self.queue.push(moment, Scheduled::Own(own.into()));
    }

    /// Whether something is to be done at once.
    pub(crate) fn has_tasks(&self) -> bool {
        !self.tasks.is_empty()
    }

    /// What is to be done next at this instant. A message that is lost is so at once.
    pub(crate) fn next_task(&mut self) -> Option<Done> {
        Some(match self.tasks.pop_front()? {
            Task::Own(own) => Done::Own(own),
            Task::Lose(delivery, why) => {
                let Delivery {
                    program: actor,
                    message,
                    sent,
                    ..
                } = delivery;
                self.emit(
                    Some(sent),
                    What::Lost {
                        actor,
                        message,
                        why,
                    },
                );
                Done::Lost
            }
        })
    }

    /// Lets a program say what it does next.
    pub(crate) fn activate(&mut self, program: ActorId) {
        let is_active = &mut self.seats[program.index()].is_active;
        if !core::mem::replace(is_active, true) {
            self.active.push_back(program);
        }
    }

    /// The program whose turn to speak it is.
    pub(super) fn speaker(&self) -> Option<ActorId> {
        self.active.front().copied()
    }

    /// It has nothing more to say.
    pub(super) fn silence(&mut self) {
        if let Some(program) = self.active.pop_front() {
            self.seats[program.index()].is_active = false;
        }
    }
}

/// What became of a task.
pub(crate) enum Done {
    /// It is the family's to do.
    Own(Own),
    /// A message was lost.
    Lost,
}

/// Links.
impl Host {
    /// Whether a message that leaves now is lost.
    pub(crate) fn fate(&mut self, program: ActorId, message: &Message) -> Option<Loss> {
        self.seats[program.index()].link.fate(message)
    }

    /// How many of at most `most` messages like this one share the fate of the first, and which it is.
    pub(crate) fn fate_of_many(
        &mut self,
        program: ActorId,
        message: &Message,
        most: u64,
    ) -> (u64, Option<Loss>) {
        self.seats[program.index()].link.fate_of_many(message, most)
    }

    /// Whether confirms that leave at one instant may differ in their fate.
    pub(crate) fn splits_confirms(&self, program: ActorId) -> bool {
        self.seats[program.index()].link.splits_confirms()
    }

    /// A message leaves its sender, towards `fate`.
    pub(crate) fn send(&mut self, letter: Letter, fate: Option<Loss>, cause: Option<EventId>) {
        let Letter {
            program,
            connection,
            message,
        } = letter;
        let what = What::Sent {
            actor: program,
            message: message.clone(),
        };
        let sent = self.emit(cause, what);
        let to_broker = message.is_to_broker();
        let delivery = Delivery {
            program,
            connection,
            sent,
            message,
        };
        if let Some(why) = fate {
            self.tasks.push_front(Task::Lose(delivery, why));
            return;
        }
        let at = if to_broker {
            self.up_at(program)
        } else {
            self.down_at(program)
        };
        self.queue.push(at, Scheduled::Message(delivery));
    }

    /// Takes what would reach the broker over a connection by then, in its order, to arrive now.
    pub(crate) fn take_sent(&mut self, connection: ConnectionId, until: SimTime) -> Vec<Delivery> {
        self.queue.take_sent(connection, until)
    }

    /// When what leaves a program now reaches the broker.
    pub(crate) fn up_at(&mut self, program: ActorId) -> SimTime {
        self.seats[program.index()].link.up_at(self.now)
    }

    /// When what leaves the broker now reaches a program.
    pub(crate) fn down_at(&mut self, program: ActorId) -> SimTime {
        self.seats[program.index()].link.down_at(self.now)
    }

    pub(super) fn fault(&mut self, actor: ActorId, fault: Fault) {
        self.seats[actor.index()].link.fault(fault);
        self.emit(None, What::Fault { actor, fault });
    }

    pub(super) fn heal(&mut self, actor: ActorId) {
        let link = self.world().links.get(actor.index());
        if link.is_none_or(|link| link.faults.is_empty()) {
            return self.ignore(Some(actor), Idle::LinkWhole);
        }
        self.seats[actor.index()].link.heal();
        self.emit(None, What::Healed { actor });
    }
}

/// A message about to leave.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    /// Whose link.
    pub(crate) program: ActorId,
    /// Over which connection.
    pub(crate) connection: ConnectionId,
    /// What.
    pub(crate) message: Message,
}

/// Alarms.
impl Host {
    /// A program wants to be woken then, because of `cause`; `None`: not at all.
    pub(crate) fn set_alarm(
        &mut self,
        program: ActorId,
        at: Option<SimTime>,
        cause: Option<EventId>,
    ) {
        let seat = &mut self.seats[program.index()];
        if seat.alarm.map(|(at, _)| at) != at {
            seat.alarm = at.map(|at| (at, cause));
        }
        if let Some((at, _)) = seat.alarm {
            self.alarms.note(at, program);
        }
    }

    /// The first program whose alarm is due, and what made it want to be woken.
    pub(crate) fn take_alarm(&mut self) -> Option<(ActorId, Option<EventId>)> {
        let now = self.now;
        self.first_alarm().filter(|(at, _)| *at <= now)?;
        let seats = &self.seats;
        let is_due = |id: &ActorId| seats[id.index()].alarm.is_some_and(|(at, _)| at <= now);
        let noted = self.alarms.notes().take_while(|(at, _)| *at <= now);
        let program = noted.map(|(_, id)| id).filter(is_due).min()?;
        let alarm = self.seats[program.index()].alarm.take();
        Some((program, alarm.and_then(|(_, cause)| cause)))
    }

    /// The next program that wants to be woken.
    pub(super) fn first_alarm(&mut self) -> Option<(SimTime, ActorId)> {
        let seats = &self.seats;
        let holds = |at, id: ActorId| seats[id.index()].alarm.is_some_and(|(when, _)| when == at);
        self.alarms.first(holds)
    }

    /// Whether a program wants to be woken for which `owed` holds.
    pub(super) fn is_anyone_woken(&self, owed: impl Fn(ActorId) -> bool) -> bool {
        let wants = |id: ActorId| self.seats[id.index()].alarm.is_some();
        self.alarms.notes().any(|(_, id)| wants(id) && owed(id))
    }

    /// A program's range and alarm are no more.
    pub(crate) fn forget_plans(&mut self, program: ActorId) {
        let seat = &mut self.seats[program.index()];
        seat.range = None;
        seat.alarm = None;
    }
}

impl Seat {
    fn new(scenario: &Scenario, label: u64) -> Self {
        let header = &scenario.header;
        Self {
            link: Link::new(header.latency, Prng::new(header.seed, label)),
            range: None,
            alarm: None,
            is_active: false,
        }
    }
}
