//! The stream log as osiris keeps it: chunks, segments, retention, tracking. Knows no network and no clock.

pub mod bloom;
pub mod chunk;
pub mod message;
pub mod segment;
pub mod size;
pub mod spec;
pub mod stream;
pub mod tracking;

pub use chunk::{Chunk, ChunkKind, TrackingEntry};
pub use message::{Encoding, MessageRun, RenderedMessage};
pub use segment::Segment;
pub use spec::OffsetSpec;
pub use stream::{Log, Removed, Retention, SegmentLimit};
pub use tracking::{Tracking, Trimmed};
