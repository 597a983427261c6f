//! What a stream's state is, for facts and tests. Changes nothing.

use alloc::sync::Arc;

use super::request::StreamArguments;
use super::writer::Stream;
use crate::family::rabbitmq::log::{Log, Retention, SegmentLimit, Tracking};
use crate::ids::Offset;
use crate::units::Bytes;

impl Stream {
    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// The arguments that it was created with.
    #[must_use]
    pub const fn arguments(&self) -> &StreamArguments {
        &self.arguments
    }

    /// The leader's log.
    #[must_use]
    pub const fn log(&self) -> &Log {
        &self.log
    }

    /// Stored offsets and sequences as the leader has them in memory.
    #[must_use]
    pub const fn tracking(&self) -> &Tracking {
        &self.tracking
    }

    /// The last committed chunk, of any kind; `None` before the first commit.
    #[must_use]
    pub const fn committed(&self) -> Option<Offset> {
        self.committed
    }

    /// Whether a leader runs.
    #[must_use]
    pub const fn is_available(&self) -> bool {
        self.available
    }

    /// The last offset of the last committed chunk.
    #[must_use]
    pub fn committed_offset(&self) -> Option<Offset> {
        let chunk = self.log.floor(self.committed?)?;
        Some(Offset(chunk.next().0.saturating_sub(1)))
    }

    /// The limits that retention keeps to at present: a policy's, else the stream's own arguments.
    #[must_use]
    pub const fn retention(&self) -> Retention {
        self.retention
    }

    /// The first offset as snapshots see it: the one that the last retention run left.
    #[must_use]
    pub const fn first_counter(&self) -> Offset {
        self.first_counter
    }

    /// The segment size in force.
    #[must_use]
    pub fn segment_size(&self) -> Bytes {
        self.arguments
            .segment_size
            .unwrap_or(SegmentLimit::default().bytes)
    }
}
