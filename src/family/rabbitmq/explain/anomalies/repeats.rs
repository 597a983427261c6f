//! Messages that a consumer processes although an earlier run of it did.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{IdSet, SmallMap};
use crate::explain::anomaly::{Anomaly, AnomalyKind, Findings, SearchStep};
use crate::explain::english;
use crate::explain::names::EventNames;
use crate::family::rabbitmq::explain::phrases;
use crate::family::rabbitmq::state::Consumer;
use crate::ids::{ActorId, Offset};

/// The newest run of each consumer that processed messages again.
#[derive(Clone, Debug)]
pub(super) struct Repeats {
    whose: Whose,
    runs: SmallMap<ActorId, Repeat>,
}

/// Who had processed the messages before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// An earlier run of the same consumer.
    Own,
    /// Another consumer of the same name.
    Group,
}

impl Whose {
    /// Why a consumer processes them once more. A member of a group that takes over is told where to begin; what it
    /// asked for when it subscribed does not count.
    fn reason(self, c: &Consumer, first: Offset) -> String {
        let reason = match self {
            Self::Own => c
                .asked
                .map(|spec| format!(", because it started again from {}", phrases::spec(spec))),
            Self::Group => {
                let at = english::offsets(c.first.unwrap_or(first).0, 1);
                Some(format!(", because it went on from {at}"))
            }
        };
        reason.unwrap_or_default()
    }
}

/// A run of a consumer that processes messages again.
#[derive(Clone, Debug)]
struct Repeat {
    /// Which of the findings it is; until it is complete its text is only the reason.
    finding: usize,
    /// What was processed again.
    offsets: IdSet,
    /// The run.
    run: u32,
}

impl Repeats {
    pub(super) fn new(whose: Whose) -> Self {
        Self {
            whose,
            runs: SmallMap::new(),
        }
    }

    /// A consumer processed messages for the first time, which another one of its name may have processed.
    pub(super) fn of_group(
        &mut self,
        look: &SearchStep<'_>,
        consumer: ActorId,
        first: Offset,
        count: u64,
        found: &mut Findings,
    ) {
        let Some(c) = look.world.consumer(consumer) else {
            return;
        };
        let groups = &look.world.stream(c.settings.stream).groups;
        let group = c.settings.group().and_then(|name| groups.get(name));
        let end = first.0.saturating_add(count - 1);
        let ranges = group.map_or(&[][..], |group| group.offsets.ranges());
        for (a, b) in ranges {
            let (from, to) = (first.0.max(*a), end.min(*b));
            if from <= to {
                self.processed(look, consumer, Offset(from), to - from + 1, found);
            }
        }
    }

    /// A consumer processed messages again.
    pub(super) fn processed(
        &mut self,
        look: &SearchStep<'_>,
        consumer: ActorId,
        first: Offset,
        count: u64,
        found: &mut Findings,
    ) {
        let Some(c) = look.world.consumer(consumer) else {
            return;
        };
        if let Some(repeat) = self.runs.get_mut(&consumer)
            && repeat.run == c.run
        {
            repeat.offsets.insert(first.0, count);
            found.at(repeat.finding).events.push(look.id);
            return;
        }
        if found.is_full() {
            return;
        }
        // The repetition of an earlier run is complete now.
        if let Some(repeat) = self.runs.remove(&consumer) {
            repeat.tell(self.whose, &look.names, consumer, found);
        }
        let finding = found.add(Anomaly {
            kind: AnomalyKind::Redelivered,
            text: self.whose.reason(c, first),
            events: Vec::from([look.id]),
        });
        let mut offsets = IdSet::new();
        offsets.insert(first.0, count);
        let run = c.run;
        self.runs.insert(
            consumer,
            Repeat {
                finding,
                offsets,
                run,
            },
        );
    }

    /// Tells the repetitions that the run ended with.
    pub(super) fn finish(&self, names: &EventNames<'_>, found: &mut Findings) {
        for (consumer, repeat) in self.runs.iter() {
            repeat.tell(self.whose, names, *consumer, found);
        }
    }
}

impl Repeat {
    /// Makes the text of its finding whole; until then it is only the reason.
    fn tell(&self, whose: Whose, names: &EventNames<'_>, consumer: ActorId, found: &mut Findings) {
        let all = self.offsets.ranges();
        let shown = all.iter().take(4);
        let ranges: Vec<String> = shown.map(|(a, b)| english::span(*a, b - a + 1)).collect();
        let more = if all.len() > ranges.len() {
            " and more"
        } else {
            ""
        };
        let anomaly = found.at(self.finding);
        let (again, others) = match whose {
            Whose::Own => (" again", ""),
            Whose::Group => ("", " that another consumer of its name had processed"),
        };
        let clause = format!(
            "{} processed {}{again} ({}{more}){others}{}",
            names.program(consumer),
            english::count(self.offsets.len(), "message"),
            english::list(&ranges),
            anomaly.text,
        );
        anomaly.text = names.finish(&clause);
    }
}
