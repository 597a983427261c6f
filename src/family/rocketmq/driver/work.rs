//! What programs say and do when it is their turn, and the messages that members go through.

use super::Driver;
use crate::engine::{Host, Portion};
use crate::family::rocketmq::client::{Next, Outcome, OutcomeRun};
use crate::family::rocketmq::event::QueueEvent;
use crate::ids::ActorId;
use crate::trace::Work;
use crate::trace::event::What;
use crate::units::SimDuration;

impl Driver {
    /// A program says or does one thing; false when it has nothing more, and waits.
    pub(crate) fn speak(&mut self, host: &mut Host, id: ActorId) -> bool {
        self.now = host.now();
        if self.start_own_member(host, id) || self.send_backlog(host, id) {
            return true;
        }
        match self.next_step(id) {
            Next::Output(output) => {
                self.output(host, id, output);
                return true;
            }
            Next::Work(piece) if self.take_up(host, id, piece) => return true,
            Next::Work(_) | Next::Nothing => {}
        }
        let process = &self.processes[id.index()];
        let program = process.program.as_ref();
        let at = program.and_then(|program| program.wakes_at(host.now()));
        host.set_alarm(id, at, process.cause);
        false
    }

    /// Lets a program say at once what the script made it say; work and the rest of sends wait for their turn.
    pub(super) fn speak_at_once(&mut self, host: &mut Host, id: ActorId) {
        host.activate(id);
        while self.processes[id.index()].backlog.is_empty() {
            match self.next_step(id) {
                Next::Output(output) => self.output(host, id, output),
                Next::Work(_) | Next::Nothing => return,
            }
        }
    }

    fn next_step(&mut self, id: ActorId) -> Next {
        let program = self.processes[id.index()].program.as_mut();
        program.map_or(Next::Nothing, |program| program.next_step())
    }

    /// Wakes a program whose moment has come; false when there is none.
    pub(super) fn wake(&mut self, host: &mut Host) -> bool {
        let Some((id, cause)) = host.take_alarm() else {
            return false;
        };
        self.spare_look(host, id);
        let process = &mut self.processes[id.index()];
        process.cause = cause;
        if let Some(program) = &mut process.program {
            program.wake(host.now());
        }
        host.activate(id);
        true
    }

    /// Begins a piece of work; true if it took no time and something of it is done.
    fn take_up(&mut self, host: &mut Host, id: ActorId, piece: OutcomeRun) -> bool {
        let process = &mut self.processes[id.index()];
        let stride = match (process.member(), piece.outcome) {
            (Some(member), Outcome::Success | Outcome::Failure) => member.settings().habits.takes,
            (Some(_), Outcome::Hang) | (None, _) => SimDuration::ZERO,
        };
        let work = Work {
            first: piece.first,
            seen: piece.first,
            count: piece.count,
            skip: None,
        };
        if stride == SimDuration::ZERO {
            process.at = Some(piece);
            let portion = Portion {
                work,
                at: host.now(),
                stride,
                most: work.count,
            };
            self.process(host, id, portion);
            self.processes[id.index()].at = None;
            return true;
        }
        // One that is under way goes on.
        process.at.get_or_insert(piece);
        host.work(id, work, stride);
        false
    }

    /// Messages of a portion are consumed, as many as share their past; answers how many it were.
    pub(crate) fn process(&mut self, host: &mut Host, id: ActorId, mut portion: Portion) -> u64 {
        self.now = host.now();
        let Some(piece) = self.processes[id.index()].at else {
            return portion.most;
        };
        let Portion { work, stride, .. } = portion;
        let (queue, first) = (piece.queue, work.first);
        let group = self.member(id).map(|member| member.settings().group);
        let setup = group.and_then(|group| self.groups[group.index()].as_ref());
        let before = setup.map(|setup| setup.received_before(queue, first.0));
        let (again, alike) = before.unwrap_or((false, u64::MAX));
        portion.most = portion.most.min(alike).max(1);
        let cause = self.processes[id.index()].arrival_of(queue, first);
        let (count, event) = host.process(&portion, cause, |count| match piece.outcome {
            Outcome::Success => What::Processed {
                consumer: id,
                log: queue,
                first,
                count,
                stride,
                again,
            },
            Outcome::Failure => QueueEvent::Failed {
                member: id,
                queue,
                first,
                count,
                stride,
                again,
            }
            .into(),
            Outcome::Hang => QueueEvent::Hung {
                member: id,
                queue,
                offset: first,
                again,
            }
            .into(),
        });
        if let Some(setup) = group.and_then(|group| self.groups[group.index()].as_mut()) {
            setup.receive(queue, first.0, count);
        }
        let process = &mut self.processes[id.index()];
        process.cause = Some(event);
        let done = OutcomeRun {
            first,
            count: work.count,
            ..piece
        };
        let now = host.now();
        if let Some(member) = process.member() {
            member.done(done, count, now);
        }
        let rest = OutcomeRun {
            first: first.plus(count),
            count: work.count - count,
            ..piece
        };
        process.at = (rest.count > 0).then_some(rest);
        count
    }
}
