//! Who is drawn where, as the script says, so that the picture keeps its form while time passes: which queues have lanes,
//! who reads each, and at which lane a program stands.

use alloc::vec;
use alloc::vec::Vec;

use crate::family::rocketmq::state::Program;
use crate::family::rocketmq::statements::{Mode, Statement};
use crate::ids::{ActorId, LogId, SetId};
use crate::language::Scenario;
use crate::view::moment::Moment;

/// A group, as the script has it.
#[derive(Clone, Copy, Debug)]
struct CastGroup {
    topic: SetId,
    retry: LogId,
    /// Whether each of its members reads everything.
    broadcasts: bool,
    /// Whether it is a member of its own.
    is_member: bool,
}

/// Everyone in a script.
struct Cast {
    /// By [`ActorId`].
    groups: Vec<Option<CastGroup>>,
    /// The group of each member, itself included where it is one; by [`ActorId`].
    members: Vec<Option<ActorId>>,
    /// The topic of each producer; by [`ActorId`].
    producers: Vec<Option<SetId>>,
}

impl Cast {
    fn of(scenario: &Scenario) -> Self {
        let count = scenario.actors.len();
        let mut cast = Self {
            groups: vec![None; count],
            members: vec![None; count],
            producers: vec![None; count],
        };
        // Groups that become members of their own unless another joins them before time passes.
        let mut alone: Vec<ActorId> = Vec::new();
        for statement in &scenario.statements {
            if statement.kind.moves_time() {
                cast.stay_alone(&mut alone);
            }
            let said = statement.kind.family();
            if let Some(said) = said.and_then(|said| said.rocketmq()) {
                cast.take(said, &mut alone);
            }
        }
        cast.stay_alone(&mut alone);
        cast
    }

    fn stay_alone(&mut self, alone: &mut Vec<ActorId>) {
        for group in alone.drain(..) {
            self.members[group.index()] = Some(group);
            if let Some(group) = &mut self.groups[group.index()] {
                group.is_member = true;
            }
        }
    }

    fn take(&mut self, said: &Statement, alone: &mut Vec<ActorId>) {
        match said {
            Statement::Group(said) => {
                let at = said.group.index();
                let known = self.groups[at].as_ref();
                if known.is_none() {
                    alone.push(said.group);
                }
                self.groups[at] = Some(CastGroup {
                    topic: said.topic,
                    retry: said.retry,
                    broadcasts: said.mode == Mode::Broadcast,
                    is_member: known.is_some_and(|known| known.is_member),
                });
            }
            Statement::Member(said) => {
                alone.retain(|group| *group != said.group);
                self.members[said.member.index()] = Some(said.group);
            }
            Statement::Producer { producer, topic } => {
                self.producers[producer.index()].get_or_insert(*topic);
            }
            Statement::Topic(_)
            | Statement::Publish(_)
            | Statement::Close(_)
            | Statement::Reset(_)
            | Statement::Expire
            | Statement::Disk(_) => {}
        }
    }

    fn group(&self, id: ActorId) -> Option<&CastGroup> {
        self.groups.get(id.index())?.as_ref()
    }
}

/// Which queues have lanes: those of the topics, and those of retries and dead letters that ever hold a message.
pub(crate) fn lanes(moment: &Moment<'_>) -> Vec<LogId> {
    let scenario = moment.scenario();
    let mut lanes: Vec<LogId> = scenario
        .sets
        .iter()
        .flat_map(|set| set.logs.clone())
        .collect();
    let arena = moment.rocketmq_arena();
    let topics = lanes.clone();
    let is_of_a_topic = |id: &LogId| topics.contains(id);
    let others = (0..scenario.streams.len()).map(LogId::at);
    let holds = |id: &LogId| !arena.queue(*id).runs.is_empty();
    lanes.extend(others.filter(|id| holds(id) && !is_of_a_topic(id)));
    lanes
}

/// Who reads a queue: groups, and of those that broadcast each member.
pub(crate) fn readers(moment: &Moment<'_>, queue: LogId) -> Vec<ActorId> {
    let scenario = moment.scenario();
    let cast = Cast::of(scenario);
    let topic = scenario
        .sets
        .iter()
        .position(|set| set.logs.contains(&queue));
    let reads = |group: &CastGroup| group.retry == queue || topic == Some(group.topic.index());
    let mut readers = Vec::new();
    for (at, group) in cast.groups.iter().enumerate() {
        let id = ActorId::at(at);
        match group.as_ref().filter(|group| reads(group)) {
            Some(group) if group.broadcasts => {
                let members = cast.members.iter().enumerate();
                let own = members.filter(|(_, of)| **of == Some(id));
                readers.extend(own.map(|(member, _)| ActorId::at(member)));
            }
            Some(_) => readers.push(id),
            None => {}
        }
    }
    readers
}

/// Whose offsets a program moves: its group's, or its own where the group broadcasts.
pub(crate) fn reads_for(moment: &Moment<'_>, program: ActorId) -> ActorId {
    let state = moment.rocketmq();
    let started = state.member(program);
    match started.map(|member| (member.settings.group, member.settings.of_group.mode)) {
        Some((_, Mode::Broadcast)) | None => program,
        Some((group, Mode::Concurrent | Mode::Orderly | Mode::Pop)) => group,
    }
}

/// At which of the drawn lanes each program stands: producers at the first of their topic, members at the last.
pub(crate) fn homes(moment: &Moment<'_>, drawn: &[LogId]) -> Vec<Option<LogId>> {
    let (state, scenario) = (moment.rocketmq(), moment.scenario());
    let cast = Cast::of(scenario);
    let logs = |topic: SetId| scenario.sets.get(topic.index()).map(|set| &set.logs);
    let is_of = |topic, lane: &LogId| logs(topic).is_some_and(|logs| logs.contains(lane));
    let first = |topic| drawn.iter().find(|lane| is_of(topic, lane)).copied();
    let last = |topic| drawn.iter().rfind(|lane| is_of(topic, lane)).copied();
    let home = |at: usize| {
        let started = state.programs.get(at).and_then(Option::as_ref);
        match started {
            Some(Program::Producer(producer)) => first(producer.settings.topic),
            Some(Program::Member(member)) => last(member.settings.of_group.topic),
            None => match (cast.producers[at], cast.members[at]) {
                (Some(topic), _) => first(topic),
                (None, Some(group)) => last(cast.group(group)?.topic),
                (None, None) => None,
            },
        }
    };
    (0..scenario.actors.len()).map(home).collect()
}
