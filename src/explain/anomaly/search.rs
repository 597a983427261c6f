//! The pass over a trace that finds anomalies, in slices, with the world before each event at hand.

use alloc::vec::Vec;

use super::finding::{Anomaly, AnomalyKind, Findings, SearchStep};
use crate::explain::sentences::Sentences;
use crate::family::{AnomalySearch, Message};
use crate::ids::EventId;
use crate::trace::event::Disconnection;
use crate::trace::{Event, Loss, What};
use crate::world::{Timeline, World};

/// A search that goes on where it stopped.
#[derive(Clone, Debug)]
pub struct Search {
    world: World,
    next: u32,
    findings: Findings,
    of_family: AnomalySearch,
}

impl Search {
    /// A search that has not begun.
    #[must_use]
    pub fn new(timeline: &Timeline) -> Self {
        Self {
            world: World::new(timeline.scenario()),
            next: 0,
            findings: Findings::default(),
            of_family: AnomalySearch::new(timeline.scenario()),
        }
    }

    /// Looks at up to `budget` further events; answers whether it came to the end.
    pub fn advance(&mut self, timeline: &Timeline, budget: u32) -> bool {
        let to = self.next.saturating_add(budget).min(timeline.len());
        let trace = timeline.trace();
        for at in self.next..to {
            let event = &trace.events[at as usize];
            let look = SearchStep {
                names: Sentences::of(timeline).names(),
                world: &self.world,
                id: EventId(at),
            };
            lost(timeline, &look, event, &mut self.findings);
            self.of_family.look(&look, event, &mut self.findings);
            self.world.apply(event, &trace.arenas);
        }
        self.next = to;
        to == timeline.len()
    }

    /// The anomalies, with those that show only at the end, in the order of their first events.
    #[must_use]
    pub fn finish(self, timeline: &Timeline) -> Vec<Anomaly> {
        let Self {
            world,
            mut findings,
            of_family,
            next: _,
        } = self;
        let names = Sentences::of(timeline).names();
        of_family.finish(&names, &world, &mut findings);
        findings.sorted()
    }
}

/// The anomalies of a finished run, in the order of their first events; at most [`KEPT`](super::KEPT).
#[must_use]
pub fn anomalies(timeline: &Timeline) -> Vec<Anomaly> {
    let mut search = Search::new(timeline);
    while !search.advance(timeline, u32::MAX) {}
    search.finish(timeline)
}

/// A message that mattered and never arrived, or a connection that ended for good.
fn lost(timeline: &Timeline, look: &SearchStep<'_>, event: &Event, findings: &mut Findings) {
    match &event.what {
        What::Lost { message, why, .. } if is_a_loss(message, *why) => {
            findings.report(
                look,
                AnomalyKind::Lost,
                &Sentences::of(timeline).clause(event),
            );
        }
        What::Disconnected { why, retries, .. } if ends(*why, *retries) => {
            let clause = Sentences::of(timeline).clause(event);
            findings.report(look, AnomalyKind::ConnectionEnded, &clause);
        }
        What::Lost { .. }
        | What::Family(_)
        | What::Sent { .. }
        | What::Arrived { .. }
        | What::Ready { .. }
        | What::Processed { .. }
        | What::Skipped { .. }
        | What::Paused { .. }
        | What::Resumed { .. }
        | What::Closed { .. }
        | What::Crashed { .. }
        | What::Disconnected { .. }
        | What::Printed { .. }
        | What::Ignored { .. }
        | What::Fault { .. }
        | What::Healed { .. }
        | What::NodeCrashed { .. }
        | What::NodeStarted { .. }
        | What::NodeCut { .. }
        | What::NodeHealed { .. }
        | What::Waited => {}
    }
}

/// Whether it says more than that a node crashed: a program that comes back by itself then is as it should be.
const fn ends(why: Disconnection, retries: bool) -> bool {
    match why {
        Disconnection::HungUp { .. } => true,
        Disconnection::NodeDown | Disconnection::Unavailable { .. } => !retries,
    }
}

/// Whether something is lost with a message: what is on its way to a program that has ended is of no use to it.
fn is_a_loss(message: &Message, why: Loss) -> bool {
    let carries = message.kind().is_some();
    carries && (message.is_to_broker() || why != Loss::ProgramGone)
}
