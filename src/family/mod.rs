//! The registry of families: every closed enum in which families meet, and nothing else. What an offset means, where
//! retention cuts and who stores what stands in the folder of each family.

mod driver;
mod explain;
mod language;
mod picture;
#[cfg(feature = "rabbitmq")]
pub mod rabbitmq;
#[cfg(feature = "rocketmq")]
pub mod rocketmq;
#[cfg(not(feature = "rocketmq"))]
mod rocketmq {
    //! Its lessons are texts, and need no broker.
    pub(in crate::family) mod lessons;
}
mod state;
mod variants;

pub(crate) use driver::{Driver, Own};
pub(crate) use explain::{consequence, lags_that_lie, ready, remarks};
pub(crate) use language::{COUNTERPARTS, Fact, NOT_BUILT};
pub use language::{Family, Kind, Statement};
#[cfg(feature = "rabbitmq")]
use rabbitmq::event::StreamEvent;
#[cfg(feature = "rabbitmq")]
use rabbitmq::message::StreamMessage;
#[cfg(feature = "rocketmq")]
use rocketmq::event::QueueEvent;
pub(crate) use rocketmq::lessons::{TEXTS as PROGRESS_TEXTS, TRACK as PROGRESS};
#[cfg(feature = "rocketmq")]
use rocketmq::message::QueueMessage;
pub(crate) use state::Kept;
pub use state::{Arena, State};
pub use variants::{Variant, variants};

use crate::ids::{ActorId, LogId, Offset};
use crate::trace::fields::Fields;
use crate::trace::link::MessageKind;
use crate::trace::{Arenas, Level, What};
use crate::units::SimDuration;

/// An event that only one family knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FamilyEvent {
    /// Of RabbitMQ Streams.
    #[cfg(feature = "rabbitmq")]
    RabbitMq(StreamEvent),
    /// Of RocketMQ.
    #[cfg(feature = "rocketmq")]
    RocketMq(QueueEvent),
}

/// A message on a program's link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Of RabbitMQ Streams.
    #[cfg(feature = "rabbitmq")]
    RabbitMq(StreamMessage),
    /// Of RocketMQ.
    #[cfg(feature = "rocketmq")]
    RocketMq(QueueMessage),
}

impl FamilyEvent {
    /// The lab's own word for the event.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(event) => event.word(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(event) => event.word(),
        }
    }

    /// The program that it is about.
    #[must_use]
    pub const fn actor(&self) -> Option<ActorId> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(event) => event.actor(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(event) => event.actor(),
        }
    }

    /// The log that it is about, where the event names one itself.
    #[must_use]
    pub fn stream(&self) -> Option<LogId> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(event) => event.stream(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(event) => event.queue(),
        }
    }

    /// How many messages the range has that it is, and the time between two of them.
    #[must_use]
    pub const fn range(&self) -> Option<(u64, SimDuration)> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(event) => event.range(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(event) => event.range(),
        }
    }

    /// The program that received messages which failed, and the first of them.
    #[must_use]
    pub const fn tried(&self) -> Option<(ActorId, Offset)> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => None,
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(event) => event.tried(),
        }
    }

    /// From which level of detail on it is shown.
    #[must_use]
    pub const fn level(&self) -> Level {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(event) => rabbitmq::level::event(event),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(event) => rocketmq::level::event(event),
        }
    }

    /// Whether it tells that a statement had no effect.
    #[must_use]
    pub const fn has_no_effect(&self) -> bool {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(event) => event.has_no_effect(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(event) => event.has_no_effect(),
        }
    }

    /// What it is of RabbitMQ Streams.
    #[must_use]
    #[cfg(feature = "rabbitmq")]
    pub const fn rabbitmq(&self) -> Option<&StreamEvent> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(event) => Some(event),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => None,
        }
    }

    /// What it is of RocketMQ.
    #[must_use]
    #[cfg(feature = "rocketmq")]
    pub const fn rocketmq(&self) -> Option<&QueueEvent> {
        match self {
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(event) => Some(event),
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => None,
        }
    }

    /// Gives its fields, without the program and the log that it is about.
    pub(crate) fn fields(&self, arenas: &Arenas, to: &mut dyn Fields) {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(event) => event.fields(arenas, to),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(event) => event.fields(arenas, to),
        }
    }
}

impl Message {
    /// Whether it travels from the program to the broker.
    #[must_use]
    pub const fn is_to_broker(&self) -> bool {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(message) => message.is_to_broker(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(message) => message.is_to_broker(),
        }
    }

    /// Of which kind it is, for those that a fault can be about.
    #[must_use]
    pub const fn kind(&self) -> Option<MessageKind> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(message) => message.kind(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(message) => message.kind(),
        }
    }

    /// How many frames it stands for: those that leave one behind the other at one instant stand together.
    #[must_use]
    pub fn frames(&self) -> u64 {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(message) => message.frames(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(message) => message.frames(),
        }
    }

    /// Whether a faulty link may drop it.
    #[must_use]
    pub const fn can_be_dropped(&self) -> bool {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(message) => message.can_be_dropped(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(message) => message.can_be_dropped(),
        }
    }

    /// From which level of detail on it is shown that it was sent.
    #[must_use]
    pub const fn sent_level(&self) -> Level {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(message) => rabbitmq::level::sent(message),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(message) => rocketmq::level::sent(message),
        }
    }

    /// From which level of detail on it is shown that it arrived.
    #[must_use]
    pub const fn arrived_level(&self) -> Level {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(message) => rabbitmq::level::arrived(message),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(message) => rocketmq::level::arrived(message),
        }
    }

    /// The lab's own word for the message.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(message) => message.word(),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(message) => message.word(),
        }
    }

    /// What it is of RabbitMQ Streams.
    #[must_use]
    #[cfg(feature = "rabbitmq")]
    pub const fn rabbitmq(&self) -> Option<&StreamMessage> {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(message) => Some(message),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(_) => None,
        }
    }

    /// What it is of RocketMQ.
    #[must_use]
    #[cfg(feature = "rocketmq")]
    pub const fn rocketmq(&self) -> Option<&QueueMessage> {
        match self {
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(message) => Some(message),
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(_) => None,
        }
    }

    /// Gives its fields, its word first.
    pub(crate) fn fields(&self, arenas: &Arenas, to: &mut dyn Fields) {
        match self {
            #[cfg(feature = "rabbitmq")]
            Self::RabbitMq(message) => message.fields(arenas, to),
            #[cfg(feature = "rocketmq")]
            Self::RocketMq(message) => message.fields(to),
        }
    }
}

#[cfg(feature = "rabbitmq")]
impl From<StreamEvent> for What {
    fn from(event: StreamEvent) -> Self {
        Self::Family(FamilyEvent::RabbitMq(event))
    }
}

#[cfg(feature = "rocketmq")]
impl From<QueueEvent> for What {
    fn from(event: QueueEvent) -> Self {
        Self::Family(FamilyEvent::RocketMq(event))
    }
}

#[cfg(feature = "rocketmq")]
impl From<QueueMessage> for Message {
    fn from(message: QueueMessage) -> Self {
        Self::RocketMq(message)
    }
}

#[cfg(feature = "rabbitmq")]
impl From<StreamMessage> for Message {
    fn from(message: StreamMessage) -> Self {
        Self::RabbitMq(message)
    }
}

/// A family's half of the search for anomalies.
#[derive(Clone, Debug)]
pub(crate) enum AnomalySearch {
    /// Of RabbitMQ Streams.
    #[cfg(feature = "rabbitmq")]
    RabbitMq(rabbitmq::explain::anomalies::AnomalySearch),
    /// Of RocketMQ.
    #[cfg(feature = "rocketmq")]
    RocketMq(rocketmq::explain::anomalies::AnomalySearch),
}
