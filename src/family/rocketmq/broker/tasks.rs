//! What the broker does at its own times.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effect::{Change, Effect};
use super::request::QueueName;
use super::server::Broker;
use crate::family::rocketmq::store::cleaner::CleaningPolicy;
use crate::units::{SimDuration, SimTime};

/// Between an append and its dispatch to the queue (`ReputMessageService`).
const DISPATCH: SimDuration = SimDuration::from_millis(1);
/// The first write of the file of offsets behind the start, and between two of them (`flushConsumerOffsetInterval`).
const FLUSH: (SimDuration, SimDuration) = (SimDuration::from_secs(10), SimDuration::from_secs(5));
/// The cleaner's first pass behind the start, and between two of them (`cleanResourceInterval`).
const CLEAN: (SimDuration, SimDuration) = (SimDuration::from_secs(60), SimDuration::from_secs(10));

/// Something that the broker does at its own times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Messages whose delay is over are stored where they belong.
    Deliver,
    /// Messages that POPs gave and nobody acknowledged are stored anew.
    Revive,
    /// What was appended becomes visible, and reads that wait for it are answered.
    Dispatch,
    /// Offsets are written to the file.
    Flush,
    /// A look at reads that wait.
    Look,
    /// The cleaner's pass.
    Clean,
}

impl Task {
    /// All, in the order in which they are done at one moment: what is stored comes before what shows it.
    pub const ALL: [Self; 6] = [
        Self::Deliver,
        Self::Revive,
        Self::Dispatch,
        Self::Flush,
        Self::Look,
        Self::Clean,
    ];

    /// Whether somebody is owed it, so that a run goes on for its sake.
    #[must_use]
    pub const fn is_owed(self) -> bool {
        match self {
            Self::Deliver | Self::Revive | Self::Dispatch | Self::Flush => true,
            Self::Look | Self::Clean => false,
        }
    }
}

impl Broker {
    /// When a task has something to do next, from `now` on.
    #[must_use]
    pub fn next_of(&self, now: SimTime, task: Task) -> Option<SimTime> {
        let at = match task {
            Task::Deliver => self.next_delivery(),
            Task::Revive => self.next_revival(),
            Task::Dispatch => self.appended_at.map(|at| at.after(DISPATCH)),
            Task::Flush => self.unflushed_since.map(|since| self.flush_behind(since)),
            Task::Look => self.next_look(now),
            Task::Clean => self.next_pass(now),
        };
        at.map(|at| at.max(now))
    }

    /// When any task has something to do next.
    #[must_use]
    pub fn next_moment(&self, now: SimTime) -> Option<SimTime> {
        let next = Task::ALL.iter().filter_map(|task| self.next_of(now, *task));
        next.min()
    }

    /// Does a task whose moment it is; at any other moment it may find nothing to do.
    pub fn work(&mut self, now: SimTime, task: Task, out: &mut Vec<Effect>) {
        match task {
            Task::Deliver => self.deliver(now, out),
            Task::Revive => self.revive(now, out),
            Task::Dispatch => self.dispatch(now, out),
            Task::Flush => self.flush(out),
            Task::Look => self.look(now, out),
            Task::Clean => self.clean(now, false, out),
        }
    }

    /// The first of the moments `first` behind the start and every `every` from there on that is not before `from`.
    pub(super) fn tick(&self, first: SimDuration, every: SimDuration, from: SimTime) -> SimTime {
        let start = self.started_at.after(first);
        let late = from.since(start).0;
        start.after(every.times(late.div_ceil(every.0)))
    }

    /// What is committed at the moment of a write may have come behind it.
    fn flush_behind(&self, since: SimTime) -> SimTime {
        self.tick(FLUSH.0, FLUSH.1, SimTime(since.0.saturating_add(1)))
    }

    fn dispatch(&mut self, now: SimTime, out: &mut Vec<Effect>) {
        self.appended_at = None;
        let shown = self.store.dispatch();
        let tags: Vec<(QueueName, Option<Arc<str>>)> = shown
            .iter()
            .map(|(topic, queue, run)| (name(topic, *queue), run.extent.run.tag.clone()))
            .collect();
        for (topic, queue, run) in shown {
            let of = name(&topic, queue);
            out.push(Effect::Changed(Change::Visible { of, run }));
        }
        for (of, tag) in tags {
            self.wake(now, &of, tag.as_ref(), out);
        }
    }

    fn policy(&self) -> CleaningPolicy<'_> {
        CleaningPolicy {
            reserved: self.settings.reserved,
            hours: &self.settings.delete_hours,
            starts_at: self.settings.starts_at,
            disk_percent: self.settings.disk_percent,
        }
    }

    /// The next pass of the cleaner that finds something.
    fn next_pass(&self, now: SimTime) -> Option<SimTime> {
        if !self.settings.cleaner {
            return None;
        }
        let policy = self.policy();
        let behind = |at: SimTime| SimTime(at.0.saturating_add(1));
        let mut from = self.cleaned_at.map_or(now, |at| behind(at).max(now));
        // A pass may come just behind the hour for it; then it is that of the next day.
        for _ in 0..3 {
            let pass = self.tick(
                CLEAN.0,
                CLEAN.1,
                policy.next_deletion(self.store.log(), from)?,
            );
            if policy.is_forced() || policy.is_time(pass) {
                return Some(pass);
            }
            from = pass;
        }
        None
    }

    /// A pass of the cleaner that an operator asks for: at any hour; what is not expired stays.
    pub fn expire(&mut self, now: SimTime, out: &mut Vec<Effect>) {
        self.clean(now, true, out);
    }

    fn clean(&mut self, now: SimTime, asked: bool, out: &mut Vec<Effect>) {
        self.cleaned_at = Some(now);
        let policy = CleaningPolicy {
            reserved: self.settings.reserved,
            hours: &self.settings.delete_hours,
            starts_at: self.settings.starts_at,
            disk_percent: self.settings.disk_percent,
        };
        let (cleaned, moved) = self.store.clean(now, &policy, asked);
        if cleaned.files == 0 {
            return;
        }
        out.push(Effect::Changed(Change::FilesDeleted {
            files: cleaned.files,
            first: self.store.log().min(),
            forced: cleaned.forced > 0,
        }));
        for (topic, queue, min) in moved {
            let of = name(&topic, queue);
            out.push(Effect::Changed(Change::MinMoved { of, min }));
        }
    }

    /// Sets the last write of every finished file of the commit log back by `by`, as `touch` does.
    pub fn backdate(&mut self, by: SimDuration) {
        self.store.backdate(by);
    }
}

fn name(topic: &Arc<str>, queue: u32) -> QueueName {
    QueueName {
        topic: topic.clone(),
        queue,
    }
}
