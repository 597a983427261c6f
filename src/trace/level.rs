//! How much of what happens a reader wants to see, and which event is seen from where on: a property of the event, of
//! what only a family knows in the table of that family. Knows no reader.

use super::event::What;
use super::link::Loss;
use crate::family::Message;

/// How much is shown. A level shows what every level before it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What a learner must see.
    #[default]
    Story,
    /// And what programs and brokers say to each other.
    Messages,
    /// And every frame, credit and wait.
    Everything,
}

impl Level {
    /// All of them, the briefest first.
    pub const ALL: [Self; 3] = [Self::Story, Self::Messages, Self::Everything];

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Messages => "messages",
            Self::Everything => "everything",
        }
    }

    /// The level of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }
}

impl What {
    /// From which level on it is shown.
    #[must_use]
    pub const fn level(&self) -> Level {
        match self {
            Self::Family(event) => event.level(),
            Self::Sent { message, .. } => message.sent_level(),
            Self::Arrived { message, .. } => message.arrived_level(),
            Self::Lost { message, why, .. } => lost(message, *why),
            Self::Processed { .. }
            | Self::Paused { .. }
            | Self::Resumed { .. }
            | Self::Closed { .. }
            | Self::Crashed { .. }
            | Self::Disconnected { .. }
            | Self::Ignored { .. }
            | Self::Fault { .. }
            | Self::Healed { .. }
            | Self::NodeCrashed { .. }
            | Self::NodeStarted { .. }
            | Self::NodeCut { .. }
            | Self::NodeHealed { .. } => Level::Story,
            Self::Ready { .. } | Self::Skipped { .. } | Self::Printed { .. } => Level::Messages,
            Self::Waited => Level::Everything,
        }
    }
}

/// A message that mattered is missed; one to a program that is gone is not.
const fn lost(message: &Message, why: Loss) -> Level {
    match (why, message.kind().is_some()) {
        (Loss::ProgramGone, _) if !message.is_to_broker() => Level::Everything,
        (Loss::Chosen | Loss::Dropped | Loss::BrokerDown, true) => Level::Story,
        (Loss::ProgramGone, _) | (Loss::Chosen | Loss::Dropped | Loss::BrokerDown, false) => {
            message.sent_level()
        }
    }
}
