//! Delayed messages: they lie in a topic of their own, a queue for each level, and are stored anew where they belong when
//! their time has come. Only then do they get an offset there.
//!
//! From `ScheduleMessageService.java`.

use alloc::vec::Vec;

use super::effect::Effect;
use super::levels::{LEVELS, SCHEDULE_TOPIC};
use super::server::Broker;
use crate::family::rocketmq::store::{Append, Spread};
use crate::units::{SimDuration, SimTime};

impl Broker {
    /// When the oldest message of a level is due.
    fn due(&self, level: usize) -> Option<SimTime> {
        let queue = self.store.queue(SCHEDULE_TOPIC, level as u32)?;
        let run = queue.run_of(self.delays.delivered[level])?;
        let delay = SimDuration::from_secs(LEVELS[level]);
        Some(run.extent.stored_at.after(delay))
    }

    /// When the next delayed message is due.
    pub(super) fn next_delivery(&self) -> Option<SimTime> {
        (0..LEVELS.len()).filter_map(|level| self.due(level)).min()
    }

    /// Stores anew what is due.
    pub(super) fn deliver(&mut self, now: SimTime, out: &mut Vec<Effect>) {
        for level in 0..LEVELS.len() {
            while self.due(level).is_some_and(|due| due <= now) {
                self.deliver_run(now, level, out);
            }
        }
    }

    /// Stores anew the messages of a level that were delayed together.
    fn deliver_run(&mut self, now: SimTime, level: usize, out: &mut Vec<Effect>) {
        let at = self.delays.delivered[level];
        let queue = self.store.queue(SCHEDULE_TOPIC, level as u32);
        let Some(run) = queue.and_then(|queue| queue.run_of(at)) else {
            return;
        };
        let append = run.extent.bound_for.as_ref().map(|place| Append {
            topic: place.topic.clone(),
            spread: Spread::Queue(place.queue),
            run: run
                .extent
                .run
                .part(run.place_of(at), run.step, run.end() - at),
            bound_for: None,
        });
        self.delays.delivered[level] = run.end();
        if let Some(append) = append {
            self.append(now, None, &append, out);
        }
    }
}
