//! A program's link to the broker: how long frames take and which are lost. Frames never overtake each other.
//! Knows no frame's content.

use crate::base::Prng;
use crate::trace::Frame;
use crate::trace::frame::{Fault, Loss};
use crate::units::{SimDuration, SimTime};

/// A link.
#[derive(Clone, Debug)]
pub(super) struct Link {
    latency: SimDuration,
    delay: SimDuration,
    drop: Option<(u32, u32)>,
    lose_publish: u32,
    lose_store: u32,
    lose_confirm: u32,
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
            lose_publish: 0,
            lose_store: 0,
            lose_confirm: 0,
            chance,
            last_up: SimTime::ZERO,
            last_down: SimTime::ZERO,
        }
    }

    pub(super) fn fault(&mut self, fault: Fault) {
        match fault {
            Fault::LoseConfirm => self.lose_confirm = self.lose_confirm.saturating_add(1),
            Fault::LoseStore => self.lose_store = self.lose_store.saturating_add(1),
            Fault::LosePublish => self.lose_publish = self.lose_publish.saturating_add(1),
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
        self.lose_publish = 0;
        self.lose_store = 0;
        self.lose_confirm = 0;
    }

    /// When a frame that leaves now reaches the broker.
    pub(super) fn up_at(&mut self, now: SimTime) -> SimTime {
        self.last_up = self.last_up.max(now.after(self.latency).after(self.delay));
        self.last_up
    }

    /// When a frame that leaves now reaches the program.
    pub(super) fn down_at(&mut self, now: SimTime) -> SimTime {
        self.last_down = self
            .last_down
            .max(now.after(self.latency).after(self.delay));
        self.last_down
    }

    /// Whether the frames of a publish train may differ in their fate.
    pub(super) const fn splits_trains(&self) -> bool {
        self.drop.is_some() || self.lose_publish > 0
    }

    /// Whether confirms of several chunks may differ in their fate.
    pub(super) const fn splits_confirms(&self) -> bool {
        self.lose_confirm > 0
    }

    /// Whether this frame is lost. The end of a connection never is.
    pub(super) fn fate(&mut self, frame: &Frame) -> Option<Loss> {
        let chosen = if matches!(frame, Frame::Publish { .. }) {
            Some(&mut self.lose_publish)
        } else if matches!(frame, Frame::Store { .. }) {
            Some(&mut self.lose_store)
        } else if matches!(frame, Frame::Confirm { .. }) {
            Some(&mut self.lose_confirm)
        } else {
            None
        };
        if let Some(left) = chosen
            && *left > 0
        {
            *left -= 1;
            return Some(Loss::Chosen);
        }
        if !frame.is_to_broker() || *frame == Frame::Close {
            return None;
        }
        let (numerator, denominator) = self.drop?;
        self.chance
            .chance(numerator, denominator)
            .then_some(Loss::Dropped)
    }
}
