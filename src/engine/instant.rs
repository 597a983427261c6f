//! What happens at one instant, in which order, and when the next one is. Knows no script.

use alloc::sync::Arc;

use super::host::{Done, Host};
use super::queue::Scheduled;
use crate::family::Driver;
use crate::language::Scenario;
use crate::language::ast::LinkStatement;
use crate::trace::link::{Fault, MessageKind};
use crate::units::SimTime;

/// The world and the family that lives in it.
#[derive(Clone, Debug)]
pub(super) struct Sim {
    pub(super) host: Host,
    pub(super) driver: Driver,
}

impl Sim {
    pub(super) fn new(scenario: &Arc<Scenario>) -> Self {
        Self {
            host: Host::new(scenario),
            driver: Driver::new(scenario),
        }
    }

    /// A fault of a program's link begins, or all of them end.
    pub(super) fn link(&mut self, statement: LinkStatement) {
        let (program, fault) = match statement {
            LinkStatement::LoseConfirm(program) => (program, Fault::LoseNext(MessageKind::Confirm)),
            LinkStatement::LoseStore(program) => (program, Fault::LoseNext(MessageKind::Store)),
            LinkStatement::LosePublish(program) => (program, Fault::LoseNext(MessageKind::Publish)),
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
            LinkStatement::Heal(program) => return self.host.heal(program),
        };
        self.host.fault(program, fault);
    }

    /// One small step of what happens at this instant; false when it is quiet.
    ///
    /// Every digest depends on this order. What is decided already comes first, so that an effect stands right behind
    /// its cause. Programs speak before time-consuming work and arrivals go on, so that an answer leaves at the instant
    /// of the question. Work comes before arrivals: a message that is done at an instant counts as done before what
    /// arrives then. The family's own turn (alarms, writers, replicas, commits, housekeeping) comes last, so that all
    /// that arrived at an instant is written, committed and read together.
    pub(super) fn step(&mut self) -> bool {
        let Self { host, driver } = self;
        if let Some(done) = host.next_task() {
            if let Done::Own(own) = done {
                driver.own(host, own);
            }
            return true;
        }
        self.speak() || self.work_due() || self.arrive() || self.driver.turn(&mut self.host)
    }

    /// Lets the programs that have something to say say one thing; false when none has.
    fn speak(&mut self) -> bool {
        while let Some(program) = self.host.speaker() {
            if self.driver.speak(&mut self.host, program) {
                return true;
            }
            self.host.silence();
        }
        false
    }

    /// Messages that are done at this very moment; false when there are none.
    fn work_due(&mut self) -> bool {
        match self.host.first_work() {
            Some((_, range)) if range.next <= self.host.now => {
                self.work_until(self.host.now);
                true
            }
            Some(_) | None => false,
        }
    }

    /// Messages of the first range that are done up to and including `limit`.
    fn work_until(&mut self, limit: SimTime) {
        let Some((program, range)) = self.host.first_work() else {
            return;
        };
        let portion = range.until(limit);
        let done = self.driver.process(&mut self.host, program, portion);
        let runs = self.driver.runs(program);
        self.host.work_on(program, range, done, runs);
        self.host.activate(program);
    }

    /// Something whose moment has come; false when there is none.
    fn arrive(&mut self) -> bool {
        let Some(item) = self.host.queue.pop_due(self.host.now) else {
            return false;
        };
        match item {
            Scheduled::Message(delivery) => self.driver.arrive(&mut self.host, delivery),
            Scheduled::Own(own) => self.driver.own(&mut self.host, own),
        }
        true
    }

    /// Whether nothing is left that a program is owed, once this instant is quiet.
    pub(super) fn is_idle(&mut self) -> bool {
        let comes = self.host.queue.next_time().is_some() || self.driver.is_owing();
        if comes || self.host.first_work().is_some() {
            return false;
        }
        !self.host.is_anyone_woken(|id| self.driver.owes(id))
    }

    /// The next moment at which something comes; housekeeping counts.
    pub(super) fn next_moment(&mut self) -> Option<SimTime> {
        let work = self.host.first_work().map(|(_, range)| range.next);
        work.into_iter().chain(self.next_but_work()).min()
    }

    /// The next moment at which something comes that is no work.
    fn next_but_work(&mut self) -> Option<SimTime> {
        let alarm = self.host.first_alarm().map(|(at, _)| at);
        let queue = self.host.queue.next_time();
        let own = self.driver.next_moment();
        queue.into_iter().chain(alarm).chain(own).min()
    }

    /// Moves time to the next moment, at most to `until`; false when there is none.
    pub(super) fn move_time(&mut self, until: Option<SimTime>) -> bool {
        let Some(next) = self.next_moment() else {
            return false;
        };
        if until.is_some_and(|until| next > until) {
            return false;
        }
        match self.host.first_work() {
            Some((program, range)) if range.next == next => {
                let other = self.host.other_work(program);
                let limit = other
                    .into_iter()
                    .chain(self.next_but_work())
                    .chain(until)
                    .min()
                    .unwrap_or(SimTime(u64::MAX));
                self.work_until(limit);
            }
            Some(_) | None => self.host.now = next,
        }
        true
    }
}
