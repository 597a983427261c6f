//! The broker's own ends and starts. Messages stay; offsets are what the file has.
//!
//! From `BrokerController.java:shutdown, initialize`, `DefaultMessageStore.java:recover`.

use alloc::vec::Vec;

use super::effect::{Change, Effect};
use super::server::Broker;
use crate::base::SmallMap;
use crate::units::SimTime;

impl Broker {
    /// It is asked to end: it writes its offsets first.
    pub fn stop(&mut self, out: &mut Vec<Effect>) {
        self.flush(out);
        self.crash();
    }

    /// Its process dies: what was only in memory is gone. What was appended stays, whether it was visible or not.
    pub fn crash(&mut self) {
        self.parked.clear();
        for group in self.groups.values_mut() {
            group.members.clear();
            group.locks.clear();
            group.pending.clear();
            group.pulled = SmallMap::new();
        }
    }

    /// It is there again, with the offsets of its file. What was appended is brought into its queues.
    pub fn start(&mut self, now: SimTime, out: &mut Vec<Effect>) {
        self.started_at = now;
        self.cleaned_at = None;
        self.unflushed_since = None;
        let mut rolled_back = Vec::new();
        for (name, group) in self.groups.iter() {
            let lost = group
                .offsets
                .iter()
                .filter(|(of, offset)| group.flushed.get(*of) != Some(offset));
            rolled_back.extend(lost.map(|(of, _)| (name.clone(), of.clone(), group.flushed(of))));
        }
        for group in self.groups.values_mut() {
            group.offsets = group.flushed.clone();
        }
        if !rolled_back.is_empty() {
            out.push(Effect::Changed(Change::OffsetsLost { rolled_back }));
        }
        if self.appended_at.is_some() {
            self.work(now, super::Task::Dispatch, out);
        }
    }
}
