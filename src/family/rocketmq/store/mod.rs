//! What the broker stores: one commit log for all topics, and a queue of offsets into it for each queue of a topic.

pub mod cleaner;
mod commit_log;
pub mod extent;
pub mod fetch;
pub mod message;
mod queue;
pub mod size;
mod status;
pub mod times;
mod topics;

pub use commit_log::{Append, CommitLog, FileView};
pub use extent::{Destination, Extent, Position};
pub use message::{MessageRun, RenderedMessage, Share, Spread};
pub use queue::{Queue, QueueRun};
pub use status::{PullStatus, Status};
pub use topics::{Assigned, Store};
