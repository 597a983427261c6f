//! Tables of everything at a moment, in the column names of RabbitMQ's management next to the lab's own.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::facts::{active_word, state_word};
use super::rules::Rules;
use super::state::{Consumer, Producer, StreamState};
use crate::explain::english::number;
use crate::family::rabbitmq::arena::ChunkRow;
use crate::ids::{ActorId, LogId, NodeId};
use crate::language::ast::{Role, Subject};
use crate::view::frame::{FrameOptions, Table, TableRow};
use crate::view::moment::Moment;
use crate::view::stage::Target;
use crate::view::tables::{TableHead, all_of, or_dash, shown, turned};

/// All tables.
pub(crate) fn tables(moment: &Moment<'_>, options: &FrameOptions) -> Vec<Table> {
    let from = |id: &str| turned(options, id);
    let mut tables = vec![
        consumers(moment, from("consumers")),
        producers(moment, from("producers")),
        streams(moment, from("streams")),
    ];
    if moment.world.nodes.len() > 1 {
        tables.push(nodes(moment));
    }
    tables
}

fn consumers(moment: &Moment<'_>, from: usize) -> Table {
    let head = TableHead {
        id: "consumers",
        title: "Consumers",
        columns: &[
            "Name",
            "State",
            "Position",
            "Stored",
            "Received",
            "Redelivered",
            "Messages consumed",
            "Offset",
            "Offset lag",
            "Credits",
            "Active",
        ],
    };
    let mut there = all_of(&moment.world.links, ActorId::at);
    there.retain(|id| moment.world.consumer(*id).is_some());
    head.table(&there, from, |id| {
        let c = moment.world.consumer(id)?;
        Some(TableRow {
            target: Target::Actor(id),
            cells: consumer(moment, id, c),
        })
    })
}

fn consumer(moment: &Moment<'_>, id: ActorId, c: &Consumer) -> Vec<String> {
    let facts = moment.facts();
    // The management plugin's Offset is where the broker has got to in sending, not what is stored.
    let chunks = &moment.trace().arenas.stream(c.settings.stream).chunks;
    let sent = c
        .dispatched
        .map(|row| last_sent(moment, &chunks[row as usize]));
    vec![
        moment.name(id).into(),
        state_word(c.state, Role::Consumer).into(),
        or_dash(c.position.map(|o| o.0)),
        or_dash(facts.stored(c)),
        number(c.received),
        number(c.redelivered),
        number(c.dispatched_messages),
        or_dash(sent),
        or_dash(facts.lag(c)),
        number(c.credits),
        active_word(c).into(),
    ]
}

/// Up to 4.2 the id of the last chunk sent, from 4.3 its last offset (`rabbit_stream_utils:consumer_offset`).
fn last_sent(moment: &Moment<'_>, row: &ChunkRow) -> u64 {
    let id = row.chunk.id.0;
    let rules = Rules::of(moment.scenario().header.version);
    if !rules.lag_by_messages {
        return id;
    }
    id + u64::from(row.chunk.entries).saturating_sub(1)
}

fn producers(moment: &Moment<'_>, from: usize) -> Table {
    let head = TableHead {
        id: "producers",
        title: "Producers",
        columns: &[
            "Name",
            "State",
            "Reference",
            "Published",
            "Confirmed",
            "Errored",
            "Unconfirmed",
            "Deduplicated",
        ],
    };
    let mut there = all_of(&moment.world.links, ActorId::at);
    there.retain(|id| moment.world.producer(*id).is_some());
    head.table(&there, from, |id| {
        let p = moment.world.producer(id)?;
        Some(TableRow {
            target: Target::Actor(id),
            cells: producer(moment, id, p),
        })
    })
}

fn producer(moment: &Moment<'_>, id: ActorId, p: &Producer) -> Vec<String> {
    let reference = p.settings.reference.as_deref();
    vec![
        moment.name(id).into(),
        state_word(p.state, Role::Producer).into(),
        reference.unwrap_or("—").into(),
        number(p.sent),
        number(p.confirmed),
        number(p.errors),
        number(p.unconfirmed.len()),
        number(p.deduplicated),
    ]
}

fn streams(moment: &Moment<'_>, from: usize) -> Table {
    let head = TableHead {
        id: "streams",
        title: "Streams",
        columns: &[
            "Name",
            "State",
            "First offset",
            "Next offset",
            "Messages",
            "Chunks",
            "Tracking",
            "Segments",
            "Bytes",
            "Committed chunk",
        ],
    };
    let there = all_of(moment.world.streams(), LogId::at);
    head.table(&there, from, |id| {
        Some(TableRow {
            target: Target::Stream(id),
            cells: stream(moment, id),
        })
    })
}

fn stream(moment: &Moment<'_>, id: LogId) -> Vec<String> {
    let facts = moment.facts();
    let state = match moment.world.stream(id).state {
        StreamState::Missing => "not created",
        StreamState::Live => "live",
        StreamState::Deleted => "deleted",
    };
    let mut cells: Vec<String> = vec![moment.stream_name(id).into(), state.into()];
    let columns = [
        "first",
        "next",
        "messages",
        "chunks",
        "tracking",
        "segments",
        "bytes",
        "committed",
    ];
    let scenario = moment.scenario();
    let fact = |word: &&str| scenario.fact(Subject::Log(id), word);
    let shown = |fact| shown(&facts.value(fact));
    cells.extend(columns.iter().filter_map(fact).map(shown));
    cells
}

fn nodes(moment: &Moment<'_>) -> Table {
    let row = |(node, state): (u8, &crate::world::Node)| {
        let node = NodeId(node);
        let leads = moment
            .world
            .streams()
            .iter()
            .filter(|s| s.leader == Some(node));
        let up = if state.up { "up" } else { "down" };
        let cut = if state.cut { "cut off" } else { "yes" };
        TableRow {
            target: Target::Node(node),
            cells: vec![
                node.to_string(),
                up.into(),
                cut.into(),
                number(leads.count() as u64),
            ],
        }
    };
    Table {
        id: "nodes",
        title: "Nodes",
        columns: vec!["Node", "State", "Reaches the others", "Leads streams"],
        rows: (1..).zip(&moment.world.nodes).map(row).collect(),
        from: 0,
        all: moment.world.nodes.len(),
    }
}
