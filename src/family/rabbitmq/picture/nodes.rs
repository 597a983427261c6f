//! What each node of a cluster has of a stream, who leads, what is committed.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::log::LogView;
use crate::explain::english;
use crate::family::rabbitmq::state::NodeLog;
use crate::ids::NodeId;
use crate::view::model::{LogOffsets, NodeRow};
use crate::view::moment::Moment;

/// A row for each node; none when there is only one.
pub(super) fn rows(moment: &Moment<'_>, log: &LogView<'_>) -> Vec<NodeRow> {
    let logs = &log.stream.logs;
    if logs.len() < 2 {
        return Vec::new();
    }
    let row = |(number, node_log)| row(moment, log, NodeId(number), node_log);
    (1..).zip(logs).map(row).collect()
}

fn row(moment: &Moment<'_>, log: &LogView<'_>, node: NodeId, node_log: &NodeLog) -> NodeRow {
    let state = moment.world.nodes[usize::from(node.0) - 1];
    let leads = log.stream.leader == Some(node);
    let has = LogOffsets {
        from: node_log.first(log.arena),
        to: node_log.next(log.arena),
    };
    let content = match has.count() {
        0 => String::from("has nothing"),
        n => format!("has {}", english::short_span(has.from.0, n)),
    };
    let role = match (state.up, leads) {
        (false, _) => "down",
        (true, true) => "leader",
        (true, false) => "replica",
    };
    let cut = if state.cut {
        ", cut off from the others"
    } else {
        ""
    };
    let epoch = if leads {
        format!(", epoch {}", log.stream.epoch)
    } else {
        String::new()
    };
    let class = match (state.up, state.cut, leads) {
        (false, ..) => "node down",
        (true, true, _) => "node cut",
        (true, false, true) => "node leader",
        (true, false, false) => "node",
    };
    NodeRow {
        node,
        class,
        words: format!("node {node} · {role}{epoch}{cut} · {content}"),
        is_up: state.up,
        has,
    }
}

/// Up to where the cluster has committed.
pub(super) fn committed_words(log: &LogView<'_>) -> String {
    match log.stream.committed {
        None => String::from("nothing committed"),
        Some(_) => format!("committed below {}", english::number(log.committed.0)),
    }
}
