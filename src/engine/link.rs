//! A program's link to the broker: how long messages take and which are lost. Messages never overtake each other.
//! Of a message it asks only what kind it is.

use crate::base::Prng;
use crate::family::Message;
use crate::trace::link::{Fault, Loss, MessageKind};
use crate::units::{SimDuration, SimTime};

/// A link.
#[derive(Clone, Debug)]
pub(super) struct Link {
    latency: SimDuration,
    delay: SimDuration,
    drop: Option<(u32, u32)>,
    /// How many of each kind are still to be lost, by [`MessageKind`].
    lose_next: [u32; MessageKind::ALL.len()],
    chance: Prng,
    last_up: SimTime,
    last_down: SimTime,
}

impl Link {
    pub(super) fn new(latency: SimDuration, chance: Prng) -> Self {
        Self {
            latency,
            delay: SimDuration::ZERO,
            drop: None,
            lose_next: [0; MessageKind::ALL.len()],
            chance,
            last_up: SimTime::ZERO,
            last_down: SimTime::ZERO,
        }
    }

    pub(super) fn fault(&mut self, fault: Fault) {
        match fault {
            Fault::LoseNext(kind) => {
                let left = &mut self.lose_next[kind as usize];
                *left = left.saturating_add(1);
            }
            Fault::Drop {
                numerator,
                denominator,
            } => self.drop = Some((numerator, denominator)).filter(|(n, _)| *n > 0),
            Fault::Delay { by } => self.delay = by,
        }
    }

    pub(super) fn heal(&mut self) {
        self.delay = SimDuration::ZERO;
        self.drop = None;
        self.lose_next = Default::default();
    }

    /// When a message that leaves now reaches the broker.
    pub(super) fn up_at(&mut self, now: SimTime) -> SimTime {
        self.last_up = self.last_up.max(now.after(self.latency).after(self.delay));
        self.last_up
    }

    /// When a message that leaves now reaches the program.
    pub(super) fn down_at(&mut self, now: SimTime) -> SimTime {
        self.last_down = self
            .last_down
            .max(now.after(self.latency).after(self.delay));
        self.last_down
    }

    /// Whether confirms of several chunks may differ in their fate.
    pub(super) const fn splits_confirms(&self) -> bool {
        self.lose_next[MessageKind::Confirm as usize] > 0
    }

    /// Whether publish frames that leave together may differ in their fate.
    const fn splits_publishes(&self) -> bool {
        self.drop.is_some() || self.lose_next[MessageKind::Publish as usize] > 0
    }

    /// How many of at most `most` publish frames like this one share the fate of the first, and which it is.
    pub(super) fn fate_of_many(&mut self, message: &Message, most: u64) -> (u64, Option<Loss>) {
        if !self.splits_publishes() {
            return (u64::MAX, None);
        }
        let fate = self.fate(message);
        let mut alike = 1;
        while alike < most && self.splits_publishes() {
            let mut next = self.clone();
            if next.fate(message) != fate {
                break;
            }
            *self = next;
            alike += 1;
        }
        (alike, fate)
    }

    /// Whether this message is lost. The end of a connection never is.
    pub(super) fn fate(&mut self, message: &Message) -> Option<Loss> {
        if let Some(kind) = message.kind() {
            let left = &mut self.lose_next[kind as usize];
            if *left > 0 {
                *left -= 1;
                return Some(Loss::Chosen);
            }
        }
        if !message.can_be_dropped() {
            return None;
        }
        let (numerator, denominator) = self.drop?;
        self.chance
            .chance(numerator, denominator)
            .then_some(Loss::Dropped)
    }
}
