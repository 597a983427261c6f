//! A member in the picture: the queues that it owns, and what it has in flight of each.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::run_state;
use crate::explain::english;
use crate::family::rocketmq::facts::state_word;
use crate::family::rocketmq::state;
use crate::family::rocketmq::statements::Mode;
use crate::ids::{ActorId, LogId, Offset};
use crate::language::ast::Role;
use crate::view::key::KeyPiece;
use crate::view::model::{ConsumerModel, ITEMS, ProgramItem, ProgramModel, Waiting};
use crate::view::moment::Moment;
use crate::view::stage::Target;

/// Queues told of one member.
const QUEUES: usize = 8;

/// A member; `None` before it was started.
pub(crate) fn consumer(moment: &Moment<'_>, id: ActorId) -> Option<ConsumerModel> {
    let member = moment.rocketmq().member(id)?;
    Some(ConsumerModel {
        program: program(moment, id, member),
        reading: None,
        waiting: waiting(moment, member),
    })
}

fn program(moment: &Moment<'_>, id: ActorId, member: &state::Member) -> ProgramModel {
    let name = moment.name(id);
    let state = state_word(member.state, Role::Consumer);
    let group = match member.settings.group == id {
        true => "group".into(),
        false => format!("member of {}", moment.name(member.settings.group)),
    };
    let owns = owns(moment, member);
    let received = format!("{} received", english::number(member.received));
    let again = match member.redelivered {
        0 => String::new(),
        n => format!(" · {} of them again", english::number(n)),
    };
    let in_flight: u64 = member.queues.values().map(|r| r.unfinished.len()).sum();
    let in_flight = format!("{} in flight", english::number(in_flight));
    ProgramModel {
        state: run_state(member.state),
        state_word: state,
        label: format!("{name}, {group}, {state}: {owns}, {received}, {in_flight}"),
        sentence: format!("{name}, {group}, is {state}: {owns}, {received}, {in_flight}."),
        facts: alloc::vec![
            format!("{owns} · {received}{again}"),
            format!("{owns} · {received}"),
            received,
        ],
    }
}

/// The queues that it owns; in a POP group no queue is anyone's.
fn owns(moment: &Moment<'_>, member: &state::Member) -> String {
    let settings = &member.settings.of_group;
    match settings.mode {
        Mode::Pop => return "by POP, owns no queue".into(),
        Mode::Concurrent | Mode::Orderly | Mode::Broadcast => {}
    }
    let queues = member
        .queues
        .keys()
        .filter(|queue| **queue != settings.retry);
    let names: Vec<String> = queues.map(|queue| short_name(moment, *queue)).collect();
    let verb = match settings.mode {
        Mode::Broadcast => "reads",
        Mode::Concurrent | Mode::Orderly | Mode::Pop => "owns",
    };
    match names.len() {
        0 => format!("{verb} no queue"),
        1..=QUEUES => format!("{verb} {}", english::list(&names)),
        n => format!("{verb} {}", english::count(n as u64, "queue")),
    }
}

/// `q0`, or `retry` where it is a retry queue: the topic is clear from where it stands.
pub(crate) fn short_name(moment: &Moment<'_>, queue: LogId) -> String {
    let name = moment.stream_name(queue);
    if name.starts_with("%RETRY%") {
        return "retry".into();
    }
    let number = name.rsplit('.').next().unwrap_or(name);
    let topics = moment.scenario().sets.len();
    if topics < 2 { number } else { name }.into()
}

/// What it has in flight, by queue and range.
fn waiting(moment: &Moment<'_>, member: &state::Member) -> Waiting {
    let readings = member.queues.iter();
    let all = readings.flat_map(|(queue, reading)| {
        let ranges = reading.unfinished.ranges().iter();
        ranges.map(move |(first, last)| (*queue, *first, last - first + 1, reading))
    });
    let item = |(at, (queue, first, count, reading)): (u32, (LogId, u64, u64, &state::Reading))| {
        let (name, span) = (short_name(moment, queue), english::short_span(first, count));
        let hangs = reading.hung.count_in(first, count) > 0;
        let hangs = if hangs { ", hangs" } else { "" };
        ProgramItem {
            piece: KeyPiece::Waiting(at),
            words: format!("{name} {span}{hangs}"),
            target: Target::Message(queue, Offset(first)),
            label: format!(
                "in flight: {} of {}{hangs}",
                english::offsets(first, count),
                moment.stream_name(queue)
            ),
        }
    };
    Waiting {
        count: all.clone().count(),
        oldest: (0..).zip(all.take(ITEMS)).map(item).collect(),
        wordings: &["in flight", ""],
    }
}
