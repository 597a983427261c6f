//! Why a fact does not have a value: an offset that holds no message, an offset where a count is meant, or a count where
//! an offset is.

use alloc::format;
use alloc::string::String;

use super::rows::{ConsumerFact, Fact, StreamFact};
use crate::family::rabbitmq::log::ChunkKind;
use crate::ids::{LogId, Offset};
use crate::language::ast::Subject;
use crate::world::Facts;

impl Fact {
    /// Why it does not have this value, if an offset and a count were mixed up or no message has the offset.
    pub(crate) fn why_not(
        self,
        facts: &Facts<'_>,
        subject: Subject,
        wanted: u64,
    ) -> Option<String> {
        match (self, subject) {
            (Self::Consumer(ConsumerFact::First | ConsumerFact::Last), Subject::Program(id)) => {
                let c = facts.world.consumer(id)?;
                no_message(facts, c.settings.stream, Offset(wanted))
            }
            (Self::Consumer(ConsumerFact::Received), Subject::Program(id)) => {
                let c = facts.world.consumer(id)?;
                let last = c.last.filter(|last| last.0 == wanted)?;
                Some(format!(
                    "{last} is the offset of the last message, and `received` counts them; write {}, or compare `last`",
                    c.received
                ))
            }
            (Self::Consumer(ConsumerFact::Stored), Subject::Program(id)) => {
                let c = facts.world.consumer(id)?;
                let stored = facts.stored(c)?;
                (stored.checked_add(1) == Some(wanted)).then(|| {
                    format!("{stored} is stored: offsets begin at 0, so the offset of a message is no count of messages")
                })
            }
            (Self::Stream(StreamFact::Messages), Subject::Log(id)) => {
                let last = last_message(facts, id).filter(|last| *last == wanted)?;
                let messages = facts
                    .world
                    .stream(id)
                    .log()
                    .sums(facts.arenas.stream(id))
                    .messages;
                Some(format!(
                    "{last} is the offset of the last message, and `messages` counts them; write {messages}, or compare `next`"
                ))
            }
            (Self::Consumer(_) | Self::Producer(_) | Self::Stream(_), _) => None,
        }
    }
}

/// The offset of the last message of a stream.
fn last_message(facts: &Facts<'_>, stream: LogId) -> Option<u64> {
    let arena = facts.arenas.stream(stream);
    let rows = facts.world.stream(stream).log().iter(arena);
    let messages = rows.filter(|(_, row)| row.chunk.kind == ChunkKind::User);
    messages.last().map(|(_, row)| row.chunk.next().0 - 1)
}

/// Why no message has this offset.
fn no_message(facts: &Facts<'_>, stream: LogId, wanted: Offset) -> Option<String> {
    let arena = facts.arenas.stream(stream);
    let log = facts.world.stream(stream).log();
    if log.rows.is_empty() {
        return None;
    }
    let last = last_message(facts, stream)?;
    if wanted.0 > last {
        return Some(format!(
            "no message has offset {wanted}: the last one has {last}, since offsets begin at 0; `received` counts messages"
        ));
    }
    let from = log.row_at(arena, wanted)?;
    let chunk = |row: u32| &arena.chunks[row as usize].chunk;
    if chunk(from).kind == ChunkKind::User || wanted < chunk(from).id {
        return None;
    }
    let next = log
        .iter(arena)
        .find(|(row, held)| *row > from && held.chunk.kind == ChunkKind::User)
        .map(|(_, held)| held.chunk.id)?;
    Some(format!(
        "offset {wanted} holds no message but tracking; the next message has {next}: write `>=`"
    ))
}
