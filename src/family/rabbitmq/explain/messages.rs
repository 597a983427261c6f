//! Clauses about messages on a program's link: sent, arrived, lost.

use alloc::format;
use alloc::string::{String, ToString};

use super::phrases;
use crate::explain::english;
use crate::explain::names::EventNames;
use crate::family::rabbitmq::message::{Answer, StreamMessage, ToBroker, ToProgram};
use crate::ids::ActorId;
use crate::trace::Loss;
use crate::units::SimTime;

/// A message left its sender.
pub(crate) fn sent(names: &EventNames<'_>, actor: ActorId, message: &StreamMessage) -> String {
    let name = names.program(actor);
    match message {
        StreamMessage::ToBroker(message) => sent_to_broker(name, message),
        StreamMessage::ToProgram(message) => sent_to_program(names, name, message),
    }
}

fn sent_to_broker(name: &str, message: &ToBroker) -> String {
    match message {
        ToBroker::Declare => format!("{name} asked the broker to declare it as a publisher"),
        ToBroker::QuerySequence => {
            format!("{name} asked for the highest publishing id of its reference")
        }
        ToBroker::Publish(frames) => {
            let packed = match frames.frames() {
                1 => "in one frame".to_string(),
                n => format!("in {}", english::count(n, "frame")),
            };
            format!("{name} sent {} {packed}", content_to_broker(message))
        }
        ToBroker::QueryOffset(_) => format!("{name} asked for its stored offset"),
        ToBroker::Subscribe { spec, credit } => {
            let credit = english::count((*credit).into(), "credit");
            format!(
                "{name} subscribed from {} with {credit}",
                phrases::spec(*spec)
            )
        }
        ToBroker::Credit { credit } => {
            let credit = english::count((*credit).into(), "credit");
            format!("{name} gave the broker {credit}")
        }
        ToBroker::Store { offset } => {
            format!("{name} asked to store offset {}", english::number(*offset))
        }
        ToBroker::Activate { spec } => match spec {
            Some(spec) => format!(
                "{name} answered that it goes on from {}",
                phrases::spec(*spec)
            ),
            None => format!("{name} answered that it goes on from where it subscribed"),
        },
        ToBroker::Unsubscribe => format!("{name} asked to end its subscription"),
        ToBroker::Close => format!("{name} closed its connection"),
    }
}

fn sent_to_program(names: &EventNames<'_>, name: &str, message: &ToProgram) -> String {
    match message {
        ToProgram::Answer { answer, .. } => match answer {
            Answer::Code(code) => format!("the broker answered {name}: {}", code.name()),
            Answer::StoredOffset(None) => {
                format!("the broker answered {name} that nothing is stored under its name")
            }
            Answer::StoredOffset(Some(n)) => format!(
                "the broker answered {name} that its stored offset is {}",
                english::number(*n)
            ),
            Answer::Sequence(_) => {
                format!(
                    "the broker sent {} to {name}",
                    content_to_program(names, message)
                )
            }
        },
        ToProgram::Confirm { .. }
        | ToProgram::PublishError { .. }
        | ToProgram::Deliver { .. }
        | ToProgram::MetadataUpdate { .. }
        | ToProgram::ConsumerUpdate { .. } => {
            format!(
                "the broker sent {} to {name}",
                content_to_program(names, message)
            )
        }
    }
}

/// A message arrived.
pub(crate) fn arrived(names: &EventNames<'_>, actor: ActorId, message: &StreamMessage) -> String {
    let name = names.program(actor);
    match message {
        StreamMessage::ToBroker(message) => {
            format!(
                "{} from {name} reached the broker",
                content_to_broker(message)
            )
        }
        StreamMessage::ToProgram(message) => arrived_at_program(names, name, message),
    }
}

fn arrived_at_program(names: &EventNames<'_>, name: &str, message: &ToProgram) -> String {
    match message {
        ToProgram::Answer { answer, .. } => match answer {
            Answer::Code(code) => format!("{name} heard from the broker: {}", code.name()),
            Answer::StoredOffset(None) => {
                format!("{name} learned that nothing is stored under its name")
            }
            Answer::StoredOffset(Some(n)) => format!(
                "{name} learned that its stored offset is {}",
                english::number(*n)
            ),
            Answer::Sequence(_) => {
                format!("{name} received {}", content_to_program(names, message))
            }
        },
        ToProgram::Confirm {
            first_id,
            ids,
            count,
            duplicates,
        } => {
            let verb = if *duplicates {
                "heard, without anything being stored again, that"
            } else {
                "learned that"
            };
            let is = if *count == 1 { "is" } else { "are" };
            let what = confirmed(first_id.0, *ids, *count);
            format!("{name} {verb} {what} {is} confirmed")
        }
        ToProgram::PublishError { code, .. } => format!(
            "{name} learned that {} was refused ({})",
            content_to_program(names, message),
            code.name()
        ),
        ToProgram::Deliver { .. } => {
            format!("{name} received {}", content_to_program(names, message))
        }
        ToProgram::MetadataUpdate { code } => format!(
            "{name} learned that its stream is not available ({})",
            code.name()
        ),
        ToProgram::ConsumerUpdate { active: true } => format!("{name} became the active consumer"),
        ToProgram::ConsumerUpdate { active: false } => {
            format!("{name} is no longer the active consumer")
        }
    }
}

/// A message will never arrive.
pub(crate) fn lost(
    names: &EventNames<'_>,
    actor: ActorId,
    message: &StreamMessage,
    (why, at): (Loss, SimTime),
) -> String {
    let name = names.program(actor);
    let way = if message.is_to_broker() { "from" } else { "to" };
    let down;
    let reason = match why {
        Loss::Chosen => "lost on the way, as the script asked",
        Loss::Dropped => "dropped by the faulty link",
        Loss::BrokerDown => {
            down = format!("lost, because {} was down", names.crashed(at));
            &down
        }
        Loss::ProgramGone => "lost, because the program was gone",
    };
    let content = content(names, message);
    let was = english::was(&content);
    format!("{content} {way} {name} {was} {reason}")
}

/// What a message carries, with its article.
fn content(names: &EventNames<'_>, message: &StreamMessage) -> String {
    match message {
        StreamMessage::ToBroker(message) => content_to_broker(message),
        StreamMessage::ToProgram(message) => content_to_program(names, message),
    }
}

fn content_to_broker(message: &ToBroker) -> String {
    match message {
        ToBroker::Declare => "the declare".into(),
        ToBroker::QuerySequence => "the question for the sequence".into(),
        ToBroker::Publish(frames) => {
            messages(frames.run.first_id.0, frames.ids(), frames.run.count)
        }
        ToBroker::QueryOffset(_) => "the question for the stored offset".into(),
        ToBroker::Subscribe { spec, .. } => format!("the subscribe from {}", phrases::spec(*spec)),
        ToBroker::Credit { credit } => english::count((*credit).into(), "credit"),
        ToBroker::Store { offset } => format!("the store of offset {}", english::number(*offset)),
        ToBroker::Activate { .. } => "the answer about where to go on".into(),
        ToBroker::Unsubscribe => "the end of the subscription".into(),
        ToBroker::Close => "the close".into(),
    }
}

pub(super) fn content_to_program(names: &EventNames<'_>, message: &ToProgram) -> String {
    match message {
        ToProgram::Answer { answer, .. } => match answer {
            Answer::Code(code) => format!("the answer {}", code.name()),
            Answer::StoredOffset(None) => "the answer that nothing is stored".into(),
            Answer::StoredOffset(Some(n)) => format!("the stored offset {}", english::number(*n)),
            Answer::Sequence(id) => {
                format!("the highest known publishing id, {}", english::number(*id))
            }
        },
        ToProgram::Confirm {
            first_id,
            ids,
            count,
            ..
        } => format!("the confirm of {}", confirmed(first_id.0, *ids, *count)),
        ToProgram::PublishError {
            count,
            first_id,
            ids,
            ..
        } => messages(first_id.0, *ids, *count),
        ToProgram::Deliver { stream, row } => {
            let chunk = phrases::chunk(names, *stream, *row);
            format!(
                "chunk {} ({})",
                english::number(chunk.id.0),
                english::offsets(chunk.id.0, chunk.records)
            )
        }
        ToProgram::MetadataUpdate { code } => {
            format!("word that the stream is gone ({})", code.name())
        }
        ToProgram::ConsumerUpdate { active: true } => "word that it is active now".into(),
        ToProgram::ConsumerUpdate { active: false } => "word that it is not active any more".into(),
    }
}

/// `3 messages (ids 0 to 2)`.
fn messages(first_id: u64, ids: u64, count: u64) -> String {
    format!(
        "{} ({})",
        english::count(count, "message"),
        phrases::ids(first_id, ids)
    )
}

/// `id 3`, or messages with their ids.
fn confirmed(first_id: u64, ids: u64, count: u64) -> String {
    match count {
        1 => format!("id {}", english::number(first_id)),
        _ => messages(first_id, ids, count),
    }
}
