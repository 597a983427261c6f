//! Where the lag of the broker's tools says something else than what is left to do: it counts what was sent, not what
//! was processed, and chunks without messages count too.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::explain::english::{count, number};
use crate::ids::ActorId;
use crate::world::Facts;

/// Those of a moment: whose, the word of the fact, and a sentence.
pub(crate) fn lags_that_lie(facts: &Facts<'_>) -> Vec<(ActorId, &'static str, String)> {
    let programs = (0..facts.world.links.len()).map(ActorId::at);
    let lies = programs.filter_map(|id| {
        let consumer = facts.world.consumer(id)?;
        let (lag, behind) = (facts.lag(consumer)?, facts.behind(consumer)?);
        let name = &facts.scenario.actors[id.index()].name;
        let text = match (lag, behind) {
            (0, 1..) => format!(
                "The lag of {name} is 0, and it has not processed {} yet: what was sent to it counts as read.",
                count(behind, "message")
            ),
            (1.., 0) => format!(
                "The lag of {name} is {}, and no message is left for it: what it lacks holds none.",
                number(lag)
            ),
            (0, 0) | (1.., 1..) => return None,
        };
        Some((id, "lag", text))
    });
    lies.collect()
}
