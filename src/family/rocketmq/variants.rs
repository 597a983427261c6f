//! What could have been otherwise in a script about queues: another version, another place to begin, another share of
//! the work, no reset, no loss. Each variant differs in one thing and has as many statements. Runs nothing.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::statements::{GroupStart, GroupStatement, Habits, Mode, ResetTo, Statement};
use crate::base::sorted;
use crate::family::variants::{Variant, add};
use crate::ids::{ActorId, SetId, StatementId};
use crate::language::ast::{LinkStatement, NodeStatement, StatementKind, Subject};
use crate::language::{Scenario, Version};
use crate::units::SimDuration;

/// Statements that stand so near before a question are what it is about.
const NEAR: usize = 8;

/// Scripts that differ in one thing from this one; `ask` is where a fact of `subject` is asked for.
pub(crate) fn variants(scenario: &Scenario, ask: StatementId, subject: Subject) -> Vec<Variant> {
    let mut all = Variants {
        scenario,
        ask: ask.index(),
        found: Vec::new(),
    };
    let groups = groups(scenario, subject);
    for group in &groups {
        all.resets(group.group);
        all.starts(group);
        all.members(group.group);
        all.ends(group.group);
        all.commits(group);
        all.habits(group.group);
        all.modes(group);
    }
    all.retention();
    all.versions(groups.iter().any(|group| group.mode == Mode::Pop));
    all.queues(groups.first().map(|group| group.topic), subject);
    all.faults();
    all.found
}

/// The groups that a fact may depend on, each as it was said last before it is asked for.
fn groups(scenario: &Scenario, subject: Subject) -> Vec<GroupStatement> {
    let of_member = |member: ActorId| {
        let all = scenario.statements.iter().rev();
        let mut said = all.filter_map(|statement| of(&statement.kind)?.member());
        let last = said.find(|said| said.member == member);
        last.map_or(member, |said| said.group)
    };
    let meant = |said: &GroupStatement| match subject {
        Subject::Program(program) => said.group == of_member(program),
        Subject::Progress(group, _) => said.group == group,
        Subject::Set(topic) => said.topic == topic,
        Subject::Log(queue) => {
            let set = scenario.sets.get(said.topic.index());
            set.is_some_and(|set| set.logs.contains(&queue)) || said.retry == queue
        }
        Subject::World => false,
    };
    let mut found: Vec<GroupStatement> = Vec::new();
    for statement in &scenario.statements {
        if let Some(said) = of(&statement.kind).and_then(Statement::group)
            && meant(said)
        {
            found.retain(|known| known.group != said.group);
            found.push(said.clone());
        }
    }
    found.truncate(2);
    found
}

fn of(kind: &StatementKind) -> Option<&Statement> {
    kind.family()?.rocketmq()
}

/// A statement that does nothing, in place of one that did.
fn nothing() -> StatementKind {
    StatementKind::Chapter(String::new())
}

/// The variants of one question, as they are found.
struct Variants<'a> {
    scenario: &'a Scenario,
    ask: usize,
    found: Vec<Variant>,
}

impl Variants<'_> {
    /// Adds a variant in which `change` has replaced some statements, if it has replaced any.
    fn add(
        &mut self,
        words: &str,
        change: &dyn Fn(usize, &StatementKind) -> Option<StatementKind>,
    ) {
        add(&mut self.found, self.scenario, words, change);
    }

    /// Adds a variant in which a group says something else.
    fn group(&mut self, group: ActorId, words: &str, change: &dyn Fn(&mut GroupStatement)) {
        self.add(words, &|_, kind| {
            let said = of(kind)?.group().filter(|said| said.group == group)?;
            let mut other = said.clone();
            change(&mut other);
            (other != *said).then(|| Statement::Group(other).into())
        });
    }

    /// No reset, a forced one, or one to somewhere else: the last before the question.
    fn resets(&mut self, group: ActorId) {
        let ask = self.ask;
        let statements = self.scenario.statements.iter().enumerate().take(ask);
        let mut resets =
            statements.filter_map(|(at, statement)| Some((at, *of(&statement.kind)?.reset()?)));
        let Some((reset, said)) = resets.rfind(|(_, said)| said.group == group) else {
            return;
        };
        let mut other = |words, said: Option<_>| {
            self.add(words, &|at, _| {
                let kind = said.map_or_else(nothing, |said| Statement::Reset(said).into());
                (at == reset).then_some(kind)
            });
        };
        other("if it had not been reset", None);
        let mut forced = said;
        forced.force = !said.force;
        let force = match forced.force {
            true => "if the reset had said `force`",
            false => "if the reset had not said `force`",
        };
        other(force, Some(forced));
        let others = [
            (ResetTo::Min, "if it had been reset to the minimum"),
            (ResetTo::Max, "if it had been reset to the maximum"),
        ];
        for (to, words) in others.into_iter().filter(|(to, _)| *to != said.to) {
            let mut said = said;
            said.to = to;
            other(words, Some(said));
        }
    }

    fn starts(&mut self, group: &GroupStatement) {
        let others = [
            (GroupStart::First, "if it said `from first`"),
            (GroupStart::Last, "if it said `from last`"),
            (GroupStart::Now, "if it said `from timestamp now`"),
        ];
        for (from, words) in others.into_iter().filter(|(from, _)| *from != group.from) {
            self.group(group.group, words, &|said| said.from = from);
        }
    }

    /// A group without one of its members.
    fn members(&mut self, group: ActorId) {
        let statements = self.scenario.statements.iter().take(self.ask);
        let joined = statements.filter_map(|statement| of(&statement.kind)?.member());
        let joined = joined.filter(|said| said.group == group);
        let mut joined: Vec<ActorId> = sorted(joined.map(|said| said.member).collect());
        joined.dedup();
        for member in joined.into_iter().rev().take(2) {
            let name = &self.scenario.actors[member.index()].name;
            let words = format!("if {name} had not joined");
            self.add(&words, &|_, kind| {
                let said = of(kind)?.member()?;
                (said.member == member).then(nothing)
            });
        }
    }

    /// Whether a member died or was stopped, or neither.
    fn ends(&mut self, group: ActorId) {
        let members = self.members_of(group);
        let member = |program: &ActorId| members.contains(program);
        self.add("if it had been stopped in order", &|_, kind| {
            kind.crash().filter(member).map(StatementKind::Stop)
        });
        self.add("if its process had died", &|_, kind| {
            kind.stop().filter(member).map(StatementKind::Crash)
        });
    }

    /// Those that ever consume for a group, itself included.
    fn members_of(&self, group: ActorId) -> Vec<ActorId> {
        let said = self.scenario.statements.iter();
        let joined = said.filter_map(|statement| of(&statement.kind)?.member());
        let joined = joined.filter(|said| said.group == group);
        let mut members: Vec<ActorId> = joined.map(|said| said.member).collect();
        members.push(group);
        members
    }

    fn commits(&mut self, group: &GroupStatement) {
        for seconds in [1, 5, 60] {
            let commit = SimDuration::from_secs(seconds);
            if commit != group.commit {
                let words = format!("if it committed every {commit}");
                self.group(group.group, &words, &|said| said.commit = commit);
            }
        }
    }

    /// Messages that neither fail nor hang, and take no time.
    fn habits(&mut self, group: ActorId) {
        let mut with = |words: &str, change: fn(&mut Habits)| {
            self.add(words, &|_, kind| {
                let statement = of(kind)?;
                if let Some(said) = statement.group().filter(|said| said.group == group) {
                    let mut other = said.clone();
                    change(&mut other.habits);
                    let differs = other.habits != said.habits;
                    return differs.then(|| Statement::Group(other).into());
                }
                let said = statement.member().filter(|said| said.group == group)?;
                let mut other = said.clone();
                change(&mut other.habits);
                let differs = other.habits != said.habits;
                differs.then(|| Statement::Member(other).into())
            });
        };
        with("if no message hung", |habits| habits.hangs_at = None);
        with("if no message failed", |habits| habits.fails_at = None);
        with("if a message took no time", |habits| {
            habits.takes = SimDuration::ZERO;
        });
    }

    fn modes(&mut self, group: &GroupStatement) {
        let others = [
            (Mode::Concurrent, "if it consumed concurrently"),
            (Mode::Orderly, "if it consumed in order"),
            (Mode::Broadcast, "if it broadcast"),
        ];
        for (mode, words) in others.into_iter().filter(|(mode, _)| *mode != group.mode) {
            self.group(group.group, words, &|said| said.mode = mode);
        }
    }

    /// Nothing is deleted: files are kept for a hundred years, and no disk is full.
    fn retention(&mut self) {
        self.add(
            "if nothing had ever been deleted",
            &|_, kind| match of(kind)? {
                Statement::Topic(said) => {
                    let ever = Some(SimDuration::from_secs(100 * 365 * 86_400));
                    let mut said = (said.reserved != ever).then(|| said.clone())?;
                    said.reserved = ever;
                    Some(Statement::Topic(said).into())
                }
                Statement::Disk(_) => Some(nothing()),
                Statement::Producer { .. }
                | Statement::Publish(_)
                | Statement::Close(_)
                | Statement::Group(_)
                | Statement::Member(_)
                | Statement::Reset(_)
                | Statement::Expire => None,
            },
        );
    }

    /// The rules of another version: of the one before and of the one after this family's great change.
    fn versions(&mut self, pops: bool) {
        let others = [
            Version::minor(4, 9),
            Version::minor(5, 0),
            Version::minor(5, 1),
            Version::minor(5, 3),
        ];
        let now = self.scenario.header.version;
        for version in others.into_iter().filter(|version| *version != now) {
            // Before 5.0 there is no POP, and no script could say it.
            if pops && !version.has(Version::minor(5, 0)) {
                continue;
            }
            let mut scenario = self.scenario.clone();
            scenario.header.version = version;
            let words = format!("with the rules of RocketMQ {version}");
            self.found.push(Variant {
                words,
                scenario,
                same: 0,
            });
        }
    }

    /// A topic with a single queue.
    fn queues(&mut self, topic: Option<SetId>, subject: Subject) {
        let topic = match subject {
            Subject::Set(topic) => Some(topic),
            Subject::Program(_) => topic,
            Subject::Log(_) | Subject::Progress(..) | Subject::World => None,
        };
        self.add("if the topic had one queue", &|_, kind| {
            let said = of(kind)?.topic()?;
            let mut said = (Some(said.topic) == topic && said.write > 1).then(|| said.clone())?;
            said.queues.truncate(1);
            (said.write, said.read) = (1, 1);
            Some(Statement::Topic(said).into())
        });
    }

    fn faults(&mut self) {
        self.add("if nothing had been lost", &|_, kind| match kind.link()? {
            LinkStatement::LoseConfirm(_)
            | LinkStatement::LoseStore(_)
            | LinkStatement::LosePublish(_)
            | LinkStatement::Drop { .. } => Some(nothing()),
            LinkStatement::Delay { .. } | LinkStatement::Heal(_) => None,
        });
        self.add("if the broker had not died", &|_, kind| {
            match kind.node()? {
                NodeStatement::CrashBroker | NodeStatement::StartBroker => Some(nothing()),
                // This broker has no other nodes.
                NodeStatement::Crash(_)
                | NodeStatement::CrashLeader
                | NodeStatement::Start(_)
                | NodeStatement::Cut(_)
                | NodeStatement::Heal(_) => None,
            }
        });
        let near = self.ask.saturating_sub(NEAR)..self.ask;
        self.add("if the cleaner had not come", &|at, kind| {
            (of(kind)?.is_cleaner() && near.contains(&at)).then(nothing)
        });
    }
}
