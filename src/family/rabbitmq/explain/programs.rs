//! Clauses about producers and consumers: how they start, what they publish, where they read, what they keep.

use alloc::format;
use alloc::string::String;

use super::phrases;
use crate::explain::english;
use crate::explain::names::EventNames;
use crate::family::rabbitmq::broker::ResponseCode;
use crate::family::rabbitmq::settings::{ConsumerSettings, ProducerSettings};
use crate::family::rabbitmq::statements::Policy;
use crate::ids::{ActorId, Offset, PublishingId};
use crate::language::ast::Role;

pub(super) fn producer_started(
    names: &EventNames<'_>,
    producer: ActorId,
    settings: &ProducerSettings,
) -> String {
    let named = match &settings.reference {
        Some(reference) => {
            format!(" under the reference {reference}, so the broker recognises duplicates")
        }
        None => String::new(),
    };
    let (name, stream) = (names.program(producer), names.stream(settings.stream));
    format!("{name} started publishing to {stream}{named}")
}

pub(super) fn consumer_started(
    names: &EventNames<'_>,
    consumer: ActorId,
    settings: &ConsumerSettings,
) -> String {
    let (name, stream) = (names.program(consumer), names.stream(settings.stream));
    format!("{name} started on {stream}{}", habits(settings))
}

/// How a consumer starts and stores.
fn habits(settings: &ConsumerSettings) -> String {
    let spec = phrases::spec(settings.spec);
    let from = if settings.at_stored {
        format!(" at its stored offset, or from {spec} with nothing stored")
    } else if settings.tracks {
        format!(" where it left off, or from {spec} with nothing stored")
    } else {
        format!(" from {spec}")
    };
    let stores = match settings.policy {
        Policy::Never => String::new(),
        Policy::Every(1) => ", storing after every message".into(),
        Policy::Every(n) => format!(", storing after every {} messages", english::number(n)),
        Policy::Auto { every, .. } => {
            format!(
                ", storing by itself every {}",
                english::count(every, "message")
            )
        }
        Policy::Manual => ", storing by hand only".into(),
        Policy::External(_) => ", keeping its offset in its own database".into(),
    };
    from + &stores
}

/// A program is up.
pub(crate) fn ready(names: &EventNames<'_>, program: ActorId) -> String {
    let name = names.program(program);
    match names.scenario.actors[program.index()].role {
        Role::Producer => format!("{name} is declared and may publish"),
        Role::Consumer => format!("{name} is subscribed"),
    }
}

pub(super) fn refused(names: &EventNames<'_>, program: ActorId, code: ResponseCode) -> String {
    let (name, code) = (names.program(program), code.name());
    format!("{name} was refused ({code}) and ended")
}

pub(super) fn handed(
    names: &EventNames<'_>,
    producer: ActorId,
    first_id: PublishingId,
    ids: u64,
    count: u64,
) -> String {
    format!(
        "{} was handed {} to publish ({})",
        names.program(producer),
        english::count(count, "message"),
        phrases::ids(first_id.0, ids)
    )
}

/// One message of those that a producer was handed over time: number `part`, from 1.
pub(super) fn handed_one(
    names: &EventNames<'_>,
    producer: ActorId,
    part: u64,
    count: u64,
) -> String {
    let name = names.program(producer);
    let nth = english::number(part.min(count));
    let all = english::count(count, "message");
    format!("{name} was handed message {nth} of {all}")
}

pub(super) fn numbered(
    names: &EventNames<'_>,
    producer: ActorId,
    to: PublishingId,
    ids: u64,
) -> String {
    format!(
        "{} learned where its ids begin: its messages get {}",
        names.program(producer),
        phrases::ids(to.0, ids)
    )
}

pub(super) fn deduplicated(
    names: &EventNames<'_>,
    producer: ActorId,
    first_id: PublishingId,
    count: u64,
    highest: PublishingId,
) -> String {
    let ids = phrases::ids(first_id.0, count);
    let is = if count == 1 { "is" } else { "are" };
    let highest = english::number(highest.0);
    let name = names.program(producer);
    format!(
        "{ids} of {name} {is} not above {highest}, the highest id the broker has of it: confirmed, not stored again"
    )
}

pub(super) fn attached(names: &EventNames<'_>, consumer: ActorId, at: Offset) -> String {
    let (name, at) = (names.program(consumer), english::number(at.0));
    format!("the broker reads for {name} from offset {at} on")
}

pub(super) fn stored_externally(names: &EventNames<'_>, consumer: ActorId, offset: u64) -> String {
    let (name, offset) = (names.program(consumer), english::number(offset));
    format!("{name} kept offset {offset} in its own database")
}
