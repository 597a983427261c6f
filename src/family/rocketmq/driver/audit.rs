//! Compares the world that the trace tells with what broker and programs hold themselves. Changes nothing.

use alloc::format;
use alloc::string::String;

use super::Driver;
use crate::engine::Host;
use crate::family::rocketmq::broker::{QueueName, pop_retry_topic};
use crate::family::rocketmq::state::{ActorState, Program, State};
use crate::family::rocketmq::statements::Mode;
use crate::ids::{ActorId, LogId};

impl Driver {
    /// Whether the world folded from the trace agrees with the engine's own state. Meaningful once the present
    /// instant is quiet; in its midst the trace may be behind.
    ///
    /// # Errors
    ///
    /// The first difference, in words.
    pub(crate) fn audit(&self, host: &Host) -> Result<(), String> {
        let world = host.world();
        let (Some(state), Some(arena)) = (
            world.family.rocketmq(),
            host.trace().arenas.family.rocketmq(),
        ) else {
            return Err("the world is of another family".into());
        };
        for (queue, id) in state.queues.iter().zip(0..) {
            let of = self.name_at_broker(LogId(id));
            let (min, max) = (self.broker.min(&of), self.broker.max(&of));
            let told = (queue.min, queue.max(arena.queue(LogId(id))));
            if told != (min, max) && self.is_up {
                return Err(format!("{of:?}: {min} to {max}, told {told:?}"));
            }
        }
        for (process, id) in self.processes.iter().zip(0..) {
            let told = state.program(ActorId(id)).is_some_and(is_running);
            if process.runs() != told {
                return Err(format!("actor {id}: runs {}, told {told}", process.runs()));
            }
        }
        self.audit_offsets(state)
    }

    /// A queue as the broker has it: the retries of a POP group lie in a topic of their own.
    fn name_at_broker(&self, queue: LogId) -> QueueName {
        let groups = self.groups.iter().zip(0..);
        let pops = groups.filter_map(|(setup, id)| Some((setup.as_ref()?, ActorId(id))));
        let mut pops = pops.filter(|(setup, _)| setup.settings.mode == Mode::Pop);
        match pops.find(|(setup, _)| setup.settings.retry == queue) {
            Some((setup, id)) => {
                let topic = self.names.topic(setup.settings.topic);
                QueueName {
                    topic: pop_retry_topic(&self.name_of(id), &topic),
                    queue: 0,
                }
            }
            None => self.names.queue(queue),
        }
    }

    /// Whether the offsets of groups are those that the broker has.
    fn audit_offsets(&self, state: &State) -> Result<(), String> {
        for (group, id) in state.groups.iter().zip(0..) {
            let Some(group) = group else { continue };
            let name = self.name_of(ActorId(id));
            for queue in (0..state.queues.len()).map(LogId::at) {
                let held = self
                    .broker
                    .group(&name)
                    .and_then(|kept| kept.offset(&self.names.queue(queue)));
                let told = group.offsets.get(&queue).copied();
                let of_pop = queue == group.settings.retry;
                if held != told && self.is_up && !of_pop {
                    return Err(format!("{name} on {queue}: {held:?}, told {told:?}"));
                }
            }
        }
        Ok(())
    }
}

fn is_running(program: &Program) -> bool {
    let state = match program {
        Program::Producer(producer) => producer.state,
        Program::Member(member) => member.state,
    };
    match state {
        ActorState::Starting | ActorState::Running | ActorState::Paused => true,
        ActorState::Closed | ActorState::Crashed => false,
    }
}
