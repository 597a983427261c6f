//! What a POP gave.

use super::request::QueueName;
use crate::base::IdSet;
use crate::units::SimTime;

/// Messages that one POP gave, and which of them nobody has acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The queue.
    pub of: QueueName,
    /// Not acknowledged so far.
    pub open: IdSet,
    /// When they come again.
    pub due: SimTime,
}
