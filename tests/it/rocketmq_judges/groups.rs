//! The naive count of progress: each group's offsets as requests leave them, and each message that a member had in its hands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use offset_lab::family::rocketmq::event::PlacedBy;
use offset_lab::family::rocketmq::settings::GroupSettings;
use offset_lab::family::rocketmq::statements::Mode;
use offset_lab::ids::{ActorId, LogId};

use super::log::Log;

/// A group and a queue.
pub(super) type Pair = (ActorId, LogId);

/// What a member has of a queue that it owns.
#[derive(Default)]
pub(super) struct Holding {
    /// Messages that it was brought and has not finished.
    hand: BTreeSet<u64>,
    /// Those of them that failed and are on their way back.
    returning: BTreeSet<u64>,
    /// From where it asked for more.
    asked: Option<u64>,
    /// Messages that it was ever brought, since it owns the queue.
    brought: BTreeSet<u64>,
}

/// A member.
#[derive(Default)]
pub(super) struct Member {
    pub(super) group: Option<ActorId>,
    pub(super) queues: BTreeMap<LogId, Holding>,
}

/// What a group, or a broadcasting member, is done with.
#[derive(Default)]
struct Done {
    consumed: BTreeMap<LogId, BTreeSet<u64>>,
    /// Everything below was left out on purpose: a first start or a reset.
    left_out: BTreeMap<LogId, u64>,
}

/// All groups.
#[derive(Default)]
pub(super) struct Groups {
    pub(super) settings: BTreeMap<ActorId, Arc<GroupSettings>>,
    pub(super) offsets: BTreeMap<Pair, u64>,
    pub(super) flushed: BTreeMap<Pair, u64>,
    pub(super) pending: BTreeMap<Pair, u64>,
    pub(super) members: BTreeMap<ActorId, Member>,
    done: BTreeMap<ActorId, Done>,
    received: BTreeMap<Pair, BTreeSet<u64>>,
    pub(super) counts: BTreeMap<ActorId, (u64, u64)>,
    /// Popped and neither acknowledged nor revived.
    pub(super) popped: BTreeMap<Pair, BTreeSet<u64>>,
}

impl Groups {
    pub(super) fn group_of(&self, member: ActorId) -> ActorId {
        let member = self.members.get(&member);
        member.and_then(|it| it.group).expect("it was started")
    }

    pub(super) fn mode(&self, member: ActorId) -> Mode {
        self.settings[&self.group_of(member)].mode
    }

    /// Who keeps account of what is done: of a broadcasting group each member.
    fn keeper(&self, member: ActorId) -> ActorId {
        match self.mode(member) {
            Mode::Broadcast => member,
            Mode::Concurrent | Mode::Orderly | Mode::Pop => self.group_of(member),
        }
    }

    pub(super) fn started(&mut self, member: ActorId, group: ActorId) {
        let fresh = Member {
            group: Some(group),
            queues: BTreeMap::new(),
        };
        self.members.insert(member, fresh);
    }

    pub(super) fn ended(&mut self, member: ActorId) {
        if let Some(member) = self.members.get_mut(&member) {
            member.queues.clear();
        }
    }

    fn holding(&mut self, member: ActorId, queue: LogId) -> &mut Holding {
        let member = self.members.get_mut(&member).expect("it was started");
        member.queues.entry(queue).or_default()
    }

    pub(super) fn assigned(&mut self, member: ActorId, queue: LogId) {
        let member = self.members.get_mut(&member).expect("it was started");
        let before = member.queues.insert(queue, Holding::default());
        assert!(before.is_none(), "{queue:?} is its own already");
    }

    pub(super) fn revoked(&mut self, member: ActorId, queue: LogId, unfinished: u64) {
        let member = self.members.get_mut(&member).expect("it was started");
        let holding = member.queues.remove(&queue).expect("it was its own");
        let left = (holding.hand.len() + holding.returning.len()) as u64;
        assert_eq!(unfinished, left, "{queue:?}");
    }

    /// Where a new group starts leaves out what is before.
    pub(super) fn placed(&mut self, member: ActorId, queue: LogId, at: u64, by: PlacedBy) {
        match by {
            PlacedBy::Broker | PlacedBy::OwnFile => {}
            PlacedBy::First | PlacedBy::Last | PlacedBy::Timestamp | PlacedBy::Retry => {
                self.leave_out(self.keeper(member), queue, at);
            }
        }
    }

    /// A reset leaves out what is before, for the group or for each member that keeps its own offsets.
    pub(super) fn reset(&mut self, group: ActorId, queue: LogId, to: u64) {
        self.leave_out(group, queue, to);
        if self.settings[&group].mode == Mode::Broadcast {
            let of_it =
                |(id, member): (&ActorId, &Member)| (member.group == Some(group)).then_some(*id);
            let members: Vec<ActorId> = self.members.iter().filter_map(of_it).collect();
            for member in members {
                self.leave_out(member, queue, to);
            }
        }
    }

    fn leave_out(&mut self, keeper: ActorId, queue: LogId, below: u64) {
        let done = self.done.entry(keeper).or_default();
        let left_out = done.left_out.entry(queue).or_default();
        *left_out = below.max(*left_out);
    }

    pub(super) fn asks(&mut self, member: ActorId, queue: LogId, from: u64) {
        self.holding(member, queue).asked = Some(from);
    }

    /// Whether an answer is to what a member asked last: one to what it asked before it let go of the queue is not.
    pub(super) fn is_asked(&mut self, member: ActorId, queue: LogId, from: u64) -> bool {
        let member = self.members.get_mut(&member);
        let holding = member.and_then(|member| member.queues.get_mut(&queue));
        holding.is_some_and(|it| it.asked.take_if(|asked| *asked == from).is_some())
    }

    /// Messages reached a member. While it owns the queue none comes twice, but for a POP's behind a reset.
    pub(super) fn brought(&mut self, member: ActorId, queue: LogId, (first, count): (u64, u64)) {
        let pops = self.mode(member) == Mode::Pop;
        let holding = self.holding(member, queue);
        for offset in first..first + count {
            let fresh = holding.brought.insert(offset);
            assert!(fresh || pops, "{queue:?} {offset} twice");
            holding.hand.insert(offset);
        }
    }

    pub(super) fn owns(&self, member: ActorId, queue: LogId) -> bool {
        let member = self.members.get(&member);
        member.is_some_and(|member| member.queues.contains_key(&queue))
    }

    /// The listener was given messages that the member had in its hands; `again` tells the truth.
    pub(super) fn received(
        &mut self,
        member: ActorId,
        queue: LogId,
        (first, count): (u64, u64),
        again: bool,
    ) {
        let group = self.group_of(member);
        // Behind a reset a POP may give what a member has already.
        let pops = self.mode(member) == Mode::Pop;
        for offset in first..first + count {
            let holding = self.holding(member, queue);
            let had = pops || holding.hand.contains(&offset);
            assert!(had, "{queue:?} {offset}: not had");
            let received = self.received.entry((group, queue)).or_default();
            assert_eq!(again, !received.insert(offset), "{queue:?} {offset}");
        }
        let counts = self.counts.entry(group).or_default();
        counts.0 += count;
        counts.1 += if again { count } else { 0 };
    }

    /// Messages are done with.
    pub(super) fn finished(&mut self, member: ActorId, queue: LogId, (first, count): (u64, u64)) {
        let keeper = self.keeper(member);
        for offset in first..first + count {
            let holding = self.holding(member, queue);
            holding.hand.remove(&offset);
            let done = self.done.entry(keeper).or_default();
            done.consumed.entry(queue).or_default().insert(offset);
        }
    }

    pub(super) fn failed(&mut self, member: ActorId, queue: LogId, (first, count): (u64, u64)) {
        match self.mode(member) {
            Mode::Concurrent => {
                for offset in first..first + count {
                    let holding = self.holding(member, queue);
                    holding.hand.remove(&offset);
                    holding.returning.insert(offset);
                }
            }
            Mode::Broadcast => self.finished(member, queue, (first, count)),
            Mode::Orderly => {}
            // It is not acknowledged, and so comes again from the broker.
            Mode::Pop => {
                for offset in first..first + count {
                    self.holding(member, queue).hand.remove(&offset);
                }
            }
        }
    }

    /// Failed messages are back at the broker, or stay with the member.
    pub(super) fn sent_back(
        &mut self,
        member: ActorId,
        queue: LogId,
        (first, count): (u64, u64),
        taken: bool,
    ) {
        if !self.owns(member, queue) {
            return;
        }
        for offset in first..first + count {
            let holding = self.holding(member, queue);
            if holding.returning.remove(&offset) {
                if taken {
                    self.finished(member, queue, (offset, 1));
                } else {
                    holding.hand.insert(offset);
                }
            }
        }
    }

    /// What was on its way back when the connection ended stays with the member.
    pub(super) fn take_back(&mut self, member: ActorId) {
        if let Some(member) = self.members.get_mut(&member) {
            for holding in member.queues.values_mut() {
                holding.hand.append(&mut holding.returning);
            }
        }
    }

    pub(super) fn gives_back(&mut self, member: ActorId, queue: LogId, offset: u64) {
        let holding = self.holding(member, queue);
        assert!(holding.hand.remove(&offset), "{queue:?} {offset}: not had");
        holding.returning.insert(offset);
    }

    /// A member commits: nothing before its offset is passed over without a reason.
    pub(super) fn commits(&self, log: &Log, member: ActorId, queue: LogId, offset: u64) {
        let nothing = Done::default();
        let done = self.done.get(&self.keeper(member)).unwrap_or(&nothing);
        let left_out = done.left_out.get(&queue).copied().unwrap_or(0);
        let consumed = done.consumed.get(&queue);
        let settings = &self.settings[&self.group_of(member)];
        let tag = settings.tag.as_ref().filter(|_| queue != settings.retry);
        let records = &log.queue(queue).records;
        for at in left_out..offset.min(records.len() as u64) {
            let is_done = consumed.is_some_and(|consumed| consumed.contains(&at));
            let unwanted = tag.is_some_and(|tag| records[at as usize].tag.as_ref() != Some(tag));
            let reason = is_done || unwanted || log.is_gone(queue, at);
            assert!(
                reason,
                "{member} commits {offset} of {queue:?}, and passes over {at}"
            );
        }
    }

    pub(super) fn popped(&mut self, pair: Pair, (first, count): (u64, u64)) {
        let open = self.popped.entry(pair).or_default();
        open.extend(first..first + count);
    }

    pub(super) fn closed(&mut self, pair: Pair, (first, count): (u64, u64)) {
        if let Some(open) = self.popped.get_mut(&pair) {
            (first..first + count).for_each(|offset| {
                open.remove(&offset);
            });
        }
    }

    pub(super) fn in_hands(&self, member: ActorId, queue: LogId) -> u64 {
        let member = self.members.get(&member);
        let holding = member.and_then(|member| member.queues.get(&queue));
        holding.map_or(0, |it| (it.hand.len() + it.returning.len()) as u64)
    }
}
