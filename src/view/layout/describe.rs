//! The picture in words, for those who cannot see it: the same streams, programs and numbers.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Sketch;
use super::plan::{Page, Plan};
use crate::explain::words;
use crate::family::rabbitmq::facts::state_word;
use crate::family::rabbitmq::state::StreamState;
use crate::ids::{ActorId, StreamId};
use crate::scenario::ast::Role;

/// Everything that the picture shows.
pub(crate) fn moment(sketch: &Sketch<'_>, plan: &Plan) -> String {
    let mut sentences: Vec<String> = Vec::new();
    for group in &plan.groups {
        let name = sketch.moment.stream_name(group.stream);
        sentences.push(stream(sketch, group.stream));
        sentences.extend(
            group
                .producers
                .iter()
                .filter_map(|id| producer(sketch, *id)),
        );
        sentences.extend(
            group
                .consumers
                .iter()
                .filter_map(|id| consumer(sketch, *id)),
        );
        hidden(&mut sentences, group.producers_page, "producer", Some(name));
        hidden(&mut sentences, group.consumers_page, "consumer", Some(name));
    }
    hidden(&mut sentences, plan.streams, "stream", None);
    sentences.join(" ")
}

/// What is left out of the picture, in a sentence.
fn hidden(sentences: &mut Vec<String>, page: Page, thing: &str, of: Option<&str>) {
    if page.is_cut() {
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let left_out = words::count(count(page.all - (page.to - page.from)), thing);
        let of = of.map_or_else(String::new, |name| format!(" of {name}"));
        let (first, last) = (
            words::number(count(page.from + 1)),
            words::number(count(page.to)),
        );
        let all = words::number(count(page.all));
        sentences.push(format!(
            "{left_out}{of} not drawn: shown are {first} to {last} of {all}."
        ));
    }
}

/// A stream in a sentence.
pub(super) fn stream(sketch: &Sketch<'_>, id: StreamId) -> String {
    let log = sketch.moment.log(id);
    let name = sketch.moment.stream_name(id);
    match log.stream.state {
        StreamState::Missing => return format!("Stream {name} is not created yet."),
        StreamState::Deleted => return format!("Stream {name} was deleted."),
        StreamState::Live => {}
    }
    let sums = log.log.sums(log.arena);
    let nodes = match log.stream.logs.len() {
        0 | 1 => String::new(),
        n => match log.stream.leader {
            Some(leader) => format!(
                " On {n} nodes, led by node {leader}, committed below {}.",
                log.committed
            ),
            None => format!(" On {n} nodes, without a leader."),
        },
    };
    format!(
        "Stream {name}: first offset {}, next offset {}, {} in {}.{nodes}",
        words::number(log.first.0),
        words::number(log.next.0),
        words::count(sums.messages, "message"),
        words::count(sums.chunks, "chunk"),
    )
}

fn producer(sketch: &Sketch<'_>, id: ActorId) -> Option<String> {
    let p = sketch.moment.world.producer(id)?;
    Some(format!(
        "Producer {} is {}: {} sent, {} confirmed, {} unconfirmed.",
        sketch.moment.name(id),
        state_word(p.state, Role::Producer),
        words::number(p.sent),
        words::number(p.confirmed),
        words::number(p.unconfirmed.len()),
    ))
}

fn consumer(sketch: &Sketch<'_>, id: ActorId) -> Option<String> {
    let c = sketch.moment.world.consumer(id)?;
    let at = match c.position {
        Some(position) => format!(" at position {}", words::number(position.0)),
        None => String::new(),
    };
    let stored = match sketch.moment.facts().stored(c) {
        Some(stored) => format!(", stored offset {}", words::number(stored)),
        None => String::new(),
    };
    let again = match sketch.moment.again(c) {
        Some((from, to)) => format!(
            "; {} would be processed again",
            words::span(from.0, to.0 - from.0)
        ),
        None => String::new(),
    };
    Some(format!(
        "Consumer {} is {}{at}, {} received{stored}{again}.",
        sketch.moment.name(id),
        state_word(c.state, Role::Consumer),
        words::number(c.received),
    ))
}
