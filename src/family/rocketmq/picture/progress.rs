//! What a group has of a queue, at the queue's lane: its offset as a pin, its lag as a bracket, what its member has in
//! flight.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::cells::broadcasts;
use super::offsets;
use super::queue_view::QueueView;
use crate::explain::english;
use crate::family::rocketmq::explain::{narration, resume};
use crate::family::rocketmq::state::{self, State};
use crate::family::rocketmq::statements::Mode;
use crate::ids::{ActorId, LogId, Offset};
use crate::view::model::{
    Behind, LogOffsets, LogProgress, OffsetPointer, OffsetStands, Redelivery, SharedReader,
};
use crate::view::moment::Moment;

/// What a group, or a member that keeps its own offsets, has of a queue; `None` before it was declared.
pub(crate) fn reader(moment: &Moment<'_>, queue: LogId, id: ActorId) -> Option<SharedReader> {
    let state = moment.rocketmq();
    let own = state.member(id).filter(|member| broadcasts(member));
    if own.is_none() {
        state.group(id)?;
    }
    let at = At {
        moment,
        state,
        queue: moment.queue(queue),
        id,
        own,
    };
    Some(at.reader())
}

/// A group at a queue.
struct At<'a> {
    moment: &'a Moment<'a>,
    state: &'a State,
    queue: QueueView<'a>,
    id: ActorId,
    /// The member that it is, when it keeps its own offsets.
    own: Option<&'a state::Member>,
}

impl At<'_> {
    fn reader(&self) -> SharedReader {
        let name = self.moment.name(self.id);
        let facts = self.facts();
        let queue = self.moment.stream_name(self.queue.id);
        let what = if self.own.is_some() {
            "member"
        } else {
            "group"
        };
        SharedReader {
            of: self.id,
            kind: what,
            name: name.into(),
            sentence: format!(
                "{} {name} on {queue}: {}.",
                english::capital(what),
                facts[0]
            ),
            facts,
            reading: self.reading(),
        }
    }

    /// Its offset: at the broker, or a member's own.
    fn stored(&self) -> Option<Offset> {
        match self.own {
            Some(member) => member.own.get(&self.queue.id).copied(),
            None => self
                .state
                .group(self.id)?
                .offsets
                .get(&self.queue.id)
                .copied(),
        }
    }

    /// Whether a reset waits to be taken up.
    fn is_pending(&self) -> bool {
        let group = self.state.group(self.id);
        group.is_some_and(|group| group.pending.contains_key(&self.queue.id))
    }

    /// Whether its offset says how far messages were handed out, and not what was consumed.
    fn pops(&self) -> bool {
        let group = self.state.group(self.id);
        group.is_some_and(|group| group.settings.mode == Mode::Pop)
    }

    /// The members that have the queue, with what they have of it.
    fn owners(&self) -> impl Iterator<Item = (ActorId, &state::Reading)> {
        let of_group = self.state.members(self.id);
        let own = self.own.map(|member| (self.id, member));
        let is_own = own.is_some();
        own.into_iter()
            .chain(of_group.filter(move |_| !is_own))
            .filter_map(|(id, member)| Some((id, member.queues.get(&self.queue.id)?)))
    }

    /// Its numbers in several wordings, the longest first.
    fn facts(&self) -> Vec<String> {
        let offset = match (self.stored(), self.is_pending()) {
            (None, _) if self.own.is_some() => "no offset of its own yet".into(),
            (None, _) => "no offset".into(),
            (Some(offset), false) => format!("offset {}", english::number(offset.0)),
            (Some(offset), true) => format!("offset {}, reset", english::number(offset.0)),
        };
        let both = match self.lag_words() {
            Some(lag) => format!("{offset} · {lag}"),
            None => offset.clone(),
        };
        let owners: Vec<&str> = self
            .owners()
            .map(|(id, _)| self.moment.name(id))
            .take(4)
            .collect();
        let read = match owners.as_slice() {
            [] => "nobody reads it".into(),
            [one] if self.moment.name(self.id) == *one => "read by itself".into(),
            all => format!("read by {}", english::list(all)),
        };
        alloc::vec![format!("{both} · {read}"), both, offset,]
    }

    /// Both official lags; one number where they agree. `None` where there is no offset of its own to count from.
    fn lag_words(&self) -> Option<String> {
        let facts = self.moment.facts();
        let Some(lag) = facts
            .lag_on(self.id, self.queue.id)
            .filter(|_| self.own.is_none())
        else {
            let lag = self.queue.max.0.saturating_sub(self.stored()?.0);
            return Some(format!("lag {}", english::number(lag)));
        };
        Some(match u64::try_from(lag.tool) {
            Ok(tool) if tool == lag.metrics => format!("lag {}", english::number(tool)),
            Ok(tool) => format!(
                "Diff {} · lag {} by metrics",
                english::number(tool),
                english::number(lag.metrics)
            ),
            Err(_) => format!(
                "Diff −{} · lag {} by metrics",
                english::number(lag.tool.unsigned_abs()),
                english::number(lag.metrics)
            ),
        })
    }

    fn reading(&self) -> LogProgress {
        let stored = self.stored();
        let again =
            resume::again(self.state, self.id, self.queue.id).filter(|_| self.own.is_none());
        LogProgress {
            position: self.position(),
            stored: stored.map(|offset| self.pin(offset)),
            done: stored.and_then(|stored| self.done(stored)),
            again: again.map(would_repeat),
            waits: self.in_flight(),
            behind: stored.and_then(|stored| self.behind(stored)),
        }
    }

    /// Where its member pulls next.
    fn position(&self) -> Option<OffsetPointer> {
        let next = self
            .owners()
            .find_map(|(id, reading)| Some((id, reading.next?)));
        let (id, offset) = next?;
        let at = english::number(offset.0);
        Some(OffsetPointer {
            offset,
            stands: OffsetStands::Before,
            class: "flag",
            words: match id == self.id {
                true => format!("next pull {at}"),
                false => format!("{} pulls at {at}", self.moment.name(id)),
            },
        })
    }

    fn pin(&self, offset: Offset) -> OffsetPointer {
        let at = english::number(offset.0);
        OffsetPointer {
            offset,
            stands: OffsetStands::Before,
            class: match offset > self.queue.max || offset < self.queue.min {
                true => "pin ahead",
                false => "pin",
            },
            words: match (self.is_pending(), self.pops()) {
                (true, _) => format!("consumer offset {at}, reset"),
                (false, true) => format!("POP cursor {at}"),
                (false, false) => format!("consumer offset {at}"),
            },
        }
    }

    /// What it consumed below its offset.
    fn done(&self, stored: Offset) -> Option<LogOffsets> {
        let consumed = self
            .state
            .group(self.id)
            .and_then(|g| g.consumed.get(&self.queue.id));
        let first = match (self.own, consumed) {
            (Some(_), _) => self.queue.min,
            (None, consumed) => Offset(consumed?.ranges().first()?.0),
        };
        (first < stored).then_some(offsets((first, stored)))
    }

    /// From the lowest message in flight on.
    fn in_flight(&self) -> Option<LogOffsets> {
        let lowest = self
            .owners()
            .filter_map(|(_, r)| r.unfinished.ranges().first());
        let highest = self
            .owners()
            .filter_map(|(_, r)| r.unfinished.ranges().last());
        let from = lowest.map(|(first, _)| *first).min()?;
        let to = highest.map(|(_, last)| last.saturating_add(1)).max()?;
        Some(offsets((Offset(from), Offset(to))))
    }

    /// From its offset to the maximum: what a lag counts.
    fn behind(&self, stored: Offset) -> Option<Behind> {
        let (from, to) = (stored.max(self.queue.min), self.queue.max);
        let count = to.0.checked_sub(stored.0).filter(|count| *count > 0)?;
        Some(Behind {
            offsets: offsets((from, to)),
            words: format!("lag {}", english::number(count)),
        })
    }
}

fn would_repeat(again: resume::Again) -> Redelivery {
    let words = narration::words(again);
    let short = match again.is_whole() {
        true => english::short_span(again.from.0, again.count),
        false => english::number(again.count),
    };
    Redelivery {
        offsets: offsets((again.from, again.to)),
        words: format!("{words} would be consumed again"),
        short: format!("{short} again"),
    }
}
