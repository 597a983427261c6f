//! One event, one clause: what happened, from the event alone. What only a family knows it says itself.

use alloc::format;
use alloc::string::{String, ToString};

use super::english;
use super::names::EventNames;
use crate::family;
use crate::ids::NodeId;
use crate::ids::{ActorId, Offset};
use crate::language::Scenario;
use crate::trace::event::{Code, Disconnection, Idle, Skip};
use crate::trace::{Event, Fault, MessageKind, Trace, What};
use crate::world::Timeline;

/// The events of a trace in words. Clauses begin in lower case and end without a full stop.
#[derive(Clone, Copy, Debug)]
pub struct Sentences<'a> {
    names: EventNames<'a>,
}

impl<'a> Sentences<'a> {
    /// Of the events of a trace, which ran this scenario.
    #[must_use]
    pub const fn new(scenario: &'a Scenario, trace: &'a Trace) -> Self {
        let names = EventNames { scenario, trace };
        Self { names }
    }

    /// Of the events of a timeline.
    #[must_use]
    pub fn of(timeline: &'a Timeline) -> Self {
        Self::new(timeline.scenario(), timeline.trace())
    }

    /// The names that they use.
    #[must_use]
    pub const fn names(&self) -> EventNames<'a> {
        self.names
    }

    /// What happened, as a sentence.
    #[must_use]
    pub fn sentence(&self, event: &Event) -> String {
        self.names.finish(&self.clause(event))
    }

    /// What happened, as a clause.
    #[must_use]
    pub fn clause(&self, event: &Event) -> String {
        let names = &self.names;
        let name = |program: &ActorId| names.program(*program);
        match &event.what {
            What::Family(event) => event.clause(names),
            What::Sent { actor, message } => message.sent(names, *actor),
            What::Arrived { actor, message } => message.arrived(names, *actor),
            What::Lost {
                actor,
                message,
                why,
            } => message.lost(names, *actor, *why, event.at),
            What::Ready { actor } => family::ready(names, *actor),
            What::Processed {
                consumer,
                first,
                count,
                again,
                ..
            } => processed(name(consumer), *first, *count, *again),
            What::Skipped {
                consumer,
                first,
                count,
                why,
                ..
            } => skipped(name(consumer), *first, *count, *why),
            What::Paused { consumer } => {
                format!("{} paused; what is delivered now waits", name(consumer))
            }
            What::Resumed { consumer } => format!("{} processes again", name(consumer)),
            What::Closed { actor } => format!("{} closed", name(actor)),
            What::Crashed { actor } => format!("{} crashed", name(actor)),
            What::Disconnected {
                actor,
                why,
                retries,
            } => disconnected(name(actor), *why, *retries),
            What::Printed { actor, line } => {
                format!("{} printed “{}”", name(actor), english::excerpt(line, 120))
            }
            What::Ignored { actor, why } => {
                ignored(actor.as_ref().map_or("the statement", name), *why)
            }
            What::Fault { actor, fault } => fault_began(name(actor), *fault),
            What::Healed { actor } => format!("the link of {} works properly again", name(actor)),
            What::NodeCrashed { node } => format!("{} crashed", self.node(*node)),
            What::NodeStarted { node } => format!("{} started again", self.node(*node)),
            What::NodeCut { node } => format!("node {node} no longer reaches the other nodes"),
            What::NodeHealed { node } => format!("node {node} reaches the other nodes again"),
            What::Waited => format!("the script waited until {}", event.at),
        }
    }

    /// A node; the only one is the broker.
    fn node(&self, node: NodeId) -> String {
        if self.names.has_cluster() {
            format!("node {node}")
        } else {
            "the broker".to_string()
        }
    }
}

/// A consumer processed messages that follow each other.
pub(super) fn processed(name: &str, first: Offset, count: u64, again: bool) -> String {
    let again = if again { " again" } else { "" };
    format!(
        "{name} processed {}{again}",
        english::offsets(first.0, count)
    )
}

fn skipped(name: &str, first: Offset, count: u64, why: Skip) -> String {
    let reason = match (why, count) {
        (Skip::BelowSpec, 1) => "because it is below the offset it asked for",
        (Skip::BelowSpec, _) => "because they are below the offset it asked for",
        (Skip::Filtered, 1) => "because it does not carry its filter value",
        (Skip::Filtered, _) => "because they do not carry its filter value",
        (Skip::Closed, 1) => "because it was closed before it came to it",
        (Skip::Closed, _) => "because it was closed before it came to them",
    };
    let dropped = english::offsets(first.0, count);
    format!("{name} passed over {dropped}, {reason}")
}

fn disconnected(name: &str, why: Disconnection, retries: bool) -> String {
    let coded = |code: Code| format!("{} ({})", code.name, code.number);
    let (lost, reason) = match why {
        Disconnection::NodeDown => ("its connection", String::new()),
        Disconnection::HungUp { request, code } => {
            let over = format!(": the broker ended it over the request {request}");
            let code = code.map_or_else(
                || ", without a code".to_string(),
                |code| format!(", with the code {}", coded(code)),
            );
            ("its connection", over + &code)
        }
        Disconnection::Unavailable { message, code } => {
            let told = format!(": {message} said {}", coded(code));
            ("what it was working on", told)
        }
    };
    let again = if retries { " and will try again" } else { "" };
    format!("{name} lost {lost}{again}{reason}")
}

fn ignored(who: &str, why: Idle) -> String {
    match why {
        Idle::NotRunning => format!("{who} is not running, so nothing happened"),
        Idle::AlreadyRunning => format!("{who} runs already, so nothing happened"),
        Idle::NotPaused => format!("{who} was not paused, so nothing happened"),
        Idle::NothingUnconfirmed => {
            format!("{who} has nothing unconfirmed, so nothing was sent again")
        }
        Idle::Unnamed => {
            format!("{who} has no name to store under, so its client library refused")
        }
        Idle::NodeAlreadySo => "the node was in that state already, so nothing happened".into(),
        Idle::OnlyNode => "there is no other node to be cut off from, so nothing happened".into(),
        Idle::NotRising => {
            format!("the client library of {who} leaves out a store that does not rise")
        }
        Idle::Negative => format!(
            "the client library of {who} leaves out a store from 2^63 on: as a signed number it is below 0"
        ),
        Idle::NoLeader => "there is no leader, so nothing happened".into(),
        Idle::AlreadyPaused => format!("{who} is paused already, so nothing happened"),
        Idle::AlreadyRestarting => format!("{who} is ending already, and will start again"),
        Idle::NoConnection => format!("{who} has no connection, so nothing was sent"),
        Idle::LinkWhole => format!("the link of {who} had no fault, so nothing was healed"),
        Idle::BrokerDown => "the broker is down, so nothing happened".into(),
        Idle::NoStream => {
            "there is no stream of this name, so the policy waits for one to be created".into()
        }
        Idle::NoPolicy => "there is no policy for this stream, so nothing happened".into(),
        Idle::SamePolicy => "the policy says this already, so nothing happened".into(),
    }
}

fn fault_began(name: &str, fault: Fault) -> String {
    match fault {
        Fault::LoseNext(MessageKind::Confirm) => format!("the next confirm to {name} will be lost"),
        Fault::LoseNext(MessageKind::Store) => format!("the next store from {name} will be lost"),
        Fault::LoseNext(MessageKind::Publish) => {
            format!("the next publish frame from {name} will be lost")
        }
        Fault::Drop {
            numerator,
            denominator,
        } => format!("the link of {name} now loses {numerator} of {denominator} frames"),
        Fault::Delay { by } => format!("frames of {name} now take {by} longer each way"),
    }
}
