//! What a consumer would process again if its program started again now. A rule about facts; it runs nothing.

use crate::family::rabbitmq::client::profile;
use crate::family::rabbitmq::client::stored_offset::{self, Resumption};
use crate::family::rabbitmq::log::OffsetSpec;
use crate::family::rabbitmq::state::{Consumer, StreamState};
use crate::family::rabbitmq::statements::Policy;
use crate::ids::Offset;
use crate::world::Facts;

/// Where the consumer would resume; `None` when that depends on what is still to come, when it keeps no offset,
/// or when there is no stream to resume on.
fn resumes_at(facts: &Facts<'_>, c: &Consumer) -> Option<Offset> {
    if facts.world.stream(c.settings.stream).state != StreamState::Live {
        return None;
    }
    let settings = &c.settings;
    let external = matches!(settings.policy, Policy::External(_));
    if !settings.tracks && !settings.at_stored && !external {
        return None;
    }
    if let Some(stored) = facts.stored(c) {
        let profile = profile::of(settings.client);
        let resumption = match (external, settings.at_stored) {
            (true, _) => Resumption::At(Offset(stored).plus(1)),
            (false, true) => Resumption::At(Offset(stored)),
            (false, false) => stored_offset::resumption(profile, stored),
        };
        match resumption {
            Resumption::At(offset) => return Some(offset),
            Resumption::Fails => return None,
            Resumption::Spec => {}
        }
    }
    let stream = facts.world.stream(c.settings.stream);
    let first = stream.log().first(facts.arenas.stream(c.settings.stream));
    match c.settings.spec {
        OffsetSpec::First => Some(first),
        OffsetSpec::Offset(offset) => Some(offset),
        OffsetSpec::Last | OffsetSpec::Next | OffsetSpec::Timestamp { .. } => None,
    }
}

/// What of this run would be processed again: the offset of the first message, and the one behind the last.
#[must_use]
pub(crate) fn again(facts: &Facts<'_>, c: &Consumer) -> Option<(Offset, Offset)> {
    let from = resumes_at(facts, c)?.max(c.first?);
    let to = c.last?.plus(1);
    let stream = facts.world.stream(c.settings.stream);
    let arena = facts.arenas.stream(c.settings.stream);
    let message = stream.log().first_message_from(arena, from);
    let from = message.unwrap_or(from);
    (from < to).then_some((from, to))
}
