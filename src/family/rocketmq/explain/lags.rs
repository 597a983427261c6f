//! Where the command-line tool and the metrics of the broker do not agree on how far a group is behind: an offset that is
//! missing counts as 0 for the one and as the maximum for the other, and what is handed out counts for one alone.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::explain::english::number;
use crate::ids::ActorId;
use crate::world::Facts;

/// Those of a moment: whose, the word of the fact, and a sentence.
pub(crate) fn lags_that_lie(facts: &Facts<'_>) -> Vec<(ActorId, &'static str, String)> {
    let programs = (0..facts.world.links.len()).map(ActorId::at);
    let lies = programs.filter_map(|id| {
        let lag = facts.lag_of_group(id)?;
        if u64::try_from(lag.tool) == Ok(lag.metrics) {
            return None;
        }
        let name = &facts.scenario.actors[id.index()].name;
        let minus = if lag.tool < 0 { "−" } else { "" };
        let text = format!(
            "For mqadmin {name} is {minus}{} behind, for the metrics of the broker {}.",
            number(lag.tool.unsigned_abs()),
            number(lag.metrics)
        );
        Some((id, "diff", text))
    });
    lies.collect()
}
