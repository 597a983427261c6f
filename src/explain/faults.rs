//! Faults of links that met nothing: a loss, a drop or a delay that was asked for, and no message that it could befall.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::names::EventNames;
use crate::family::Message;
use crate::ids::{ActorId, StatementId};
use crate::language::ast::StatementKind;
use crate::trace::What;
use crate::trace::link::{Fault, Loss, MessageKind};
use crate::world::{Cursor, Timeline};

/// A fault that is in force.
struct Open {
    statement: StatementId,
    actor: ActorId,
    fault: Fault,
    met: bool,
}

/// The faults of a finished run that met nothing, each at its statement, with a clause about it.
pub(super) fn without_effect(timeline: &Timeline) -> Vec<(StatementId, String)> {
    let statements = &timeline.scenario().statements;
    let is_link = |kind: &StatementKind| matches!(kind, StatementKind::Link(_));
    if !statements.iter().any(|statement| is_link(&statement.kind)) {
        return Vec::new();
    }
    let mut open: Vec<Open> = Vec::new();
    let mut over: Vec<Open> = Vec::new();
    let events = &timeline.trace().events;
    for (at, event) in (1..).zip(events.range(0..events.len())) {
        match &event.what {
            What::Fault { actor, fault } => {
                let before = over.len();
                over.extend(open.extract_if(.., |before| {
                    before.actor == *actor && is_replaced(before.fault, *fault)
                }));
                let ended_one = over.len() > before;
                if let Some(statement) = timeline.statement_at(Cursor::at(at)) {
                    open.push(Open {
                        statement,
                        actor: *actor,
                        fault: *fault,
                        met: ended_one && is_nothing(*fault),
                    });
                }
            }
            What::Healed { actor } => {
                over.extend(open.extract_if(.., |before| before.actor == *actor));
            }
            What::Sent { actor, .. } => delayed(&mut open, *actor),
            What::Lost {
                actor,
                message,
                why,
            } => lost(&mut open, *actor, message, *why),
            What::Family(_)
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
            | What::NodeCrashed { .. }
            | What::NodeStarted { .. }
            | What::NodeCut { .. }
            | What::NodeHealed { .. }
            | What::Waited => {}
        }
    }
    over.append(&mut open);
    let names = EventNames {
        scenario: timeline.scenario(),
        trace: timeline.trace(),
    };
    let unmet = over.into_iter().filter(|fault| !fault.met);
    let told = |fault: Open| {
        let text = words(names.program(fault.actor), fault.fault);
        (fault.statement, text)
    };
    unmet.map(told).collect()
}

/// Whether a fault takes the place of one before.
const fn is_replaced(before: Fault, by: Fault) -> bool {
    match (before, by) {
        (Fault::Drop { .. }, Fault::Drop { .. }) | (Fault::Delay { .. }, Fault::Delay { .. }) => {
            true
        }
        (Fault::LoseNext(_) | Fault::Drop { .. } | Fault::Delay { .. }, _) => false,
    }
}

/// Whether it only ends the one before.
const fn is_nothing(fault: Fault) -> bool {
    match fault {
        Fault::Drop { numerator, .. } => numerator == 0,
        Fault::Delay { by } => by.0 == 0,
        Fault::LoseNext(_) => false,
    }
}

/// Something left or was sent to a program: a delay has met it.
fn delayed(open: &mut [Open], actor: ActorId) {
    for fault in open.iter_mut().filter(|fault| fault.actor == actor) {
        fault.met |= match fault.fault {
            Fault::Delay { .. } => !is_nothing(fault.fault),
            Fault::LoseNext(_) | Fault::Drop { .. } => false,
        };
    }
}

/// A message was lost; each of its frames uses up one `lose next`.
fn lost(open: &mut [Open], actor: ActorId, message: &Message, why: Loss) {
    let hits = |fault: Fault| match (fault, why) {
        (Fault::LoseNext(kind), Loss::Chosen) => message.kind() == Some(kind),
        (Fault::Drop { .. }, Loss::Dropped) => true,
        (
            Fault::LoseNext(_) | Fault::Drop { .. } | Fault::Delay { .. },
            Loss::Chosen | Loss::Dropped | Loss::BrokerDown | Loss::ProgramGone,
        ) => false,
    };
    let most = usize::try_from(message.frames()).unwrap_or(usize::MAX);
    let open = open.iter_mut();
    let unmet = open.filter(|fault| fault.actor == actor && !fault.met && hits(fault.fault));
    for fault in unmet.take(most) {
        fault.met = true;
    }
}

fn words(name: &str, fault: Fault) -> String {
    match fault {
        Fault::LoseNext(MessageKind::Confirm) => {
            format!("nothing was confirmed to {name} while this held, so no confirm was lost")
        }
        Fault::LoseNext(MessageKind::Store) => {
            format!("{name} stored nothing while this held, so no store was lost")
        }
        Fault::LoseNext(MessageKind::Publish) => {
            format!("{name} published nothing while this held, so nothing was lost")
        }
        Fault::Drop { numerator: 0, .. } => "none of them is dropped".into(),
        Fault::Drop { .. } => format!("nothing from {name} was dropped while this held"),
        Fault::Delay { by } if by.0 == 0 => "no time is added, so nothing is delayed".into(),
        Fault::Delay { .. } => {
            format!("nothing went from {name} or to it while this held, so nothing was delayed")
        }
    }
}
