//! Messages that a group consumes again, by the same or another of its members; and messages that hang.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{IdSet, SmallMap};
use crate::explain::anomaly::{Anomaly, AnomalyKind, Findings, SearchStep};
use crate::explain::english;
use crate::explain::names::EventNames;
use crate::family::rocketmq::explain::phrases;
use crate::ids::{ActorId, EventId, LogId, Offset};
use crate::world::World;

/// Messages of a queue that follow each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) queue: LogId,
    pub(super) first: Offset,
    pub(super) count: u64,
}

/// Who consumed what, and what of it came again.
#[derive(Clone, Debug, Default)]
pub(super) struct Repeats {
    /// What each member consumed of each queue.
    consumed: SmallMap<(LogId, ActorId), IdSet>,
    /// What a member's newest run consumed of a queue although its group had.
    again: SmallMap<(LogId, ActorId), Repeat>,
    /// Messages that hang.
    hung: Vec<Hung>,
}

/// Messages of a queue that a run of a member consumed again.
#[derive(Clone, Debug)]
struct Repeat {
    /// Which of the findings it is.
    finding: usize,
    offsets: IdSet,
    run: u32,
    /// Members other than this one that had consumed some of them.
    others: Vec<ActorId>,
}

#[derive(Clone, Copy, Debug)]
struct Hung {
    finding: usize,
    member: ActorId,
    group: ActorId,
    queue: LogId,
    offset: Offset,
}

impl Repeats {
    /// A member consumed messages, perhaps although its group had.
    pub(super) fn processed(
        &mut self,
        look: &SearchStep<'_>,
        member: ActorId,
        range: Range,
        again: bool,
        found: &mut Findings,
    ) {
        if again {
            self.repeated(look, member, range, found);
        }
        let key = (range.queue, member);
        let consumed = self.consumed.get_or_insert(key, IdSet::new());
        consumed.insert(range.first.0, range.count);
    }

    fn repeated(
        &mut self,
        look: &SearchStep<'_>,
        member: ActorId,
        range: Range,
        found: &mut Findings,
    ) {
        let state = look.world.family.rocketmq();
        let Some(run) = state.and_then(|state| Some(state.member(member)?.run)) else {
            return;
        };
        let others = self.others(look, member, range);
        let key = (range.queue, member);
        if let Some(repeat) = self.again.get_mut(&key)
            && repeat.run == run
        {
            repeat.offsets.insert(range.first.0, range.count);
            repeat.others.extend(others);
            found.at(repeat.finding).events.push(look.id);
            return;
        }
        if found.is_full() {
            return;
        }
        // The repetition of an earlier run is complete now.
        if let Some(repeat) = self.again.remove(&key) {
            repeat.tell(&look.names, key, found);
        }
        let mut offsets = IdSet::new();
        offsets.insert(range.first.0, range.count);
        let repeat = Repeat {
            finding: found.add(started(AnomalyKind::Redelivered, look.id)),
            offsets,
            run,
            others,
        };
        self.again.insert(key, repeat);
    }

    /// Other members of its group that had consumed some of these messages.
    fn others(&self, look: &SearchStep<'_>, member: ActorId, range: Range) -> Vec<ActorId> {
        let state = look.world.family.rocketmq();
        let group_of = |id| Some(state?.member(id)?.settings.group);
        let group = group_of(member);
        let all = self.consumed.iter().filter(|((queue, other), consumed)| {
            let alike = *queue == range.queue && *other != member && group_of(*other) == group;
            alike && consumed.count_in(range.first.0, range.count) > 0
        });
        all.map(|((_, other), _)| *other).collect()
    }

    /// A message hangs.
    pub(super) fn hung(
        &mut self,
        look: &SearchStep<'_>,
        (member, queue): (ActorId, LogId),
        offset: Offset,
        found: &mut Findings,
    ) {
        let state = look.world.family.rocketmq();
        let group = state.and_then(|state| Some(state.member(member)?.settings.group));
        let Some(group) = group.filter(|_| !found.is_full()) else {
            return;
        };
        self.hung.push(Hung {
            finding: found.add(started(AnomalyKind::OffsetHeld, look.id)),
            member,
            group,
            queue,
            offset,
        });
    }

    /// Tells what the run ended with.
    pub(super) fn finish(&self, names: &EventNames<'_>, world: &World, found: &mut Findings) {
        for (key, repeat) in self.again.iter() {
            repeat.tell(names, *key, found);
        }
        for hung in &self.hung {
            hung.tell(names, world, found);
        }
    }
}

/// An anomaly whose text comes later.
fn started(kind: AnomalyKind, event: EventId) -> Anomaly {
    Anomaly {
        kind,
        text: String::new(),
        events: Vec::from([event]),
    }
}

impl Repeat {
    fn tell(
        &self,
        names: &EventNames<'_>,
        (queue, member): (LogId, ActorId),
        found: &mut Findings,
    ) {
        let all = self.offsets.ranges();
        let ranges: Vec<(Offset, u64)> = all
            .iter()
            .map(|(first, last)| (Offset(*first), last - first + 1))
            .collect();
        let mut others: Vec<&str> = Vec::new();
        for other in &self.others {
            let name = names.program(*other);
            if !others.contains(&name) {
                others.push(name);
            }
        }
        let anomaly = found.at(self.finding);
        let before = match others.is_empty() {
            true => String::new(),
            false => {
                anomaly.kind = AnomalyKind::ConsumedByTwo;
                format!(", although {} had", english::list(&others))
            }
        };
        let clause = format!(
            "{} consumed {} of {} again ({}){before}",
            names.program(member),
            english::count(self.offsets.len(), "message"),
            names.stream(queue),
            phrases::ranges(&ranges),
        );
        anomaly.text = names.finish(&clause);
    }
}

impl Hung {
    fn tell(&self, names: &EventNames<'_>, world: &World, found: &mut Findings) {
        let what = phrases::offset_of(names, self.queue, self.offset);
        let (member, group) = (names.program(self.member), names.program(self.group));
        let state = world.family.rocketmq();
        let behind = state.and_then(|state| {
            let consumed = state.group(self.group)?.consumed.get(&self.queue)?;
            Some(consumed.count_in(self.offset.0, u64::MAX - self.offset.0))
        });
        let behind = match behind.unwrap_or(0) {
            0 => String::new(),
            n => format!(
                ", while {} behind it were consumed",
                english::count(n, "message")
            ),
        };
        let clause = format!("{what} hung at {member} and held the offset of {group}{behind}");
        found.at(self.finding).text = names.finish(&clause);
    }
}
