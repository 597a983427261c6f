//! Messages that a consumer processes although an earlier run of it did.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{IdSet, SmallMap};
use crate::explain::anomaly::{Anomaly, Findings, Kind, Look};
use crate::explain::english;
use crate::explain::names::Names;
use crate::family::rabbitmq::explain::phrases;
use crate::ids::{ActorId, Offset};

/// The newest run of each consumer that processed messages again.
#[derive(Clone, Debug, Default)]
pub(super) struct Repeats(SmallMap<ActorId, Repeat>);

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
    /// A consumer processed messages again.
    pub(super) fn processed(
        &mut self,
        look: &Look<'_>,
        consumer: ActorId,
        first: Offset,
        count: u64,
        found: &mut Findings,
    ) {
        let Some(c) = look.world.consumer(consumer) else {
            return;
        };
        if let Some(repeat) = self.0.get_mut(&consumer)
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
        if let Some(repeat) = self.0.remove(&consumer) {
            repeat.tell(&look.names, consumer, found);
        }
        let finding = found.add(Anomaly {
            kind: Kind::Redelivered,
            text: c.asked.map_or_else(String::new, |spec| {
                format!(", because it started again from {}", phrases::spec(spec))
            }),
            events: Vec::from([look.id]),
        });
        let mut offsets = IdSet::new();
        offsets.insert(first.0, count);
        let run = c.run;
        self.0.insert(
            consumer,
            Repeat {
                finding,
                offsets,
                run,
            },
        );
    }

    /// Tells the repetitions that the run ended with.
    pub(super) fn finish(&self, names: &Names<'_>, found: &mut Findings) {
        for (consumer, repeat) in self.0.iter() {
            repeat.tell(names, *consumer, found);
        }
    }
}

impl Repeat {
    /// Makes the text of its finding whole; until then it is only the reason.
    fn tell(&self, names: &Names<'_>, consumer: ActorId, found: &mut Findings) {
        let all = self.offsets.ranges();
        let shown = all.iter().take(4);
        let ranges: Vec<String> = shown.map(|(a, b)| english::span(*a, b - a + 1)).collect();
        let more = if all.len() > ranges.len() {
            " and more"
        } else {
            ""
        };
        let anomaly = found.at(self.finding);
        let clause = format!(
            "{} processed {} again ({}{more}){}",
            names.program(consumer),
            english::count(self.offsets.len(), "message"),
            english::list(&ranges),
            anomaly.text,
        );
        anomaly.text = names.finish(&clause);
    }
}
