//! What clients' producers do differently: which publishing ids they give, and what follows when the connection is gone.
//! Knows no program.

/// Which publishing id a sub-entry batch has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubBatchId {
    /// The next one: a batch takes one id.
    Own,
    /// Its messages take one each, and it has that of the first (Go, `aggregateEntities`).
    FirstMessage,
    /// Its messages take one each, and it has that of the last (Java, `DynamicBatchMessageAccumulator`; rstream).
    LastMessage,
}

/// Which publishing id a new run of a producer begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstId {
    /// It does not ask; it goes on behind the highest that it used.
    OwnCount,
    /// It asks: behind the answer, but 0 when the answer is 0 (Java, Rust).
    AnswerOrZero,
    /// It asks: behind the answer; 1 without a name (rstream, Go).
    BehindAnswer,
}

impl FirstId {
    /// The id of the first message when nobody was asked.
    #[must_use]
    pub const fn unasked(self) -> u64 {
        match self {
            Self::OwnCount | Self::AnswerOrZero => 0,
            Self::BehindAnswer => 1,
        }
    }
}

/// What follows for a producer when its connection is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProducerOnLoss {
    /// It comes back (Java; rstream, at its next publish).
    Returns,
    /// It is told, and ends (Go).
    Ends,
    /// It waits for its confirms, in vain (Rust).
    Waits,
}
