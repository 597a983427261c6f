//! The lab's own words for events, frames and reasons: fixed, since goldens and digests are made of them.

use super::event::{Idle, Skip, What};
use super::frame::{Frame, Loss};

impl What {
    /// The word for an event.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::StreamCreated { .. } => "stream_created",
            Self::StreamRefused { .. } => "stream_refused",
            Self::StreamDeleted { .. } => "stream_deleted",
            Self::Written { .. } => "written",
            Self::Committed { .. } => "committed",
            Self::Truncated { .. } => "truncated",
            Self::Stored { .. } => "stored",
            Self::OffsetForgotten { .. } => "offset_forgotten",
            Self::SequenceForgotten { .. } => "sequence_forgotten",
            Self::Deduplicated { .. } => "deduplicated",
            Self::Attached { .. } => "attached",
            Self::Sent { .. } => "sent",
            Self::Arrived { .. } => "arrived",
            Self::Lost { .. } => "lost",
            Self::ProducerStarted { .. } => "producer_started",
            Self::Handed { .. } => "handed",
            Self::Numbered { .. } => "numbered",
            Self::ConsumerStarted { .. } => "consumer_started",
            Self::Ready { .. } => "ready",
            Self::Refused { .. } => "refused",
            Self::Processed { .. } => "processed",
            Self::Skipped { .. } => "skipped",
            Self::StoredExternally { .. } => "stored_externally",
            Self::Paused { .. } => "paused",
            Self::Resumed { .. } => "resumed",
            Self::Closed { .. } => "closed",
            Self::Crashed { .. } => "crashed",
            Self::Disconnected { .. } => "disconnected",
            Self::Printed { .. } => "printed",
            Self::Ignored { .. } => "ignored",
            Self::Fault { .. } => "fault",
            Self::Healed { .. } => "healed",
            Self::NodeCrashed { .. } => "node_crashed",
            Self::NodeStarted { .. } => "node_started",
            Self::NodeCut { .. } => "node_cut",
            Self::NodeHealed { .. } => "node_healed",
            Self::Replicated { .. } => "replicated",
            Self::Diverged { .. } => "diverged",
            Self::LeaderLost { .. } => "leader_lost",
            Self::LeaderElected { .. } => "leader_elected",
            Self::Waited => "waited",
        }
    }
}

impl Frame {
    /// The word for a frame.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Declare => "declare_publisher",
            Self::QuerySequence => "query_publisher_sequence",
            Self::Publish { .. } => "publish",
            Self::QueryOffset => "query_offset",
            Self::Subscribe { .. } => "subscribe",
            Self::Credit { .. } => "credit",
            Self::Store { .. } => "store_offset",
            Self::Activate { .. } => "consumer_update_response",
            Self::Close => "close",
            Self::Code(_) => "response",
            Self::StoredOffset { .. } => "stored_offset",
            Self::Sequence { .. } => "publisher_sequence",
            Self::Confirm { .. } => "publish_confirm",
            Self::PublishError { .. } => "publish_error",
            Self::Deliver { .. } => "deliver",
            Self::MetadataUpdate { .. } => "metadata_update",
            Self::ConsumerUpdate { .. } => "consumer_update",
        }
    }
}

impl Loss {
    /// The word for the reason.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::Dropped => "dropped",
            Self::BrokerDown => "broker_down",
            Self::ProgramGone => "program_gone",
        }
    }
}

impl Skip {
    /// The word for the reason.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::BelowSpec => "below_spec",
            Self::Filtered => "filtered",
            Self::Closed => "closed",
        }
    }
}

impl Idle {
    /// The word for the reason.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotRunning => "not_running",
            Self::AlreadyRunning => "already_running",
            Self::NotPaused => "not_paused",
            Self::NothingUnconfirmed => "nothing_unconfirmed",
            Self::Unnamed => "unnamed",
            Self::NotRising => "not_rising",
            Self::NodeAlreadySo => "node_already_so",
            Self::NoLeader => "no_leader",
        }
    }
}
