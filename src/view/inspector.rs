//! All facts of what is selected, and what can be opened from there. Reads a moment.

mod ids;
mod log;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::frame::Inspector;
use super::moment::Moment;
use super::stage::Target;
use super::tables::shown;
use crate::explain::words::{self, number};
use crate::ids::{ActorId, NodeId};
use crate::scenario::ast::{Client, ConsumerFact, FactRef, Policy, ProducerFact};
use crate::trace::{ConsumerSettings, Fault};
use crate::world::{Consumer, NodeLog, Producer};

/// Things listed to be opened, at the most.
const CHILDREN: usize = 60;

/// A name and a value.
type Fact = (String, String);

/// What is known of a target; `None` when it is not there at this moment.
pub(super) fn inspect(moment: &Moment<'_>, target: Target) -> Option<Inspector> {
    match target {
        Target::Actor(id) => program(moment, id),
        Target::Node(node) => self::node(moment, node),
        Target::Stream(_) | Target::Segment(..) | Target::Chunk(..) | Target::Message(..) => {
            log::inspect(moment, target)
        }
        Target::PublishingId(producer, id) => ids::inspect(moment, producer, id),
        // These lead somewhere; there is nothing to know about them.
        Target::Look(..) | Target::Window(_) => None,
    }
}

fn fact(name: &str, value: impl Into<String>) -> Fact {
    (name.into(), value.into())
}

fn program(moment: &Moment<'_>, id: ActorId) -> Option<Inspector> {
    let actor = moment.world.actors.get(id.index())?;
    let name = moment.name(id);
    let (title, mut facts, children) = if let Some(c) = moment.world.consumer(id) {
        let title = format!("consumer {name}");
        (title, consumer(moment, id, c), waiting(moment, c))
    } else if let Some(p) = moment.world.producer(id) {
        let title = format!("producer {name}");
        (title, producer(moment, id, p), Vec::new())
    } else {
        (format!("{name}, not started yet"), Vec::new(), Vec::new())
    };
    if actor.program.is_some() {
        facts.push(fact(
            "frames on the way to the broker",
            number(actor.frames_up.into()),
        ));
        facts.push(fact(
            "frames on the way back",
            number(actor.frames_down.into()),
        ));
        let faults: Vec<String> = actor.faults.iter().map(fault).collect();
        if !faults.is_empty() {
            facts.push(fact("faults of its link", faults.join(", ")));
        }
    }
    Some(Inspector {
        target: Target::Actor(id),
        title,
        facts,
        children,
        actor: Some(id),
    })
}

fn consumer(moment: &Moment<'_>, id: ActorId, c: &Consumer) -> Vec<Fact> {
    let facts = moment.facts();
    let value = |f: &ConsumerFact| {
        let value = facts.value(FactRef::Consumer(id, *f));
        fact(f.word(), shown(&value))
    };
    let mut all: Vec<Fact> = ConsumerFact::ALL.iter().map(value).collect();
    if let Some((from, to)) = moment.again(c) {
        let span = words::span(from.0, to.0 - from.0);
        all.push(fact("would be processed again", span));
    }
    all.push(fact("run", number(c.run.into())));
    all.push(fact("stream", moment.stream_name(c.settings.stream)));
    all.extend(settings(&c.settings));
    if let Some(attached) = c.attached {
        all.push(fact("attached at", number(attached.0)));
    }
    all.push(fact("chunks waiting", number(c.waiting.len() as u64)));
    all
}

fn settings(s: &ConsumerSettings) -> Vec<Fact> {
    let mut all = Vec::new();
    all.push(fact("named", s.reference.as_deref().unwrap_or("—")));
    all.push(fact("from", spec(s.spec)));
    all.push(fact("store", policy(s.policy)));
    all.push(fact("takes", format!("{}", s.takes)));
    all.push(fact("credit", number(s.credit.into())));
    if let Some(filter) = &s.filter {
        let unfiltered = if filter.match_unfiltered {
            ", match unfiltered"
        } else {
            ""
        };
        all.push(fact("filter", format!("{}{unfiltered}", filter.value)));
    }
    if let Some(text) = &s.stop_at {
        all.push(fact("stop at", &**text));
    }
    if s.single_active {
        all.push(fact("single active", "yes"));
    }
    all.push(fact("as", s.client.map_or("canonical", Client::word)));
    all
}

fn spec(spec: crate::log::OffsetSpec) -> String {
    use crate::log::OffsetSpec;
    match spec {
        OffsetSpec::First => "first".into(),
        OffsetSpec::Last => "last".into(),
        OffsetSpec::Next => "next".into(),
        OffsetSpec::Offset(offset) => format!("offset {}", number(offset.0)),
        OffsetSpec::Timestamp { ms } => format!("timestamp {ms}ms"),
    }
}

fn policy(policy: Policy) -> String {
    match policy {
        Policy::Never => "never".into(),
        Policy::Every(n) => format!("every {}", number(n)),
        Policy::Auto { every, flush } => format!("auto every {} flush {flush}", number(every)),
        Policy::External(n) => format!("external every {}", number(n)),
    }
}

fn fault(fault: &Fault) -> String {
    match fault {
        Fault::LoseConfirm => "loses the next confirm".into(),
        Fault::LoseStore => "loses the next store".into(),
        Fault::LosePublish => "loses the next publish".into(),
        Fault::Drop {
            numerator,
            denominator,
        } => format!("drops {numerator} of {denominator} frames"),
        Fault::Delay { by } => format!("{by} slower each way"),
    }
}

/// The chunks that wait in a consumer.
fn waiting(moment: &Moment<'_>, c: &Consumer) -> Vec<(Target, String)> {
    let stream = c.settings.stream;
    let log = moment.log(stream);
    let child = |row: &u32| {
        let chunk = log.chunk(*row);
        let span = words::offsets(chunk.id.0, chunk.records);
        (
            Target::Chunk(stream, *row),
            format!("waiting: chunk {}, {span}", chunk.id),
        )
    };
    c.waiting.iter().take(CHILDREN).map(child).collect()
}

fn producer(moment: &Moment<'_>, id: ActorId, p: &Producer) -> Vec<Fact> {
    let facts = moment.facts();
    let value = |f: &ProducerFact| {
        let value = facts.value(FactRef::Producer(id, *f));
        fact(f.word(), shown(&value))
    };
    let mut all: Vec<Fact> = ProducerFact::ALL.iter().map(value).collect();
    let ranges = p.unconfirmed.ranges().iter().take(20);
    let ids: Vec<String> = ranges
        .map(|(a, b)| words::short_span(*a, (b - a).saturating_add(1)))
        .collect();
    if !ids.is_empty() {
        all.push(fact("unconfirmed ids", ids.join(", ")));
    }
    all.push(fact("run", number(p.run.into())));
    all.push(fact("stream", moment.stream_name(p.settings.stream)));
    all.push(fact(
        "named",
        p.settings.reference.as_deref().unwrap_or("—"),
    ));
    all.push(fact(
        "as",
        p.settings.client.map_or("canonical", Client::word),
    ));
    all
}

fn node(moment: &Moment<'_>, node: NodeId) -> Option<Inspector> {
    let at = usize::from(node.0.checked_sub(1)?);
    let state = moment.world.nodes.get(at)?;
    let mut facts = Vec::new();
    facts.push(fact("state", if state.up { "up" } else { "down" }));
    facts.push(fact(
        "reaches the others",
        if state.cut { "no" } else { "yes" },
    ));
    for (stream, id) in moment.world.streams.iter().zip(0..).take(CHILDREN) {
        let id = crate::ids::StreamId(id);
        let arena = moment.trace().arenas.stream(id);
        let Some(log) = stream.logs.get(at) else {
            continue;
        };
        let leads = if stream.leader == Some(node) {
            ", leads it"
        } else {
            ""
        };
        facts.push((moment.stream_name(id).to_string(), has(log, arena) + leads));
    }
    Some(Inspector {
        target: Target::Node(node),
        title: format!("node {node}"),
        facts,
        children: Vec::new(),
        actor: None,
    })
}

fn has(log: &NodeLog, arena: &crate::trace::StreamArena) -> String {
    let (first, next) = (log.first(arena), log.next(arena));
    match next.0.saturating_sub(first.0) {
        0 => "nothing".into(),
        n => words::offsets(first.0, n),
    }
}
