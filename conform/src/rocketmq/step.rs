//! One step of a transcript: its operation with arguments, and what was observed. Executes nothing.

use std::sync::Arc;

use serde_json::Value;

use crate::arguments::{Arguments, Budget};
use crate::rocketmq::op::{At, From, GroupQueue, Key, Op, PullOp, Send, Start};
use crate::rocketmq::prelude::{PopStart, QueueName, SimDuration, Tags};
use crate::values::ranges;

/// Queues of a topic: a replay looks at each.
const QUEUES: u32 = 10_000;
/// Messages of one step that have a time of their own.
const TIMES: usize = 10_000;

/// A step.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) op: Op,
    pub(crate) observed: Option<Value>,
}

pub(crate) fn parse(value: &Value, budget: &mut Budget) -> Result<Step, String> {
    let Value::Object(object) = value else {
        return Err("a step is a JSON object".into());
    };
    let arguments = Arguments(object);
    let name = arguments.string("op")?;
    let op = match message_op(&name, &arguments, budget)? {
        Some(op) => op,
        None => match group_op(&name, &arguments)? {
            Some(op) => op,
            None => member_op(&name, &arguments)?.unwrap_or(Op::Other),
        },
    };
    Ok(Step {
        name,
        op,
        observed: arguments.get("observed").cloned(),
    })
}

/// Operations on topics and messages, and on the broker.
fn message_op(
    name: &str,
    arguments: &Arguments<'_>,
    budget: &mut Budget,
) -> Result<Option<Op>, String> {
    Ok(Some(match name {
        "create_topic" => {
            let queues = queues(arguments, "queues")?;
            Op::Topic {
                topic: text(arguments, "topic")?,
                read_queues: queues,
                write_queues: queues,
            }
        }
        "alter_topic" => Op::Topic {
            topic: text(arguments, "topic")?,
            read_queues: queues(arguments, "read_queues")?,
            write_queues: queues(arguments, "write_queues")?,
        },
        "send" | "send_delayed" => Op::Send(send(arguments, budget)?),
        "send_round_robin" => {
            let count = arguments.number("count")?;
            budget.take(count, 1)?;
            let topic = text(arguments, "topic")?;
            Op::SendRoundRobin { topic, count }
        }
        "send_by_key" => {
            let keys = keys(arguments.required("keys")?)?;
            budget.take(keys.len() as u64, keys.len() as u64)?;
            let topic = text(arguments, "topic")?;
            Op::SendByKey { topic, keys }
        }
        "pull" => Op::Pull(pull(arguments)?),
        "min_offset" => Op::MinOffset(queue_name(arguments)?),
        "max_offset" => Op::MaxOffset(queue_name(arguments)?),
        "search_offset" => Op::SearchOffset {
            of: queue_name(arguments)?,
            at: at(arguments.required("at")?, "at")?,
            upper: arguments.optional_string("boundary")?.as_deref() == Some("UPPER"),
        },
        "topic_status" => Op::TopicStatus {
            topic: text(arguments, "topic")?,
        },
        "sleep" => Op::Sleep(SimDuration(arguments.seconds("seconds")?)),
        "roll_commit_log" => Op::RollCommitLog,
        "expire_commit_log" => Op::ExpireCommitLog,
        "configure_broker" => Op::ConfigureBroker {
            key: arguments.string("key")?,
            value: {
                let value = arguments.required("value")?;
                let text = value.as_str().map(ToOwned::to_owned);
                text.unwrap_or_else(|| value.to_string())
            },
        },
        "broker" => broker(&arguments.string("action")?)?,
        _ => return Ok(None),
    }))
}

/// Operations on a group as the broker keeps it.
fn group_op(name: &str, arguments: &Arguments<'_>) -> Result<Option<Op>, String> {
    let within = || Ok::<_, String>(SimDuration(arguments.seconds("within_s")?));
    Ok(Some(match name {
        "create_group" => Op::CreateGroup {
            group: text(arguments, "group")?,
        },
        "query_offset" => Op::QueryOffset(group_queue(arguments)?),
        "update_offset" => Op::UpdateOffset {
            of: group_queue(arguments)?,
            offset: signed(arguments, "offset")?,
        },
        "await_offset" => Op::AwaitOffset {
            of: group_queue(arguments)?,
            offset: signed(arguments, "offset")?,
            within: within()?,
        },
        "await_flushed" => Op::AwaitFlushed {
            of: group_queue(arguments)?,
            offset: signed(arguments, "offset")?,
            within: within()?,
        },
        "consumer_progress" => Op::ConsumerProgress {
            group: text(arguments, "group")?,
        },
        "reset_to_time" | "reset_request" => Op::ResetToTime {
            group: text(arguments, "group")?,
            topic: text(arguments, "topic")?,
            to: at(arguments.required("to")?, "to")?,
            force: arguments.flag("force", true)?,
            request: name == "reset_request",
        },
        "reset_to_offset" => Op::ResetToOffset {
            of: group_queue(arguments)?,
            to: signed(arguments, "to")?,
        },
        "pop" => Op::Pop {
            of: group_queue(arguments)?,
            max: arguments.optional_number("max")?.unwrap_or(32),
            start: match arguments.optional_string("start")?.as_deref() {
                Some("min") => PopStart::Min,
                Some("max") | None => PopStart::Max,
                Some(other) => return Err(format!("\"start\" is \"{other}\": min or max")),
            },
        },
        _ => return Ok(None),
    }))
}

/// Operations on members.
fn member_op(name: &str, arguments: &Arguments<'_>) -> Result<Option<Op>, String> {
    let member = || arguments.string("member");
    let within = || Ok::<_, String>(SimDuration(arguments.seconds("within_s")?));
    Ok(Some(match name {
        "start_member" => Op::StartMember(start(arguments)?),
        "received" => Op::Received {
            member: member()?,
            count: arguments.optional_number("await")?.unwrap_or(0),
            within: within()?,
        },
        "finish" => Op::Finish {
            member: member()?,
            queue: arguments.optional_number("queue")?.unwrap_or(0),
            offsets: ranges(arguments.required("offsets")?)
                .map_err(|problem| format!("\"offsets\": {problem}"))?,
            ok: match arguments.optional_string("outcome")?.as_deref() {
                Some("ok") | None => true,
                Some("later") => false,
                Some(other) => return Err(format!("\"outcome\" is \"{other}\": ok or later")),
            },
        },
        "owned_queues" => Op::OwnedQueues { within: within()? },
        "stop_member" | "kill_member" => Op::EndMember {
            member: member()?,
            kill: name == "kill_member",
        },
        _ => return Ok(None),
    }))
}

fn broker(action: &str) -> Result<Op, String> {
    let has = |words: &[&str]| words.iter().any(|word| action.contains(word));
    let restart = has(&["restart"]);
    let (kill, stop) = (has(&["kill", "crash"]), has(&["stop"]) || restart);
    let start = has(&["start"]);
    if !kill && !stop && !start {
        return Err(format!(
            "\"action\" is \"{action}\": start, stop, kill or restart"
        ));
    }
    Ok(Op::Broker { kill, stop, start })
}

fn send(arguments: &Arguments<'_>, budget: &mut Budget) -> Result<Send, String> {
    let at = match arguments.get("at") {
        None => Vec::new(),
        Some(Value::Array(items)) if items.len() <= TIMES => {
            let units = items.iter().map(|item| units(item, "at"));
            units.collect::<Result<Vec<_>, _>>()?
        }
        Some(Value::Array(_)) => return Err(format!("\"at\": more than {TIMES} times")),
        Some(_) => return Err("\"at\" is no list of times".into()),
    };
    if at.windows(2).any(|pair| pair[0] > pair[1]) {
        return Err("\"at\": times go back".into());
    }
    let count = arguments
        .optional_number("count")?
        .unwrap_or(if at.is_empty() { 1 } else { at.len() as u64 });
    if !at.is_empty() && at.len() as u64 != count {
        return Err(format!(
            "\"at\" has {} times for {count} messages",
            at.len()
        ));
    }
    budget.take(count, at.len() as u64 + 1)?;
    Ok(Send {
        of: queue_name(arguments)?,
        count,
        tag: optional_text(arguments, "tag")?,
        size: arguments.optional_number("size")?.unwrap_or(0),
        at,
        level: arguments.optional_number("level")?.unwrap_or(0),
    })
}

fn pull(arguments: &Arguments<'_>) -> Result<PullOp, String> {
    Ok(PullOp {
        of: queue_name(arguments)?,
        group: text(arguments, "group")?,
        offset: signed(arguments, "offset")?,
        max: arguments.optional_number("max")?.unwrap_or(32),
        tags: tags(arguments)?,
        commit: arguments
            .get("commit")
            .map(|_| signed(arguments, "commit"))
            .transpose()?,
    })
}

fn start(arguments: &Arguments<'_>) -> Result<Start, String> {
    let from = arguments
        .optional_string("from")?
        .unwrap_or_else(|| "LAST_OFFSET".into());
    let from = match from.trim_start_matches("CONSUME_FROM_") {
        "FIRST_OFFSET" => From::First,
        "LAST_OFFSET" => From::Last,
        "TIMESTAMP" => From::Time(units(arguments.required("time")?, "time")?),
        other => {
            return Err(format!(
                "\"from\" is \"{other}\": FIRST_OFFSET, LAST_OFFSET or TIMESTAMP"
            ));
        }
    };
    let is = |key: &str, word: &str| {
        let value = arguments.optional_string(key)?;
        Ok::<_, String>(value.is_some_and(|value| value == word))
    };
    Ok(Start {
        member: arguments.string("member")?,
        group: text(arguments, "group")?,
        topic: text(arguments, "topic")?,
        from,
        tags: tags(arguments)?,
        broadcasting: is("mode", "broadcasting")?,
        orderly: is("listener", "orderly")?,
        manual: is("finishes", "manual")?,
    })
}

fn tags(arguments: &Arguments<'_>) -> Result<Tags, String> {
    let wanted = arguments.optional_string("tags")?.unwrap_or_default();
    let wanted = wanted.trim();
    if wanted.is_empty() || wanted == "*" {
        return Ok(Tags::All);
    }
    let each = wanted.split("||").map(|tag| tag.trim().into());
    Ok(Tags::Any(each.collect()))
}

fn text(arguments: &Arguments<'_>, key: &str) -> Result<Arc<str>, String> {
    Ok(arguments.string(key)?.into())
}

fn optional_text(arguments: &Arguments<'_>, key: &str) -> Result<Option<Arc<str>>, String> {
    Ok(arguments.optional_string(key)?.map(Arc::from))
}

fn queues(arguments: &Arguments<'_>, key: &str) -> Result<u32, String> {
    let queues = arguments.number(key)?;
    if queues > QUEUES {
        return Err(format!("\"{key}\" is {queues}: at most {QUEUES}"));
    }
    Ok(queues)
}

fn queue_name(arguments: &Arguments<'_>) -> Result<QueueName, String> {
    Ok(QueueName {
        topic: text(arguments, "topic")?,
        queue: arguments.optional_number("queue")?.unwrap_or(0),
    })
}

fn group_queue(arguments: &Arguments<'_>) -> Result<GroupQueue, String> {
    Ok(GroupQueue {
        group: text(arguments, "group")?,
        of: queue_name(arguments)?,
    })
}

fn signed(arguments: &Arguments<'_>, key: &str) -> Result<i64, String> {
    let value = arguments.required(key)?;
    value
        .as_i64()
        .ok_or_else(|| format!("\"{key}\" is no number that fits: {value}"))
}

fn units(value: &Value, key: &str) -> Result<i64, String> {
    let fits = |units: &i64| units.unsigned_abs() <= 1_000_000_000;
    value
        .as_i64()
        .filter(fits)
        .ok_or_else(|| format!("\"{key}\" is no time: {value}"))
}

fn at(value: &Value, key: &str) -> Result<At, String> {
    match value.as_str() {
        Some("now") => Ok(At::Now),
        Some("-1") => Ok(At::End),
        Some(_) | None => Ok(At::Units(units(value, key)?)),
    }
}

fn keys(value: &Value) -> Result<Vec<Key>, String> {
    let Value::Array(items) = value else {
        return Err("\"keys\" is not a list".into());
    };
    let key = |item: &Value| match item {
        Value::String(text) => Ok(Key::Text(text.clone())),
        Value::Number(number) => number
            .as_i64()
            .map(Key::Number)
            .ok_or_else(|| format!("\"keys\": no key: {item}")),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            Err(format!("\"keys\": no key: {item}"))
        }
    };
    items.iter().map(key).collect()
}
