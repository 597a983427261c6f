//! What programs say and do when it is their turn, and the messages that consumers go through.

use super::Driver;
use super::process::Process;
use crate::engine::{Host, Portion};
use crate::family::rabbitmq::client::Next;
use crate::family::rabbitmq::event::StreamEvent;
use crate::ids::ActorId;
use crate::trace::Work;
use crate::trace::event::What;
use crate::units::SimDuration;

impl Driver {
    /// A program says or does one thing; false when it has nothing more, and waits.
    pub(crate) fn speak(&mut self, host: &mut Host, id: ActorId) -> bool {
        if self.send_backlog(host, id) {
            return true;
        }
        match self.next_step(id) {
            Next::Output(output) => {
                self.output(host, id, output);
                return true;
            }
            Next::Work(work) if self.take_up(host, id, work) => return true,
            Next::Work(_) | Next::Nothing => {}
        }
        let process = &self.processes[id.index()];
        let program = process.program.as_ref();
        let at = program.and_then(|program| program.wakes_at(host.now()));
        host.set_alarm(id, at, process.cause);
        false
    }

    /// Lets a program say at once what the script made it say; work and the rest of publish frames wait for their
    /// turn.
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
        let process = &mut self.processes[id.index()];
        process.cause = cause;
        if let Some(program) = &mut process.program {
            program.wake(host.now());
        }
        host.activate(id);
        true
    }

    /// Begins a piece of work; true if it took no time and something of it is done.
    fn take_up(&mut self, host: &mut Host, id: ActorId, work: Work) -> bool {
        let process = &mut self.processes[id.index()];
        if let Some(why) = work.skip {
            let what = What::Skipped {
                consumer: id,
                log: process.stream,
                first: work.first,
                count: work.count,
                why,
            };
            host.emit(process.arrival_of(work.first), what);
            if let Some(consumer) = process.consumer() {
                consumer.done(work, work.count, host.now());
            }
            return true;
        }
        let consumer = process.consumer();
        let stride = consumer.map_or(SimDuration::ZERO, |c| c.settings().takes);
        if stride == SimDuration::ZERO {
            let portion = Portion {
                work,
                at: host.now(),
                stride,
                most: work.count,
            };
            self.process(host, id, portion);
            return true;
        }
        host.work(id, work, stride);
        false
    }

    /// Messages of a portion are done, as many as share their past; answers how many it were.
    pub(crate) fn process(&mut self, host: &mut Host, id: ActorId, mut portion: Portion) -> u64 {
        let Portion { work, stride, .. } = portion;
        let process: &mut Process = &mut self.processes[id.index()];
        let (again, alike) = process.before.run_at(work.seen.0);
        portion.most = portion.most.min(alike).max(1);
        let (cause, log) = (process.arrival_of(work.first), process.stream);
        let (count, event) = host.process(&portion, cause, |count| What::Processed {
            consumer: id,
            log,
            first: work.seen,
            count,
            stride,
            again,
        });
        process.current.insert(work.seen.0, count);
        process.cause = Some(event);
        if let Some(consumer) = process.consumer() {
            consumer.done(work, count, host.now());
            // One transaction with the message: nothing comes between the two.
            if let Some(offset) = consumer.take_kept() {
                let consumer = id;
                host.emit(
                    Some(event),
                    StreamEvent::StoredExternally { consumer, offset },
                );
            }
        }
        count
    }
}
