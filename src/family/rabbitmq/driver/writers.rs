//! Writers take batches, readers look, retention cuts: when the broker works, and on what. Decides nothing that the
//! broker decides.

use alloc::vec::Vec;

use super::effects::{first_effects, then_effects};
use super::{Driver, Own};
use crate::engine::Host;
use crate::family::rabbitmq::broker::{Change, CommandKind, Effect};
use crate::ids::LogId;
use crate::units::SimDuration;

/// A reader at the tail looks once more after this long before it registers (`rabbit_stream_reader.erl`).
const SECOND_LOOK: SimDuration = SimDuration::from_millis(1);

impl Driver {
    /// The next writer with a mailbox takes one batch; false when all mailboxes are empty.
    pub(super) fn write(&mut self, host: &mut Host) -> bool {
        let Some(name) = self.broker.pending().next() else {
            return false;
        };
        let Some(stream) = self.streams.id(&name) else {
            return false;
        };
        let mut effects = Vec::new();
        let waits_alone = self
            .broker
            .mailbox(&name)
            .all(|(kind, _)| kind == CommandKind::Wait);
        let cap = &mut self.streams.writer(stream).cap;
        let taken = self
            .broker
            .writer_batch(host.now(), &name, cap.get(), &mut effects);
        cap.after(taken);
        let rolled = effects.iter().any(opens_a_segment);
        then_effects(host, effects, None);
        if rolled {
            // Readers are as fast as retention, which runs once the whole batch is written: what the batch committed is
            // told and read before the segments that it filled may go.
            host.then(Own::Flush);
            let again = waits_alone
                && self
                    .streams
                    .rolled_by_waits(stream, host.now(), SECOND_LOOK);
            host.then(if again {
                Own::LookLater(stream)
            } else {
                Own::Dispatch(stream)
            });
            host.then(Own::Retain(stream));
        }
        true
    }

    /// A segment that a snapshot alone fills rolls with every wait, and each roll ends the wait. Such readers look at
    /// their own pace, so that time passes for them.
    pub(super) fn look_later(&mut self, host: &mut Host, stream: LogId) {
        self.held.calm(stream);
        host.at(host.now().after(SECOND_LOOK), Own::Dispatch(stream));
    }

    /// Commits are told, and what was held back for them is confirmed, before anything else happens.
    pub(super) fn flush(&mut self, host: &mut Host) {
        for confirm in self.held.confirms().iter().rev() {
            host.first(Own::Confirm(*confirm));
        }
        for (stream, (chunk, cause)) in self.held.commits().rev() {
            host.first(Own::Commit(*stream, *chunk, *cause));
        }
        self.held.told();
    }

    /// The readers of a stream send what is committed.
    pub(super) fn dispatch(&mut self, host: &mut Host, stream: LogId) {
        self.held.calm(stream);
        let mut effects = Vec::new();
        let name = self.streams.name(stream);
        self.broker.dispatch(&name, &mut effects);
        first_effects(host, effects, self.streams.commit(stream));
    }

    /// Retention of a stream, if it is due.
    pub(super) fn retain(&mut self, host: &mut Host, stream: LogId) {
        let mut effects = Vec::new();
        let name = self.streams.name(stream);
        self.broker.retention(host.now(), &name, &mut effects);
        first_effects(host, effects, self.streams.written(stream));
    }
}

fn opens_a_segment(effect: &Effect) -> bool {
    match effect {
        Effect::Changed { change, .. } => match change {
            Change::Written { rolled, .. } => *rolled,
            Change::Stored { .. }
            | Change::Committed { .. }
            | Change::Truncated { .. }
            | Change::Forgotten { .. } => false,
        },
        Effect::ToClient { .. }
        | Effect::CloseConnection { .. }
        | Effect::Attached { .. }
        | Effect::Deduplicated { .. } => false,
    }
}
