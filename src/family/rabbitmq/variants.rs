//! What could have been otherwise in a script about streams: another policy, another client's rules, another place to
//! begin, no loss. Each variant differs in one thing and has as many statements. Runs nothing.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::family::rabbitmq::Statement;
use crate::family::rabbitmq::statements::{
    Client, ConsumerStatement, Naming, Policy, ProducerStatement, Spec,
};
use crate::family::variants::{Variant, add};
use crate::ids::{ActorId, LogId, StatementId};
use crate::language::Scenario;
use crate::language::ast::{LinkStatement, NodeStatement, StatementKind, Subject};

/// Scripts that differ in one thing from this one; `ask` is where a fact of `subject` is asked for.
pub(crate) fn variants(scenario: &Scenario, ask: StatementId, subject: Subject) -> Vec<Variant> {
    let mut all = Vec::new();
    for (consumer, said) in consumers(scenario, subject) {
        policies(scenario, consumer, &said, &mut all);
        ends(scenario, consumer, &mut all);
        clients(scenario, consumer, &said, &mut all);
        places(scenario, consumer, &said, &mut all);
        names(scenario, consumer, &said, &mut all);
    }
    for producer in producers(scenario, subject) {
        references(scenario, producer, &mut all);
    }
    for log in logs(scenario, subject) {
        retention(scenario, log, &mut all);
    }
    stores(scenario, ask, &mut all);
    faults(scenario, &mut all);
    all
}

/// A statement that does nothing, in place of one that did.
fn nothing() -> StatementKind {
    StatementKind::Chapter(String::new())
}

fn of(kind: &StatementKind) -> Option<&Statement> {
    kind.family()?.rabbitmq()
}

/// The consumers that a fact may depend on, each with what was said of it last.
fn consumers(scenario: &Scenario, subject: Subject) -> Vec<(ActorId, ConsumerStatement)> {
    let mut found: Vec<(ActorId, ConsumerStatement)> = Vec::new();
    for statement in &scenario.statements {
        let Some(said) = of(&statement.kind).and_then(Statement::consumer) else {
            continue;
        };
        let is_meant = match subject {
            Subject::Program(program) => said.consumer == program,
            Subject::Log(log) => said.stream == log,
            Subject::Set(_) | Subject::Progress(..) | Subject::World => false,
        };
        if is_meant {
            found.retain(|(consumer, _)| *consumer != said.consumer);
            found.push((said.consumer, said.clone()));
        }
    }
    found.truncate(2);
    found
}

fn producers(scenario: &Scenario, subject: Subject) -> Vec<ActorId> {
    let statements = scenario.statements.iter();
    let said = statements.filter_map(|statement| of(&statement.kind)?.producer());
    let meant = said.filter(|said: &&ProducerStatement| match subject {
        Subject::Program(program) => said.producer == program,
        Subject::Log(log) => said.stream == log,
        Subject::Set(_) | Subject::Progress(..) | Subject::World => false,
    });
    let mut found: Vec<ActorId> = meant.map(|said| said.producer).collect();
    // The one that was declared last is the one that the chapter is about.
    found.reverse();
    found.truncate(1);
    found
}

fn logs(scenario: &Scenario, subject: Subject) -> Vec<LogId> {
    match subject {
        Subject::Log(log) => Vec::from([log]),
        Subject::Program(_) => {
            let said = consumers(scenario, subject);
            said.into_iter().map(|(_, said)| said.stream).collect()
        }
        Subject::Set(_) | Subject::Progress(..) | Subject::World => Vec::new(),
    }
}

/// Adds a variant in which a consumer says something else.
fn consumer(
    all: &mut Vec<Variant>,
    scenario: &Scenario,
    consumer: ActorId,
    words: &str,
    change: &dyn Fn(&mut ConsumerStatement),
) {
    add(all, scenario, words, &|_, kind| {
        let said = of(kind)?.consumer();
        let said = said.filter(|said| said.consumer == consumer)?;
        let mut other = said.clone();
        change(&mut other);
        (other != *said).then(|| Statement::Consumer(other).into())
    });
}

fn policies(scenario: &Scenario, who: ActorId, said: &ConsumerStatement, all: &mut Vec<Variant>) {
    let others: &[Policy] = match said.policy {
        Policy::Every(n) => &[
            Policy::Every((n / 2).max(1)),
            Policy::Every(n.saturating_mul(2)),
            Policy::Never,
            Policy::External(1),
            Policy::Every(1),
        ],
        Policy::Auto { .. } | Policy::Manual | Policy::External(_) => {
            &[Policy::Every(10), Policy::Never]
        }
        Policy::Never => &[Policy::Every(10), Policy::Every(1)],
    };
    for policy in others {
        let words = match policy {
            Policy::Every(1) => "if it stored after every message",
            Policy::Every(n) => &format!("if it stored every {n}"),
            Policy::Never => "if it did not store",
            Policy::Auto { .. } | Policy::Manual | Policy::External(_) => {
                "if it kept its offset with its results"
            }
        };
        consumer(all, scenario, who, words, &|said| said.policy = *policy);
    }
}

/// Whether it died or was stopped.
fn ends(scenario: &Scenario, who: ActorId, all: &mut Vec<Variant>) {
    let words = "if it had been stopped in order";
    add(all, scenario, words, &|_, kind| {
        (kind.crash() == Some(who)).then_some(StatementKind::Stop(who))
    });
}

fn clients(scenario: &Scenario, who: ActorId, said: &ConsumerStatement, all: &mut Vec<Variant>) {
    let others = [
        (None, "with the plain rule: behind what is stored"),
        (Some(Client::Java), "with the Java client's rules"),
        (Some(Client::Rust), "with the rules of the Rust tutorial"),
        (
            Some(Client::Python),
            "with the rules of the Python tutorial",
        ),
    ];
    for (client, words) in others
        .into_iter()
        .filter(|(client, _)| *client != said.client)
    {
        consumer(all, scenario, who, words, &|said| said.client = client);
    }
}

fn places(scenario: &Scenario, who: ActorId, said: &ConsumerStatement, all: &mut Vec<Variant>) {
    let others = [
        (Spec::First, "if it said `from first`"),
        (Spec::Next, "if it said `from next`"),
        (Spec::Last, "if it said `from last`"),
    ];
    for (spec, words) in others
        .into_iter()
        .filter(|(spec, _)| Some(*spec) != said.from)
    {
        consumer(all, scenario, who, words, &|said| said.from = Some(spec));
    }
}

fn names(scenario: &Scenario, who: ActorId, said: &ConsumerStatement, all: &mut Vec<Variant>) {
    if matches!(said.naming, Naming::Named(_)) {
        let words = "if it had a name of its own";
        consumer(all, scenario, who, words, &|said| {
            said.naming = Naming::Default
        });
    }
    if said.single_active {
        let words = "if it were not `single active`";
        consumer(all, scenario, who, words, &|said| {
            said.single_active = false
        });
    }
    if said.filter.is_some() {
        let words = "if it had no filter";
        consumer(all, scenario, who, words, &|said| said.filter = None);
    }
}

/// Whether a producer has a name, so that the broker knows what it has sent before.
fn references(scenario: &Scenario, who: ActorId, all: &mut Vec<Variant>) {
    let name = scenario.actors[who.index()].name.clone();
    for (reference, words) in [
        (
            Some(name.clone()),
            format!("if {name} had a name that the broker remembers"),
        ),
        (
            None,
            format!("if {name} had no name that the broker remembers"),
        ),
    ] {
        add(all, scenario, &words, &|_, kind| {
            let said = of(kind)?.producer();
            let said = said.filter(|said| said.producer == who)?;
            let differs = said.reference.is_some() != reference.is_some();
            let mut said = differs.then(|| said.clone())?;
            said.reference.clone_from(&reference);
            Some(Statement::Producer(said).into())
        });
    }
}

fn retention(scenario: &Scenario, log: LogId, all: &mut Vec<Variant>) {
    let words = "if nothing were ever removed";
    add(all, scenario, words, &|_, kind| {
        let said = of(kind)?.stream();
        let said = said.filter(|said| said.stream == log)?;
        let is_limited = said.max_length.is_some() || said.max_age.is_some();
        let mut said = is_limited.then(|| said.clone())?;
        (said.max_length, said.max_age) = (None, None);
        Some(Statement::Stream(said).into())
    });
}

/// Stores by hand near the question.
fn stores(scenario: &Scenario, ask: StatementId, all: &mut Vec<Variant>) {
    let words = "if a store took no place in the stream";
    add(all, scenario, words, &|at, kind| {
        let is_store = matches!(of(kind)?, Statement::Store { .. });
        (is_store && at + 8 > ask.index()).then(nothing)
    });
}

fn faults(scenario: &Scenario, all: &mut Vec<Variant>) {
    add(
        all,
        scenario,
        "if nothing had been lost",
        &|_, kind| match kind.link()? {
            LinkStatement::LoseConfirm(_)
            | LinkStatement::LoseStore(_)
            | LinkStatement::LosePublish(_)
            | LinkStatement::Drop { .. } => Some(nothing()),
            LinkStatement::Delay { .. } | LinkStatement::Heal(_) => None,
        },
    );
    add(
        all,
        scenario,
        "if every node had been there",
        &|_, kind| match kind.node()? {
            NodeStatement::Cut(_) | NodeStatement::Crash(_) | NodeStatement::CrashLeader => {
                Some(nothing())
            }
            NodeStatement::CrashBroker
            | NodeStatement::StartBroker
            | NodeStatement::Start(_)
            | NodeStatement::Heal(_) => None,
        },
    );
}
