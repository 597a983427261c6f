//! One event applied to the world. Total: whatever the event, the world stays well formed.

use super::{Node, World};
use crate::family::Message;
use crate::ids::{ActorId, NodeId};
use crate::trace::{Arenas, Event, Fault, Loss, What};

impl World {
    /// Moves the world behind `event`.
    pub fn apply(&mut self, event: &Event, arenas: &Arenas) {
        self.now = self.now.max(event.at);
        match &event.what {
            // To ask every event for its parts would cost as much as applying it.
            What::Family(_) | What::Processed { .. } if event.what.parts() > 0 => {
                return self.apply_part(event, arenas, u64::MAX);
            }
            What::Sent { actor, message } => {
                let on_the_way = self.on_the_way(*actor, message);
                *on_the_way = on_the_way.saturating_add(1);
            }
            What::Arrived { actor, message } => self.off_the_link(*actor, message),
            What::Lost {
                actor,
                message,
                why,
            } => {
                self.off_the_link(*actor, message);
                if *why == Loss::Chosen {
                    self.used_up(*actor, message);
                }
            }
            What::Printed { actor, .. } => self.links[actor.index()].console += 1,
            What::Fault { actor, fault } => self.fault(*actor, *fault),
            What::Healed { actor } => self.links[actor.index()].faults.clear(),
            What::NodeCrashed { node } => self.node_mut(*node).up = false,
            What::NodeStarted { node } => self.node_mut(*node).up = true,
            What::NodeCut { node } => self.node_mut(*node).cut = true,
            What::NodeHealed { node } => self.node_mut(*node).cut = false,
            What::Family(_)
            | What::Ready { .. }
            | What::Processed { .. }
            | What::Skipped { .. }
            | What::Paused { .. }
            | What::Resumed { .. }
            | What::Closed { .. }
            | What::Crashed { .. }
            | What::Disconnected { .. }
            | What::Ignored { .. }
            | What::Waited => {}
        }
        self.family.apply(&event.what, arenas);
    }

    /// Moves the world behind the first `part` messages of a range; all of it when `part` is not
    /// smaller. An event that is no range is not touched.
    pub fn apply_part(&mut self, event: &Event, arenas: &Arenas, part: u64) {
        let Some((count, stride)) = event.what.range() else {
            return;
        };
        let done = count.min(part);
        if done == 0 {
            return;
        }
        let until = event.at.after(stride.times(done - 1));
        self.now = self.now.max(until);
        self.family.apply_part(&event.what, arenas, done);
    }

    /// Messages on the way in the direction of this one.
    fn on_the_way(&mut self, actor: ActorId, message: &Message) -> &mut u32 {
        let link = &mut self.links[actor.index()];
        if message.is_to_broker() {
            &mut link.messages_up
        } else {
            &mut link.messages_down
        }
    }

    fn off_the_link(&mut self, actor: ActorId, message: &Message) {
        let on_the_way = self.on_the_way(actor, message);
        *on_the_way = on_the_way.saturating_sub(1);
    }

    /// A fault begins. A new rate of loss or a new delay takes the place of the one before.
    fn fault(&mut self, actor: ActorId, fault: Fault) {
        let faults = &mut self.links[actor.index()].faults;
        match fault {
            Fault::Drop { .. } => faults.retain(|f| !matches!(f, Fault::Drop { .. })),
            Fault::Delay { .. } => faults.retain(|f| !matches!(f, Fault::Delay { .. })),
            Fault::LoseNext(_) => {}
        }
        faults.push(fault);
    }

    /// The next messages of its kind were lost, as was asked: one a frame.
    fn used_up(&mut self, actor: ActorId, message: &Message) {
        let faults = &mut self.links[actor.index()].faults;
        let fault = message.kind().map(Fault::LoseNext);
        let mut left = message.frames();
        faults.retain(|f| {
            let used = left > 0 && Some(*f) == fault;
            left -= u64::from(used);
            !used
        });
    }

    fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[usize::from(id.0) - 1]
    }
}
