//! Why a fact of a consumer can never have a value: an offset that holds no message, or one that is meant as a count.

use alloc::format;
use alloc::string::String;

use super::rows::{ConsumerFact, Fact};
use crate::family::rabbitmq::log::ChunkKind;
use crate::ids::{LogId, Offset};
use crate::language::ast::Subject;
use crate::world::Facts;

impl Fact {
    /// Why it can never have this value, if that is so.
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
            (Self::Consumer(_) | Self::Producer(_) | Self::Stream(_), _) => None,
        }
    }
}

/// Why no message has this offset.
fn no_message(facts: &Facts<'_>, stream: LogId, wanted: Offset) -> Option<String> {
    let arena = facts.arenas.stream(stream);
    let log = facts.world.stream(stream).log();
    if log.rows.is_empty() {
        return None;
    }
    let last = log
        .iter(arena)
        .filter(|(_, row)| row.chunk.kind == ChunkKind::User)
        .last()
        .map(|(_, row)| row.chunk.next().0 - 1)?;
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
