//! A stream and its writer: batches become chunks, chunks commit, commits confirm. Knows no
//! connection beyond its id; connections that are gone are the broker's to tell.
//!
//! From `osiris_writer.erl`: `handle_batch`, `handle_command`, `handle_duplicates`, `agreed_commit`,
//! `notify_writers`, `notify_offset_listeners`; `osiris_log.erl`: `evaluate_tracking_snapshot`.

use alloc::collections::VecDeque;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effect::{Change, ClientFrame, Effect, IdRun, Response};
use super::mailbox::{Mailbox, WriterCommand};
use super::request::{ResponseCode, StreamArguments, Token};
use crate::base::{SmallMap, SmallSet};
use crate::family::rabbitmq::log::bloom::{self, DEFAULT_FILTER_BYTES};
use crate::family::rabbitmq::log::{
    Chunk, ChunkKind, Log, MessageRun, Retention, SegmentLimit, Tracking,
};
use crate::ids::{ConnectionId, Epoch, NodeId, Offset, PublisherId, SubscriptionId};
use crate::units::SimTime;

/// A stream as its leader has it.
#[derive(Clone, Debug)]
pub struct Stream {
    pub(super) name: Arc<str>,
    pub(super) arguments: StreamArguments,
    pub(super) log: Log,
    pub(super) tracking: Tracking,
    pub(super) mailbox: Mailbox,
    /// Members of single-active groups, in order of arrival; the first is the active one.
    pub(super) groups: SmallMap<Arc<str>, Vec<(ConnectionId, SubscriptionId)>>,
    /// Connections with readers that a commit woke.
    pub(super) awake: SmallSet<ConnectionId>,
    pub(super) retention: Retention,
    pub(super) retention_due: bool,
    pub(super) next_evaluation: Option<SimTime>,
    /// The first offset as the last retention run left it: snapshots trim by this one.
    pub(super) first_counter: Offset,
    pub(super) committed: Option<Offset>,
    /// What each replica acknowledged to this leader.
    pub(super) acked: SmallMap<NodeId, Option<Offset>>,
    /// The logs of the other nodes.
    pub(super) replicas: SmallMap<NodeId, Log>,
    /// The node whose log `log` is.
    pub(super) led_by: NodeId,
    pub(super) epoch: Epoch,
    /// Whether a leader runs.
    pub(super) available: bool,
    /// Whether one can: a name that is too long for a directory never gets a leader.
    pub(super) startable: bool,
    listeners: Vec<(ConnectionId, Offset)>,
    unconfirmed: VecDeque<(Offset, Publishers)>,
    duplicates: Vec<Duplicate>,
}

/// Ids by publisher, in the order in which their frames are sent.
type Publishers = SmallMap<(ConnectionId, PublisherId), Vec<IdRun>>;

/// Ids that were recognised as duplicates, and the chunk whose commit confirms them.
#[derive(Clone, Debug)]
struct Duplicate {
    chunk: Offset,
    from: ConnectionId,
    publisher: PublisherId,
    ids: IdRun,
}

/// What the commands of one batch add up to.
#[derive(Default)]
struct Batch {
    runs: Vec<MessageRun>,
    accepted: Publishers,
    replies: Vec<Effect>,
    token: Option<Token>,
}

impl Stream {
    /// A new stream, led by the first of `nodes`.
    pub(super) fn new(
        name: Arc<str>,
        arguments: StreamArguments,
        startable: bool,
        nodes: u8,
    ) -> Self {
        let limit = SegmentLimit::default();
        let limit = SegmentLimit {
            bytes: arguments.segment_size.unwrap_or(limit.bytes),
            ..limit
        };
        let replicas: SmallMap<NodeId, Log> = (2..=nodes)
            .map(|node| (NodeId(node), Log::new(limit)))
            .collect();
        Self {
            name,
            log: Log::new(limit),
            acked: replicas.keys().map(|node| (*node, None)).collect(),
            replicas,
            led_by: NodeId(1),
            epoch: Epoch(1),
            available: startable,
            startable,
            retention: Retention {
                max_bytes: arguments.max_length,
                max_age: arguments.max_age,
            },
            arguments,
            tracking: Tracking::default(),
            mailbox: Mailbox::default(),
            groups: SmallMap::new(),
            awake: SmallSet::new(),
            retention_due: false,
            next_evaluation: None,
            first_counter: Offset(0),
            committed: None,
            listeners: Vec::new(),
            unconfirmed: VecDeque::new(),
            duplicates: Vec::new(),
        }
    }

    /// The writer takes one batch of at most `max` commands. Returns how many it took.
    pub(super) fn batch(&mut self, now: SimTime, max: u64, out: &mut Vec<Effect>) -> u64 {
        let mut room = max;
        let mut batch = Batch::default();
        while let Some(command) = self.mailbox.next(&mut room) {
            self.command(command, &mut batch, out);
        }
        if room == max {
            return 0;
        }
        let token = batch.token.unwrap_or_default();
        self.snapshot_on_roll(now, token, out);
        let id = self.log.next();
        self.write(now, batch.runs, token, out);
        if !batch.accepted.is_empty() {
            self.unconfirmed.push_back((id, batch.accepted));
        }
        self.commit(out);
        out.append(&mut batch.replies);
        max - room
    }

    fn command(&mut self, command: WriterCommand, batch: &mut Batch, out: &mut Vec<Effect>) {
        match command {
            WriterCommand::Publish {
                from,
                publisher,
                reference,
                run,
                token,
            } => self.publish((from, publisher), reference, run, token, (batch, out)),
            WriterCommand::Store {
                reference,
                offset,
                token,
            } => {
                batch.token.get_or_insert(token);
                self.tracking.store(reference.clone(), offset);
                let change = Change::Stored {
                    reference,
                    offset,
                    token,
                };
                out.push(self.changed(change));
            }
            WriterCommand::QueryOffset {
                from,
                reference,
                token,
            } => {
                let response = match self.tracking.stored(&reference) {
                    Some(offset) => Response::StoredOffset(offset),
                    None => Response::Code(ResponseCode::NoOffset),
                };
                batch.replies.push(respond(from, token, response));
            }
            WriterCommand::QuerySequence {
                from,
                reference,
                token,
            } => {
                let highest = self.tracking.highest(&reference);
                let response = Response::Sequence(highest.map_or(0, |(_, id)| id.0));
                batch.replies.push(respond(from, token, response));
            }
            WriterCommand::Wait { from, offset } => self.listeners.push((from, offset)),
            WriterCommand::ReplicaAck { node, chunk } => {
                if let Some(acked) = self.acked.get_mut(&node) {
                    *acked = (*acked).max(Some(chunk));
                }
            }
        }
    }

    /// Ids up to the highest of a named producer are duplicates; the rest is accepted.
    fn publish(
        &mut self,
        (from, publisher): (ConnectionId, PublisherId),
        reference: Option<Arc<str>>,
        mut run: MessageRun,
        token: Token,
        (batch, out): (&mut Batch, &mut Vec<Effect>),
    ) {
        if let Some(reference) = reference {
            if let Some((chunk, highest)) = self.tracking.highest(&reference)
                && run.first_id <= highest
            {
                let known = (highest.0 - run.first_id.0).saturating_add(1);
                let ids = IdRun::of(&run.take_front(known.min(run.entries())));
                self.duplicates.push(Duplicate {
                    chunk,
                    from,
                    publisher,
                    ids,
                });
                out.push(Effect::Deduplicated {
                    to: from,
                    publisher,
                    ids,
                    highest,
                    token,
                });
            }
            if run.count > 0 {
                let last = run.entry_id(run.entries() - 1);
                self.tracking.sequence(reference, self.log.next(), last);
            }
        }
        if run.count > 0 {
            batch.token.get_or_insert(token);
            let ids = batch.accepted.get_or_insert((from, publisher), Vec::new());
            add_ids(ids, IdRun::of(&run));
            add_run(&mut batch.runs, run);
        }
    }

    /// A full segment with anything tracked rolls by a snapshot, which takes in what is pending.
    fn snapshot_on_roll(&mut self, now: SimTime, token: Token, out: &mut Vec<Effect>) {
        if !self.log.segment_full() || self.tracking.is_empty() {
            return;
        }
        let (entries, trimmed) = self.tracking.snapshot(self.first_counter);
        let written = self
            .log
            .append_tracking(now, ChunkKind::TrackingSnapshot, entries);
        self.written(written, token, out);
        if !trimmed.offsets.is_empty() || !trimmed.sequences.is_empty() {
            let change = Change::Forgotten {
                offsets: trimmed.offsets,
                sequences: trimmed.sequences,
            };
            out.push(self.changed(change));
        }
    }

    /// Messages become a user chunk that carries what tracking is pending; without messages, pending
    /// tracking becomes a delta chunk of its own.
    fn write(&mut self, now: SimTime, runs: Vec<MessageRun>, token: Token, out: &mut Vec<Effect>) {
        let pending = self.tracking.flush(self.log.next());
        let written = if !runs.is_empty() {
            let size = self.arguments.filter_size.unwrap_or(DEFAULT_FILTER_BYTES);
            let filter = bloom::build(runs.iter().map(|run| run.filter.as_deref()), size);
            self.log.append_user(now, runs, pending, filter)
        } else if !pending.is_empty() {
            self.log
                .append_tracking(now, ChunkKind::TrackingDelta, pending)
        } else {
            return;
        };
        self.written(written, token, out);
    }

    fn written(
        &mut self,
        (chunk, rolled): (Arc<Chunk>, bool),
        token: Token,
        out: &mut Vec<Effect>,
    ) {
        self.retention_due |= rolled;
        let change = Change::Written {
            chunk,
            rolled,
            token,
        };
        out.push(self.changed(change));
    }

    fn changed(&self, change: Change) -> Effect {
        Effect::Changed {
            stream: self.name.clone(),
            change,
        }
    }

    /// What a majority has is committed: duplicates are confirmed first, then the chunks' own ids.
    fn commit(&mut self, out: &mut Vec<Effect>) {
        let own = self.log.last_chunk().map(|chunk| chunk.id);
        let chunks = || self.acked.values().copied().chain([own]);
        // The highest that more than half of the nodes have come to.
        let have = |at: Option<Offset>| chunks().filter(|chunk| *chunk >= at).count();
        let nodes = self.acked.len() + 1;
        let agreed = chunks().filter(|at| have(*at) > nodes / 2).max().flatten();
        let mut confirmed = Publishers::new();
        self.duplicates.retain(|duplicate| {
            let committed = Some(duplicate.chunk) <= agreed;
            if committed {
                let key = (duplicate.from, duplicate.publisher);
                add_ids(confirmed.get_or_insert(key, Vec::new()), duplicate.ids);
            }
            !committed
        });
        confirm(confirmed, agreed, true, out);
        if agreed > self.committed {
            self.committed = agreed;
            if let Some(chunk) = agreed {
                out.push(self.changed(Change::Committed { chunk }));
            }
            while let Some((chunk, _)) = self.unconfirmed.front()
                && Some(*chunk) <= agreed
            {
                if let Some((chunk, publishers)) = self.unconfirmed.pop_front() {
                    confirm(publishers, Some(chunk), false, out);
                }
            }
        }
        let (committed, awake) = (self.committed, &mut self.awake);
        self.listeners.retain(|(from, offset)| {
            let due = Some(*offset) <= committed;
            if due {
                awake.insert(*from);
            }
            !due
        });
    }

    /// The writer is gone, and with it all that was only in its memory.
    pub(super) fn lose_memory(&mut self) {
        self.mailbox.clear();
        self.groups.clear();
        self.awake.clear();
        self.listeners.clear();
        self.unconfirmed.clear();
        self.duplicates.clear();
        self.committed = None;
    }

    /// A writer starts on the log as it is: tracking comes from the last segment; without replicas
    /// everything that is there counts as committed.
    pub(super) fn recover(&mut self) {
        self.tracking = self.log.recover_tracking();
        self.first_counter = self.log.first();
        if self.replicas.is_empty() {
            self.committed = self.log.last_chunk().map(|chunk| chunk.id);
        }
    }
}

pub(super) const fn respond(to: ConnectionId, token: Token, response: Response) -> Effect {
    let frame = ClientFrame::Response { token, response };
    Effect::ToClient { to, frame }
}

fn confirm(publishers: Publishers, chunk: Option<Offset>, duplicates: bool, out: &mut Vec<Effect>) {
    let Some(chunk) = chunk else {
        return;
    };
    for ((to, publisher), ids) in publishers {
        let frame = ClientFrame::Confirm {
            publisher,
            ids,
            chunk,
            duplicates,
        };
        out.push(Effect::ToClient { to, frame });
    }
}

/// Appends ids, lengthening the last run if they follow on from it.
fn add_ids(ids: &mut Vec<IdRun>, next: IdRun) {
    match ids.last_mut() {
        Some(last) if last.is_followed_by(next.first) => {
            last.ids += next.ids;
            last.messages += next.messages;
        }
        Some(_) | None => ids.push(next),
    }
}

/// Appends messages, lengthening the last run if they follow on from it in every number.
fn add_run(runs: &mut Vec<MessageRun>, run: MessageRun) {
    if let Some(last) = runs.last_mut()
        && last.is_continued_by(&run)
    {
        last.count += run.count;
        return;
    }
    runs.push(run);
}
