//! What to think about next: from the anomaly that an attempt produced, else from the goal that does not hold.

use alloc::format;
use alloc::string::String;

use super::verdict::Verdict;
use crate::explain::Anomaly;
use crate::explain::anomaly::AnomalyKind;
use crate::world::Timeline;

/// A hint for an attempt that does not solve its exercise.
pub(super) fn hint(
    verdict: &Verdict,
    timeline: &Timeline,
    anomalies: &[Anomaly],
) -> Option<String> {
    if let Some(line) = verdict.forbidden.first() {
        return Some(line.clone());
    }
    if let Some(stopped) = timeline.stopped() {
        return Some(format!("The run ended early: {}.", stopped.message));
    }
    // What went wrong first led to the rest; a loss that the script asked for is a part of the exercise.
    let mut others = anomalies
        .iter()
        .filter(|anomaly| anomaly.kind != AnomalyKind::Lost);
    if let Some(anomaly) = others.next().or_else(|| anomalies.first()) {
        return Some(format!("{} {}", anomaly.text, think(anomaly.kind)));
    }
    let goal = verdict.goals.iter().find(|goal| !goal.holds)?;
    Some(format!(
        "“{}” does not hold: it was {} at the end.",
        goal.text, goal.actual
    ))
}

const fn think(kind: AnomalyKind) -> &'static str {
    match kind {
        AnomalyKind::Redelivered => {
            "What was stored when it ended, and what would have to be stored for it to go on behind its last message?"
        }
        AnomalyKind::Lost => "Nobody is told of such a loss. Who could notice it, and by what?",
        AnomalyKind::SkippedByRetention => {
            "Retention removes whole segments, the oldest first. How much has to be kept until it is back?"
        }
        AnomalyKind::Skipped => {
            "Its specification says where to begin, not where it stopped. What would remember that?"
        }
        AnomalyKind::StoredBackwards => {
            "Only one number is kept under a name, and whoever stores last wins. Who else stores under this one?"
        }
        AnomalyKind::StoredBeyondTheEnd => {
            "The broker stores any number. What is to be stored is the offset of the last message that was processed."
        }
        AnomalyKind::StaleStoredOffset => {
            "What it has stored is older than anything that is left in the stream."
        }
        AnomalyKind::DuplicateStored => {
            "The broker recognises what it has already only by a publishing id, and only of a producer with a name."
        }
        AnomalyKind::ConsumedByTwo => {
            "Both had the same messages in hand. Which offset did the second one begin at, and who had stored that?"
        }
        AnomalyKind::OffsetLost => {
            "The broker writes offsets to its disk from time to time. What was stored since the last time?"
        }
        AnomalyKind::OffsetHeld => {
            "A stored offset is the lowest message that is not finished. What would finish that one?"
        }
        AnomalyKind::ConnectionEnded => {
            "A broker answers most requests with a code. Which does this version not know, and who comes back by itself?"
        }
        AnomalyKind::UnconfirmedAtTheEnd => {
            "What is unconfirmed is either not stored, or its confirm has not come. What brings an answer?"
        }
    }
}
