//! A queue in the picture: its facts as a whole, and its messages as far as they are in view, by the file they lie in.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::cells::{Made, ReaderOf};
use super::commit_log::CommitLogFiles;
use super::delayed::{Delayed, delayed};
use super::queue_view::QueueView;
use super::{offsets, touched};
use crate::explain::english;
use crate::ids::{LogId, Offset};
use crate::trace::What;
use crate::view::key::KeyPiece;
use crate::view::layout::text;
use crate::view::model::{
    Cell, Contents, EmptyLog, Ends, Holds, Lane, LogOffsets, LogRequest, RecordBlock,
    RemovedRecords,
};
use crate::view::moment::Moment;
use crate::view::stage::Target;

/// Room for a body in a cell's name, in abstract units.
const LABEL: i32 = 800;
/// How many events a removed part of a queue stays in view, hatched.
const FADE: usize = 6;

/// A queue as a whole.
pub(crate) fn lane(moment: &Moment<'_>, id: LogId) -> Lane {
    let queue = moment.queue(id);
    let ever = queue.arena.runs.last();
    let delayed = delayed(moment, id);
    Lane {
        id,
        kind: "queue",
        ends: Ends {
            first: "min",
            next: "max",
        },
        name: moment.stream_name(id).into(),
        sentence: sentence(moment, &queue, delayed),
        facts: facts(&queue, delayed),
        is_there: queue.queue.is_there,
        blank: blank(&queue),
        first: queue.min,
        next: queue.max,
        committed: queue.max,
        furthest: ever.map_or(Offset(0), |run| Offset(run.end())),
        removed: removed(moment, &queue),
        has_sections: false,
        nodes: Vec::new(),
        committed_words: String::new(),
    }
}

fn blank(queue: &QueueView<'_>) -> Option<EmptyLog> {
    let (class, words) = match queue.queue.is_there {
        false => ("lane missing", "not created yet"),
        true if queue.max == queue.min && queue.max.0 == 0 => ("lane empty", "empty"),
        true if queue.max == queue.min => ("lane empty", "everything is deleted"),
        true => return None,
    };
    Some(EmptyLog { class, words })
}

/// What the cleaner deleted a moment ago.
fn removed(moment: &Moment<'_>, queue: &QueueView<'_>) -> Option<RemovedRecords> {
    let moved = |what: &What| {
        let trimmed = what.family().and_then(|event| event.rocketmq()?.trimmed());
        trimmed == Some(queue.id)
    };
    let mut latest = moment.backwards().take(FADE);
    latest.any(|(event, _)| moved(&event.what)).then_some(())?;
    Some(RemovedRecords {
        offsets: offsets(queue.queue.expired?),
        wordings: &["deleted by the cleaner", "deleted", ""],
    })
}

/// Its sums in several wordings, the longest first.
fn facts(queue: &QueueView<'_>, delayed: Option<Delayed>) -> Vec<String> {
    if !queue.queue.is_there {
        return Vec::new();
    }
    let messages = english::count(queue.max.0.saturating_sub(queue.min.0), "message");
    let latest = queue.max.0.checked_sub(1).map(Offset);
    let stored = latest.and_then(|offset| queue.run_of(offset));
    let stored = stored.map(|(run, _)| format!("last stored at {}", run.extent.stored_at));
    let few = delayed.map(|delayed| format!("{} delayed", english::number(delayed.count)));
    let mut all = match (delayed.map(Delayed::words), stored) {
        (Some(delayed), Some(stored)) => Vec::from([
            format!("{messages} · {delayed} · {stored}"),
            format!("{messages} · {delayed}"),
        ]),
        (Some(delayed), None) => Vec::from([format!("{messages} · {delayed}")]),
        (None, Some(stored)) => Vec::from([format!("{messages} · {stored}")]),
        (None, None) => Vec::new(),
    };
    all.extend(few.map(|few| format!("{messages} · {few}")));
    all.push(messages);
    all
}

fn sentence(moment: &Moment<'_>, queue: &QueueView<'_>, delayed: Option<Delayed>) -> String {
    let name = moment.stream_name(queue.id);
    if !queue.queue.is_there {
        return format!("Queue {name} is not created yet.");
    }
    let delayed = delayed.map_or_else(String::new, |delayed| format!(", {}", delayed.words()));
    format!(
        "Queue {name}: minimum {}, maximum {}, {}{delayed}.",
        english::number(queue.min.0),
        english::number(queue.max.0),
        english::count(queue.max.0.saturating_sub(queue.min.0), "message"),
    )
}

/// What a queue holds, as far as it is in view.
pub(crate) fn contents(moment: &Moment<'_>, id: LogId, view: LogRequest) -> Contents {
    let queue = moment.queue(id);
    let files = CommitLogFiles::of(moment);
    let reader = view.reader.map(|id| ReaderOf::new(moment, queue, id));
    let from = view.offsets.from.max(queue.min);
    let to = view.offsets.to.min(queue.max);
    let expiring = files.behind_due().map(|end| queue.first_behind(end));
    Contents {
        blocks: blocks(&queue, &files, offsets((from, to))),
        sections: Vec::new(),
        cells: (from.0..to.0)
            .map(|offset| cell(&queue, Offset(offset), reader.as_ref()))
            .collect(),
        touched: touched::touched(moment, id),
        expiring: expiring.map(|to| offsets((queue.min, to))),
        ticks: Vec::new(),
    }
}

/// The messages in view, by the file of the commit log that they lie in.
fn blocks(queue: &QueueView<'_>, files: &CommitLogFiles<'_>, view: LogOffsets) -> Vec<RecordBlock> {
    let mut blocks: Vec<RecordBlock> = Vec::new();
    let mut latest = None;
    for offset in (view.from.0..view.to.0).map(Offset) {
        let Some(position) = queue.position(offset) else {
            continue;
        };
        let number = files.number_of(position);
        match blocks.last_mut() {
            Some(block) if latest == Some(number) => block.offsets.to = offset.plus(1),
            Some(_) | None => blocks.push(block(files, number, offset)),
        }
        latest = Some(number);
    }
    blocks
}

/// A file of the commit log that holds messages from an offset on.
fn block(files: &CommitLogFiles<'_>, number: u32, from: Offset) -> RecordBlock {
    let name = format!("file {}", english::number(number.into()));
    let (label, is_there) = match files.file(number) {
        Some(_) => (format!("messages in {name} of the commit log"), true),
        None => (
            format!("messages in {name} of the commit log, which is deleted"),
            false,
        ),
    };
    RecordBlock {
        piece: KeyPiece::File(number),
        class: if is_there {
            "chunk"
        } else {
            "chunk uncommitted"
        },
        offsets: offsets((from, from.plus(1))),
        wordings: alloc::vec![
            format!("in {name} of the commit log"),
            name,
            english::number(number.into())
        ],
        target: Target::File(number),
        label,
    }
}

fn cell(queue: &QueueView<'_>, offset: Offset, reader: Option<&ReaderOf<'_>>) -> Cell {
    let made = reader.map_or(Made::Nothing, |reader| reader.made(offset));
    let is_repeated = reader.is_some_and(|reader| reader.is_repeated(offset));
    let is_gone = queue.is_gone(offset);
    let body = match is_gone {
        true => String::new(),
        false => queue
            .arena
            .message(offset)
            .map_or_else(String::new, |m| m.body),
    };
    let mut class = String::from("cell");
    class.push_str(if is_gone { " gone" } else { made.class() });
    let shown = text::fit(&body, text::Font::Cell, LABEL);
    let mut label = format!("message {offset}: {shown}");
    label.push_str(if is_gone { "deleted" } else { made.words() });
    label.push_str(if is_repeated { ", more than once" } else { "" });
    Cell {
        offset,
        class,
        holds: Holds::Message { body, is_repeated },
        label,
    }
}
