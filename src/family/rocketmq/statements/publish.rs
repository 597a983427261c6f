//! `publish`.

use alloc::format;
use alloc::string::ToString;
use alloc::sync::Arc;

use super::ast::{PublishStatement, Statement};
use super::groups::queue;
use crate::ids::ActorId;
use crate::language::ast::StatementKind;
use crate::language::authoring::{help, meaning};
use crate::language::diagnostic::Span;
use crate::language::doc::{FormDoc, Heading};
use crate::language::form::{Form, options};
use crate::language::lexer::TokenKind;
use crate::language::line::{Class, Expected, Line, excerpt};
use crate::language::problems::Read;
use crate::language::values::{self, grouped};
use crate::limits;

/// Bytes of the largest body (`maxMessageSize`).
const BODY_BYTES: u64 = 4 * 1024 * 1024;
/// Messages of one statement whose keys differ, each of which has a queue of its own choice.
const KEYED: u64 = 10_000;

/// What a `publish` line said so far.
struct Draft {
    statement: PublishStatement,
    body: Option<Span>,
    counted: bool,
    sized: Option<Span>,
}

options! { OPTION_DOCS, OPTIONS: Draft {
    "key" "\"k{i}\"" "The key of each message: its hash chooses the queue (`SelectMessageQueueByHash`)." =>
        |line, draft| { draft.statement.key = Some(line.text("a key")?); Ok(()) };
    "to queue" "N" "All to one queue." =>
        |line, draft| {
            let span = line.peek().map(|token| token.span).unwrap_or_default();
            let number = queue(line)?;
            draft.statement.queue = Some(number);
            is_there(line, draft.statement.producer, number, span);
            Ok(())
        };
    "tag" "\"t\"" "The tag of each message." =>
        |line, draft| { draft.statement.tag = Some(line.text("a tag")?); Ok(()) };
    "size" "SIZE" "Fills each body up to that many bytes." =>
        |line, draft| {
            draft.sized = line.peek().map(|token| token.span);
            draft.statement.size = Some(line.size()?);
            Ok(())
        };
    "every" "DUR" "The time between two messages; all at once when unset." =>
        |line, draft| { draft.statement.every = Some(line.duration()?); Ok(()) };
    "delay" "LEVEL" "They become visible later, by a level of 1 to 18: 1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h." =>
        |line, draft| {
            // At most 18.
            draft.statement.delay = Some(line.number("a delay level", 1, 18)? as u8);
            Ok(())
        };
} }

/// The forms of this file.
pub(super) const FORMS: &[Form] = &[Form {
    doc: FormDoc {
        keyword: "publish",
        group: Heading::Actors,
        shapes: &["publish P [COUNT] \"body\""],
        options: OPTION_DOCS,
        about: meaning!(
            "Sends COUNT messages, 1 when unset, round the topic's queues unless a key or a queue is said. In body and key \
                `{i}` is the index within the statement and `{n}` the producer's running count, both from 0."
        ),
        example: meaning!("publish p 100 \"order {i}\" to queue 0"),
    },
    read: publish,
}];

fn publish(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let mut draft = Draft {
        statement: PublishStatement {
            producer: line.producer()?,
            count: 1,
            body: Arc::from(""),
            size: None,
            key: None,
            queue: None,
            tag: None,
            every: None,
            delay: None,
        },
        body: None,
        counted: false,
        sized: None,
    };
    let mut seen = 0;
    loop {
        if draft.body.is_none() {
            line.expect(Expected::Value("a body in double quotes"));
        }
        if !draft.counted {
            line.expect(Expected::Value("a count"));
        }
        let Some(token) = line.peek() else { break };
        if token.kind == TokenKind::Text {
            body(line, &mut draft)?;
        } else if line.peek_word().is_some_and(values::starts_number) {
            count(line, &mut draft)?;
        } else if !line.option(OPTIONS, &mut seen, &mut draft)? {
            break;
        }
    }
    line.end()?;
    if draft.body.is_none() {
        return Err(line.unexpected());
    }
    checks(line, &draft);
    Ok(Some(Statement::Publish(draft.statement).into()))
}

fn body(line: &mut Line<'_, '_>, draft: &mut Draft) -> Read<()> {
    let span = line.peek().map(|token| token.span).unwrap_or_default();
    if draft.body.is_some() {
        let message = "this message has a body already".to_string();
        let help = help!("one `publish` has one body; write another line for another");
        line.report(span, message, help, None);
    }
    draft.body = Some(span);
    draft.statement.body = line.string(span)?.into();
    line.bump(Class::Text);
    Ok(())
}

fn count(line: &mut Line<'_, '_>, draft: &mut Draft) -> Read<()> {
    let count = line.number("a count", 1, limits::MESSAGES)?;
    if draft.counted {
        let message = "the number of messages is said twice".to_string();
        line.report(line.span(), message, "keep one of them".to_string(), None);
    }
    draft.counted = true;
    draft.statement.count = count;
    Ok(())
}

/// Reports a queue that the topic of a producer does not have. One that is only not written any more is for the
/// broker to refuse.
fn is_there(line: &mut Line<'_, '_>, producer: ActorId, queue: u32, span: Span) {
    let names = &line.ctx.names;
    let topic = names.writes_to.get(&producer);
    let Some(topic) = topic.and_then(|topic| names.sets.get(topic.index())) else {
        return;
    };
    let (count, name) = (topic.logs.len(), &topic.name);
    if (queue as usize) < count {
        return;
    }
    let message = format!("{} has no queue {queue}", excerpt(name));
    let help = match count {
        0 | 1 => help!("it has one queue, queue 0; `topic T queues N` gives it more"),
        _ => help!(
            "its queues are 0 to {}; `topic T queues N` gives it more",
            grouped(count as u64 - 1)
        ),
    };
    line.report(span, message, help, None);
}

/// Adds the statement to the sums of the script and reports what passes a bound.
fn checks(line: &mut Line<'_, '_>, draft: &Draft) {
    let said = &draft.statement;
    let before = line.ctx.tally.messages;
    let after = before.saturating_add(said.count);
    line.ctx.tally.messages = after;
    if before <= limits::MESSAGES && after > limits::MESSAGES {
        let message = format!(
            "with this line the script publishes {} messages",
            grouped(after)
        );
        let help = help!(
            "one scenario publishes at most {}",
            values::bound(limits::MESSAGES)
        );
        line.report(line.span(), message, help, None);
    }
    if said.key.is_some() && said.queue.is_some() {
        let message = "a key chooses the queue, and `to queue` says it".to_string();
        line.report(line.span(), message, "keep one of them".to_string(), None);
    }
    if said.key.as_deref().is_some_and(|key| key.contains('{')) && said.count > KEYED {
        let message = format!(
            "{} messages with keys of their own are too many",
            grouped(said.count)
        );
        let help = help!(
            "each chooses its queue: at most {} in one statement",
            grouped(KEYED)
        );
        line.report(line.span(), message, help, None);
    }
    let most = said.size.map_or(said.body.len() as u64, |size| size.0);
    if most > BODY_BYTES {
        let message = format!("a body of {} bytes is refused", grouped(most));
        let help = help!(
            "a message has at most {} bytes (4 MiB)",
            grouped(BODY_BYTES)
        );
        let span = draft.sized.or(draft.body).unwrap_or_default();
        line.report(span, message, help, None);
    }
}
