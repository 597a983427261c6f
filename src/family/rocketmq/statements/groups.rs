//! Groups and members: declaring them, and resets.

use alloc::format;
use alloc::string::ToString;

use super::ast::{
    Failure, GroupStart, GroupStatement, Habits, MemberStatement, Mode, ResetStatement, ResetTo,
    Statement,
};
use super::topics::{QUEUE, TOPIC, room};
use crate::family;
use crate::family::rocketmq::kinds::Kind;
use crate::ids::{ActorId, LogId, SetId};
use crate::language::Version;
use crate::language::ast::StatementKind;
use crate::language::authoring::{help, meaning};
use crate::language::diagnostic::Span;
use crate::language::doc::{FormDoc, Heading};
use crate::language::form::{Form, options};
use crate::language::line::{Class, Expected, Line, excerpt};
use crate::language::problems::Read;
use crate::language::values::grouped;
use crate::limits;
use crate::units::SimDuration;

const GROUP: family::Kind = family::Kind::RocketMq(Kind::Group);
const MEMBER: family::Kind = family::Kind::RocketMq(Kind::Member);
const PROGRESS: family::Kind = family::Kind::RocketMq(Kind::Progress);

/// The time between two commits by the clock when unset (`persistConsumerOffsetInterval`).
const COMMIT: SimDuration = SimDuration::from_secs(5);
/// The shortest: a run of days has few enough of them.
const COMMIT_LEAST: SimDuration = SimDuration::from_millis(1);

options! { GROUP_DOCS, GROUP_OPTIONS: GroupStatement {
    "from" "first|last|timestamp T" "Where it starts on a queue of which it has no offset, unless the queue's message 0 is still in memory (`consumeFromWhere`); `last` when unset." =>
        |line, group| { group.from = from(line)?; Ok(()) };
    "commit every" "DUR" "The time between two commits by the clock, 5 s when unset; the first is after 10 s." =>
        |line, group| {
            let span = line.peek().map(|token| token.span).unwrap_or_default();
            group.commit = line.duration()?;
            if group.commit < COMMIT_LEAST {
                let message = "a member cannot commit all the time".to_string();
                let help = help!("the time between two commits is at least 1ms");
                line.report(span, message, help, None);
                group.commit = COMMIT_LEAST;
            }
            Ok(())
        };
    "orderly" "" "Messages of a queue are consumed one behind the other; one that fails blocks its queue." =>
        |line, group| mode(line, group, Mode::Orderly);
    "broadcast" "" "Each member reads every queue and keeps its offsets itself." =>
        |line, group| mode(line, group, Mode::Broadcast);
    "pop" "" "The broker hands out messages one by one; the offset is where it hands out next." =>
        |line, group| mode(line, group, Mode::Pop);
    "tag" "\"t\"" "Only messages of this tag; the others advance the offset." =>
        |line, group| { group.tag = Some(line.text("a tag")?); Ok(()) };
    "takes" "DUR" "Of its own member: how long the consumption of a message takes; nothing when unset." =>
        |line, group| { group.habits.takes = line.duration()?; Ok(()) };
    "fails at" "\"text\" [times N]" "Of its own member: consuming a message whose body contains the text fails, each time or so often; it comes back later." =>
        |line, group| { group.habits.fails_at = Some(failure(line)?); Ok(()) };
    "hangs at" "\"text\"" "Of its own member: consuming a message whose body contains the text never ends." =>
        |line, group| { group.habits.hangs_at = Some(line.text("a text to hang at")?); Ok(()) };
    "client" "VERSION" "Of its own member: the version of its client library; the broker's when unset." =>
        |line, group| { group.habits.client = Some(client(line)?); Ok(()) };
} }

options! { MEMBER_DOCS, MEMBER_OPTIONS: Habits {
    "takes" "DUR" "How long the consumption of a message takes; nothing when unset." =>
        |line, habits| { habits.takes = line.duration()?; Ok(()) };
    "fails at" "\"text\" [times N]" "Consuming a message whose body contains the text fails, each time or so often; it comes back later." =>
        |line, habits| { habits.fails_at = Some(failure(line)?); Ok(()) };
    "hangs at" "\"text\"" "Consuming a message whose body contains the text never ends; others go on." =>
        |line, habits| { habits.hangs_at = Some(line.text("a text to hang at")?); Ok(()) };
    "client" "VERSION" "The version of its client library; the broker's when unset." =>
        |line, habits| { habits.client = Some(client(line)?); Ok(()) };
} }

/// The forms of this file.
pub(super) const FORMS: &[Form] = &[
    Form {
        doc: FormDoc {
            keyword: "group",
            group: Heading::Actors,
            shapes: &["group G on T"],
            options: GROUP_DOCS,
            about: meaning!(
                "Declares a consumer group. Unless a `member` joins it before time passes, it starts one of its own, \
                    named as the group. Saying it again changes its settings, and starts its member if that stopped."
            ),
            example: meaning!("group billing on orders from first"),
        },
        read: group,
    },
    Form {
        doc: FormDoc {
            keyword: "member",
            group: Heading::Actors,
            shapes: &["member M in G"],
            options: MEMBER_DOCS,
            about: meaning!(
                "Starts a member of a group: a client of its own with a push consumer."
            ),
            example: meaning!("member a in billing takes 10ms fails at \"poison\""),
        },
        read: member,
    },
];

options! { RESET_DOCS, RESET_OPTIONS: ResetStatement {
    "queue" "N" "Only this queue." =>
        |line, reset| {
            let span = line.peek().map(|token| token.span).unwrap_or_default();
            let number = queue(line)?;
            reset.queue = Some(number);
            reads(line, reset.group, number, span);
            Ok(())
        };
    "force" "" "Ahead as well as back, where a broker would only go back (`-f`)." =>
        |_, reset| { reset.force = true; Ok(()) };
} }

/// Resets of a group's offsets.
pub(super) const RESETS: &[Form] = &[Form {
    doc: FormDoc {
        keyword: "reset",
        group: Heading::Actors,
        shapes: &[
            "reset G to offset N",
            "reset G to time T",
            "reset G to min",
            "reset G to max",
        ],
        options: RESET_DOCS,
        about: meaning!(
            "Resets the offsets of a group as `mqadmin` does: up to 5.1 through its members, which stop for 10 s, or at \
                the broker when none runs; from 5.2 on at the broker."
        ),
        example: meaning!("reset billing to offset 3 queue 0"),
    },
    read: reset,
}];

/// A queue of a topic, by its number.
pub(super) fn queue(line: &mut Line<'_, '_>) -> Read<u32> {
    let most = limits::STREAMS as u64 - 1;
    // At most `STREAMS`.
    Ok(line.number("a queue", 0, most)? as u32)
}

fn group(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let span = line.peek().map(|token| token.span).unwrap_or_default();
    let group = line.new_program(GROUP)?;
    line.require("on")?;
    let topic = line.set(TOPIC)?;
    let (retry, dead) = own_queues(line, group, span)?;
    let mut statement = GroupStatement {
        group,
        topic,
        retry,
        dead,
        from: GroupStart::default(),
        commit: COMMIT,
        mode: Mode::default(),
        tag: None,
        habits: Habits::default(),
    };
    progresses(line, (group, topic), retry, span)?;
    line.options(GROUP_OPTIONS, &mut statement)?;
    Ok(Some(Statement::Group(statement).into()))
}

/// The queues of a group's retries and of its dead letters.
fn own_queues(line: &mut Line<'_, '_>, group: ActorId, span: Span) -> Read<(LogId, LogId)> {
    let Some(name) = line.ctx.names.actors.get(group.index()) else {
        return Ok((LogId(u32::MAX), LogId(u32::MAX)));
    };
    let name = name.name.clone();
    let retry = line.own_log(QUEUE, &format!("%RETRY%{name}.q0"), span)?;
    let dead = line.own_log(QUEUE, &format!("%DLQ%{name}.q0"), span)?;
    room(line, span)?;
    Ok((retry, dead))
}

/// Names what the group has of each queue that it reads: `billing.q0`, `billing.retry`.
fn progresses(
    line: &mut Line<'_, '_>,
    (group, topic): (ActorId, SetId),
    retry: LogId,
    span: Span,
) -> Read<()> {
    let Some(actor) = line.ctx.names.actors.get(group.index()) else {
        return Ok(());
    };
    let name = actor.name.clone();
    let queues = line.ctx.names.logs(topic).to_vec();
    for (queue, number) in queues.into_iter().zip(0..) {
        let word = format!("{name}.q{number}");
        line.own_progress(PROGRESS, &word, (group, queue), span)?;
    }
    line.own_progress(PROGRESS, &format!("{name}.retry"), (group, retry), span)?;
    if line.ctx.names.progresses.len() > limits::PROGRESSES {
        let most = grouped(limits::PROGRESSES as u64);
        let message = format!("more than {most} queues of groups: the limit of one scenario");
        let help = help!("take fewer groups or fewer queues");
        return Err(line.report(span, message, help, None));
    }
    Ok(())
}

fn member(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let member = line.new_program(MEMBER)?;
    line.require("in")?;
    let group = line.program_of(GROUP)?;
    let mut habits = Habits::default();
    line.options(MEMBER_OPTIONS, &mut habits)?;
    Ok(Some(
        Statement::Member(MemberStatement {
            member,
            group,
            habits,
        })
        .into(),
    ))
}

fn mode(line: &mut Line<'_, '_>, group: &mut GroupStatement, mode: Mode) -> Read<()> {
    if group.mode != Mode::Concurrent {
        let message = "a group consumes in one way".to_string();
        let help = help!("`orderly`, `broadcast` or `pop`: keep one of them");
        line.report(line.span(), message, help, None);
    }
    group.mode = mode;
    Ok(())
}

fn from(line: &mut Line<'_, '_>) -> Read<GroupStart> {
    if line.word_about("first", "The queue's first message.") {
        return Ok(GroupStart::First);
    }
    if line.word_about("last", "Behind the queue's last message.") {
        return Ok(GroupStart::Last);
    }
    if !line.word_about("timestamp", "The message stored at a time.") {
        return Err(line.unexpected());
    }
    Ok(match moment(line)? {
        Some(since) => GroupStart::Timestamp(since),
        None => GroupStart::Now,
    })
}

/// A time since the start of the run; `None` is `now`.
fn moment(line: &mut Line<'_, '_>) -> Read<Option<SimDuration>> {
    if line.word_about("now", "The moment of the statement.") {
        return Ok(None);
    }
    line.since_start().map(Some)
}

/// `"text" [times N]`
fn failure(line: &mut Line<'_, '_>) -> Read<Failure> {
    let text = line.text("a text to fail at")?;
    let times = match line.word_about("times", "How often; each time when unset.") {
        // At most `u16::MAX`.
        true => Some(line.number("how often it fails", 1, u64::from(u16::MAX))? as u16),
        false => None,
    };
    Ok(Failure { text, times })
}

/// The version of a client library.
fn client(line: &mut Line<'_, '_>) -> Read<Version> {
    let versions = &line.vocabulary().versions;
    line.expect(Expected::Value(versions.value));
    let Some((token, word)) = line.peek().zip(line.peek_word()) else {
        return Err(line.unexpected());
    };
    match Version::parse(word) {
        Ok(version) if version.has(versions.oldest) && version.major <= versions.last_major => {
            line.bump(Class::Number);
            Ok(version)
        }
        Ok(_) | Err(_) => {
            let message = format!("there is no client {}", excerpt(word));
            let help = help!("a version of its library, such as {}", versions.words());
            Err(line.report(token.span, message, help, None))
        }
    }
}

fn reset(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let group = line.program_of(GROUP)?;
    line.require("to")?;
    let to = if line.word_about("offset", "This offset of each queue.") {
        ResetTo::Offset(line.number("an offset", 0, limits::NUMBER)?)
    } else if line.word_about("time", "The message stored at a time.") {
        match moment(line)? {
            Some(since) => ResetTo::Time(since),
            None => ResetTo::Now,
        }
    } else if line.word_about("min", "The minimum of each queue.") {
        ResetTo::Min
    } else if line.word_about("max", "The maximum of each queue.") {
        ResetTo::Max
    } else {
        return Err(line.unexpected());
    };
    let mut statement = ResetStatement {
        group,
        to,
        queue: None,
        force: false,
    };
    line.options(RESET_OPTIONS, &mut statement)?;
    Ok(Some(Statement::Reset(statement).into()))
}

/// Reports a queue that the topic of a group does not have.
fn reads(line: &mut Line<'_, '_>, group: ActorId, queue: u32, span: Span) {
    let Some(actor) = line.ctx.names.actors.get(group.index()) else {
        return;
    };
    let group = actor.name.clone();
    if line.ctx.names.get(&format!("{group}.q{queue}")).is_none() {
        let message = format!("{} reads no queue {queue}", excerpt(&group));
        let help = help!("queues are counted from 0; the line of its topic says how many");
        line.report(span, message, help, None);
    }
}
