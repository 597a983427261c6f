//! Identifiers. Newtypes, so that an offset never passes for a publishing id; no behaviour beyond counting.

use core::fmt;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident($inner:ty);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

id! {
    /// The offset of a record in a stream. A chunk's id is the offset of its first record.
    Offset(u64);
    /// What a producer numbers its messages with; the broker deduplicates by it.
    PublishingId(u64);
    /// The reign of a leader; grows by one with each election.
    Epoch(u64);
    /// A log named by the scenario, in the order of first mention: a stream, or whatever a family reads by offsets.
    LogId(u32);
    /// Logs that are created together under one name, in the order of first mention: a topic with its queues.
    SetId(u32);
    /// A producer or consumer program named by the scenario, in the order of first mention.
    ActorId(u32);
    /// A node of the broker's cluster, from 1 as the scenario counts.
    NodeId(u8);
    /// A client's connection to the broker. Each program run has one of its own.
    ConnectionId(u32);
    /// A publisher within its connection (`u8` on the wire).
    PublisherId(u8);
    /// A subscription within its connection (`u8` on the wire).
    SubscriptionId(u8);
    /// The place of an event in its trace, from 0.
    EventId(u32);
    /// The place of a statement in its scenario, from 0.
    StatementId(u32);
}

impl Offset {
    /// The offset `records` further on; saturates at the end of the offset space.
    #[must_use]
    pub const fn plus(self, records: u64) -> Self {
        Self(self.0.saturating_add(records))
    }
}

macro_rules! index {
    ($($name:ident)*) => {$(
        impl $name {
            /// This id as an index into the table it numbers.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The id of what stands at `index` of that table. No table is longer than ids reach: texts and runs
            /// are limited far below that.
            #[must_use]
            pub fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }
    )*};
}

index! { LogId SetId ActorId EventId StatementId }
