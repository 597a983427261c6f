//! What a consumer would process again if its program started again now. A rule about facts; it runs nothing.

use crate::family::rabbitmq::log::OffsetSpec;
use crate::family::rabbitmq::state::{Consumer, StreamState};
use crate::family::rabbitmq::statements::{Client, Policy};
use crate::ids::Offset;
use crate::world::Facts;

/// Where the consumer would resume; `None` when that depends on what is still to come, when it keeps no offset,
/// or when there is no stream to resume on.
fn resumes_at(facts: &Facts<'_>, c: &Consumer) -> Option<Offset> {
    if facts.world.stream(c.settings.stream).state != StreamState::Live {
        return None;
    }
    if !c.settings.tracks && !matches!(c.settings.policy, Policy::External(_)) {
        return None;
    }
    if let Some(stored) = facts.stored(c).and_then(|n| behind(c.settings.client, n)) {
        return Some(stored);
    }
    let stream = facts.world.stream(c.settings.stream);
    let first = stream.log().first(facts.arenas.stream(c.settings.stream));
    match c.settings.spec {
        OffsetSpec::First => Some(first),
        OffsetSpec::Offset(offset) => Some(offset),
        OffsetSpec::Last | OffsetSpec::Next | OffsetSpec::Timestamp { .. } => None,
    }
}

/// What of this run would be processed again: the first offset, and the one behind the last.
#[must_use]
pub(crate) fn again(facts: &Facts<'_>, c: &Consumer) -> Option<(Offset, Offset)> {
    let from = resumes_at(facts, c)?.max(c.first?);
    let to = c.last?.plus(1);
    (from < to).then_some((from, to))
}

/// Where a stored offset makes a client go on; `None` when it takes the offset for nothing stored
/// (Java: `ConsumersCoordinator.java`; the Rust tutorial: `if stored > 0 { stored + 1 }`).
fn behind(client: Option<Client>, stored: u64) -> Option<Offset> {
    match (client, stored) {
        (Some(Client::Java), 0) => None,
        (Some(Client::Rust | Client::RustTutorial), 0) => Some(Offset(0)),
        _ => Some(Offset(stored.saturating_add(1))),
    }
}
