//! All facts of what is selected, and what can be opened from there. Reads a moment.

mod log;
mod publishing_ids;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::log::OffsetSpec;
use super::settings::ConsumerSettings;
use super::state::{Consumer, NodeLog, Producer, Program};
use super::statements::{Client, Policy};
use crate::explain::english::{self, number};
use crate::family::rabbitmq::arena::StreamArena;
use crate::ids::{ActorId, LogId, NodeId};
use crate::language::ast::{FactRef, Subject};
use crate::view::frame::{CHILDREN, Inspector};
use crate::view::inspector::{Children, Inspected, InspectorRow, fact, of_link};
use crate::view::moment::Moment;
use crate::view::stage::Target;
use crate::view::tables::shown;

/// What is known of a target, with the children from `from` on; `None` when it is not there at this moment.
pub(crate) fn inspect(moment: &Moment<'_>, target: Target, from: usize) -> Option<Inspector> {
    match target {
        Target::Actor(id) => program(moment, id, from),
        Target::Node(node) => self::node(moment, node),
        Target::Stream(_) | Target::Section(..) | Target::Block(..) | Target::Message(..) => {
            log::inspect(moment, target, from)
        }
        Target::Pending(producer, id) => publishing_ids::inspect(moment, producer, id),
        // This family's files belong to one stream each, and its streams are made one by one.
        Target::File(_) | Target::Set(_) | Target::Look(..) | Target::Window(_) => None,
    }
}

fn program(moment: &Moment<'_>, id: ActorId, from: usize) -> Option<Inspector> {
    let link = moment.world.links.get(id.index())?;
    let name = moment.name(id);
    let (mut known, stream) = match moment.world.program(id) {
        Some(Program::Consumer(c)) => {
            let known = Inspected {
                title: format!("consumer {name}"),
                facts: consumer(moment, id, c),
                children: waiting(moment, c, from),
            };
            (known, Some(c.settings.stream))
        }
        Some(Program::Producer(p)) => {
            let known = Inspected {
                title: format!("producer {name}"),
                facts: producer(moment, id, p),
                children: unconfirmed(id, p, from),
            };
            (known, Some(p.settings.stream))
        }
        None => {
            let known = Inspected {
                title: format!("{name}, not started yet"),
                facts: Vec::new(),
                children: Children::default(),
            };
            (known, None)
        }
    };
    if stream.is_some() {
        known.facts.extend(of_link(link));
    }
    let parents = stream.map(|s| log::of_stream(moment, s));
    Some(known.inspector(Target::Actor(id), parents.into_iter().collect()))
}

fn consumer(moment: &Moment<'_>, id: ActorId, c: &Consumer) -> Vec<InspectorRow> {
    let facts = moment.facts();
    let of = moment.scenario().facts(Subject::Program(id));
    let value = |f: FactRef| fact(f.fact.word, shown(&facts.value(f)));
    let mut all: Vec<InspectorRow> = of.map(value).collect();
    if let Some((from, to)) = moment.again(c) {
        let span = english::span(from.0, to.0 - from.0);
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

fn settings(s: &ConsumerSettings) -> Vec<InspectorRow> {
    let mut all = Vec::new();
    all.push(fact("named", s.reference.as_deref().unwrap_or("—")));
    all.push(fact(
        "from",
        if s.at_stored {
            "stored".into()
        } else {
            spec(s.spec)
        },
    ));
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

fn spec(spec: OffsetSpec) -> String {
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
        Policy::Manual => "manual".into(),
        Policy::External(n) => format!("external every {}", number(n)),
    }
}

/// The chunks that wait in a consumer.
fn waiting(moment: &Moment<'_>, c: &Consumer, from: usize) -> Children {
    let stream = c.settings.stream;
    let log = moment.log(stream);
    let child = |at: usize| {
        let row = *c.waiting.get(at)?;
        let chunk = log.chunk(row);
        let span = english::offsets(chunk.id.0, chunk.records);
        let name = format!("waiting: chunk {}, {span}", chunk.id);
        Some((Target::Block(stream, row), name))
    };
    Children::page(c.waiting.len(), from, child)
}

/// The ids of a producer that are not confirmed.
fn unconfirmed(id: ActorId, p: &Producer, from: usize) -> Children {
    let all = usize::try_from(p.unconfirmed.len()).unwrap_or(usize::MAX);
    let child = |at: usize| {
        let mut at = u64::try_from(at).ok()?;
        for &(low, high) in p.unconfirmed.ranges() {
            let count = (high - low).saturating_add(1);
            if at < count {
                let number = low + at;
                let name = format!("id {}", english::number(number));
                return Some((Target::Pending(id, number), name));
            }
            at -= count;
        }
        None
    };
    Children::page(all, from, child)
}

fn producer(moment: &Moment<'_>, id: ActorId, p: &Producer) -> Vec<InspectorRow> {
    let facts = moment.facts();
    let of = moment.scenario().facts(Subject::Program(id));
    let value = |f: FactRef| fact(f.fact.word, shown(&facts.value(f)));
    let mut all: Vec<InspectorRow> = of.map(value).collect();
    let ranges = p.unconfirmed.ranges().iter().take(20);
    let ids: Vec<String> = ranges
        .map(|(a, b)| english::short_span(*a, (b - a).saturating_add(1)))
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
    for (stream, id) in moment.world.streams().iter().zip(0..).take(CHILDREN) {
        let id = LogId(id);
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
    let known = Inspected {
        title: format!("node {node}"),
        facts,
        children: Children::default(),
    };
    Some(known.inspector(Target::Node(node), Vec::new()))
}

fn has(log: &NodeLog, arena: &StreamArena) -> String {
    let (first, next) = (log.first(arena), log.next(arena));
    match next.0.saturating_sub(first.0) {
        0 => "nothing".into(),
        n => english::offsets(first.0, n),
    }
}
