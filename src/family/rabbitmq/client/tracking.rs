//! When a consumer stores, and what: counts, the library's guard against going backwards, Java's
//! checks. Sends nothing itself; knows no chunk.

use alloc::vec::Vec;

use super::auto_commit::{AutoCommit, rises};
use super::profile::{AutoTracking, Guard, Profile, Stores, StoresMarker};
use crate::family::rabbitmq::statements::Policy;
use crate::trace::event::Idle;
use crate::units::{SimDuration, SimTime};

/// Java looks at its trackers this often (`OffsetTrackingCoordinator`).
const TICK: SimDuration = SimDuration::from_secs(1);

/// Java's manual tracking asks again after this long (`manualCheckInterval`).
const RECHECK: SimDuration = SimDuration::from_secs(5);

/// A library gives up an answer after this long, and asks again at its next tick (`rpcTimeout`).
pub(super) const PATIENCE: SimDuration = SimDuration::from_secs(10);

/// What there is to do about a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// Send it.
    Send(u64),
    /// Keep it in the program's own database.
    Keep(u64),
    /// The library leaves it, for this reason.
    Leave(Idle),
}

/// What there is to do at a moment that the tracking waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TrackingTask {
    /// Ask what is stored.
    Ask,
    /// Store.
    Store(Due),
    /// Nothing.
    Nothing,
}

/// Why a library that counts in signed numbers leaves a store.
const fn signed_reason(offset: u64) -> Idle {
    if offset.cast_signed() < 0 {
        Idle::Negative
    } else {
        Idle::NotRising
    }
}

/// The tracking of one run.
#[derive(Clone, Debug)]
pub(super) struct ClientTracking {
    policy: Policy,
    profile: &'static Profile,
    /// Go's own state under the policy `auto`.
    auto_commit: Option<AutoCommit>,
    /// Messages that the program counted.
    counted: u64,
    /// The last processed offset.
    last: Option<u64>,
    /// The last offset that its library counts as processed: Java's filter stands behind its tracking, so that what it
    /// drops counts (`StreamConsumerBuilder.java`).
    reached: Option<u64>,
    /// The last offset that the program asked to store.
    requested: Option<u64>,
    /// Java lets one store through that does not rise.
    spare: bool,
    /// Java's ticks count from here.
    started: SimTime,
    /// The tick of the latest store or check.
    activity: Option<SimTime>,
    /// The broker answered that it has what was requested.
    verified: bool,
    /// When the check that is under way was sent.
    asking: Option<SimTime>,
}

impl ClientTracking {
    pub(super) fn new(policy: Policy, profile: &'static Profile, now: SimTime) -> Self {
        let auto_commit = match (profile.auto, policy) {
            (AutoTracking::Go, Policy::Auto { every, flush }) => {
                Some(AutoCommit::new(every, flush, now))
            }
            (AutoTracking::Go | AutoTracking::Java, _) => None,
        };
        Self {
            policy,
            profile,
            auto_commit,
            counted: 0,
            last: None,
            reached: None,
            requested: None,
            spare: true,
            started: now,
            activity: None,
            verified: false,
            asking: None,
        }
    }

    /// The last processed offset of this run.
    pub(super) fn last(&self) -> Option<u64> {
        self.last
    }

    /// The last offset that went through this run, behind the filter or not.
    pub(super) fn reached(&self) -> Option<u64> {
        self.reached
    }

    /// The program counts from its beginning again.
    pub(super) fn count_anew(&mut self) {
        self.counted = 0;
    }

    /// It asks to start at an offset.
    pub(super) const fn begins_at(&mut self, offset: u64) {
        if let Some(auto) = &mut self.auto_commit {
            auto.begins_at(offset);
        }
    }

    /// How many messages until the next store by count.
    pub(super) fn until_store(&self) -> u64 {
        if let Some(auto) = &self.auto_commit {
            return auto.until_store();
        }
        let (period, shift) = match self.policy {
            Policy::Never | Policy::Manual => return u64::MAX,
            Policy::Auto { every, .. } => (every.max(1), 0),
            Policy::Every(n) | Policy::External(n) => match self.profile.stores {
                Stores::EveryNth => (n.max(1), 0),
                Stores::FirstAndEveryNth => (n.max(1), n.max(1) - 1),
            },
        };
        period - (self.counted % period + shift) % period
    }

    /// How many messages may be processed before it has to be asked again.
    pub(super) fn at_most(&self) -> u64 {
        let java = matches!(self.policy, Policy::Auto { .. }) && self.auto_commit.is_none();
        // The first message that is not stored sets the clock of the checks going.
        if java && (self.verified || self.reached.is_none()) {
            1
        } else {
            self.until_store()
        }
    }

    /// Messages were processed, at most up to the next store by count; `stops`: the last says stop.
    pub(super) fn processed(
        &mut self,
        count: u64,
        last: u64,
        stops: bool,
        now: SimTime,
    ) -> Vec<Due> {
        let due = self.until_store() == count;
        self.counted = self.counted.saturating_add(count);
        self.last = Some(last);
        self.reached = Some(last);
        self.verified = false;
        if let Some(auto) = &mut self.auto_commit {
            let due = auto.passed(count, last, now);
            let due = if stops {
                due.or_else(|| auto.store(now))
            } else {
                due
            };
            return due.map(Due::Send).into_iter().collect();
        }
        let mut dues = Vec::new();
        match self.policy {
            Policy::Never | Policy::Manual => {}
            Policy::Every(_) | Policy::Auto { .. } if due || stops => {
                dues.push(self.request(last, now));
                let counted = due && matches!(self.policy, Policy::Every(_));
                if counted && stops && self.profile.stores_marker == StoresMarker::Besides {
                    dues.push(self.request(last, now));
                }
            }
            Policy::External(_) if due || stops => dues.push(Due::Keep(last)),
            Policy::Every(_) | Policy::Auto { .. } | Policy::External(_) => {}
        }
        dues
    }

    /// Messages were dropped by its filter. To automatic tracking they are messages like others.
    pub(super) fn filtered(&mut self, first: u64, count: u64, now: SimTime) -> Vec<Due> {
        let mut due = Vec::new();
        let (mut at, end) = (first, first.saturating_add(count));
        self.reached = Some(end.saturating_sub(1));
        if self.auto_commit.is_none() && matches!(self.policy, Policy::Auto { .. }) {
            self.verified = false;
            while at < end {
                let (part, next) = ((end - at).min(self.until_store()), self.until_store());
                at += part;
                self.counted = self.counted.saturating_add(part);
                if part == next {
                    due.push(self.request(at - 1, now));
                }
            }
            return due;
        }
        while let Some(auto) = self.auto_commit.as_mut().filter(|_| at < end) {
            let part = auto.until_store().min(end - at);
            at += part;
            due.extend(auto.passed(part, at - 1, now).map(Due::Send));
        }
        due
    }

    /// It closes under a policy by which its library stores where it is.
    pub(super) fn closes(&mut self, now: SimTime) -> Option<Due> {
        match &mut self.auto_commit {
            Some(auto) => auto.store(now).map(Due::Send),
            None => None,
        }
    }

    /// The program asks to store an offset.
    pub(super) fn request(&mut self, offset: u64, now: SimTime) -> Due {
        if let Some(auto) = &mut self.auto_commit {
            let sends = auto.stores(offset);
            return if sends {
                Due::Send(offset)
            } else {
                Due::Leave(signed_reason(offset))
            };
        }
        let sends = match self.profile.guard {
            Guard::All => true,
            Guard::Rising => rises(self.requested, offset),
            Guard::RisingAndOne => {
                let rises = offset > self.requested.unwrap_or(0);
                rises || core::mem::take(&mut self.spare)
            }
        };
        self.activity = Some(self.tick_at_or_before(now));
        self.verified = false;
        if !sends {
            return Due::Leave(match self.profile.guard {
                Guard::All | Guard::RisingAndOne => Idle::NotRising,
                Guard::Rising => signed_reason(offset),
            });
        }
        self.requested = Some(offset);
        Due::Send(offset)
    }

    /// Whether messages are processed that will be stored without a further one (`auto`).
    pub(super) fn owes(&self) -> bool {
        if let Some(auto) = &self.auto_commit {
            return auto.owes();
        }
        let auto = matches!(self.policy, Policy::Auto { .. });
        auto && self.requested < self.reached
    }

    /// When it wants to check what is stored, if ever: at one of its ticks.
    pub(super) fn check_at(&self, now: SimTime) -> Option<SimTime> {
        if let Some(auto) = &self.auto_commit {
            return auto.wakes_at(now);
        }
        let interval = match self.policy {
            Policy::Auto { flush, .. } if self.reached.is_some() => flush,
            Policy::Every(_) | Policy::Manual if self.profile.rechecks => RECHECK,
            Policy::Never
            | Policy::Every(_)
            | Policy::Manual
            | Policy::External(_)
            | Policy::Auto { .. } => return None,
        };
        if self.verified {
            return None;
        }
        let quiet = match (self.asking, self.activity) {
            (Some(asked), _) => asked.after(PATIENCE),
            // Strictly longer than the interval ago.
            (None, Some(activity)) => self.tick_at_or_before(activity.after(interval)).after(TICK),
            // Nothing yet: at the first tick.
            (None, None) => self.started.after(TICK),
        };
        Some(if quiet < now {
            self.tick_at_or_before(now).after(TICK)
        } else {
            quiet
        })
    }

    /// The moment of a check may have come.
    pub(super) fn woken(&mut self, now: SimTime) -> TrackingTask {
        if let Some(auto) = &mut self.auto_commit {
            let due = auto.woken(now).map(Due::Send);
            return due.map_or(TrackingTask::Nothing, TrackingTask::Store);
        }
        if self.check_at(now).is_some_and(|at| at <= now) {
            self.asking = Some(now);
            return TrackingTask::Ask;
        }
        TrackingTask::Nothing
    }

    /// The answer to a check: what to store again.
    pub(super) fn checked(&mut self, stored: Option<u64>, now: SimTime) -> Option<Due> {
        self.asking = None;
        let wanted = match self.policy {
            Policy::Auto { .. } => self.reached?,
            Policy::Never | Policy::Every(_) | Policy::Manual | Policy::External(_) => {
                self.requested.unwrap_or(0)
            }
        };
        self.activity = Some(self.tick_at_or_before(now));
        if stored.is_none_or(|stored| stored < wanted) {
            return Some(self.request(wanted, now));
        }
        self.verified = true;
        None
    }

    fn tick_at_or_before(&self, now: SimTime) -> SimTime {
        let since = now.since(self.started).0;
        self.started.after(SimDuration(since - since % TICK.0))
    }
}
