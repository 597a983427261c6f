//! Faults of links in force: which began, which were replaced, which are used up. Loses nothing itself.

use super::World;
use crate::ids::ActorId;
use crate::trace::Frame;
use crate::trace::frame::Fault;

impl World {
    /// A fault begins. A new rate of loss or a new delay takes the place of the one before.
    pub(super) fn fault(&mut self, actor: ActorId, fault: Fault) {
        let faults = &mut self.actors[actor.index()].faults;
        match fault {
            Fault::Drop { .. } => faults.retain(|f| !matches!(f, Fault::Drop { .. })),
            Fault::Delay { .. } => faults.retain(|f| !matches!(f, Fault::Delay { .. })),
            Fault::LoseConfirm | Fault::LoseStore | Fault::LosePublish => {}
        }
        faults.push(fault);
    }

    /// The next frame of its kind was lost, as was asked.
    pub(super) fn used_up(&mut self, actor: ActorId, frame: &Frame) {
        let fault = if matches!(frame, Frame::Confirm { .. }) {
            Fault::LoseConfirm
        } else if matches!(frame, Frame::Store { .. }) {
            Fault::LoseStore
        } else {
            Fault::LosePublish
        };
        let faults = &mut self.actors[actor.index()].faults;
        if let Some(at) = faults.iter().position(|f| *f == fault) {
            faults.remove(at);
        }
    }
}
