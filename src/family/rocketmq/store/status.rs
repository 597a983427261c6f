//! What the store found for a read (`GetMessageStatus.java`), and what a client calls it.

use core::fmt;

/// What the store found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Messages.
    Found,
    /// There are messages, but none with the tags that are wanted.
    NoMatchedMessage,
    /// There were messages; their bytes are deleted.
    MessageWasRemoving,
    /// Not even the entry of the queue is there.
    OffsetFoundNull,
    /// Far above the maximum.
    OffsetOverflowBadly,
    /// Exactly at the maximum: caught up.
    OffsetOverflowOne,
    /// Below the minimum.
    OffsetTooSmall,
    /// The queue never had a message.
    NoMessageInQueue,
    /// A reset waits for the reader (5.2).
    OffsetReset,
}

/// What a client makes of an answer (`PullStatus.java`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PullStatus {
    /// Messages.
    Found,
    /// None, for now.
    NoNewMsg,
    /// None that is wanted here: go on at once.
    NoMatchedMsg,
    /// Go on elsewhere.
    OffsetIllegal,
}

impl Status {
    /// The client's view of it, for a read from `offset`.
    #[must_use]
    pub const fn to_client(self, offset: i64) -> PullStatus {
        match self {
            Self::Found => PullStatus::Found,
            Self::NoMatchedMessage | Self::MessageWasRemoving => PullStatus::NoMatchedMsg,
            Self::NoMessageInQueue if offset == 0 => PullStatus::NoNewMsg,
            Self::OffsetOverflowOne | Self::OffsetFoundNull => PullStatus::NoNewMsg,
            Self::NoMessageInQueue
            | Self::OffsetOverflowBadly
            | Self::OffsetTooSmall
            | Self::OffsetReset => PullStatus::OffsetIllegal,
        }
    }

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Found => "FOUND",
            Self::NoMatchedMessage => "NO_MATCHED_MESSAGE",
            Self::MessageWasRemoving => "MESSAGE_WAS_REMOVING",
            Self::OffsetFoundNull => "OFFSET_FOUND_NULL",
            Self::OffsetOverflowBadly => "OFFSET_OVERFLOW_BADLY",
            Self::OffsetOverflowOne => "OFFSET_OVERFLOW_ONE",
            Self::OffsetTooSmall => "OFFSET_TOO_SMALL",
            Self::NoMessageInQueue => "NO_MESSAGE_IN_QUEUE",
            Self::OffsetReset => "OFFSET_RESET",
        }
    }
}

impl PullStatus {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Found => "FOUND",
            Self::NoNewMsg => "NO_NEW_MSG",
            Self::NoMatchedMsg => "NO_MATCHED_MSG",
            Self::OffsetIllegal => "OFFSET_ILLEGAL",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for PullStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
