//! Names of facts that other systems and RocketMQ's own tools have, and which fact is meant. Each row begins with a fact of what it is about.

use super::row;
use crate::language::other_words::{OtherWords, Place};

/// Behind the dot of a fact.
pub(super) const ROWS: &[OtherWords] = &[
    row(
        Place::Fact,
        &[
            "first",
            "minOffset",
            "min_offset",
            "min-offset",
            "start",
            "beginning",
            "oldest",
            "earliest",
        ],
        "min",
        "`min` is the first offset that is still there",
    ),
    row(
        Place::Fact,
        &[
            "next",
            "last",
            "maxOffset",
            "max_offset",
            "max-offset",
            "brokerOffset",
            "broker_offset",
            "end",
            "tail",
            "latest",
            "committed",
        ],
        "max",
        "`max` is the offset that the next message gets",
    ),
    row(
        Place::Fact,
        &["min", "max", "offset", "next", "first", "last"],
        "",
        "`messages` and `queues` are a topic's; offsets are of each queue, such as `T.q0.max`",
    ),
    row(
        Place::Fact,
        &[
            "stored",
            "committed",
            "commit",
            "position",
            "checkpoint",
            "consumerOffset",
            "consumer_offset",
        ],
        "offset",
        "`offset` is what the broker has of the group for the queue: the next message to consume",
    ),
    row(
        Place::Fact,
        &[
            "offset",
            "stored",
            "committed",
            "commit",
            "position",
            "checkpoint",
            "consumerOffset",
            "consumer_offset",
        ],
        "",
        "`lag` and `diff` are a group's; its offset is of each queue, such as `G.q0.offset`",
    ),
    row(
        Place::Fact,
        &["behind", "backlog", "accumulation", "pending"],
        "lag",
        "`lag` is how much it has not consumed",
    ),
    row(
        Place::Fact,
        &["diffTotal", "diff_total", "diff-total", "total"],
        "diff",
        "`diff` is what `mqadmin consumerProgress` counts",
    ),
    row(
        Place::Fact,
        &["inflight", "in-flight", "unacked", "pending", "outstanding"],
        "in_flight",
        "`in_flight` is what it has and has not finished",
    ),
    row(
        Place::Fact,
        &["count", "processed", "consumed", "delivered"],
        "received",
        "`received` is how many messages it was handed, each time",
    ),
    row(
        Place::Fact,
        &["duplicates", "repeated", "redeliveries", "twice"],
        "redelivered",
        "`redelivered` are those that the group had received before",
    ),
    row(
        Place::Fact,
        &["errors", "failures", "retries", "retried", "reconsumed"],
        "failed",
        "`failed` is how often consumption failed",
    ),
    row(
        Place::Fact,
        &["published", "produced"],
        "sent",
        "`sent` is what was handed over",
    ),
    row(
        Place::Fact,
        &["pending", "unacked", "outstanding", "inflight"],
        "unconfirmed",
        "`unconfirmed` are those without a send result",
    ),
    row(
        Place::Fact,
        &["stored", "acked", "received", "ok", "send_ok"],
        "confirmed",
        "`confirmed` are those that the broker stored",
    ),
    row(
        Place::Fact,
        &["failed", "failures", "refused", "rejected"],
        "errors",
        "`errors` are those that the broker refused",
    ),
    row(
        Place::Fact,
        &["length", "depth", "total", "size", "count", "bytes"],
        "messages",
        "`messages` is how many there are, from minimum to maximum",
    ),
    row(Place::Fact, &["status"], "state", "`state` is how it is"),
];
