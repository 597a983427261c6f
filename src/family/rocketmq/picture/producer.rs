//! A producer in the picture, with the messages whose send result it does not have.

use alloc::format;
use alloc::string::String;

use super::run_state;
use crate::explain::english;
use crate::family::rocketmq::facts::state_word;
use crate::family::rocketmq::state;
use crate::ids::ActorId;
use crate::language::ast::Role;
use crate::view::key::KeyPiece;
use crate::view::model::{ITEMS, ProducerModel, ProgramItem, ProgramModel, UnconfirmedMessages};
use crate::view::moment::Moment;
use crate::view::stage::Target;

/// A producer; `None` before it was started.
pub(crate) fn producer(moment: &Moment<'_>, id: ActorId) -> Option<ProducerModel> {
    let producer = moment.rocketmq().producer(id)?;
    Some(ProducerModel {
        program: program(moment, id, producer),
        open: open(id, producer),
    })
}

fn program(moment: &Moment<'_>, id: ActorId, p: &state::Producer) -> ProgramModel {
    let name = moment.name(id);
    let state = state_word(p.state, Role::Producer);
    let set = moment.scenario().sets.get(p.settings.topic.index());
    let topic = set.map_or("", |set| &*set.name);
    let (sent, stored) = (english::number(p.sent), english::number(p.confirmed));
    let both = format!("sent {sent} · stored {stored}");
    let full = match p.errors {
        0 => both.clone(),
        n => format!("{both} · {} refused", english::number(n)),
    };
    let unanswered = english::number(p.unconfirmed.len());
    ProgramModel {
        state: run_state(p.state),
        state_word: state,
        label: format!(
            "producer {name} to {topic}, {state}: sent {sent}, stored {stored}, without an answer {unanswered}"
        ),
        sentence: format!(
            "Producer {name} to {topic} is {state}: {sent} sent, {stored} stored, {unanswered} without an answer."
        ),
        facts: alloc::vec![full, both, format!("stored {stored}")],
    }
}

/// The messages without an answer, by the producer's running count.
fn open(id: ActorId, p: &state::Producer) -> UnconfirmedMessages {
    let count = p.unconfirmed.len();
    let ranges = p.unconfirmed.ranges();
    let all = ranges.iter().flat_map(|&(first, last)| first..=last);
    let item = |number: u64| ProgramItem {
        piece: KeyPiece::Id(number),
        words: english::number(number),
        target: Target::Pending(id, number),
        label: format!(
            "message {} of this producer, without an answer",
            english::number(number)
        ),
    };
    UnconfirmedMessages {
        caption: match (count, p.sent) {
            (0, 0) => String::new(),
            (0, _) => "nothing without an answer".into(),
            _ => format!("{} without an answer", english::number(count)),
        },
        count,
        oldest: all.take(ITEMS).map(item).collect(),
        youngest: ranges.last().map(|range| item(range.1)),
    }
}
