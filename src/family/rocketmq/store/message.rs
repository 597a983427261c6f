//! Messages, kept as runs: what is equal but for its numbers is stored once. Knows no queue's offsets and no broker.

use alloc::string::String;
use alloc::sync::Arc;

use crate::ids::{ActorId, PublishingId};
use crate::message::Body;

/// Messages of one producer whose numbers go up by one step.
///
/// The k-th message has index `first_index + k * step` and running count `first_count + k * step`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRun {
    /// Who sent them.
    pub producer: ActorId,
    /// The template that all share.
    pub body: Arc<Body>,
    /// Bytes that each body is filled up to, where that is more than its text.
    pub padded: u32,
    /// The key of each (`KEYS`), from which a queue may have been chosen.
    pub key: Option<Arc<Body>>,
    /// The tag of all.
    pub tag: Option<Arc<str>>,
    /// `{i}` of the first message.
    pub first_index: u64,
    /// `{n}` of the first message.
    pub first_count: u64,
    /// What the numbers go up by, at least 1.
    pub step: u64,
    /// Messages in the run, at least 1.
    pub count: u64,
    /// How often they came back already (`reconsumeTimes`): 0 for what a producer sent.
    pub attempt: u16,
}

/// One message, rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedMessage {
    /// Who sent it.
    pub producer: ActorId,
    /// Its body as text, without what it is filled up with.
    pub body: String,
    /// Its key.
    pub key: Option<String>,
    /// Its tag.
    pub tag: Option<Arc<str>>,
    /// How often it came back already.
    pub attempt: u16,
}

impl MessageRun {
    /// The k-th message.
    #[must_use]
    pub fn message(&self, k: u64) -> RenderedMessage {
        let render = |body: &Body| {
            let (index, count) = self.numbers(k);
            body.render(index, count, PublishingId(count))
        };
        RenderedMessage {
            producer: self.producer,
            body: render(&self.body),
            key: self.key.as_deref().map(render),
            tag: self.tag.clone(),
            attempt: self.attempt,
        }
    }

    /// Index and running count of the k-th message; saturate.
    #[must_use]
    pub fn numbers(&self, k: u64) -> (u64, u64) {
        let further = k.saturating_mul(self.step);
        (
            self.first_index.saturating_add(further),
            self.first_count.saturating_add(further),
        )
    }

    /// Every `every`-th message of this run from the `first`-th on, `count` of them.
    #[must_use]
    pub fn part(&self, first: u64, every: u64, count: u64) -> Self {
        let (first_index, first_count) = self.numbers(first);
        Self {
            first_index,
            first_count,
            step: self.step.saturating_mul(every.max(1)),
            count,
            ..self.clone()
        }
    }
}

/// To which queues of a topic the messages of a run go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// All to one.
    Queue(u32),
    /// One after the other, round the queues.
    RoundRobin {
        /// The queue of the first message.
        first: u32,
        /// The number of queues.
        queues: u32,
    },
}

/// The messages of a run that one queue gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The queue.
    pub queue: u32,
    /// The first of them, by its place in the run.
    pub first: u64,
    /// What their places differ by.
    pub step: u64,
    /// How many they are, at least 1.
    pub count: u64,
}

impl Spread {
    /// The shares of `count` messages, in the order in which the queues are first met.
    pub fn shares(self, count: u64) -> impl Iterator<Item = Share> {
        let (first, queues) = match self {
            Self::Queue(queue) => (queue, 1),
            Self::RoundRobin { first, queues } => (first, u64::from(queues.max(1))),
        };
        let share = move |place: u64| Share {
            queue: match self {
                Self::Queue(queue) => queue,
                Self::RoundRobin { .. } => ((u64::from(first) + place) % queues) as u32,
            },
            first: place,
            step: queues,
            count: (count - place).div_ceil(queues),
        };
        (0..queues.min(count)).map(share)
    }

    /// The same for what follows behind `count` messages.
    #[must_use]
    pub fn behind(self, count: u64) -> Self {
        match self {
            Self::Queue(_) => self,
            Self::RoundRobin { first, queues } => {
                let every = u64::from(queues.max(1));
                let first = ((u64::from(first) + count % every) % every) as u32;
                Self::RoundRobin { first, queues }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn a_round_over_the_queues_gives_each_its_share() {
        let spread = Spread::RoundRobin {
            first: 2,
            queues: 3,
        };
        let shares: Vec<_> = spread
            .shares(5)
            .map(|s| (s.queue, s.first, s.step, s.count))
            .collect();
        assert_eq!(shares, [(2, 0, 3, 2), (0, 1, 3, 2), (1, 2, 3, 1)]);
        assert_eq!(
            spread.behind(5),
            Spread::RoundRobin {
                first: 1,
                queues: 3
            }
        );
        let few: Vec<_> = spread.shares(2).map(|share| share.queue).collect();
        assert_eq!(few, [2, 0]);
        let one: Vec<_> = Spread::Queue(7).shares(9).collect();
        assert_eq!((one.len(), one[0].queue, one[0].count), (1, 7, 9));
    }
}
