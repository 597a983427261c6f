//! Go's automatic tracking (`cacheStoreOffset`): a count, a time, and a place that need not be that of a message.
//! Sends nothing itself; knows no chunk.

use crate::units::{SimDuration, SimTime};

/// It looks at its clock this often (`autoCommitTicker`).
const TICK: SimDuration = SimDuration::from_secs(1);

/// The tracking of one run.
#[derive(Clone, Debug)]
pub(super) struct AutoCommit {
    every: u64,
    flush: SimDuration,
    /// Its ticks count from here.
    started: SimTime,
    /// When it stored last, or would have if there had been anything.
    last: SimTime,
    /// Messages since then.
    counted: u64,
    /// Where it is: the offset it asked for, then that of the latest message that it went through.
    current: Option<u64>,
    /// What it stored last.
    stored: Option<u64>,
    /// The time is over: the next message stores.
    overdue: bool,
}

impl AutoCommit {
    pub(super) fn new(every: u64, flush: SimDuration, now: SimTime) -> Self {
        Self {
            every: every.max(1),
            flush,
            started: now,
            last: now,
            counted: 0,
            current: None,
            stored: None,
            overdue: false,
        }
    }

    /// It asks to start at an offset, and takes that for where it is.
    pub(super) const fn begins_at(&mut self, offset: u64) {
        self.current = Some(offset);
    }

    /// How many messages until one has to be looked at: the next that stores.
    pub(super) fn until_store(&self) -> u64 {
        if self.overdue {
            return 1;
        }
        self.every.saturating_sub(self.counted).max(1)
    }

    /// It went through messages, at most up to the next store by count; answers what to store.
    pub(super) fn passed(&mut self, count: u64, last: u64, now: SimTime) -> Option<u64> {
        self.idle_until(now);
        self.current = Some(last);
        self.counted = self.counted.saturating_add(count);
        if self.counted >= self.every || now.since(self.last) >= self.flush {
            return self.store(now);
        }
        None
    }

    /// What is stored now: where it is, if that is greater than what was stored (as signed numbers: from 2^63 on none is).
    pub(super) fn store(&mut self, now: SimTime) -> Option<u64> {
        self.last = now;
        self.counted = 0;
        self.overdue = false;
        let current = self.current.filter(|_| self.owes())?;
        self.stored = Some(current);
        Some(current)
    }

    /// The script stores an offset; whether the client sends it.
    pub(super) fn stores(&mut self, offset: u64) -> bool {
        let rises = rises(self.stored, offset);
        if rises {
            self.stored = Some(offset);
        }
        rises
    }

    /// Whether something will be stored without a further message.
    pub(super) fn owes(&self) -> bool {
        self.current
            .is_some_and(|current| rises(self.stored, current))
    }

    /// When it wants to be woken: when the time is over, so that the next message stores, and at the tick behind that.
    pub(super) fn wakes_at(&self, now: SimTime) -> Option<SimTime> {
        if !self.owes() {
            return None;
        }
        let due = self.last.after(self.flush);
        Some(if due > now {
            due
        } else {
            self.tick_from(due).max(self.tick_from(now))
        })
    }

    /// The moment has come; answers what to store.
    pub(super) fn woken(&mut self, now: SimTime) -> Option<u64> {
        let due = self.last.after(self.flush);
        if now < due || !self.owes() {
            return None;
        }
        if self.tick_from(now) == now {
            return self.store(now);
        }
        self.overdue = true;
        None
    }

    /// While there is nothing to store, its ticks only move the clock on.
    fn idle_until(&mut self, now: SimTime) {
        let first = self.tick_from(self.last.after(self.flush));
        if self.owes() || first > now {
            return;
        }
        let period = self.flush.0.div_ceil(TICK.0).max(1) * TICK.0;
        let idle = now.since(first).0;
        self.last = first.after(SimDuration(idle - idle % period));
        self.counted = 0;
    }

    /// The first tick at or behind a moment.
    fn tick_from(&self, at: SimTime) -> SimTime {
        let since = at.since(self.started).0;
        let ticks = since.div_ceil(TICK.0).max(1);
        self.started
            .after(SimDuration(ticks.saturating_mul(TICK.0)))
    }
}

/// Whether an offset is greater than what was stored: both are signed, and at first -1 is.
pub(super) fn rises(stored: Option<u64>, offset: u64) -> bool {
    let signed = |n: u64| n.cast_signed();
    signed(offset) > stored.map_or(-1, signed)
}
