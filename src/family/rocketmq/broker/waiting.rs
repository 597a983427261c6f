//! Reads that wait for a message, woken or looked at.
//!
//! From `PullRequestHoldService.java`, `PopLongPollingService.java`.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effect::Effect;
use super::parked::{Parked, ParkedRead};
use super::request::QueueName;
use super::server::Broker;
use crate::units::{SimDuration, SimTime};

/// How often the broker looks at them.
const LOOK: SimDuration = SimDuration::from_secs(5);

impl Broker {
    /// Whether there is a message behind what a read asked for.
    fn has_news(&self, parked: &Parked) -> bool {
        match &parked.read {
            ParkedRead::Pull(pull) => {
                self.max(&pull.of).0 > u64::try_from(pull.offset).unwrap_or(0)
            }
            ParkedRead::Pop(pop) => self.max(&pop.of) > self.pop_offset(pop),
        }
    }

    /// When the broker's next look has something to do.
    pub(super) fn next_look(&self, now: SimTime) -> Option<SimTime> {
        let due = |parked: &Parked| {
            let from = if self.has_news(parked) {
                now
            } else {
                parked.until.max(now)
            };
            self.tick(LOOK, LOOK, from)
        };
        self.parked.iter().map(due).min()
    }

    /// A look at all that wait: those with news, whatever its tag, and those whose time is over are answered.
    pub(super) fn look(&mut self, now: SimTime, out: &mut Vec<Effect>) {
        let (due, rest): (Vec<Parked>, Vec<Parked>) = core::mem::take(&mut self.parked)
            .into_iter()
            .partition(|parked| parked.until <= now || self.has_news(parked));
        self.parked = rest;
        self.answer_parked(now, due, out);
    }

    /// Messages with this tag became visible in a queue: those that wait for such are answered.
    pub(super) fn wake(
        &mut self,
        now: SimTime,
        of: &QueueName,
        tag: Option<&Arc<str>>,
        out: &mut Vec<Effect>,
    ) {
        let wakes = |parked: &Parked| {
            parked.read.of() == of && parked.read.wants(tag) && self.has_news(parked)
        };
        if !self.parked.iter().any(wakes) {
            return;
        }
        let (due, rest): (Vec<Parked>, Vec<Parked>) = self
            .parked
            .iter()
            .cloned()
            .partition(|parked| wakes(parked));
        self.parked = rest;
        self.answer_parked(now, due, out);
    }

    fn answer_parked(&mut self, now: SimTime, due: Vec<Parked>, out: &mut Vec<Effect>) {
        for Parked {
            from, token, read, ..
        } in due
        {
            match read {
                ParkedRead::Pull(pull) => self.answer_pull(now, from, token, pull, out),
                ParkedRead::Pop(pop) => self.answer_pop(now, from, token, pop, out),
            }
        }
    }
}
