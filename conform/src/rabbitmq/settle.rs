//! Writers at work: batch after batch until no command waits, each cut as the transcript shows it.

use std::sync::Arc;

use crate::rabbitmq::cut::{Choices, Cutter};
use crate::rabbitmq::prelude::{Change, ClientFrame, Effect, SimDuration};
use crate::rabbitmq::replay::Runner;

/// Between two batches, so that no two chunks have one stamp.
const BATCH: SimDuration = SimDuration::from_millis(2);

/// Rolls by nothing but waits before a writer is left alone until the next step. A segment that a
/// snapshot alone fills rolls with every batch, a reader's wait at the tail included: that never
/// comes to rest, on the real broker either.
const RESTLESS: u32 = 100;

impl Runner<'_> {
    /// Lets every writer work until no command waits.
    pub(crate) fn settle(&mut self) {
        self.before_unawaited = None;
        let mut restless = RESTLESS;
        let mut idle = true;
        loop {
            let pending: Vec<Arc<str>> = self.broker.pending().collect();
            if pending.is_empty() {
                self.copy.settled();
            }
            if pending.is_empty() || restless == 0 || self.work.is_spent() {
                return;
            }
            for stream in pending {
                if self.batch(&stream, idle) {
                    restless = restless.saturating_sub(1);
                }
            }
            idle = false;
        }
    }

    /// One batch; whether it rolled a segment by nothing but waits. `idle`: the writer did nothing before.
    fn batch(&mut self, stream: &Arc<str>, idle: bool) -> bool {
        self.now = self.now.after(BATCH);
        let cap = self.caps.entry(stream.clone()).or_default();
        let cut = Cutter {
            broker: &self.broker,
            stream,
            now: self.now,
            life: self.plan.lives.get(&(
                stream.to_string(),
                self.lives.get(&**stream).copied().unwrap_or(0),
            )),
            cap: *cap,
            one_by_one: self.one_by_one,
            idle,
            work: self.work,
            copy: self.copy.units(),
        }
        .next(&mut self.chosen);
        self.one_by_one = cut.one_by_one;
        self.given_cuts += u32::from(cut.shown);
        self.frames_free |= cut.free;
        let mut effects = Vec::new();
        let taken = self
            .broker
            .writer_batch(self.now, stream, cut.commands, &mut effects);
        cap.after(taken);
        let restless = effects.iter().any(opens_a_segment) && !effects.iter().any(was_asked_for);
        let items = self.broker.mailbox(stream).count() as u64;
        self.work.spend(10 + items / 4 + 2 * effects.len() as u64);
        self.shown &= cut.shown || !effects.iter().any(confirms);
        self.broker.dispatch(stream, &mut effects);
        self.retention(stream, &mut effects);
        self.route(effects);
        restless
    }

    /// Retention runs beside the writer: mostly after the whole batch that rolled the segment, at
    /// times before its messages are in, and then what they push out stays until the next roll.
    fn retention(&mut self, stream: &str, effects: &mut Vec<Effect>) {
        if !effects.iter().any(opens_a_segment) {
            return;
        }
        self.copy.rolled();
        self.work.spend(self.copy.units());
        let mut broker = self.broker.clone();
        let mut removed = Vec::new();
        broker.retention(self.now, stream, &mut removed);
        if removed.is_empty() || self.chosen.choose(2) == 0 {
            self.broker = broker;
            effects.append(&mut removed);
        }
    }
}

fn opens_a_segment(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Changed {
            change: Change::Written { rolled: true, .. },
            ..
        }
    )
}

/// Whether a batch did what a client wanted: it confirmed, or took a stored offset.
fn was_asked_for(effect: &Effect) -> bool {
    confirms(effect)
        || matches!(
            effect,
            Effect::Changed {
                change: Change::Stored { .. },
                ..
            }
        )
}

const fn confirms(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::ToClient {
            frame: ClientFrame::Confirm { .. },
            ..
        }
    )
}
