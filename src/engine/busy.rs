//! Who kept a run busy that passed a limit. Decides nothing.

use alloc::format;
use alloc::string::String;

use crate::base::SmallMap;
use crate::language::ast::Subject;
use crate::language::show;
use crate::world::Timeline;

/// Events looked at, from the last one back.
const LOOK: u32 = 10_000;

/// The program or stream that most of the last events are about, as the end of a sentence.
pub(super) fn busiest(timeline: &Timeline) -> String {
    let (from, to) = (timeline.len().saturating_sub(LOOK), timeline.len());
    let mut counts: SmallMap<(bool, u32), u32> = SmallMap::new();
    for event in timeline.trace().events.range(from as usize..to as usize) {
        let log = event.what.stream().map(|id| (true, id.0));
        let program = event.what.actor().map(|id| (false, id.0));
        if let Some(subject) = log.or(program) {
            let count = counts.get(&subject).copied().unwrap_or(0);
            counts.insert(subject, count + 1);
        }
    }
    let most = counts.iter().max_by_key(|(_, count)| **count);
    let Some(((is_log, id), _)) = most else {
        return String::new();
    };
    let subject = if *is_log {
        Subject::Log(crate::ids::LogId(*id))
    } else {
        Subject::Program(crate::ids::ActorId(*id))
    };
    let name = show::subject(timeline.scenario(), subject);
    format!("; most of the last ones are about {name}")
}
