//! A moment of a run with the world there, folded once for whoever asks.

use std::sync::Arc;

use offset_lab::engine::Run;
use offset_lab::world::{Cursor, Timeline, World};

/// A moment of a run, and the world there.
#[derive(Debug)]
pub struct RunMoment {
    pub(super) run: Arc<Run>,
    pub(super) cursor: Cursor,
    world: World,
}

impl RunMoment {
    /// Folds the world at a moment of a run.
    pub(super) fn fold(run: &Arc<Run>, cursor: Cursor) -> Self {
        #[cfg(test)]
        FOLDS.with(|folds| folds.set(folds.get() + 1));
        Self {
            run: Arc::clone(run),
            cursor,
            world: run.timeline().world(cursor),
        }
    }

    /// The run as it can be looked at.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        self.run.timeline()
    }

    /// What is there.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }
}

#[cfg(test)]
thread_local! {
    /// Worlds that were folded on this thread.
    static FOLDS: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// How many worlds something folds.
#[cfg(test)]
pub(super) fn folds_of(what: impl FnOnce()) -> u32 {
    let before = FOLDS.get();
    what();
    FOLDS.get() - before
}
