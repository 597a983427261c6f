//! The trace: everything that happened, in the order of time, each event with its cause. Append-only.
//! Knows how to keep and print events; folds nothing and decides nothing.

pub mod arena;
pub mod event;
pub mod settings;

use alloc::vec::Vec;

pub use arena::{Arenas, ChunkRow, StreamArena};
pub use event::{Event, Frame, What};
pub use settings::{ConsumerSettings, ProducerSettings};

use crate::ids::EventId;

/// Events and what they refer to.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// In the order of time; [`EventId`] is the index.
    pub events: Vec<Event>,
    /// What events name by index.
    pub arenas: Arenas,
}

impl Trace {
    /// Keeps in the arenas what an event brings.
    pub fn keep(&mut self, event: &Event) {
        match &event.what {
            What::Processed {
                consumer,
                first,
                count,
                ..
            } => self.arenas.actors[consumer.index()]
                .processed
                .push((*first, *count)),
            What::Arrived {
                actor,
                frame: Frame::Deliver { row },
            } => self.arenas.actors[actor.index()].received.push(*row),
            What::Printed { actor, line } => {
                self.arenas.actors[actor.index()].console.push(line.clone());
            }
            _ => {}
        }
    }

    /// The event of this number.
    #[must_use]
    pub fn get(&self, id: EventId) -> Option<&Event> {
        self.events.get(id.index())
    }
}
