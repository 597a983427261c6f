//! What may happen to messages on a program's link. Knows no message but by its kind.

use crate::units::SimDuration;

/// Why a message never arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// `lose next …`
    Chosen,
    /// `drop M/N from …`
    Dropped,
    /// The broker was down when it would have arrived, or had been since it was sent: a connection does
    /// not outlive the broker.
    BrokerDown,
    /// The program was gone when it would have arrived.
    ProgramGone,
}

/// The kinds of message that `lose next …` can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// It publishes messages.
    Publish,
    /// It confirms that messages are stored.
    Confirm,
    /// It stores a consumer's offset.
    Store,
}

/// A fault of a program's link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The next message of this kind is lost.
    LoseNext(MessageKind),
    /// M of N messages are lost, by the seed.
    Drop {
        /// M
        numerator: u32,
        /// N
        denominator: u32,
    },
    /// Messages take longer, each way.
    Delay {
        /// How much longer.
        by: SimDuration,
    },
}

impl Loss {
    /// The lab's own word for the reason.
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

impl MessageKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Publish, Self::Confirm, Self::Store];

    /// The word of the language, and of the trace.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Confirm => "confirm",
            Self::Store => "store",
        }
    }
}
