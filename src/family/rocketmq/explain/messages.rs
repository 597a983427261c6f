//! Clauses about messages on a program's link: sent, arrived, lost.

use alloc::format;
use alloc::string::{String, ToString};

use super::phrases;
use crate::explain::english;
use crate::explain::names::EventNames;
use crate::family::rocketmq::message::{Question, QueueMessage, Stored, ToBroker, ToProgram};
use crate::family::rocketmq::store::PullStatus;
use crate::ids::{ActorId, LogId, Offset};
use crate::trace::Loss;

/// A message left its sender.
pub(crate) fn sent(names: &EventNames<'_>, actor: ActorId, message: &QueueMessage) -> String {
    let name = names.program(actor);
    match message {
        QueueMessage::ToBroker(message) => sent_to_broker(names, name, message),
        QueueMessage::ToProgram(message) => sent_to_program(names, name, message),
    }
}

fn sent_to_broker(names: &EventNames<'_>, name: &str, message: &ToBroker) -> String {
    let queue = |queue: &LogId| names.stream(*queue);
    match message {
        ToBroker::Send(sends) => {
            format!(
                "{name} sent {}",
                english::count(sends.messages.count, "message")
            )
        }
        ToBroker::Heartbeat => format!("{name} told the broker that it is there"),
        ToBroker::Unregister => format!("{name} told the broker that it goes"),
        ToBroker::ListMembers => format!("{name} asked who else is in the group"),
        ToBroker::QueryOffset { queue: of } => {
            format!("{name} asked for the offset of its group on {}", queue(of))
        }
        ToBroker::MaxOffset { queue: of } => {
            format!("{name} asked for the maximum of {}", queue(of))
        }
        ToBroker::SearchOffset { queue: of, at } => {
            format!("{name} asked what {} had stored at {at}", queue(of))
        }
        ToBroker::Pull {
            queue: of,
            offset,
            commit,
            ..
        } => {
            let at = english::number(offset.0);
            let along = commit.map_or_else(String::new, |commit| {
                format!(", and offset {} rides along", english::number(commit.0))
            });
            format!("{name} pulls from {} at {at}{along}", queue(of))
        }
        ToBroker::Commit { queue: of, offset } => format!(
            "{name} commits offset {} of {}",
            english::number(offset.0),
            queue(of)
        ),
        ToBroker::SendBack {
            queue: of,
            first,
            count,
            ..
        } => format!(
            "{name} sends {} back, to come again later",
            phrases::offsets_of(names, *of, *first, *count)
        ),
        ToBroker::Lock { queues } => {
            let count = english::count(queues.len() as u64, "queue");
            format!("{name} asked to lock {count} for itself")
        }
        ToBroker::Unlock { queue: of } => format!("{name} gives back its lock of {}", queue(of)),
        ToBroker::Pop { queue: of } => format!("{name} asked for messages of {} by POP", queue(of)),
        ToBroker::Ack {
            queue: of,
            first,
            count,
        } => format!(
            "{name} acknowledges {}",
            phrases::offsets_of(names, *of, *first, *count)
        ),
    }
}

fn sent_to_program(names: &EventNames<'_>, name: &str, message: &ToProgram) -> String {
    match message {
        ToProgram::MembersChanged => {
            format!("the broker tells {name} that members came or went")
        }
        ToProgram::Reset { offsets } => format!(
            "the broker tells {name} to go on elsewhere: {}",
            phrases::places(names, offsets)
        ),
        ToProgram::SendResult { .. }
        | ToProgram::Done { .. }
        | ToProgram::SentBack { .. }
        | ToProgram::Members { .. }
        | ToProgram::Offset { .. }
        | ToProgram::Pulled { .. }
        | ToProgram::PullRefused { .. }
        | ToProgram::Locked { .. }
        | ToProgram::Popped { .. } => {
            format!("the broker answers {name}: {}", answer(names, message))
        }
    }
}

/// A message arrived.
pub(crate) fn arrived(names: &EventNames<'_>, actor: ActorId, message: &QueueMessage) -> String {
    let name = names.program(actor);
    match message {
        QueueMessage::ToBroker(message) => {
            format!("{} from {name} reached the broker", request(names, message))
        }
        QueueMessage::ToProgram(message) => arrived_at_program(names, name, message),
    }
}

fn arrived_at_program(names: &EventNames<'_>, name: &str, message: &ToProgram) -> String {
    match message {
        ToProgram::MembersChanged => format!("{name} heard that members came or went"),
        ToProgram::Reset { offsets } => format!(
            "{name} heard to go on elsewhere: {}",
            phrases::places(names, offsets)
        ),
        ToProgram::Pulled {
            status: PullStatus::Found,
            queue,
            found,
            ..
        }
        | ToProgram::Popped { queue, found }
            if !found.is_empty() =>
        {
            format!(
                "{name} received {} of {}",
                phrases::ranges(found),
                names.stream(*queue)
            )
        }
        ToProgram::SendResult { .. }
        | ToProgram::Done { .. }
        | ToProgram::SentBack { .. }
        | ToProgram::Members { .. }
        | ToProgram::Offset { .. }
        | ToProgram::Pulled { .. }
        | ToProgram::PullRefused { .. }
        | ToProgram::Locked { .. }
        | ToProgram::Popped { .. } => format!("{name} heard: {}", answer(names, message)),
    }
}

/// A message will never arrive.
pub(crate) fn lost(
    names: &EventNames<'_>,
    actor: ActorId,
    message: &QueueMessage,
    why: Loss,
) -> String {
    let name = names.program(actor);
    let reason = match why {
        Loss::Chosen => "lost on the way, as the script asked",
        Loss::Dropped => "dropped by the faulty link",
        Loss::BrokerDown => "lost, because the broker was down",
        Loss::ProgramGone => "lost, because the program was gone",
    };
    match message {
        QueueMessage::ToBroker(message) => {
            let request = request(names, message);
            let was = english::was(&request);
            format!("{request} from {name} {was} {reason}")
        }
        QueueMessage::ToProgram(message) => {
            format!("{} to {name} was {reason}", notice(message))
        }
    }
}

/// What a program says, with its article.
fn request(names: &EventNames<'_>, message: &ToBroker) -> String {
    let queue = |queue: &LogId| names.stream(*queue);
    match message {
        ToBroker::Send(sends) => match sends.messages.count {
            1 => "a message".into(),
            n => english::count(n, "message"),
        },
        ToBroker::Heartbeat => "the heartbeat".into(),
        ToBroker::Unregister => "the farewell".into(),
        ToBroker::ListMembers => "the question who is in the group".into(),
        ToBroker::QueryOffset { queue: of } => {
            format!("the question for the offset on {}", queue(of))
        }
        ToBroker::MaxOffset { queue: of } => {
            format!("the question for the maximum of {}", queue(of))
        }
        ToBroker::SearchOffset { queue: of, .. } => {
            format!("the question for a time in {}", queue(of))
        }
        ToBroker::Pull {
            queue: of, offset, ..
        } => format!("the pull of {} at {}", queue(of), english::number(offset.0)),
        ToBroker::Commit { queue: of, offset } => format!(
            "the commit of offset {} of {}",
            english::number(offset.0),
            queue(of)
        ),
        ToBroker::SendBack {
            queue: of,
            first,
            count,
            ..
        } => format!(
            "the return of {}",
            phrases::offsets_of(names, *of, *first, *count)
        ),
        ToBroker::Lock { .. } => "the request for locks".into(),
        ToBroker::Unlock { queue: of } => format!("the return of the lock of {}", queue(of)),
        ToBroker::Pop { queue: of } => format!("the POP of {}", queue(of)),
        ToBroker::Ack {
            queue: of,
            first,
            count,
        } => format!(
            "the acknowledgement of {}",
            phrases::offsets_of(names, *of, *first, *count)
        ),
    }
}

/// What the broker says, by its kind, with its article.
const fn notice(message: &ToProgram) -> &'static str {
    match message {
        ToProgram::SendResult { .. } => "the send result",
        ToProgram::Done { .. }
        | ToProgram::SentBack { .. }
        | ToProgram::Offset { .. }
        | ToProgram::Members { .. }
        | ToProgram::Locked { .. } => "the answer",
        ToProgram::Pulled { .. } | ToProgram::PullRefused { .. } => "the answer to a pull",
        ToProgram::Popped { .. } => "the answer to a POP",
        ToProgram::MembersChanged => "word that members came or went",
        ToProgram::Reset { .. } => "word to go on elsewhere",
    }
}

/// What an answer says.
fn answer(names: &EventNames<'_>, message: &ToProgram) -> String {
    match message {
        ToProgram::SendResult {
            count,
            stored,
            code,
            ..
        } => match code {
            Some(code) => format!(
                "{} refused ({})",
                english::count(*count, "message"),
                code.word()
            ),
            None => format!("SEND_OK, {}", stored_words(names, stored)),
        },
        ToProgram::Done { to, code } => match code {
            Some(code) => format!("{} refused ({})", question(*to), code.word()),
            None => format!("{} done", question(*to)),
        },
        ToProgram::SentBack {
            queue,
            first,
            count,
            code,
        } => {
            let what = phrases::offsets_of(names, *queue, *first, *count);
            match code {
                Some(code) => format!("{what} could not be taken back ({})", code.word()),
                None => format!("{what} {} back and will come again", phrases::is(*count)),
            }
        }
        ToProgram::Members { members } => {
            let all: alloc::vec::Vec<&str> = members
                .iter()
                .take(8)
                .map(|id| names.program(*id))
                .collect();
            let more = match members.len().saturating_sub(8) {
                0 => String::new(),
                n => format!(" and {} more", english::number(n as u64)),
            };
            format!("the members are {}{more}", english::list(&all))
        }
        ToProgram::Offset { to, queue, offset } => offset_words(names, *to, *queue, *offset),
        ToProgram::Pulled {
            queue,
            offset,
            status,
            next,
            found,
            ..
        } => pulled(names, *queue, *offset, *status, *next, found),
        ToProgram::PullRefused { queue, code } => {
            format!(
                "the pull of {} is refused ({})",
                names.stream(*queue),
                code.word()
            )
        }
        ToProgram::Locked { queues } => match queues.len() {
            0 => "no lock".into(),
            n => format!("{} locked", english::count(n as u64, "queue")),
        },
        ToProgram::Popped { queue, found } => match found.is_empty() {
            true => format!("nothing to pop in {}", names.stream(*queue)),
            false => format!("{} of {}", phrases::ranges(found), names.stream(*queue)),
        },
        ToProgram::MembersChanged | ToProgram::Reset { .. } => notice(message).to_string(),
    }
}

fn question(to: Question) -> &'static str {
    match to {
        Question::Heartbeat => "the heartbeat is",
        Question::Resume => "the question for the offset is",
        Question::Max => "the question for the maximum is",
        Question::Search => "the question for a time is",
        Question::Unregister => "the farewell is",
        Question::Unlock => "the return of the lock is",
        Question::Ack => "the acknowledgement is",
    }
}

fn offset_words(
    names: &EventNames<'_>,
    to: Question,
    queue: LogId,
    offset: Option<Offset>,
) -> String {
    let queue = names.stream(queue);
    let Some(offset) = offset else {
        return format!("there is no offset of the group on {queue}");
    };
    let offset = english::number(offset.0);
    match to {
        Question::Max => format!("the maximum of {queue} is {offset}"),
        Question::Search => format!("that is offset {offset} of {queue}"),
        Question::Resume
        | Question::Heartbeat
        | Question::Unregister
        | Question::Unlock
        | Question::Ack => format!("the offset of the group on {queue} is {offset}"),
    }
}

fn pulled(
    names: &EventNames<'_>,
    queue: LogId,
    offset: Offset,
    status: PullStatus,
    next: Offset,
    found: &[(Offset, u64)],
) -> String {
    let (queue, at) = (names.stream(queue), english::number(offset.0));
    let to = english::number(next.0);
    match status {
        PullStatus::Found => format!("{} of {queue}", phrases::ranges(found)),
        PullStatus::NoNewMsg => format!("nothing new in {queue} at {at}"),
        PullStatus::NoMatchedMsg => {
            format!("nothing in {queue} at {at} that it wants, go on at {to}")
        }
        PullStatus::OffsetIllegal => {
            format!("{at} is no offset of {queue} to pull from (OFFSET_ILLEGAL), go on at {to}")
        }
    }
}

/// `1 message is at offset 3 of orders.q0`.
fn stored_words(names: &EventNames<'_>, stored: &[Stored]) -> String {
    match stored {
        [] => "stored".into(),
        [one] => format!(
            "stored at {}",
            phrases::offsets_of(names, one.queue, one.first, one.count)
        ),
        [first, rest @ ..] => format!(
            "stored at {} and in {}",
            phrases::offsets_of(names, first.queue, first.first, first.count),
            english::count(rest.len() as u64, "more queue"),
        ),
    }
}
