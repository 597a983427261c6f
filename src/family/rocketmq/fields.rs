//! The fields of this family's events and messages, in their fixed order.

mod messages;

use alloc::format;
use alloc::string::String;

use super::event::{PlacedBy, QueueEvent, ResetWay, Revoke};
use super::settings::{GroupSettings, MemberSettings, StartFrom};
use super::statements::Mode;
use crate::family::rocketmq::broker::{ResponseCode, StoredBy};
use crate::ids::{LogId, Offset};
use crate::trace::Arenas;
use crate::trace::fields::Fields;

impl QueueEvent {
    /// Gives the fields of the event, without the program and the queue that it is about.
    pub(crate) fn fields(&self, arenas: &Arenas, to: &mut dyn Fields) {
        match self {
            Self::TopicSet {
                topic, read, write, ..
            } => {
                to.number("topic", topic.0.into());
                to.number("read", (*read).into());
                to.number("write", (*write).into());
            }
            Self::Appended { row } => appended(arenas, *row, to),
            Self::Visible { queue, row } => visible(arenas, *queue, *row, to),
            Self::FilesDeleted {
                files,
                first,
                forced,
            } => {
                to.number("files", *files);
                to.number("first", first.0);
                to.flag("forced", *forced);
            }
            Self::MinMoved { min, .. } => to.number("min", min.0),
            Self::DiskFilled { percent } => to.number("percent", (*percent).into()),
            Self::GroupSet { settings, .. } => group(settings, to),
            Self::Stored {
                offset,
                by,
                pending,
                ..
            } => {
                optional("offset", *offset, to);
                to.word("by", stored_by(*by));
                to.flag("pending", *pending);
            }
            Self::CommitIgnored { offset, .. } | Self::ResetTaken { offset, .. } => {
                to.number("offset", offset.0);
            }
            Self::Reset { offsets, way, .. } => {
                to.word("way", way.word());
                to.text("offsets", &pairs(offsets));
            }
            Self::ToolRefused { code, .. } => refused(*code, to),
            Self::OffsetsLost { rolled_back } => {
                to.number("offsets", rolled_back.len() as u64);
            }
            Self::Popped { found, .. } => to.text("offsets", &found_text(found)),
            Self::Revived { offsets, .. } => to.text("offsets", &found_text(offsets)),
            Self::ProducerStarted { .. }
            | Self::Handed { .. }
            | Self::MemberStarted { .. }
            | Self::Assigned { .. }
            | Self::Revoked { .. }
            | Self::Placed { .. }
            | Self::Failed { .. }
            | Self::Hung { .. }
            | Self::GivenUp { .. }
            | Self::OwnStored { .. }
            | Self::Suspended { .. } => self.program_fields(to),
            Self::RetrySet { .. } | Self::NothingExpired | Self::Flushed => {}
        }
    }

    /// The fields of what happens in a program, not at the broker.
    fn program_fields(&self, to: &mut dyn Fields) {
        match self {
            Self::ProducerStarted { settings, .. } => {
                to.number("topic", settings.topic.0.into());
                to.number("queues", settings.queues.len() as u64);
            }
            Self::Handed {
                first,
                count,
                stride,
                ..
            } => {
                to.range("first", *first, *count);
                to.stride(stride.0);
            }
            Self::MemberStarted { settings, .. } => member(settings, to),
            Self::Revoked {
                why, unfinished, ..
            } => {
                to.word("why", why.word());
                to.number("unfinished", *unfinished);
            }
            Self::Placed { at, by, .. } => {
                to.number("at", at.0);
                to.word("by", by.word());
            }
            Self::Failed {
                first,
                count,
                stride,
                again,
                ..
            } => {
                to.range("first", first.0, *count);
                to.stride(stride.0);
                to.flag("again", *again);
            }
            Self::Hung { offset, again, .. } => {
                to.number("offset", offset.0);
                to.flag("again", *again);
            }
            Self::GivenUp { offset, .. } | Self::OwnStored { offset, .. } => {
                to.number("offset", offset.0);
            }
            Self::Assigned { .. }
            | Self::Suspended { .. }
            | Self::TopicSet { .. }
            | Self::RetrySet { .. }
            | Self::Appended { .. }
            | Self::Visible { .. }
            | Self::FilesDeleted { .. }
            | Self::NothingExpired
            | Self::MinMoved { .. }
            | Self::DiskFilled { .. }
            | Self::GroupSet { .. }
            | Self::Stored { .. }
            | Self::CommitIgnored { .. }
            | Self::ResetTaken { .. }
            | Self::Reset { .. }
            | Self::ToolRefused { .. }
            | Self::Flushed
            | Self::OffsetsLost { .. }
            | Self::Popped { .. }
            | Self::Revived { .. } => {}
        }
    }
}

fn appended(arenas: &Arenas, row: u32, to: &mut dyn Fields) {
    let Some(extent) = arenas
        .family
        .rocketmq()
        .and_then(|arena| arena.appended.get(row as usize))
    else {
        return;
    };
    to.text("topic", &extent.topic);
    to.number("position", extent.start.0);
    to.number("count", extent.run.count);
    to.number("record", extent.record);
}

fn visible(arenas: &Arenas, queue: LogId, row: u32, to: &mut dyn Fields) {
    let arena = arenas.family.rocketmq().map(|arena| arena.queue(queue));
    if let Some(run) = arena.and_then(|arena| arena.runs.get(row as usize)) {
        to.range("first", run.first.0, run.count);
    }
}

fn group(settings: &GroupSettings, to: &mut dyn Fields) {
    to.number("topic", settings.topic.0.into());
    match settings.from {
        StartFrom::First => to.word("from", "first"),
        StartFrom::Last => to.word("from", "last"),
        StartFrom::Timestamp(at) => to.number("from_us", at.0),
    }
    to.number("commit_us", settings.commit.0);
    to.word("mode", mode_word(settings.mode));
    if let Some(tag) = &settings.tag {
        to.text("tag", tag);
    }
}

fn member(settings: &MemberSettings, to: &mut dyn Fields) {
    let habits = &settings.habits;
    to.number("group", settings.group.0.into());
    to.text("client", &format!("{}", settings.client));
    if habits.takes.0 > 0 {
        to.number("takes_us", habits.takes.0);
    }
    if let Some(failure) = &habits.fails_at {
        to.text("fails_at", &failure.text);
        if let Some(times) = failure.times {
            to.number("times", times.into());
        }
    }
    if let Some(text) = &habits.hangs_at {
        to.text("hangs_at", text);
    }
}

fn optional(name: &'static str, offset: Option<Offset>, to: &mut dyn Fields) {
    match offset {
        Some(offset) => to.number(name, offset.0),
        None => to.word(name, "none"),
    }
}

fn refused(code: Option<ResponseCode>, to: &mut dyn Fields) {
    to.word("code", code.map_or("NO_BROKER", ResponseCode::word));
}

/// Ranges of offsets: `0..31,40..41`.
fn found_text(found: &[(Offset, u64)]) -> String {
    let mut text = String::new();
    for (first, count) in found {
        if !text.is_empty() {
            text.push(',');
        }
        let last = first.0 + count.saturating_sub(1);
        text.push_str(&format!("{}..{last}", first.0));
    }
    text
}

/// Queues with offsets: `0:7,1:3`.
fn pairs(offsets: &[(LogId, Offset)]) -> String {
    let mut text = String::new();
    for (queue, offset) in offsets {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(&format!("{queue}:{offset}"));
    }
    text
}

const fn stored_by(by: StoredBy) -> &'static str {
    match by {
        StoredBy::Commit => "commit",
        StoredBy::Pull => "pull",
        StoredBy::Pop => "pop",
        StoredBy::Reset => "reset",
    }
}

/// How a group consumes, in the language's words.
#[must_use]
pub const fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Concurrent => "concurrent",
        Mode::Orderly => "orderly",
        Mode::Broadcast => "broadcast",
        Mode::Pop => "pop",
    }
}

impl ResetWay {
    /// The lab's own word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Tool => "tool",
            Self::Broker => "broker",
        }
    }
}

impl Revoke {
    /// The lab's own word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Rebalance => "rebalance",
            Self::Illegal => "illegal",
            Self::Reset => "reset",
            Self::Stop => "stop",
        }
    }
}

impl PlacedBy {
    /// The lab's own word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Broker => "broker",
            Self::First => "first",
            Self::Last => "last",
            Self::Timestamp => "timestamp",
            Self::OwnFile => "own_file",
            Self::Retry => "retry",
        }
    }
}
