//! One step of a transcript: its operation with arguments, and what was observed. Executes nothing.

use serde_json::Value;

use crate::arguments::{Arguments, Budget};
use crate::rabbitmq::op::{Op, Publish, Query, Spec, Subscribe};
use crate::rabbitmq::prelude::{Offset, OffsetSpec};
use crate::values::ranges;

/// A step.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) op: Op,
    pub(crate) observed: Option<Value>,
    pub(crate) in_another_run: Option<Value>,
}

pub(crate) fn parse(value: &Value, budget: &mut Budget) -> Result<Step, String> {
    let Value::Object(object) = value else {
        return Err("a step is a JSON object".into());
    };
    let arguments = Arguments(object);
    let name = arguments.string("op")?;
    let op = match stream_op(&name, &arguments)? {
        Some(op) => op,
        None => client_op(&name, &arguments, budget)?,
    };
    Ok(Step {
        name,
        op,
        observed: arguments.get("observed").cloned(),
        in_another_run: arguments.get("observed_in_another_run").cloned(),
    })
}

/// Operations on streams and on the broker.
fn stream_op(name: &str, arguments: &Arguments<'_>) -> Result<Option<Op>, String> {
    Ok(Some(match name {
        "create" => Op::Create {
            stream: arguments.string("stream")?,
            args: arguments.object("args")?,
        },
        "delete" => Op::Delete {
            stream: arguments.string("stream")?,
        },
        "query_offset" => query(arguments, Query::Offset(arguments.string("ref")?))?,
        "query_publisher_sequence" => query(arguments, Query::Sequence(arguments.string("ref")?))?,
        "stream_stats" => query(arguments, Query::Stats)?,
        "metadata" => query(arguments, Query::Metadata)?,
        "disk_log" => Op::DiskLog {
            stream: arguments.optional_string("stream")?,
        },
        "list_queues" => Op::ListQueues {
            stream: arguments.optional_string("stream")?,
        },
        "broker" => {
            let action = arguments.string("action")?;
            let has = |words: &[&str]| words.iter().any(|word| action.contains(word));
            let start = has(&["start"]);
            let stop = has(&["stop", "kill", "crash", "restart"]);
            if !start && !stop {
                return Err(format!(
                    "\"action\" is \"{action}\": start, stop, kill or restart"
                ));
            }
            Op::Broker { start, stop }
        }
        "sleep" => Op::Sleep {
            us: arguments.seconds("seconds")?,
        },
        _ => return Ok(None),
    }))
}

fn query(arguments: &Arguments<'_>, what: Query) -> Result<Op, String> {
    Ok(Op::Query {
        on: arguments.on()?,
        stream: arguments.string("stream")?,
        what,
    })
}

/// Operations of a connection.
fn client_op(name: &str, arguments: &Arguments<'_>, budget: &mut Budget) -> Result<Op, String> {
    Ok(match name {
        "declare_publisher" => Op::DeclarePublisher {
            on: arguments.on()?,
            publisher: arguments.number("pub")?,
            reference: arguments.optional_string("ref")?.unwrap_or_default(),
            stream: arguments.string("stream")?,
        },
        "delete_publisher" => Op::DeletePublisher {
            on: arguments.on()?,
            publisher: arguments.number("pub")?,
        },
        "publish" => Op::Publish(publish(arguments, budget)?),
        "publish_sub_batch" => sub_batch(arguments, budget)?,
        "subscribe" => Op::Subscribe(subscribe(arguments)?),
        "credit" => Op::Credit {
            on: arguments.on()?,
            subscription: arguments.number("sub")?,
            credit: arguments.number("n")?,
        },
        "read" => Op::Read {
            on: arguments.on()?,
            subscription: arguments.number("sub")?,
        },
        "unsubscribe" => Op::Unsubscribe {
            on: arguments.on()?,
            subscription: arguments.number("sub")?,
        },
        "store_offset" => {
            let times = arguments.optional_number("times")?.unwrap_or(1);
            budget.take_stores(times)?;
            Op::StoreOffset {
                on: arguments.on()?,
                reference: arguments.string("ref")?,
                stream: arguments.string("stream")?,
                offset: arguments.number("offset")?,
                times,
                gap_us: arguments.seconds("gap_s")?,
            }
        }
        "close_connection" | "crash_connection" => Op::CloseConnection {
            on: arguments.on()?,
            crash: name == "crash_connection",
        },
        "connection_closed_by_broker" => Op::ClosedByBroker {
            on: arguments.on()?,
        },
        "events" => Op::Events {
            on: arguments.on()?,
        },
        "confirms" => Op::Confirms {
            on: arguments.on()?,
        },
        sentence => repeat(sentence, budget)?.unwrap_or(Op::Other),
    })
}

fn publish(arguments: &Arguments<'_>, budget: &mut Budget) -> Result<Publish, String> {
    let ids =
        ranges(arguments.required("ids")?).map_err(|problem| format!("\"ids\": {problem}"))?;
    let frame = arguments
        .optional_number::<u64>("frame")?
        .map(|frame| frame.max(1));
    let messages = ids
        .iter()
        .map(|(_, count)| *count)
        .fold(0, u64::saturating_add);
    let frames = frame.map_or(1, |frame| messages.div_ceil(frame));
    budget.take(messages, frames.saturating_add(ids.len() as u64))?;
    let value = |value: &Value| value.as_str().map(String::from);
    let filters = match (
        arguments.get("filter_values"),
        arguments.get("filter_value"),
    ) {
        (Some(Value::Array(values)), _) => values.iter().map(value).collect(),
        (Some(_), _) => return Err("\"filter_values\" is not a list".into()),
        (None, Some(one)) => vec![value(one)],
        (None, None) => Vec::new(),
    };
    Ok(Publish {
        on: arguments.on()?,
        publisher: arguments.optional_number("pub")?,
        ids,
        frame,
        size: arguments.optional_number("size")?,
        await_each: arguments.flag("await_each", false)?,
        await_confirm: arguments.flag("await_confirm", true)?,
        filters,
    })
}

fn sub_batch(arguments: &Arguments<'_>, budget: &mut Budget) -> Result<Op, String> {
    let records: u32 = arguments.number("records")?;
    if records == 0 || records > u32::from(u16::MAX) {
        return Err(format!(
            "\"records\" is {records}: a sub-batch holds 1 to {}",
            u16::MAX
        ));
    }
    budget.take(u64::from(records), 1)?;
    Ok(Op::PublishSubBatch {
        on: arguments.on()?,
        publisher: arguments.optional_number("pub")?,
        id: arguments.number("publishing_id")?,
        records,
    })
}

fn subscribe(arguments: &Arguments<'_>) -> Result<Subscribe, String> {
    let answer = match arguments.get("consumer_update_answer") {
        None => None,
        Some(Value::Array(words)) if words.first().is_some_and(|word| word == "none") => Some(None),
        Some(value) => Some(Some(spec(value)?)),
    };
    Ok(Subscribe {
        on: arguments.on()?,
        subscription: arguments.number("sub")?,
        stream: arguments.string("stream")?,
        spec: spec(arguments.required("spec")?)?,
        credit: arguments.optional_number("credit")?.unwrap_or(10),
        auto_credit: arguments.flag("auto_credit", false)?,
        props: arguments.object("props")?,
        answer,
    })
}

fn spec(value: &Value) -> Result<Spec, String> {
    let wrong = || format!("no offset specification: {value}");
    if let Some(first) = value.get(0)
        && (first.is_number() || first == "undefined" || first == "code")
    {
        return Ok(Spec::Undefined);
    }
    let (word, argument) = match value {
        Value::String(word) => (word.as_str(), None),
        Value::Array(words) => (
            words.first().and_then(Value::as_str).ok_or_else(wrong)?,
            words.get(1),
        ),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => return Err(wrong()),
    };
    Ok(match (word, argument) {
        ("first", _) => Spec::Known(OffsetSpec::First),
        ("last", _) => Spec::Known(OffsetSpec::Last),
        ("next", _) => Spec::Known(OffsetSpec::Next),
        ("offset", Some(offset)) => {
            let offset = offset.as_u64().ok_or_else(wrong)?;
            Spec::Known(OffsetSpec::Offset(Offset(offset)))
        }
        ("timestamp", Some(Value::String(when))) => Spec::When(when.clone()),
        ("timestamp", Some(at)) => {
            let far = || at.as_u64().map(|_| i64::MAX);
            Spec::WallClock(at.as_i64().or_else(far).ok_or_else(wrong)?)
        }
        _ => return Err(wrong()),
    })
}

/// `4 x connect, create max-length-bytes=abc`, `300 x declare/publish id i+1/delete_publisher`.
fn repeat(sentence: &str, budget: &mut Budget) -> Result<Option<Op>, String> {
    let Some((times, rest)) = sentence.split_once(" x ") else {
        return Ok(None);
    };
    let Ok(times) = times.trim().parse::<u64>() else {
        return Ok(None);
    };
    let words: Vec<String> = rest
        .split(['/', ','])
        .map(|words| words.trim().to_string())
        .collect();
    budget.take(times, times.saturating_mul(words.len() as u64))?;
    Ok(Some(Op::Repeat { times, words }))
}
