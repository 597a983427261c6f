//! A producer in the picture, with the publishing ids that are not confirmed.

use alloc::format;
use alloc::string::String;

use super::run_state;
use crate::explain::english;
use crate::family::rabbitmq::facts::state_word;
use crate::family::rabbitmq::state;
use crate::ids::ActorId;
use crate::language::ast::Role;
use crate::view::key::KeyPiece;
use crate::view::model::{ITEMS, ProducerModel, ProgramItem, ProgramModel, UnconfirmedMessages};
use crate::view::moment::Moment;
use crate::view::stage::Target;

/// A producer; `None` before it was started.
pub(crate) fn producer(moment: &Moment<'_>, id: ActorId) -> Option<ProducerModel> {
    let p = moment.world.producer(id)?;
    Some(ProducerModel {
        program: program(moment, id, p),
        open: open(id, p),
    })
}

fn program(moment: &Moment<'_>, id: ActorId, p: &state::Producer) -> ProgramModel {
    let name = moment.name(id);
    let state = state_word(p.state, Role::Producer);
    let sent = english::number(p.sent);
    let confirmed = english::number(p.confirmed);
    let unconfirmed = english::number(p.unconfirmed.len());
    let both = format!("sent {sent} · confirmed {confirmed}");
    let mut full = both.clone();
    if p.deduplicated > 0 {
        full.push_str(&format!(" · {} duplicate", english::number(p.deduplicated)));
    }
    if p.errors > 0 {
        full.push_str(&format!(" · {} refused", english::number(p.errors)));
    }
    ProgramModel {
        state: run_state(p.state),
        state_word: state,
        label: format!(
            "producer {name}, {state}: sent {sent}, confirmed {confirmed}, unconfirmed {unconfirmed}"
        ),
        sentence: format!(
            "Producer {name} is {state}: {sent} sent, {confirmed} confirmed, {unconfirmed} unconfirmed."
        ),
        facts: alloc::vec![full, both, format!("confirmed {confirmed}")],
    }
}

/// The window of unconfirmed ids.
fn open(id: ActorId, p: &state::Producer) -> UnconfirmedMessages {
    let count = p.unconfirmed.len();
    let ranges = p.unconfirmed.ranges();
    let all = ranges.iter().flat_map(|&(first, last)| first..=last);
    let item = |number: u64| ProgramItem {
        piece: KeyPiece::Id(number),
        words: english::number(number),
        target: Target::Pending(id, number),
        label: format!("publishing id {}, not confirmed", english::number(number)),
    };
    UnconfirmedMessages {
        caption: match (count, p.sent) {
            (0, 0) => String::new(),
            (0, _) => "nothing unconfirmed".into(),
            _ => format!("{} unconfirmed", english::number(count)),
        },
        count,
        oldest: all.take(ITEMS).map(item).collect(),
        youngest: ranges.last().map(|range| item(range.1)),
    }
}
