//! What a picture shows of a moment before it is laid out: lanes, blocks, cells, nodes, programs and what these
//! point at. A family fills it from its state, `layout` gives every part its place. Knows no coordinate.

use alloc::string::String;
use alloc::vec::Vec;

use super::key::KeyPiece;
use super::stage::Target;
use crate::base::divide;
use crate::ids::{ActorId, LogId, NodeId, Offset};

/// Items of a program that are filled in at the most: no picture has room for more.
pub(crate) const ITEMS: usize = 16;
/// Files that are filled in at the most.
pub(crate) const FILES: usize = 8;

/// Records of a log that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LogOffsets {
    /// The first.
    pub(crate) from: Offset,
    /// Behind the last.
    pub(crate) to: Offset,
}

/// A log, as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Lane {
    /// Which one.
    pub(crate) id: LogId,
    /// What such a thing is called.
    pub(crate) kind: &'static str,
    /// What its first and its next offset are called.
    pub(crate) ends: Ends,
    /// Its name.
    pub(crate) name: String,
    /// What there is to know of it, in a sentence.
    pub(crate) sentence: String,
    /// The same as a caption, in several wordings, the longest first; none when the log is not there.
    pub(crate) facts: Vec<String>,
    /// Whether it is there.
    pub(crate) is_there: bool,
    /// What is drawn in place of records when there are none.
    pub(crate) blank: Option<EmptyLog>,
    /// Its first offset.
    pub(crate) first: Offset,
    /// The offset that its next record will get.
    pub(crate) next: Offset,
    /// Behind the last record that may be read.
    pub(crate) committed: Offset,
    /// Behind the last record that it ever has in this run.
    pub(crate) furthest: Offset,
    /// What was removed from it a moment ago.
    pub(crate) removed: Option<RemovedRecords>,
    /// Whether its blocks ever lie in several files.
    pub(crate) has_sections: bool,
    /// What the nodes of a cluster have of it; none when there is one node.
    pub(crate) nodes: Vec<NodeRow>,
    /// Up to where the cluster has committed, in words.
    pub(crate) committed_words: String,
}

/// What the ends of a log are called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ends {
    /// Its first offset.
    pub(crate) first: &'static str,
    /// The offset that its next record will get.
    pub(crate) next: &'static str,
}

/// A log without records.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EmptyLog {
    /// Class of its background.
    pub(crate) class: &'static str,
    /// Why there are none.
    pub(crate) words: &'static str,
}

/// Records that are gone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RemovedRecords {
    /// Which they were.
    pub(crate) offsets: LogOffsets,
    /// Why they went, in several wordings, the longest first.
    pub(crate) wordings: &'static [&'static str],
}

/// What a node has of a log.
#[derive(Clone, Debug)]
pub(crate) struct NodeRow {
    /// The node.
    pub(crate) node: NodeId,
    /// Its classes.
    pub(crate) class: &'static str,
    /// What it is and has.
    pub(crate) words: String,
    /// Whether it runs.
    pub(crate) is_up: bool,
    /// The records that it has.
    pub(crate) has: LogOffsets,
}

/// What is asked of a log besides what it is as a whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogRequest {
    /// The records in view.
    pub(crate) offsets: LogOffsets,
    /// Whose progress colours the cells.
    pub(crate) reader: Option<ActorId>,
    /// Pieces of the whole log that [`Contents::ticks`] is about; 0 when it is not shown.
    pub(crate) pieces: u64,
}

/// What a log holds, as far as it is in view.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contents {
    /// Records that are kept together, oldest first.
    pub(crate) blocks: Vec<RecordBlock>,
    /// Files of blocks, oldest first.
    pub(crate) sections: Vec<RecordBlock>,
    /// Records, oldest first.
    pub(crate) cells: Vec<Cell>,
    /// Records that the latest event was about.
    pub(crate) touched: Option<LogOffsets>,
    /// Records that are about to be removed.
    pub(crate) expiring: Option<LogOffsets>,
    /// Pieces of the whole log that hold records of the log's own.
    pub(crate) ticks: Vec<LogOffsets>,
}

/// Records that belong together.
#[derive(Clone, Debug)]
pub(crate) struct RecordBlock {
    /// Names its marks.
    pub(crate) piece: KeyPiece,
    /// Its class.
    pub(crate) class: &'static str,
    /// The records.
    pub(crate) offsets: LogOffsets,
    /// Its caption in several wordings, the longest first.
    pub(crate) wordings: Vec<String>,
    /// What it selects.
    pub(crate) target: Target,
    /// Its name.
    pub(crate) label: String,
}

/// A record.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// Its place in the log.
    pub(crate) offset: Offset,
    /// Its classes.
    pub(crate) class: String,
    /// What it holds.
    pub(crate) holds: Holds,
    /// Its name.
    pub(crate) label: String,
}

/// What a record holds.
#[derive(Clone, Debug)]
pub(crate) enum Holds {
    /// A message.
    Message {
        /// Its body.
        body: String,
        /// Whether the reader has processed it before.
        is_repeated: bool,
    },
    /// Something of the log's own.
    Own {
        /// Whether it stands for all before it.
        is_whole: bool,
    },
}

/// A program in a run.
#[derive(Clone, Debug)]
pub(crate) struct ProgramModel {
    /// Where it stands.
    pub(crate) state: RunState,
    /// That in the words of its family.
    pub(crate) state_word: &'static str,
    /// Its name and numbers.
    pub(crate) label: String,
    /// The same as a sentence.
    pub(crate) sentence: String,
    /// Its numbers as a caption, in several wordings, the longest first.
    pub(crate) facts: Vec<String>,
}

/// Where a program stands: each has a stroke and a sign of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RunState {
    /// It waits for the answers that it needs.
    Starting,
    /// It runs.
    Running,
    /// It runs and does not process.
    Paused,
    /// It ended in order.
    Closed,
    /// Its process died.
    Crashed,
    /// It was refused and ended.
    Refused,
}

/// A program that writes to a log.
#[derive(Clone, Debug)]
pub(crate) struct ProducerModel {
    /// What it has in common with others.
    pub(crate) program: ProgramModel,
    /// What it handed over and that is not confirmed.
    pub(crate) open: UnconfirmedMessages,
}

/// What a producer handed over and that is not confirmed.
#[derive(Clone, Debug)]
pub(crate) struct UnconfirmedMessages {
    /// How much it is, in words.
    pub(crate) caption: String,
    /// How much it is.
    pub(crate) count: u64,
    /// The oldest of it, up to [`ITEMS`].
    pub(crate) oldest: Vec<ProgramItem>,
    /// The youngest of it.
    pub(crate) youngest: Option<ProgramItem>,
}

/// Something small that a program has.
#[derive(Clone, Debug)]
pub(crate) struct ProgramItem {
    /// Names its marks.
    pub(crate) piece: KeyPiece,
    /// What it is called.
    pub(crate) words: String,
    /// What it selects.
    pub(crate) target: Target,
    /// Its name.
    pub(crate) label: String,
}

/// A program that reads.
#[derive(Clone, Debug)]
pub(crate) struct ConsumerModel {
    /// What it has in common with others.
    pub(crate) program: ProgramModel,
    /// What it has of the log that it is drawn at, when it reads no other: of several logs that stands at each.
    pub(crate) reading: Option<LogProgress>,
    /// What it was given and has not processed, by the pieces in which it came.
    pub(crate) waiting: Waiting,
}

/// Who reads a log together with other logs: drawn at each of them.
#[derive(Clone, Debug)]
pub(crate) struct SharedReader {
    /// What it selects.
    pub(crate) of: ActorId,
    /// What such a one is called.
    pub(crate) kind: &'static str,
    /// Its name.
    pub(crate) name: String,
    /// Its numbers as a caption, in several wordings, the longest first.
    pub(crate) facts: Vec<String>,
    /// Both as a sentence.
    pub(crate) sentence: String,
    /// What it has of the log.
    pub(crate) reading: LogProgress,
}

/// What someone has of a log.
#[derive(Clone, Debug, Default)]
pub(crate) struct LogProgress {
    /// Where it goes on.
    pub(crate) position: Option<OffsetPointer>,
    /// What is stored of it.
    pub(crate) stored: Option<OffsetPointer>,
    /// What it has processed in this run.
    pub(crate) done: Option<LogOffsets>,
    /// What it would process again if it started now.
    pub(crate) again: Option<Redelivery>,
    /// What it was given and has not processed.
    pub(crate) waits: Option<LogOffsets>,
    /// What it could still be given.
    pub(crate) behind: Option<Behind>,
}

/// An offset that a program points at.
#[derive(Clone, Debug)]
pub(crate) struct OffsetPointer {
    /// The offset.
    pub(crate) offset: Offset,
    /// Where it stands.
    pub(crate) stands: OffsetStands,
    /// Its classes.
    pub(crate) class: &'static str,
    /// What it is.
    pub(crate) words: String,
}

/// Where an offset is drawn, by what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OffsetStands {
    /// On its record: that is the last one.
    On,
    /// Before its record: that is the next one.
    Before,
}

/// What a consumer would process again.
#[derive(Clone, Debug)]
pub(crate) struct Redelivery {
    /// The records.
    pub(crate) offsets: LogOffsets,
    /// How many they are and what is the matter with them.
    pub(crate) words: String,
    /// The same in fewer words.
    pub(crate) short: String,
}

/// What a consumer was given and has not begun with.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    /// How many pieces it is.
    pub(crate) count: usize,
    /// The oldest of them, up to [`ITEMS`].
    pub(crate) oldest: Vec<ProgramItem>,
    /// What they are, in several wordings, the longest first.
    pub(crate) wordings: &'static [&'static str],
}

/// What a consumer could still be given.
#[derive(Clone, Debug)]
pub(crate) struct Behind {
    /// The records.
    pub(crate) offsets: LogOffsets,
    /// How many messages they hold.
    pub(crate) words: String,
}

/// Files that all logs share.
#[derive(Clone, Debug)]
pub(crate) struct SharedFiles {
    /// What they are together.
    pub(crate) name: &'static str,
    /// What there is to know of them, in several wordings, the longest first.
    pub(crate) facts: Vec<String>,
    /// The same as a sentence.
    pub(crate) sentence: String,
    /// The youngest of them, up to [`FILES`], oldest first.
    pub(crate) youngest: Vec<SharedFile>,
    /// How many older ones there are.
    pub(crate) older: u64,
}

/// A file that logs share.
#[derive(Clone, Debug)]
pub(crate) struct SharedFile {
    /// Its number, from the first that there ever was.
    pub(crate) number: u32,
    /// Its class.
    pub(crate) class: &'static str,
    /// How much of it is written, in thousandths.
    pub(crate) filled: u16,
    /// Its name in several wordings, the longest first.
    pub(crate) names: Vec<String>,
    /// When it goes, in several wordings, the longest first.
    pub(crate) ends: Vec<String>,
    /// Both.
    pub(crate) label: String,
}

impl LogOffsets {
    /// How many they are.
    pub(crate) fn count(self) -> u64 {
        self.to.0.saturating_sub(self.from.0)
    }

    /// They in so many pieces of about the same size.
    pub(crate) fn pieces(self, pieces: u64) -> impl Iterator<Item = Self> {
        let length = u128::from(self.count());
        let border = move |piece: u64| {
            let at = divide(length * u128::from(piece), pieces.into());
            self.from.plus(u64::try_from(at).unwrap_or(0))
        };
        let all = (0..pieces).map(move |piece| Self {
            from: border(piece),
            to: border(piece + 1),
        });
        all.filter(|piece| piece.from < piece.to)
    }
}
