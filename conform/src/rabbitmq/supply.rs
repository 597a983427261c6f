//! Messages that a transcript shows though none of its steps publishes them: the replay publishes as
//! many as the shown chunks hold. Their number is given; offsets, ids and deliveries are the broker's.

use crate::arguments::MESSAGES;
use crate::rabbitmq::plan::{Life, Planned};
use crate::rabbitmq::prelude::{PublisherId, PublishingId, Request};
use crate::rabbitmq::publishing::run;
use crate::rabbitmq::replay::Runner;

/// The connection and the publisher of messages whose publisher no step declares.
const UNSHOWN: (&str, u8) = ("unshown", 0);

impl Runner<'_> {
    /// Whether a stream lacks messages that the transcript shows.
    pub(crate) fn incomplete(&self, stream: &str) -> bool {
        let life = self.lives.get(stream).copied().unwrap_or(0);
        self.life(stream).is_some_and(Life::incomplete)
            && !self.supplied.contains(&(stream.to_string(), life))
    }

    /// Every stream gets what it lacks, before the broker ends.
    pub(crate) fn supply_all(&mut self) {
        let streams: Vec<String> = self.lives.keys().cloned().collect();
        for stream in streams {
            self.supply(&stream);
        }
    }

    /// Publishes what the chunks of a stream hold, a frame a chunk, if no step does.
    pub(crate) fn supply(&mut self, stream: &str) {
        if !self.incomplete(stream) {
            return;
        }
        let Some(chunks) = self.life(stream).and_then(user_chunks) else {
            return;
        };
        let life = self.lives.get(stream).copied().unwrap_or(0);
        self.supplied.insert((stream.to_string(), life));
        let declared = self.declared.get(stream).cloned();
        let (on, publisher) = declared.unwrap_or_else(|| {
            let (on, publisher) = UNSHOWN;
            self.declare(on, publisher, "", stream);
            (on.to_string(), publisher)
        });
        let mut next = 0;
        for records in chunks {
            let request = Request::Publish {
                publisher: PublisherId(publisher),
                messages: Vec::from([run(PublishingId(next), records)]),
            };
            self.send(&on, request);
            self.settle();
            next += records;
        }
    }
}

/// The messages of every chunk; `None` where tracking is among them or they are too many.
fn user_chunks(life: &Life) -> Option<Vec<u64>> {
    let chunks: Option<Vec<u64>> = life
        .chunks
        .values()
        .map(|chunk| match chunk {
            Planned::User { records, .. } => Some(*records),
            Planned::Delta { .. } | Planned::Snapshot => None,
        })
        .collect();
    let chunks = chunks?;
    let all = chunks
        .iter()
        .fold(0, |sum: u64, records| sum.saturating_add(*records));
    (all <= MESSAGES).then_some(chunks)
}
