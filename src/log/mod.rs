//! The stream log as osiris keeps it: chunks, segments, retention, tracking. Knows no network and no clock.

pub mod chunk;
pub mod message;
pub mod spec;

pub use chunk::{Chunk, ChunkKind, TrackingEntry};
pub use message::{Body, BodyPart, Encoding, Message, MessageRun};
pub use spec::OffsetSpec;
