//! The lab's own words for events and reasons: fixed, since goldens and digests are made of them.

use super::event::{Disconnection, Idle, Skip, What};

impl What {
    /// The word for an event.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Family(event) => event.word(),
            Self::Sent { .. } => "sent",
            Self::Arrived { .. } => "arrived",
            Self::Lost { .. } => "lost",
            Self::Ready { .. } => "ready",
            Self::Processed { .. } => "processed",
            Self::Skipped { .. } => "skipped",
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
            Self::Waited => "waited",
        }
    }
}

impl Disconnection {
    /// The word for the reason.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NodeDown => "node_down",
            Self::HungUp { .. } => "hung_up",
            Self::Unavailable { .. } => "unavailable",
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
            Self::Negative => "negative",
            Self::NodeAlreadySo => "node_already_so",
            Self::OnlyNode => "only_node",
            Self::NoLeader => "no_leader",
            Self::AlreadyPaused => "already_paused",
            Self::AlreadyRestarting => "already_restarting",
            Self::NoConnection => "no_connection",
            Self::LinkWhole => "link_whole",
            Self::BrokerDown => "broker_down",
            Self::NoStream => "no_stream",
            Self::NoPolicy => "no_policy",
            Self::SamePolicy => "same_policy",
        }
    }
}
