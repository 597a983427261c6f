//! A consumer in the picture: its position, its stored offset, what would be processed again, and the chunks that wait.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::log::LogView;
use super::{offsets, run_state};
use crate::explain::english;
use crate::family::rabbitmq::facts::state_word;
use crate::family::rabbitmq::state;
use crate::ids::{ActorId, Offset};
use crate::language::ast::Role;
use crate::view::key::KeyPiece;
use crate::view::model::{
    Behind, ConsumerModel, ITEMS, LogOffsets, LogProgress, OffsetPointer, OffsetStands,
    ProgramItem, ProgramModel, Redelivery, Waiting,
};
use crate::view::moment::Moment;
use crate::view::stage::Target;

/// A consumer; `None` before it was started.
pub(crate) fn consumer(moment: &Moment<'_>, id: ActorId) -> Option<ConsumerModel> {
    let c = moment.world.consumer(id)?;
    let log = moment.log(c.settings.stream);
    let again = moment.again(c).map(offsets);
    let stored = moment.facts().stored(c);
    let position = c.position.map(|offset| OffsetPointer {
        offset,
        stands: OffsetStands::Before,
        class: "flag",
        words: format!("position {}", english::number(offset.0)),
    });
    let pin = stored.map(|stored| OffsetPointer {
        offset: Offset(stored),
        stands: OffsetStands::On,
        class: match c.position {
            Some(position) if stored >= position.0 => "pin ahead",
            Some(_) | None => "pin",
        },
        words: format!("stored {}", english::number(stored)),
    });
    let last = c.waiting.back().map(|row| log.chunk(*row).next());
    Some(ConsumerModel {
        program: program(moment, id, c, again),
        reading: Some(LogProgress {
            position,
            stored: pin,
            done: c.first.zip(c.position).map(offsets),
            again: again.map(would_repeat),
            waits: c.position.zip(last).map(offsets),
            behind: behind(moment, c, &log),
        }),
        waiting: waiting(c, &log),
    })
}

fn program(
    moment: &Moment<'_>,
    id: ActorId,
    c: &state::Consumer,
    again: Option<LogOffsets>,
) -> ProgramModel {
    let name = moment.name(id);
    let state = state_word(c.state, Role::Consumer);
    let stored = moment.facts().stored(c).map(english::number);
    let position = c.position.map(|offset| english::number(offset.0));
    let received = english::number(c.received);
    let none = || String::from("none");
    let label = format!(
        "consumer {name}, {state}: position {}, stored {}, received {received}",
        position.clone().unwrap_or_else(none),
        stored.clone().unwrap_or_else(none),
    );
    let at = position.map_or_else(String::new, |offset| format!(" at position {offset}"));
    let stored = stored.map_or_else(String::new, |offset| format!(", stored offset {offset}"));
    let again = again.map_or_else(String::new, |again| {
        let span = english::span(again.from.0, again.count());
        format!("; {span} would be processed again")
    });
    ProgramModel {
        state: run_state(c.state),
        state_word: state,
        label,
        sentence: format!("Consumer {name} is {state}{at}, {received} received{stored}{again}."),
        facts: facts(moment, c),
    }
}

/// Facts in several wordings, the longest first.
fn facts(moment: &Moment<'_>, c: &state::Consumer) -> Vec<String> {
    let received = format!("{} received", english::number(c.received));
    let again = match c.redelivered {
        0 => String::new(),
        n => format!(" · {} of them again", english::number(n)),
    };
    let credits = english::count(c.credits, "credit");
    let lag = moment.facts().lag(c).map_or_else(String::new, |lag| {
        format!(" · offset lag {}", english::number(lag))
    });
    alloc::vec![
        format!("{received}{again} · {credits}{lag}"),
        format!("{received}{again} · {credits}"),
        format!("{received}{again}"),
    ]
}

fn would_repeat(offsets: LogOffsets) -> Redelivery {
    let span = english::short_span(offsets.from.0, offsets.count());
    Redelivery {
        offsets,
        words: format!("{span} would be processed again"),
        short: format!("{span} again"),
    }
}

/// Chunks that were delivered and wait.
fn waiting(c: &state::Consumer, log: &LogView<'_>) -> Waiting {
    let item = |row: &u32| {
        // What is left of it.
        let chunk = log.chunk(*row);
        let from = c.position.map_or(chunk.id, |p| p.max(chunk.id));
        let rest = english::short_span(from.0, chunk.next().0.saturating_sub(from.0));
        ProgramItem {
            piece: KeyPiece::Waiting(*row),
            label: format!("waiting: {rest}"),
            words: rest,
            target: Target::Block(log.id, *row),
        }
    };
    Waiting {
        count: c.waiting.len(),
        oldest: c.waiting.iter().take(ITEMS).map(item).collect(),
        wordings: &["delivered, waiting", "waiting", ""],
    }
}

/// What it could still receive.
fn behind(moment: &Moment<'_>, c: &state::Consumer, log: &LogView<'_>) -> Option<Behind> {
    let position = c.position.filter(|_| log.is_live())?;
    match moment.facts().behind(c)? {
        0 => None,
        n => Some(Behind {
            offsets: offsets((position, log.committed)),
            words: format!("{} behind", english::number(n)),
        }),
    }
}
