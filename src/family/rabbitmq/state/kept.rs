//! RabbitMQ's part of a world that is kept: streams and programs, shared as far as they have not changed.

use super::{Program, State, Stream};
use crate::base::Shared;

/// Streams and programs.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    streams: Shared<Stream>,
    programs: Shared<Option<Program>>,
    nodes: usize,
}

impl State {
    /// A copy to keep; `before` is the one that was kept last.
    pub(crate) fn kept(&self, before: Option<&Kept>) -> Kept {
        Kept {
            streams: Shared::new(&self.streams, before.map(|kept| &kept.streams)),
            programs: Shared::new(&self.programs, before.map(|kept| &kept.programs)),
            nodes: self.nodes,
        }
    }
}

impl Kept {
    /// What was kept.
    pub(crate) fn state(&self) -> State {
        State {
            streams: self.streams.items(),
            programs: self.programs.items(),
            nodes: self.nodes,
        }
    }
}
