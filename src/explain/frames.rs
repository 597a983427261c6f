//! Clauses about frames on a program's link: sent, arrived, lost.

use alloc::format;
use alloc::string::{String, ToString};

use super::teller::Teller;
use super::words;
use crate::family::rabbitmq::log::OffsetSpec;
use crate::ids::ActorId;
use crate::trace::{Frame, Loss};

/// A frame left its sender.
pub(super) fn sent(t: &Teller<'_>, actor: ActorId, frame: &Frame) -> String {
    let name = t.name(actor);
    match frame {
        Frame::Declare => format!("{name} asked the broker to declare it as a publisher"),
        Frame::QuerySequence => {
            format!("{name} asked for the highest publishing id of its reference")
        }
        Frame::Publish { frames, .. } => {
            let packed = match frames {
                1 => "in one frame".to_string(),
                n => format!("in {}", words::count(*n, "frame")),
            };
            format!("{name} sent {} {packed}", goods(t, frame))
        }
        Frame::QueryOffset => format!("{name} asked for its stored offset"),
        Frame::Subscribe { spec, credit } => {
            let credit = words::count((*credit).into(), "credit");
            format!("{name} subscribed from {} with {credit}", spec_words(*spec))
        }
        Frame::Credit { credit } => {
            format!(
                "{name} gave the broker {}",
                words::count((*credit).into(), "credit")
            )
        }
        Frame::Store { offset } => {
            format!("{name} asked to store offset {}", words::number(*offset))
        }
        Frame::Activate { spec } => match spec {
            Some(spec) => format!("{name} answered that it goes on from {}", spec_words(*spec)),
            None => format!("{name} answered that it goes on from where it subscribed"),
        },
        Frame::Close => format!("{name} said goodbye to the broker"),
        Frame::Code(code) => format!("the broker answered {name}: {}", code.name()),
        Frame::StoredOffset { offset: None } => {
            format!("the broker answered {name} that nothing is stored under its name")
        }
        Frame::StoredOffset { offset: Some(n) } => {
            format!(
                "the broker answered {name} that its stored offset is {}",
                words::number(*n)
            )
        }
        Frame::Sequence { .. }
        | Frame::Confirm { .. }
        | Frame::PublishError { .. }
        | Frame::Deliver { .. }
        | Frame::MetadataUpdate { .. }
        | Frame::ConsumerUpdate { .. } => format!("the broker sent {} to {name}", goods(t, frame)),
    }
}

/// A frame arrived.
pub(super) fn arrived(t: &Teller<'_>, actor: ActorId, frame: &Frame) -> String {
    let name = t.name(actor);
    match frame {
        Frame::Confirm {
            count, duplicates, ..
        } => {
            let verb = if *duplicates {
                "heard, without anything being stored again, that"
            } else {
                "learned that"
            };
            let (goods, is) = (
                goods_confirmed(frame),
                if *count == 1 { "is" } else { "are" },
            );
            format!("{name} {verb} {goods} {is} confirmed")
        }
        Frame::PublishError { code, .. } => {
            format!(
                "{name} learned that {} was refused ({})",
                goods(t, frame),
                code.name()
            )
        }
        Frame::StoredOffset { offset: None } => {
            format!("{name} learned that nothing is stored under its name")
        }
        Frame::StoredOffset { offset: Some(n) } => {
            format!(
                "{name} learned that its stored offset is {}",
                words::number(*n)
            )
        }
        Frame::Deliver { .. } => format!("{name} received {}", goods(t, frame)),
        Frame::MetadataUpdate { code } => {
            format!(
                "{name} learned that its stream is not available ({})",
                code.name()
            )
        }
        Frame::ConsumerUpdate { active: true } => format!("{name} became the active consumer"),
        Frame::ConsumerUpdate { active: false } => {
            format!("{name} is no longer the active consumer")
        }
        Frame::Code(code) => format!("{name} heard from the broker: {}", code.name()),
        Frame::Sequence { .. } => format!("{name} received {}", goods(t, frame)),
        Frame::Declare
        | Frame::QuerySequence
        | Frame::Publish { .. }
        | Frame::QueryOffset
        | Frame::Subscribe { .. }
        | Frame::Credit { .. }
        | Frame::Store { .. }
        | Frame::Activate { .. }
        | Frame::Close => format!("{} from {name} reached the broker", goods(t, frame)),
    }
}

/// A frame will never arrive.
pub(super) fn lost(t: &Teller<'_>, actor: ActorId, frame: &Frame, why: Loss) -> String {
    let name = t.name(actor);
    let way = if frame.is_to_broker() { "from" } else { "to" };
    let reason = match why {
        Loss::Chosen => "lost on the way, as the script asked",
        Loss::Dropped => "dropped by the faulty link",
        Loss::BrokerDown => "lost, because the broker was down",
        Loss::ProgramGone => "lost, because the program was gone",
    };
    format!("{} {way} {name} was {reason}", goods(t, frame))
}

/// What a frame carries, with its article.
pub(crate) fn goods(t: &Teller<'_>, frame: &Frame) -> String {
    match frame {
        Frame::Declare => "the declare".into(),
        Frame::QuerySequence => "the question for the sequence".into(),
        Frame::Publish {
            first_id,
            ids,
            count,
            ..
        } => format!(
            "{} ({})",
            words::count(*count, "message"),
            id_words(first_id.0, *ids)
        ),
        Frame::QueryOffset => "the question for the stored offset".into(),
        Frame::Subscribe { spec, .. } => format!("the subscribe from {}", spec_words(*spec)),
        Frame::Credit { credit } => words::count((*credit).into(), "credit"),
        Frame::Store { offset } => format!("the store of offset {}", words::number(*offset)),
        Frame::Activate { .. } => "the answer about where to go on".into(),
        Frame::Close => "the goodbye".into(),
        Frame::Code(code) => format!("the answer {}", code.name()),
        Frame::StoredOffset { offset: None } => "the answer that nothing is stored".into(),
        Frame::StoredOffset { offset: Some(n) } => {
            format!("the stored offset {}", words::number(*n))
        }
        Frame::Sequence { id } => {
            format!("the highest known publishing id, {}", words::number(*id))
        }
        Frame::Confirm { .. } => format!("the confirm of {}", goods_confirmed(frame)),
        Frame::PublishError {
            count,
            first_id,
            ids,
            ..
        } => {
            format!(
                "{} ({})",
                words::count(*count, "message"),
                id_words(first_id.0, *ids)
            )
        }
        Frame::Deliver { stream, row } => {
            let chunk = t.chunk(*stream, *row);
            format!(
                "chunk {} ({})",
                words::number(chunk.id.0),
                words::offsets(chunk.id.0, chunk.records)
            )
        }
        Frame::MetadataUpdate { code } => format!("word that the stream is gone ({})", code.name()),
        Frame::ConsumerUpdate { active: true } => "word that it is active now".into(),
        Frame::ConsumerUpdate { active: false } => "word that it is not active any more".into(),
    }
}

fn goods_confirmed(frame: &Frame) -> String {
    if let Frame::Confirm {
        first_id,
        ids,
        count,
        ..
    } = frame
    {
        return match count {
            1 => format!("id {}", words::number(first_id.0)),
            n => format!(
                "{} ({})",
                words::count(*n, "message"),
                id_words(first_id.0, *ids)
            ),
        };
    }
    String::new()
}

/// `id 3` or `ids 3 to 7`.
pub(crate) fn id_words(first: u64, count: u64) -> String {
    format!(
        "{} {}",
        words::plural(count.max(1), "id"),
        words::span(first, count)
    )
}

/// An offset specification in words.
pub(crate) fn spec_words(spec: OffsetSpec) -> String {
    match spec {
        OffsetSpec::First => "the first offset".into(),
        OffsetSpec::Last => "the last chunk".into(),
        OffsetSpec::Next => "whatever comes next".into(),
        OffsetSpec::Offset(offset) => format!("offset {}", words::number(offset.0)),
        OffsetSpec::Timestamp { ms } => format!(
            "what was written {} ms after the start or later",
            words::number(ms)
        ),
    }
}
